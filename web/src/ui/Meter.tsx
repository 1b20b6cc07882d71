import { type ReactNode, useId } from "react";
import styles from "./ui.module.css";

interface MeterProps {
  label: string;
  /** What the bar means in words. */
  text: string;
  used: number;
  most: number;
}

export function Meter({ label, text, used, most }: MeterProps): ReactNode {
  const id = useId();
  return (
    <div className={styles.meter}>
      <span id={id}>{label}</span>
      <span>{text}</span>
      <meter aria-labelledby={id} min={0} max={Math.max(most, 1)} value={Math.min(used, most)}>
        {text}
      </meter>
    </div>
  );
}
