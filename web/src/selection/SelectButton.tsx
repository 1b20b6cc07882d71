import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../ui/Icon";
import ui from "../ui/ui.module.css";
import { useSelection } from "./SelectionProvider";

/** Begin to select, and stop. */
export function SelectButton({ disabled = false }: { disabled?: boolean }): ReactNode {
  const { t } = useTranslation();
  const selection = useSelection();
  if (!selection) return null;
  return (
    <button
      type="button"
      className={`${ui.button} ${ui.small}`}
      disabled={disabled}
      aria-pressed={selection.active}
      onClick={selection.active ? selection.stop : selection.start}
    >
      <Icon name="checks" />
      {t("shelf.select")}
    </button>
  );
}
