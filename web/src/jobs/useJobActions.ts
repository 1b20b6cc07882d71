import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { cancelJob } from "../api/client";
import type { Job, Size } from "../api/types";
import { useDraft } from "../create/DraftProvider";
import { SIZES } from "../settings/preferences";
import { useToasts } from "../ui/Toasts";
import { useJobs } from "./JobsProvider";
import { useRemoval } from "./useRemoval";

export interface JobActions {
  cancel: () => void;
  cancelling: boolean;
  /** Put its words and settings into the text box. */
  reuse: () => void;
  /** Delete it, with all its pictures, from server and browser, unless that is taken back within seconds. */
  remove: () => void;
}

export function useJobActions(job: Job): JobActions {
  const { t } = useTranslation();
  const { accept } = useJobs();
  const { removeJob } = useRemoval();
  const { change } = useDraft();
  const { toast } = useToasts();
  const [, go] = useLocation();

  const cancel = useMutation({
    mutationFn: () => cancelJob(job.id),
    onSuccess: accept,
    onError: (error) => toast(error.message || t("fault.offline")),
  });

  return {
    cancel: () => cancel.mutate(),
    cancelling: cancel.isPending,
    reuse: () => {
      const size = SIZES.find((one): one is Size => one === job.size);
      change({
        prompt: job.prompt ?? "",
        n: job.n,
        seed: job.seed === null ? "" : String(job.seed),
        ...(size && { size }),
      });
      go("/");
      window.scrollTo({ top: 0 });
    },
    remove: () => removeJob(job),
  };
}
