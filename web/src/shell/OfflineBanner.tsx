import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useJobs } from "../jobs/JobsProvider";
import ui from "../ui/ui.module.css";
import styles from "./shell.module.css";

export function OfflineBanner(): ReactNode {
  const { t } = useTranslation();
  const { reconnect } = useJobs();
  return (
    <div className={styles.offline} role="alert">
      <p>{t("link.offline_banner")}</p>
      <button type="button" className={`${ui.button} ${ui.small}`} onClick={reconnect}>
        {t("link.try_now")}
      </button>
    </div>
  );
}
