import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useLibrary } from "../library/LibraryProvider";
import { clearPrompts, listPrompts } from "../library/prompts";
import { useStored } from "../library/stored";
import { useToasts } from "../ui/Toasts";
import ui from "../ui/ui.module.css";
import { prefer, usePreferences } from "./preferences";
import styles from "./settings.module.css";

/** Whether earlier prompts are remembered, and forgetting them. */
export function PromptsSection(): ReactNode {
  const { t } = useTranslation();
  const { prompts } = usePreferences();
  const { change } = useLibrary();
  const { toast } = useToasts();
  const kept = useStored("prompts", null, listPrompts)?.length ?? 0;
  return (
    <section>
      <h2>{t("shelf.prompts")}</h2>
      <label className={ui.check}>
        <input
          type="checkbox"
          checked={prompts}
          onChange={(event) => prefer({ prompts: event.target.checked })}
        />
        {t("shelf.prompts_remember")}
      </label>
      {kept ? (
        <button
          type="button"
          className={`${ui.button} ${ui.small} ${styles.room}`}
          onClick={async () => {
            await change(clearPrompts);
            toast(t("shelf.prompts_cleared"));
          }}
        >
          {t("shelf.prompts_clear_all", { count: kept })}
        </button>
      ) : null}
    </section>
  );
}
