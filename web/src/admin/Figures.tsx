import type { ReactNode } from "react";
import styles from "./admin.module.css";

interface Figure {
  label: string;
  value: string;
  more?: string;
}

/** Numbers to see at once. */
export function Figures({ figures }: { figures: readonly Figure[] }): ReactNode {
  return (
    <dl className={styles.figures}>
      {figures.map(({ label, value, more }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
          {more ? <dd className={styles.more}>{more}</dd> : null}
        </div>
      ))}
    </dl>
  );
}
