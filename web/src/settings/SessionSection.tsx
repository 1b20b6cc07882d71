import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { readSession } from "../api/client";
import { useJobs } from "../jobs/JobsProvider";
import ui from "../ui/ui.module.css";
import { SignOutDialog } from "./SignOutDialog";
import styles from "./settings.module.css";

/** Which key the cookie stands for, and the way out. Nothing on a server without keys. */
export function SessionSection(): ReactNode {
  const { t } = useTranslation();
  const { link } = useJobs();
  const [leaving, setLeaving] = useState(false);
  const { data } = useQuery({ queryKey: ["session", link], queryFn: readSession, retry: false });
  if (!data?.key || link === "locked") return null;
  return (
    <section>
      <h2>{t("settings.session")}</h2>
      <p>{t("settings.session_key", { name: data.key.name, hint: data.key.hint })}</p>
      <button
        type="button"
        className={`${ui.button} ${ui.small} ${styles.room}`}
        onClick={() => setLeaving(true)}
      >
        {t("key.sign_out")}
      </button>
      {leaving ? <SignOutDialog onClose={() => setLeaving(false)} /> : null}
    </section>
  );
}
