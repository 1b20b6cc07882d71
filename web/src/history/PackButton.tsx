import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Job } from "../api/types";
import { datedName, usePacking } from "../archive/usePacking";
import { Icon } from "../ui/Icon";
import ui from "../ui/ui.module.css";

interface PackButtonProps {
  jobs: readonly Job[];
  /** Of the file, without a suffix. */
  name?: string;
  label?: string;
}

/** All pictures in sight as one archive. */
export function PackButton({ jobs, name, label }: PackButtonProps): ReactNode {
  const { t } = useTranslation();
  const { pack, packing, done } = usePacking();
  const total = jobs.reduce((sum, job) => sum + job.data.length, 0);
  return (
    <button
      type="button"
      className={`${ui.button} ${ui.small}`}
      disabled={packing || total === 0}
      onClick={() => pack(jobs, name ?? datedName())}
    >
      <Icon name="download" />
      {packing ? t("history.packing", { done, total }) : (label ?? t("history.download"))}
    </button>
  );
}
