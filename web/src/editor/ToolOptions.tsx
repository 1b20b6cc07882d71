import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Segments } from "../ui/Segments";
import ui from "../ui/ui.module.css";
import { LEAST_BRUSH, MOST_BRUSH } from "./desk";
import styles from "./editor.module.css";
import { SIDES, type Side } from "./engine/geometry";
import { moveFloating } from "./floating";
import { resized } from "./frames";
import { useDesk, useLook } from "./useDesk";

/** What the tool in the hand can be told. */
export function ToolOptions(): ReactNode {
  const tool = useLook((look) => look.tool);
  const shut = useLook((look) => look.ask !== null || look.elsewhere !== null);
  const floats = useLook((look) => look.floating !== null);
  return (
    <div className={styles.options}>
      {shut ? null : floats ? (
        <PicturePlace />
      ) : tool === "erase" || tool === "restore" ? (
        <BrushSize />
      ) : tool === "frame" ? (
        <FrameFields />
      ) : null}
    </div>
  );
}

/** Half of the slider's way for the first 64 pixels. */
const CURVE = 3;
const STEPS = 100;

function BrushSize(): ReactNode {
  const { t } = useTranslation();
  const desk = useDesk();
  const brush = useLook((look) => look.brush);
  const size = t("editor.brush_size", { size: brush });
  const span = MOST_BRUSH - LEAST_BRUSH;
  return (
    <>
      <label className={styles.slider}>
        <span>{t("editor.brush")}</span>
        <input
          type="range"
          min={0}
          max={STEPS}
          step={1}
          value={Math.round(((brush - LEAST_BRUSH) / span) ** (1 / CURVE) * STEPS)}
          aria-valuetext={size}
          onChange={(event) =>
            desk.setBrush(LEAST_BRUSH + span * (Number(event.target.value) / STEPS) ** CURVE)
          }
        />
      </label>
      <output className={styles.value}>{size}</output>
    </>
  );
}

function FrameFields(): ReactNode {
  const { t } = useTranslation();
  const desk = useDesk();
  const frame = useLook((look) => look.frame);
  return (
    <>
      <Segments
        label={t("editor.frame_size")}
        value={String(frame.side)}
        options={SIDES.map((side) => ({ value: String(side), label: String(side) }))}
        onChange={(side) => desk.setFrame(resized(desk.look.frame, Number(side) as Side))}
      />
      <Coordinate
        label={t("editor.frame_x")}
        value={frame.x}
        onChange={(x) => desk.setFrame({ ...desk.look.frame, x })}
      />
      <Coordinate
        label={t("editor.frame_y")}
        value={frame.y}
        onChange={(y) => desk.setFrame({ ...desk.look.frame, y })}
      />
    </>
  );
}

/** Where the picture that floats is. */
function PicturePlace(): ReactNode {
  const { t } = useTranslation();
  const desk = useDesk();
  const floating = useLook((look) => look.floating);
  if (!floating) return null;
  return (
    <>
      <Coordinate
        label={t("editor.frame_x")}
        value={floating.x}
        onChange={(x) => moveFloating(desk, { x })}
      />
      <Coordinate
        label={t("editor.frame_y")}
        value={floating.y}
        onChange={(y) => moveFloating(desk, { y })}
      />
    </>
  );
}

interface CoordinateProps {
  label: string;
  value: number;
  onChange: (value: number) => void;
}

/** Beyond this no picture lies. */
const FARTHEST = 1_000_000;

/** A whole number, taken over as it is typed; half a number ("-") waits for the rest. */
function Coordinate({ label, value, onChange }: CoordinateProps): ReactNode {
  const [typed, setTyped] = useState(String(value));
  useEffect(() => setTyped(String(value)), [value]);
  return (
    <label className={styles.coordinate}>
      <span>{label}</span>
      <input
        type="number"
        className={ui.input}
        step={1}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          const read = event.target.valueAsNumber;
          if (Number.isInteger(read) && Math.abs(read) <= FARTHEST) onChange(read);
        }}
        onBlur={() => setTyped(String(value))}
      />
    </label>
  );
}
