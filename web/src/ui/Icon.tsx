import type { ReactNode } from "react";

/** Outlines on a 24 × 24 grid. */
const PATHS = {
  spark: "M12 3l1.9 5.6L19.5 10.5l-5.6 1.9L12 18l-1.9-5.6L4.5 10.5l5.6-1.9zM19 16.5v4M17 18.5h4",
  image: "M4 5.5h16v13H4zM4 15.5l4.5-4.5 4 4 2.5-2.5 5 5M15.5 9h.01",
  folder: "M4 6.500h5l2 2.500h9v10H4z",
  folderOut: "M4 6.500h5l2 2.500h9v10H4zM9.500 14h5",
  check: "M5 12.500l4.500 4.500L19 7.500",
  checks: "M4 5h6v6H4zM14 7.500l2 2 4-4M4 14h6v6H4zM14 17h6",
  pencil: "M4 20l1-4.500L16 4.500l3.500 3.500L8.500 19zM14 6.500l3.500 3.500",
  compare: "M12 3.500v17M4.500 6.500h5v11h-5M14.500 6.500h5v11h-5",
  upload: "M12 15.500V4.500M7.500 9L12 4.500 16.500 9M5 19.500h14",
  keyboard: "M3.500 6.500h17v11h-17zM7 10h.01M10.500 10h.01M14 10h.01M17 10h.01M8 14h8",
  sliders: "M4 7h9M17 7h3M4 17h3M11 17h9M13 4.5v5M7 14.5v5",
  history: "M4 5v5h5M4.6 10A8 8 0 1 1 4 13M12 8v4.5l3 2",
  settings:
    "M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM19 12a7 7 0 0 0-.1-1.3l2-1.5-2-3.4-2.3 1a7 7 0 0 0-2.3-1.3L14 3h-4l-.4 2.5a7 7 0 0 0-2.2 1.3l-2.4-1-2 3.4 2 1.5a7 7 0 0 0 0 2.6l-2 1.5 2 3.4 2.4-1a7 7 0 0 0 2.2 1.3L10 21h4l.4-2.5a7 7 0 0 0 2.2-1.3l2.4 1 2-3.4-2-1.5c.1-.4.1-.9 0-1.3z",
  heart: "M12 20s-7.5-4.6-7.5-10A4.2 4.2 0 0 1 12 7.4 4.2 4.2 0 0 1 19.5 10c0 5.4-7.5 10-7.5 10z",
  download: "M12 4v11M7.5 11L12 15.5 16.5 11M5 19.5h14",
  more: "M6 12h.01M12 12h.01M18 12h.01",
  copy: "M8.5 8.5V5h10.5v10.5h-3.5M5 8.5h10.5V19H5z",
  link: "M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.300l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.700l1-1",
  code: "M8.5 7.5L4 12l4.500 4.500M15.500 7.500L20 12l-4.500 4.500M13.500 5l-3 14",
  repeat: "M5 11V9.500A3 3 0 0 1 8 6.500h10M15 3.500l3 3-3 3M19 13v1.500a3 3 0 0 1-3 3H6M9 20.500l-3-3 3-3",
  grid: "M4.500 4.500h6v6h-6zM13.500 4.500h6v6h-6zM4.500 13.500h6v6h-6zM13.500 13.500h6v6h-6z",
  trash: "M5 7h14M9.500 7V4.500h5V7M7 7l.8 12.500h8.400L17 7M10.500 11v5M13.500 11v5",
  close: "M6 6l12 12M18 6L6 18",
  left: "M15 5l-7 7 7 7",
  right: "M9 5l7 7-7 7",
  chevron: "M6 9.500l6 6 6-6",
  sun: "M12 16.500a4.500 4.500 0 1 0 0-9 4.500 4.500 0 0 0 0 9zM12 2.500v2M12 19.500v2M2.500 12h2M19.500 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M5.300 18.700l1.400-1.400M17.300 6.700l1.400-1.400",
  moon: "M20 14.500A8.500 8.500 0 0 1 9.500 4a8.500 8.500 0 1 0 10.500 10.500z",
  brush:
    "M4.500 19.500c3.500 0 5-1 5-3.200a2.300 2.300 0 0 0-3.900-1.600c-1 1-.4 3.300-1.100 4.800zM9 14l9.500-10 1.500 1.500L10.500 15.500",
  shield:
    "M12 3.500l7 2.500v5.500c0 4.300-2.900 7.500-7 9-4.100-1.500-7-4.700-7-9V6zM9 12l2.200 2.200L15.200 10",
  key: "M14.500 13.500a4.500 4.500 0 1 0-4.200-2.900L4 17v3h3.500v-2.500H10V15l1.500-1.800c.9.300 2 .4 3 .3zM15.500 8.500h.01",
  plus: "M12 5v14M5 12h14",
  alert: "M12 4L21 19.500H3zM12 10v4.500M12 17.200h.01",
  crop: "M8 3.5V16h12.500M3.500 8H16v12.500",
  eye: "M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
} as const;

export type IconName = keyof typeof PATHS;

/** A picture beside or instead of a label; the label is for screen readers. */
export function Icon({ name, filled = false }: { name: IconName; filled?: boolean }): ReactNode {
  return <Outline path={PATHS[name]} filled={filled} weight={name === "more" ? 3 : 1.7} />;
}

interface OutlineProps {
  path: string;
  filled?: boolean;
  weight?: number;
}

export function Outline({ path, filled = false, weight = 1.7 }: OutlineProps): ReactNode {
  return (
    <svg
      aria-hidden="true"
      width="20"
      height="20"
      viewBox="0 0 24 24"
      fill={filled ? "currentColor" : "none"}
      stroke="currentColor"
      strokeWidth={weight}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={path} />
    </svg>
  );
}
