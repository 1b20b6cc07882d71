import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { copyText } from "../ui/copy";
import { Icon } from "../ui/Icon";
import { useToasts } from "../ui/Toasts";
import ui from "../ui/ui.module.css";
import styles from "./admin.module.css";

/** A line to take along, and a button that copies it. */
export function CopyLine({ text, label }: { text: string; label: string }): ReactNode {
  const { t } = useTranslation();
  const { toast } = useToasts();
  return (
    <div className={styles.line}>
      <code translate="no">{text}</code>
      <button
        type="button"
        className={ui.icon}
        aria-label={t("admin.copy", { what: label })}
        title={t("code.copy")}
        onClick={async () => toast(t((await copyText(text)) ? "code.copied" : "admin.copy_failed"))}
      >
        <Icon name="copy" />
      </button>
    </div>
  );
}
