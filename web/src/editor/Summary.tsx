import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import styles from "./stage.module.css";
import { useDesk, useLook } from "./useDesk";
import type { Hole } from "./useHole";

/** What the canvas shows, in words: for the eye in a corner, and for screen readers when it changes. */
export function Summary({ hole }: { hole: Hole }): ReactNode {
  const { t } = useTranslation();
  const desk = useDesk();
  const crosshair = useLook((look) => look.crosshair);
  const floating = useLook((look) => look.floating);
  const percent = Math.round(hole.share * 100);
  const text =
    floating !== null
      ? t("editor.floating_at", { x: floating.x, y: floating.y })
      : desk.board.bounds() === null
        ? t("editor.canvas_empty")
        : hole.areas === 0
          ? t("editor.summary_none")
          : t("editor.summary", { count: hole.areas, percent: percent || t("editor.little") });
  return (
    <p id="editor-summary" className={styles.summary} role="status" data-testid="summary">
      {text}
      {crosshair ? ` · ${t("editor.cross", { x: crosshair.x, y: crosshair.y })}` : ""}
    </p>
  );
}
