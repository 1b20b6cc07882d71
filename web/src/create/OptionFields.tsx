import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { SIZES } from "../settings/preferences";
import { Segments } from "../ui/Segments";
import ui from "../ui/ui.module.css";
import styles from "./create.module.css";
import { parseSeed, useDraft } from "./DraftProvider";

export const COUNTS = ["1", "2", "3", "4", "6", "8", "10"] as const;

/** How many, how large, and which seed. */
export function OptionFields(): ReactNode {
  const { t } = useTranslation();
  const { draft, change } = useDraft();
  const wrong = parseSeed(draft.seed) === null;
  return (
    <div className={styles.options}>
      <Segments
        label={t("create.how_many")}
        value={String(draft.n)}
        options={COUNTS.map((value) => ({ value, label: value }))}
        onChange={(value) => change({ n: Number(value) })}
      />
      <Segments
        label={t("create.size")}
        value={draft.size}
        options={SIZES.map((value) => ({ value, label: value.split("x")[0] ?? value }))}
        onChange={(size) => change({ size })}
      />
      <div className={ui.field}>
        <label htmlFor="seed" className={ui.label}>
          {t("create.seed")}
        </label>
        <input
          id="seed"
          className={ui.input}
          inputMode="numeric"
          autoComplete="off"
          value={draft.seed}
          aria-invalid={wrong}
          aria-describedby="seed-hint"
          onChange={(event) => change({ seed: event.target.value })}
        />
        <p id="seed-hint" className={wrong ? styles.over : ui.hint}>
          {t(wrong ? "create.seed_invalid" : "create.seed_hint")}
        </p>
      </div>
    </div>
  );
}
