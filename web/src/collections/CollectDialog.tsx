import { type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { tidyName } from "../library/collections";
import { useCollections } from "../library/useCollections";
import { Dialog } from "../ui/Dialog";
import { NameForm } from "../ui/NameForm";
import { useToasts } from "../ui/Toasts";
import ui from "../ui/ui.module.css";
import styles from "./collections.module.css";
import { useNames } from "./useNames";

interface CollectDialogProps {
  /** The pictures it is about. */
  keys: readonly string[];
  onClose: () => void;
}

/** Which collections pictures are in: tick and untick, or begin a new one with them. */
export default function CollectDialog({ keys, onClose }: CollectDialogProps): ReactNode {
  const { t } = useTranslation();
  const { all, make, put, take } = useCollections();
  const { toast } = useToasts();
  const wrong = useNames();
  // As it was when the dialog opened: what is ticked must not move from under the pointer.
  const order = useRef<readonly string[]>([]);
  const [ticked, setTicked] = useState<Readonly<Record<string, boolean>>>({});
  const ids = all?.map((one) => one.id) ?? [];
  order.current = [...ids.filter((id) => !order.current.includes(id)), ...order.current];
  const listed = order.current.flatMap((id) => all?.find((one) => one.id === id) ?? []);

  async function attempt(what: Promise<unknown>): Promise<void> {
    try {
      await what;
    } catch {
      setTicked({});
      toast(t("picture.expired"));
    }
  }

  return (
    <Dialog title={t("shelf.collect_title", { count: keys.length })} onClose={onClose}>
      <div className={styles.collect}>
        {listed.length ? (
          <ul>
            {listed.map(({ id, name, pictures }) => {
              const inside = keys.filter((key) => pictures.includes(key)).length;
              const whole = ticked[id] ?? inside === keys.length;
              return (
                <li key={id}>
                  <label className={ui.check}>
                    <input
                      type="checkbox"
                      checked={whole}
                      ref={(box) => {
                        if (box) box.indeterminate = !whole && inside > 0 && ticked[id] === undefined;
                      }}
                      onChange={(event) => {
                        const wanted = event.target.checked;
                        setTicked({ ...ticked, [id]: wanted });
                        void attempt((wanted ? put : take)(id, keys));
                      }}
                    />
                    <span>{name}</span>
                    <span className={ui.hint}>{t("history.count", { count: pictures.length })}</span>
                  </label>
                </li>
              );
            })}
          </ul>
        ) : (
          <p className={ui.hint}>{t("shelf.collect_none")}</p>
        )}
        <NameForm
          label={t("shelf.new_collection")}
          submit={t("shelf.create")}
          wrong={wrong}
          onName={(name) => void attempt(make(tidyName(name) ?? "", keys))}
        />
        <button type="button" className={ui.primary} onClick={onClose}>
          {t("shelf.done")}
        </button>
      </div>
    </Dialog>
  );
}
