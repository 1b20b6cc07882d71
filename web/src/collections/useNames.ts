import { useTranslation } from "react-i18next";
import { LONGEST_NAME, tidyName } from "../library/collections";
import { useCollections } from "../library/useCollections";

/** Why a collection cannot have a name; null where it can. Its own, `mine`, it may keep. */
export function useNames(mine?: string): (name: string) => string | null {
  const { t } = useTranslation();
  const { all } = useCollections();
  return (name) => {
    const tidy = tidyName(name);
    if (tidy === null) {
      return name.trim() ? t("shelf.name_long", { most: LONGEST_NAME }) : t("shelf.name_empty");
    }
    const taken = all?.some((one) => one.name === tidy && one.name !== mine);
    return taken ? t("shelf.name_taken") : null;
  };
}
