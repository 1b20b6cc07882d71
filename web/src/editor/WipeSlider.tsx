import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { toScreen } from "./camera";
import styles from "./stage.module.css";
import { ToolIcon } from "./ToolIcon";
import { useDesk, useLook } from "./useDesk";

/** A slider over the frame: the original to its left, the candidate to its right. */
export function WipeSlider(): ReactNode {
  const { t } = useTranslation();
  const desk = useDesk();
  const wipe = useLook((look) => look.wipe);
  const frame = useLook((look) => look.frame);
  const camera = useLook((look) => look.camera);
  if (wipe === null) return null;
  const at = toScreen(camera, frame);
  const side = frame.side * camera.zoom;
  return (
    <div
      className={styles.wipe}
      style={{ width: side, height: side, transform: `translate(${at.x}px, ${at.y}px)` }}
    >
      <span style={{ left: `${wipe * 100}%` }}>
        <ToolIcon name="wipe" />
      </span>
      <input
        type="range"
        min={0}
        max={100}
        value={Math.round(wipe * 100)}
        aria-label={t("editor.wipe_at")}
        onChange={(event) => desk.change({ wipe: Number(event.target.value) / 100 })}
      />
    </div>
  );
}
