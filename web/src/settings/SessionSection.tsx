import { useMutation, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { closeSession, readSession } from "../api/client";
import { useJobs } from "../jobs/JobsProvider";
import ui from "../ui/ui.module.css";
import styles from "./settings.module.css";

/** Which key the cookie stands for, and the way out. Nothing on a server without keys. */
export function SessionSection(): ReactNode {
  const { t } = useTranslation();
  const { link, reconnect } = useJobs();
  const { data, refetch } = useQuery({ queryKey: ["session", link], queryFn: readSession, retry: false });
  const leave = useMutation({
    mutationFn: closeSession,
    onSuccess: () => {
      reconnect();
      void refetch();
    },
  });
  if (!data?.key || link === "locked") return null;
  return (
    <section>
      <h2>{t("settings.session")}</h2>
      <p>{t("settings.session_key", { name: data.key.name, hint: data.key.hint })}</p>
      <button
        type="button"
        className={`${ui.button} ${ui.small} ${styles.room}`}
        disabled={leave.isPending}
        onClick={() => leave.mutate()}
      >
        {t("key.sign_out")}
      </button>
    </section>
  );
}
