import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { useToasts } from "../ui/Toasts";
import ui from "../ui/ui.module.css";
import styles from "./asking.module.css";
import { EditorError } from "./engine/errors";
import { startCopy } from "./store";
import { useDesk, useLook } from "./useDesk";

/** Another tab has the draft: here it is looked at until somebody chooses. */
export function ElsewhereBar({ reopen }: { reopen: () => void }): ReactNode {
  const { t } = useTranslation();
  const desk = useDesk();
  const { toast } = useToasts();
  const [, go] = useLocation();
  const changed = useLook((look) => look.elsewhere === "changed");

  async function copy(): Promise<void> {
    const { board, look, saved } = desk;
    try {
      go(`/e/${await startCopy(look.name && t("editor.copy_of", { name: look.name }), board, saved)}`);
    } catch (error) {
      if (!(error instanceof EditorError)) throw error;
      toast(t(`editor.fault.${error.fault}`));
    }
  }

  return (
    <section className={styles.choosing} aria-label={t("editor.elsewhere")}>
      <div className={styles.choices}>
        <p className={styles.placing} role="alert">
          {t(changed ? "editor.elsewhere_changed" : "editor.elsewhere_open")}
        </p>
        <div className={styles.decide}>
          <button type="button" className={`${ui.button} ${ui.small}`} onClick={() => void copy()}>
            {t(changed ? "editor.keep_copy" : "editor.open_copy")}
          </button>
          <button type="button" className={`${ui.primary} ${ui.small}`} onClick={reopen}>
            {t(changed ? "editor.load_other" : "editor.go_on_here")}
          </button>
        </div>
      </div>
    </section>
  );
}
