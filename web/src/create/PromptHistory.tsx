import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { fold } from "../history/matching";
import { useLibrary } from "../library/LibraryProvider";
import { clearPrompts, listPrompts } from "../library/prompts";
import { useStored } from "../library/stored";
import { Dialog } from "../ui/Dialog";
import { SearchField } from "../ui/SearchField";
import ui from "../ui/ui.module.css";
import styles from "./create.module.css";

interface PromptHistoryProps {
  onChoose: (prompt: string) => void;
  onClose: () => void;
}

/** What was asked for before, to search and to take up again. */
export default function PromptHistory({ onChoose, onClose }: PromptHistoryProps): ReactNode {
  const { t } = useTranslation();
  const { change } = useLibrary();
  const prompts = useStored("prompts", null, listPrompts);
  const [words, setWords] = useState("");
  const wanted = fold(words).split(/\s+/).filter(Boolean);
  const found = prompts?.filter((one) => wanted.every((word) => fold(one).includes(word))) ?? [];
  return (
    <Dialog title={t("shelf.prompts")} onClose={onClose}>
      {prompts?.length ? (
        <>
          <SearchField label={t("history.search")} words={words} onWords={setWords} />
          <p className={ui.hidden} role="status">
            {t("shelf.prompts_found", { count: found.length })}
          </p>
          <ul className={styles.prompts}>
            {found.map((prompt) => (
              <li key={prompt}>
                <button type="button" onClick={() => onChoose(prompt)}>
                  {prompt}
                </button>
              </li>
            ))}
          </ul>
          {found.length ? null : <p className={ui.hint}>{t("shelf.prompts_none_found")}</p>}
          <button
            type="button"
            className={`${ui.button} ${ui.small}`}
            onClick={() => void change(clearPrompts)}
          >
            {t("shelf.prompts_clear")}
          </button>
        </>
      ) : (
        <p className={ui.hint}>{t("shelf.prompts_none")}</p>
      )}
    </Dialog>
  );
}
