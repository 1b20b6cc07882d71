import { useTranslation } from "react-i18next";
import { useToasts } from "../ui/Toasts";
import { keyOf } from "./database";
import { useLibrary } from "./LibraryProvider";

export function useFavourite(jobId: string, index: number): { favourite: boolean; toggle: () => void } {
  const { t } = useTranslation();
  const { favourites, favour } = useLibrary();
  const { toast } = useToasts();
  const key = keyOf(jobId, index);
  const favourite = favourites.has(key);
  return {
    favourite,
    toggle: () => void favour([key], !favourite).catch(() => toast(t("picture.expired"))),
  };
}
