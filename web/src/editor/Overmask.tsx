import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import asking from "./asking.module.css";
import styles from "./editor.module.css";

interface OvermaskProps {
  most: number;
  size: number;
  onChange: (size: number) => void;
}

/** How far around the hole the picture may change, and that it does. */
export function Overmask({ most, size, onChange }: OvermaskProps): ReactNode {
  const { t } = useTranslation();
  const note = useId();
  return (
    <div className={asking.overmask}>
      <label className={styles.slider}>
        <span>{t("editor.overmask")}</span>
        <input
          type="range"
          min={0}
          max={most}
          value={size}
          aria-valuetext={t("editor.overmask_size", { size })}
          aria-describedby={note}
          onChange={(event) => onChange(Number(event.target.value))}
        />
      </label>
      <output className={styles.value}>{t("editor.overmask_size", { size })}</output>
      <p id={note}>{size ? t("editor.overmask_some", { size }) : t("editor.overmask_none")}</p>
    </div>
  );
}
