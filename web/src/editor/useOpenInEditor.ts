import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { loadWords } from "../i18n";
import { usePreferences } from "../settings/preferences";
import { useToasts } from "../ui/Toasts";

const MOST_NAME = 100;

/** Begin a draft in the editor with a picture, one of ours or not, and go there. The editor's code is fetched then, not before. */
export function useOpenInEditor(): (
  file: Blob,
  name: string,
  from: string | null,
  prompt?: string,
) => Promise<void> {
  const { t } = useTranslation();
  const { n } = usePreferences();
  const { toast } = useToasts();
  const [, go] = useLocation();
  return useCallback(
    async (file, name, from, prompt) => {
      const [store, { EditorError }] = await Promise.all([import("./store"), import("./engine/errors")]);
      try {
        go(`/e/${await store.startFromPicture(file, name.slice(0, MOST_NAME), n, from, prompt)}`);
      } catch (error) {
        if (!(error instanceof EditorError)) throw error;
        await loadWords("editor");
        toast(t(`editor.fault.${error.fault}`));
      }
    },
    [go, n, toast, t],
  );
}
