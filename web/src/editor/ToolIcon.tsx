import type { ReactNode } from "react";
import { Outline } from "../ui/Icon";

/** Outlines on the same 24 × 24 grid as ui/Icon, fetched with the editor. */
const PATHS = {
  erase:
    "M8.5 19.500L4 15a1.5 1.5 0 0 1 0-2.100l8.9-8.900a1.5 1.5 0 0 1 2.1 0l5 5a1.5 1.5 0 0 1 0 2.100L11.5 19.500zM8.3 8.600l7.1 7.100M8.5 19.500H20",
  restore:
    "M4.5 19.500c3.5 0 5-1 5-3.200a2.3 2.3 0 0 0-3.9-1.600c-1 1-.4 3.3-1.1 4.800zM9 14l9.5-10 1.5 1.500L10.5 15.500M16 16v5M13.5 18.500h5",
  rectangle:
    "M4.5 8V4.500H8M16 4.500h3.500V8M19.5 16v3.500H16M8 19.500H4.500V16M11 4.500h2M11 19.500h2M4.5 11v2M19.5 11v2",
  lasso:
    "M12 4.500c4.7 0 8.5 2.3 8.5 5.300S16.7 15 12 15s-8.5-2.3-8.5-5.200S7.3 4.5 12 4.500zM7.5 14.200c-1.3.6-1.3 2.6.5 2.8 1.7.1 2.2-1.7.9-2.400M8.5 17c.2 1.5-.8 2.8-2.5 3",
  hand: "M8 12.500V6.300a1.3 1.3 0 0 1 2.6 0V11M10.6 11V5a1.3 1.3 0 0 1 2.6 0v6M13.2 11V6a1.3 1.3 0 0 1 2.6 0v6M15.8 12V8.500a1.3 1.3 0 0 1 2.6 0V14a6.5 6.5 0 0 1-6.5 6.500c-2.7 0-4-1.2-5.2-3.400l-2.1-3.800a1.2 1.2 0 0 1 2.1-1.200l1.3 2",
  frame: "M7.5 3.500v17M16.5 3.500v17M3.5 7.500h17M3.5 16.500h17",
  undo: "M8.5 5L4.5 9l4 4M4.5 9h9.500a5 5 0 0 1 0 10H9.5",
  redo: "M15.5 5l4 4-4 4M19.5 9H10a5 5 0 0 0 0 10h4.5",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  fit: "M4.5 9V4.500H9M15 4.500h4.500V9M19.5 15v4.500H15M9 19.500H4.500V15",
  compare: "M12 3.500v17M8.5 6H4.500v12h4M15.5 6h4v12h-4M19.5 6l-4 12",
  wipe: "M12 3.500v17M8 9l-3.5 3L8 15M16 9l3.5 3-3.5 3",
  keyboard: "M3.5 6.500h17v11h-17zM7 10h.01M10.3 10h.01M13.7 10h.01M17 10h.01M8 14h8",
  file: "M3.5 18.500v-13H9l2 2.500h9.500v10.500z",
  save: "M5 4.500h11l3.5 3.500v11.500H5zM8.5 4.500v5h6v-5M8 19.500v-6h8.500v6",
  clear: "M4.5 6v5h5M5.2 11a7.5 7.5 0 1 1-.2 4",
  check: "M5 12.500l4.5 4.500L19.5 7",
  up: "M5 15l7-7 7 7",
  down: "M5 9l7 7 7-7",
} as const;

export type ToolIconName = keyof typeof PATHS;

export function ToolIcon({ name }: { name: ToolIconName }): ReactNode {
  return <Outline path={PATHS[name]} />;
}
