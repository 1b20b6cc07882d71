/** Numbers and times as people of a language write them. */

export function duration(seconds: number, language: string): string {
  const whole = Math.max(1, Math.round(seconds));
  const [value, unit] = whole < 90 ? [whole, "second"] : [Math.round(whole / 60), "minute"];
  return new Intl.NumberFormat(language, { style: "unit", unit: String(unit), unitDisplay: "short" }).format(
    Number(value),
  );
}

/** `0:12` for a countdown. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

export function bytes(count: number, language: string): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, count)) / 3));
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit: units[step] ?? "byte",
    maximumFractionDigits: step > 1 ? 1 : 0,
  }).format(count / 1000 ** step);
}

export function moment(seconds: number, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(
    seconds * 1000,
  );
}

/** A date without the time of day. */
export function date(seconds: number, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "medium" }).format(seconds * 1000);
}

/** `1024 × 1024`. */
export function dimensions(size: string): string {
  return size.replace("x", " × ");
}

/** `12,345`, or `12K` where there is little room. */
export function count(value: number, language: string, short = false): string {
  return new Intl.NumberFormat(language, short ? { notation: "compact" } : {}).format(value);
}

/** A whole number, or two digits of one that is small: `0.13`. */
export function average(value: number, language: string): string {
  const digits = value < 10 ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: 0 };
  return new Intl.NumberFormat(language, digits).format(value);
}

/** `Nov 21` of a UTC day that begins at these seconds. */
export function dayOf(seconds: number, language: string): string {
  return new Intl.DateTimeFormat(language, { month: "short", day: "numeric", timeZone: "UTC" }).format(
    seconds * 1000,
  );
}

const STEPS = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
] as const;

/** `3 minutes ago`. */
export function ago(seconds: number, language: string, now = Date.now() / 1000): string {
  const past = Math.max(0, now - seconds);
  const [unit, size] = STEPS.find(([, one]) => past >= one) ?? ["minute", 60];
  return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(-Math.floor(past / size), unit);
}
