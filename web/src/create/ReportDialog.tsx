import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { reportDecision } from "../api/client";
import { Dialog } from "../ui/Dialog";
import { useToasts } from "../ui/Toasts";
import ui from "../ui/ui.module.css";
import styles from "./create.module.css";

interface ReportDialogProps {
  requestId: string;
  prompt: string;
  onClose: () => void;
}

/** "This refusal is wrong", to whoever runs the server. */
export default function ReportDialog({ requestId, prompt, onClose }: ReportDialogProps): ReactNode {
  const { t } = useTranslation();
  const { toast } = useToasts();
  const [note, setNote] = useState("");
  const [along, setAlong] = useState(true);
  const report = useMutation({
    mutationFn: () => reportDecision(requestId, note.trim(), along && prompt ? prompt : null),
    onSuccess: () => {
      toast(t("fault.report_sent"));
      onClose();
    },
  });
  return (
    <Dialog title={t("fault.report_title")} onClose={onClose}>
      <form
        className={styles.report}
        onSubmit={(event) => {
          event.preventDefault();
          report.mutate();
        }}
      >
        <label className={ui.field}>
          <span>{t("fault.report_note")}</span>
          <textarea
            className={ui.input}
            rows={4}
            maxLength={2000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </label>
        {prompt ? (
          <label className={ui.check}>
            <input type="checkbox" checked={along} onChange={(event) => setAlong(event.target.checked)} />
            {t("fault.report_prompt")}
          </label>
        ) : null}
        {report.error ? (
          <p role="alert">{t("fault.report_failed", { message: report.error.message })}</p>
        ) : null}
        <button type="submit" className={ui.primary} disabled={report.isPending}>
          {t("fault.report_send")}
        </button>
      </form>
    </Dialog>
  );
}
