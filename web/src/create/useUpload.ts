import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useToasts } from "../ui/Toasts";
import { useDraft } from "./DraftProvider";
import { readSource } from "./source";

/** Take an image file as the draft's source; says so when it is none. */
export function useUpload(): (file: Blob, from?: string) => Promise<void> {
  const { t } = useTranslation();
  const { change } = useDraft();
  const { toast } = useToasts();
  return useCallback(
    async (file, from) => {
      try {
        change({ source: await readSource(file, from) });
      } catch {
        toast(t("source.unreadable"));
      }
    },
    [change, toast, t],
  );
}
