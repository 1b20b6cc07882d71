import { type PointerEvent, type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { currentLanguage } from "../../i18n";
import { count, dayOf } from "../../ui/format";
import ui from "../../ui/ui.module.css";
import styles from "./chart.module.css";
import { axis, labelStep } from "./scale";
import { fill, Swatch, Textures } from "./Texture";
import { useWidth } from "./useWidth";

const HEIGHT = 230;
const TOP = 10;
const BOTTOM = 26;
const LEFT = 48;
const LABEL = 64;
const GAP = 1.5;

interface DaySeries {
  label: string;
  values: readonly number[];
  total: number;
}

interface DayChartProps {
  title: string;
  /** What the chart says, in a sentence. */
  summary: string;
  /** When each day begins, in seconds since 1970. */
  days: readonly number[];
  series: readonly DaySeries[];
}

/** Bars of days, stacked; the same as a table for whoever would rather read, or cannot see. */
export function DayChart({ title, summary, days, series }: DayChartProps): ReactNode {
  const { t } = useTranslation();
  const language = currentLanguage();
  const id = useId();
  const [frame, width] = useWidth<HTMLDivElement>();
  /** Days by their place: under the pointer, and by the keyboard. */
  const [pointed, setPointed] = useState<number | null>(null);
  const [stepped, setStepped] = useState<number | null>(null);
  const shown = pointed ?? stepped;
  const [asTable, setAsTable] = useState(false);
  const sums = days.map((_, day) => series.reduce((sum, one) => sum + (one.values[day] ?? 0), 0));
  const { top, lines } = axis(Math.max(0, ...sums));
  const room = HEIGHT - TOP - BOTTOM;
  const column = Math.max(0, width - LEFT) / days.length;
  const y = (value: number) => TOP + room * (1 - value / top);
  const step = labelStep(days.length, width - LEFT, LABEL);
  const on = (at: number) =>
    t("admin.on_day", { day: dayOf(days[at] ?? 0, language), images: count(sums[at] ?? 0, language) });
  const parts = (at: number) =>
    series
      .filter((one) => one.values[at])
      .map((one) => `${one.label} ${count(one.values[at] ?? 0, language)}`);
  const last = days.length - 1;

  function point(event: PointerEvent<SVGSVGElement>): void {
    const at = Math.floor((event.clientX - event.currentTarget.getBoundingClientRect().left - LEFT) / column);
    setPointed(at >= 0 && at < days.length ? at : null);
  }

  return (
    <figure className={styles.chart} aria-labelledby={`${id}-title`}>
      <figcaption className={styles.head}>
        <h2 id={`${id}-title`}>{title}</h2>
        <button
          type="button"
          className={`${ui.button} ${ui.small}`}
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
        >
          {t("admin.as_table")}
        </button>
      </figcaption>
      <p className={styles.readout}>{shown === null ? summary : on(shown)}</p>
      <div ref={frame} className={styles.frame}>
        {width > 0 ? (
          <svg
            width={width}
            height={HEIGHT}
            role="img"
            aria-label={summary}
            onPointerMove={point}
            onPointerDown={point}
            onPointerLeave={() => setPointed(null)}
          >
            <Textures id={id} />
            {lines.map((line) => (
              <g key={line}>
                <line x1={LEFT} x2={width} y1={y(line)} y2={y(line)} className={styles.line} />
                <text x={LEFT - 10} y={y(line) + 4} className={styles.tick} textAnchor="end">
                  {count(line, language, true)}
                </text>
              </g>
            ))}
            {shown === null ? null : (
              <rect x={LEFT + shown * column} y={TOP} width={column} height={room} className={styles.band} />
            )}
            {days.map((start, at) => {
              let below = 0;
              return (
                <g key={start}>
                  {series.map((one, index) => {
                    const value = one.values[at] ?? 0;
                    const from = y(below);
                    below += value;
                    return value ? (
                      <rect
                        key={one.label}
                        x={LEFT + at * column + Math.min(GAP, column / 6)}
                        width={Math.max(1, column - 2 * Math.min(GAP, column / 6))}
                        y={y(below)}
                        height={Math.max(1, from - y(below) - (index ? 1 : 0))}
                        fill={fill(id, index)}
                      />
                    ) : null;
                  })}
                  {at % step === 0 && (days.length - at - 0.5) * column > LABEL / 2 ? (
                    <text
                      x={LEFT + (at + 0.5) * column}
                      y={HEIGHT - 6}
                      className={styles.tick}
                      textAnchor="middle"
                    >
                      {dayOf(start, language)}
                    </text>
                  ) : null}
                </g>
              );
            })}
          </svg>
        ) : null}
        {/* Not to be seen: what a pointer does over the bars, arrow keys do here, and it is read out. */}
        <input
          type="range"
          min={0}
          max={last}
          value={stepped ?? last}
          aria-label={t("admin.day")}
          aria-valuetext={[on(stepped ?? last), ...parts(stepped ?? last)].join(", ")}
          onFocus={() => setStepped(last)}
          onBlur={() => setStepped(null)}
          onChange={(event) => setStepped(Number(event.target.value))}
        />
      </div>
      <ul className={styles.legend}>
        {series.map((one, index) => (
          <li key={one.label}>
            <Swatch id={id} index={index} />
            <span>{one.label}</span>
            <b>{count(shown === null ? one.total : (one.values[shown] ?? 0), language)}</b>
          </li>
        ))}
      </ul>
      <div className={asTable ? styles.table : ui.hidden} {...(asTable ? { tabIndex: 0 } : {})}>
        <table>
          <caption className={ui.hidden}>{title}</caption>
          <thead>
            <tr>
              <th scope="col">{t("admin.day")}</th>
              {series.map((one) => (
                <th key={one.label} scope="col">
                  {one.label}
                </th>
              ))}
              <th scope="col">{t("admin.all")}</th>
            </tr>
          </thead>
          <tbody>
            {days
              .map((start, at) => (
                <tr key={start}>
                  <th scope="row">{dayOf(start, language)}</th>
                  {series.map((one) => (
                    <td key={one.label}>{count(one.values[at] ?? 0, language)}</td>
                  ))}
                  <td>{count(sums[at] ?? 0, language)}</td>
                </tr>
              ))
              .reverse()}
          </tbody>
        </table>
      </div>
    </figure>
  );
}
