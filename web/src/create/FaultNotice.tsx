import { lazy, type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ApiFault } from "../api/errors";
import { copyText } from "../ui/copy";
import { useToasts } from "../ui/Toasts";
import ui from "../ui/ui.module.css";
import styles from "./create.module.css";

const ReportDialog = lazy(() => import("./ReportDialog"));

interface FaultNoticeProps {
  fault: ApiFault;
  prompt: string;
  onEdit: () => void;
  onDismiss: () => void;
}

/** Why nothing was drawn, in the server's own words, and what can be done now. */
export function FaultNotice({ fault, prompt, onEdit, onDismiss }: FaultNoticeProps): ReactNode {
  const { t } = useTranslation();
  const { toast } = useToasts();
  const [reporting, setReporting] = useState(false);
  const blocked = fault.fault === "blocked";
  return (
    <div className={blocked ? styles.blocked : styles.fault} role="alert">
      <p className={ui.label}>{blocked ? t("fault.blocked_title") : <Reason fault={fault} />}</p>
      {fault.message && fault.fault !== "rate_limited" ? <p>{fault.message}</p> : null}
      {fault.requestId && (blocked || fault.fault === "server") ? (
        <p className={ui.hint}>{t("fault.request_id", { id: fault.requestId })}</p>
      ) : null}
      <div className={styles.actions}>
        {blocked ? (
          <>
            <button type="button" className={`${ui.button} ${ui.small}`} onClick={onEdit}>
              {t("fault.blocked_edit")}
            </button>
            {fault.requestId ? (
              <button type="button" className={`${ui.quiet} ${ui.small}`} onClick={() => setReporting(true)}>
                {t("fault.blocked_report")}
              </button>
            ) : null}
          </>
        ) : null}
        {fault.fault === "server" && fault.requestId ? (
          <button
            type="button"
            className={`${ui.button} ${ui.small}`}
            onClick={async () => {
              if (await copyText(`${fault.requestId} ${fault.message}`)) toast(t("picture.copied"));
            }}
          >
            {t("fault.copy_report")}
          </button>
        ) : null}
        <button type="button" className={`${ui.quiet} ${ui.small}`} onClick={onDismiss}>
          {t("fault.dismiss")}
        </button>
      </div>
      {reporting && fault.requestId ? (
        <Suspense>
          <ReportDialog requestId={fault.requestId} prompt={prompt} onClose={() => setReporting(false)} />
        </Suspense>
      ) : null}
    </div>
  );
}

function Reason({ fault }: { fault: ApiFault }): ReactNode {
  const { t } = useTranslation();
  switch (fault.fault) {
    case "rate_limited":
      return t("create.limited");
    case "quota":
      return t("fault.quota");
    case "offline":
      return t("fault.offline");
    case "busy":
      return t("fault.busy");
    case "server":
      return t("fault.server");
    default:
      return t("fault.blocked_title");
  }
}
