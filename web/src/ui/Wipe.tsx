import { type CSSProperties, type PointerEvent, type ReactNode, useState } from "react";
import styles from "./wipe.module.css";

interface WipeProps {
  /** What the slider is called. */
  label: string;
  /** On the left of the line. */
  before: ReactNode;
  after: ReactNode;
}

/** Two pictures in one place with a line to move: by pointer anywhere, by keys on its slider. */
export function Wipe({ label, before, after }: WipeProps): ReactNode {
  const [at, setAt] = useState(50);

  function follow(event: PointerEvent<HTMLDivElement>): void {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    setAt(Math.round(Math.min(100, Math.max(0, (100 * (event.clientX - left)) / width))));
  }

  return (
    <div
      className={styles.wipe}
      style={{ "--at": `${at}%` } as CSSProperties}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        event.currentTarget.querySelector("input")?.focus();
        follow(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) follow(event);
      }}
    >
      {after}
      <div className={styles.before}>{before}</div>
      <span className={styles.line} />
      <input
        type="range"
        min={0}
        max={100}
        value={at}
        aria-label={label}
        aria-valuetext={`${at} %`}
        onChange={(event) => setAt(Number(event.target.value))}
      />
    </div>
  );
}
