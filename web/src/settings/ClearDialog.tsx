import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useJobs } from "../jobs/JobsProvider";
import { ConfirmDialog } from "../ui/ConfirmDialog";
import ui from "../ui/ui.module.css";
import { clearBrowser, clearServer } from "./clear";

/** Asks before everything goes. */
export function ClearDialog({ onClose }: { onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const { link } = useJobs();
  const [server, setServer] = useState(false);
  const clearing = useMutation({
    mutationFn: async () => {
      if (server) await clearServer();
      await clearBrowser();
    },
    networkMode: "always",
    onSuccess: () => window.location.assign("/"),
  });
  return (
    <ConfirmDialog
      title={t("shelf.clear_title")}
      confirm={t("shelf.clear_confirm")}
      onConfirm={() => clearing.mutate()}
      onClose={onClose}
    >
      <p>{t("shelf.clear_body")}</p>
      <label className={ui.check}>
        <input
          type="checkbox"
          checked={server}
          disabled={link !== "online"}
          onChange={(event) => setServer(event.target.checked)}
        />
        {t("shelf.clear_server")}
      </label>
      {clearing.error ? <p role="alert">{clearing.error.message || t("fault.offline")}</p> : null}
    </ConfirmDialog>
  );
}
