import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "../ui/Dialog";
import ui from "../ui/ui.module.css";
import styles from "./dialogs.module.css";

interface GiveUpDialogProps {
  onClose: () => void;
  giveUp: () => void;
}

/** "Really?", before candidates are put away. */
export function GiveUpDialog({ onClose, giveUp }: GiveUpDialogProps): ReactNode {
  const { t } = useTranslation();
  return (
    <Dialog title={t("editor.cancel_title")} onClose={onClose}>
      <p>{t("editor.cancel_body")}</p>
      <div className={styles.answers}>
        <button type="button" className={ui.button} onClick={onClose}>
          {t("editor.cancel_no")}
        </button>
        <button type="button" className={ui.primary} onClick={giveUp}>
          {t("editor.cancel_yes")}
        </button>
      </div>
    </Dialog>
  );
}

/** What becomes of half-transparent pixels, which no request can say. */
export function TranslucentDialog({
  settle,
}: {
  settle: (how: "flatten" | "erase" | null) => void;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <Dialog title={t("editor.translucent_title")} onClose={() => settle(null)}>
      <p>{t("editor.translucent_body")}</p>
      <div className={styles.answers}>
        <button type="button" className={ui.button} onClick={() => settle("flatten")}>
          {t("editor.translucent_flatten")}
        </button>
        <button type="button" className={ui.primary} onClick={() => settle("erase")}>
          {t("editor.translucent_erase")}
        </button>
      </div>
    </Dialog>
  );
}
