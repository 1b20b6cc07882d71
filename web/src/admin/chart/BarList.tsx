import { type ReactNode, useId } from "react";
import { currentLanguage } from "../../i18n";
import { count } from "../../ui/format";
import styles from "./chart.module.css";
import { fill, Swatch, Textures } from "./Texture";

export interface Bar {
  id: string;
  label: ReactNode;
  /** One number for each part. */
  values: readonly number[];
}

interface BarListProps {
  bars: readonly Bar[];
  /** What the numbers mean, where there are several. */
  parts?: readonly string[];
}

/** Names with numbers, and bars to see at a glance which is how large: the numbers are the text. */
export function BarList({ bars, parts }: BarListProps): ReactNode {
  const id = useId();
  const language = currentLanguage();
  const sum = (bar: Bar) => bar.values.reduce((all, value) => all + value, 0);
  const most = Math.max(1, ...bars.map(sum));
  return (
    <>
      {parts ? (
        <ul className={styles.legend} aria-hidden="true">
          {parts.map((part, index) => (
            <li key={part}>
              <Swatch id={id} index={index} />
              <span>{part}</span>
            </li>
          ))}
        </ul>
      ) : null}
      <ul className={styles.bars}>
        {bars.map((bar) => {
          let before = 0;
          return (
            <li key={bar.id}>
              <span className={styles.name}>{bar.label}</span>
              <span className={styles.value}>
                {parts
                  ? parts
                      .map((part, index) => ({ part, value: bar.values[index] ?? 0 }))
                      .filter(({ value }) => value > 0)
                      .map(({ part, value }) => `${part} ${count(value, language)}`)
                      .join(" · ")
                  : count(sum(bar), language)}
              </span>
              <svg aria-hidden="true" width="100%" height="12">
                <rect width="100%" height="12" rx="6" className={styles.track} />
                {bar.values.map((value, index) => {
                  const from = before;
                  before += value;
                  return value ? (
                    <rect
                      // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other name
                      key={index}
                      x={`${(100 * from) / most}%`}
                      width={`${(100 * value) / most}%`}
                      height="12"
                      rx="3"
                      fill={fill(id, index)}
                    />
                  ) : null;
                })}
              </svg>
            </li>
          );
        })}
      </ul>
      <svg width="0" height="0" aria-hidden="true" className={styles.defs}>
        <Textures id={id} />
      </svg>
    </>
  );
}
