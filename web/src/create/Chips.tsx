import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { hasWords, toggleWords } from "./chips";
import styles from "./create.module.css";
import { useDraft } from "./DraftProvider";

/** Words to press instead of typing: one style, one light. */
export function Chips(): ReactNode {
  const { t } = useTranslation();
  const groups = t("chips", { returnObjects: true });
  return (
    <div className={styles.chipRows}>
      <Group label={t("create.style")} words={groups.style} />
      <Group label={t("create.light")} words={groups.light} />
    </div>
  );
}

function Group({ label, words }: { label: string; words: readonly string[] }): ReactNode {
  const { draft, change } = useDraft();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a scrolling row
    <div role="group" aria-label={label} className={styles.chips}>
      <span aria-hidden="true">{label}</span>
      <div>
        {words.map((word) => (
          <button
            key={word}
            type="button"
            aria-pressed={hasWords(draft.prompt, word)}
            onClick={() => change({ prompt: toggleWords(draft.prompt, word, words) })}
          >
            {word}
          </button>
        ))}
      </div>
    </div>
  );
}
