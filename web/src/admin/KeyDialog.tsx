import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "../ui/Dialog";
import ui from "../ui/ui.module.css";
import styles from "./admin.module.css";
import { useAsk } from "./ask";
import { CopyLine } from "./CopyLine";
import { changeKey, makeKey } from "./client";
import { changesIn } from "./fields";
import { KeyInputs } from "./KeyInputs";
import type { Key, KeyFields, Kind, Status } from "./types";

interface KeyDialogProps {
  kind: Kind;
  /** The key to change; null makes one. */
  before: Key | null;
  /** What holds for keys that say nothing else, once it is known. */
  defaults: Status["limits"] | null;
  onDone: () => void;
  onClose: () => void;
}

/** Makes a key or changes one. A new key's secret is shown until the dialog is closed, and kept nowhere. */
export function KeyDialog({ kind, before, defaults, onDone, onClose }: KeyDialogProps): ReactNode {
  const { t } = useTranslation();
  const ask = useAsk();
  const [secret, setSecret] = useState<string | null>(null);
  const save = useMutation({
    mutationFn: async (fields: Partial<KeyFields>) => {
      if (before) {
        if (Object.keys(fields).length) await ask(() => changeKey(kind, before.id, fields));
        return;
      }
      const { value } = await ask(() => makeKey(kind, fields));
      setSecret(value);
    },
    onSuccess: () => {
      onDone();
      if (before) onClose();
    },
  });
  if (secret !== null) {
    return (
      <Dialog key="made" title={t("admin.made_title")} onClose={onClose} firm>
        <div className={styles.confirm}>
          <p>{t("admin.made_body")}</p>
          <CopyLine text={secret} label={t("admin.new_key")} />
          <div className={styles.buttons}>
            <button type="button" className={ui.primary} onClick={onClose}>
              {t("admin.done")}
            </button>
          </div>
        </div>
      </Dialog>
    );
  }
  const title = before ? t("admin.change_named", { name: before.name }) : t(`admin.make_${kind}`);
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(changesIn(new FormData(event.currentTarget), before));
        }}
      >
        <KeyInputs kind={kind} before={before} defaults={defaults} error={save.error} />
        <div className={styles.buttons}>
          <button type="button" className={ui.button} onClick={onClose}>
            {t("job.cancel")}
          </button>
          <button type="submit" className={ui.primary} disabled={save.isPending}>
            {before ? t("admin.save") : t("admin.make")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
