import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { closeSession } from "../api/client";
import { ConfirmDialog } from "../ui/ConfirmDialog";
import ui from "../ui/ui.module.css";
import { clearBrowser } from "./clear";

/** Asks what becomes of what this browser keeps: it is shown to whoever signs in next. */
export function SignOutDialog({ onClose }: { onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const [clear, setClear] = useState(false);
  const leaving = useMutation({
    mutationFn: async () => {
      await closeSession();
      if (clear) await clearBrowser();
      else sessionStorage.clear(); // what was being written
    },
    networkMode: "always",
    // Anew, so that nothing stays in memory either.
    onSuccess: () => window.location.assign("/"),
  });
  return (
    <ConfirmDialog
      title={t("shelf.sign_out_title")}
      confirm={t("key.sign_out")}
      onConfirm={() => leaving.mutate()}
      onClose={onClose}
    >
      <p>{t("shelf.sign_out_body")}</p>
      <label className={ui.check}>
        <input type="checkbox" checked={clear} onChange={(event) => setClear(event.target.checked)} />
        {t("shelf.sign_out_clear")}
      </label>
      {leaving.error ? <p role="alert">{leaving.error.message || t("fault.offline")}</p> : null}
    </ConfirmDialog>
  );
}
