import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { cancelJob } from "../api/client";
import type { Job, Size } from "../api/types";
import { useDraft } from "../create/DraftProvider";
import { readSource } from "../create/source";
import { readInputs } from "../library/inputs";
import { useStored } from "../library/stored";
import { SIZES } from "../settings/preferences";
import { useToasts } from "../ui/Toasts";
import { useJobs } from "./JobsProvider";
import { useRemoval } from "./useRemoval";

export interface JobActions {
  cancel: () => void;
  cancelling: boolean;
  /** Put its words, upload and settings into the text box; null where the upload is not kept. */
  reuse: (() => void) | null;
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
  const inputs = useStored("inputs", job.id, (open) => readInputs(open, job.id));

  const cancel = useMutation({
    mutationFn: () => cancelJob(job.id),
    onSuccess: accept,
    onError: (error) => toast(error.message || t("fault.offline")),
  });

  async function reuse(): Promise<void> {
    const size = SIZES.find((one): one is Size => one === job.size);
    const source = inputs ? await readSource(inputs.image, inputs.from, inputs.mask) : null;
    change({
      source,
      n: job.n,
      seed: job.seed === null ? "" : String(job.seed),
      ...(size && { size }),
      ...(job.operation !== "variations" && { prompt: job.prompt ?? "" }),
    });
    go("/");
    window.scrollTo({ top: 0 });
  }

  return {
    cancel: () => cancel.mutate(),
    cancelling: cancel.isPending,
    reuse:
      job.operation === "generations" || inputs
        ? () => void reuse().catch(() => toast(t("source.unreadable")))
        : null,
    remove: () => removeJob(job),
  };
}
