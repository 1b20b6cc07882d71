import { type ReactNode, type RefObject, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { LiveJob } from "../jobs/reduce";
import { usePreferences } from "../settings/preferences";
import { raise } from "./crosshair";
import { isShut } from "./desk";
import { ExtendButtons } from "./ExtendButtons";
import { Overlay } from "./Overlay";
import { Pointers } from "./pointers";
import { Summary } from "./Summary";
import styles from "./stage.module.css";
import { useDesk, useLook } from "./useDesk";
import type { Hole } from "./useHole";
import { View } from "./view";
import { WipeSlider } from "./WipeSlider";

interface StageProps {
  stage: RefObject<HTMLDivElement | null>;
  pointers: RefObject<Pointers | null>;
  hole: Hole;
  /** The jobs under way, for their previews. */
  jobs: readonly LiveJob[];
}

/** A ring smaller than this on the screen is hard to see: the arrow becomes a cross. */
const SMALLEST_RING = 8;

/** The canvas and all that lies over it. */
export function Stage({ stage, pointers, hole, jobs }: StageProps): ReactNode {
  const { t } = useTranslation();
  const desk = useDesk();
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const ring = useRef<HTMLDivElement>(null);
  const cursor = useLook((look) => {
    const { tool, panning, busy, brush, camera, floating } = look;
    if (panning || isShut(look) || (tool === "hand" && !floating)) return busy ? "grabbing" : "grab";
    if (tool === "frame" || floating) return "move";
    const brushes = tool === "erase" || tool === "restore";
    return brushes && brush * camera.zoom >= SMALLEST_RING ? "none" : "crosshair";
  });

  useEffect(() => {
    const [element, drawn] = [stage.current, canvas.current];
    if (!element || !drawn) return;
    const view = new View(drawn, desk);
    const watch = new ResizeObserver(() =>
      desk.resize({ width: element.clientWidth, height: element.clientHeight }),
    );
    watch.observe(element);
    return () => {
      watch.disconnect();
      view.close();
    };
  }, [desk, stage]);

  useEffect(() => {
    const [element, around] = [stage.current, ring.current];
    if (!element || !around) return;
    let at: { x: number; y: number } | null = null;
    // Without React: this happens for every move of the mouse.
    const show = () => {
      const { brush, camera, tool, panning } = desk.look;
      const size = brush * camera.zoom;
      const brushes = (tool === "erase" || tool === "restore") && !panning && !desk.locked;
      around.hidden = !at || !brushes || size < SMALLEST_RING;
      if (!at || around.hidden) return;
      around.style.width = around.style.height = `${size}px`;
      around.style.transform = `translate(${at.x - size / 2}px, ${at.y - size / 2}px)`;
    };
    const made = new Pointers(element, desk, (where) => {
      at = where;
      show();
    });
    pointers.current = made;
    const stop = desk.subscribe(show);
    return () => {
      stop();
      made.close();
      pointers.current = null;
    };
  }, [desk, stage, pointers]);

  return (
    <div ref={box} className={styles.stageBox}>
      {/* An application: arrows and letters are its own, as the sheet of shortcuts says. */}
      <div
        ref={stage}
        className={styles.stage}
        role="application"
        aria-label={t("editor.canvas")}
        aria-describedby="editor-summary"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the canvas is drawn on by keyboard too
        tabIndex={0}
        data-cursor={cursor}
        onFocus={(event) => event.currentTarget.matches(":focus-visible") && raise(desk)}
        onBlur={() => desk.change({ crosshair: null })}
      >
        <Checkers />
        <Preview jobs={jobs} />
        <canvas ref={canvas} className={styles.canvas} />
        <Overlay />
        <div ref={ring} className={styles.ring} hidden />
      </div>
      <ExtendButtons />
      <WipeSlider />
      <Summary hole={hole} />
    </div>
  );
}

/** What is seen where nothing is; it moves with the picture. */
function Checkers(): ReactNode {
  const camera = useLook((look) => look.camera);
  return (
    <div
      className={styles.checkers}
      style={{ backgroundPosition: `${-camera.x * camera.zoom}px ${-camera.y * camera.zoom}px` }}
    />
  );
}

/** What is being drawn, seen through the hole: it lies under the canvas. */
function Preview({ jobs }: { jobs: readonly LiveJob[] }): ReactNode {
  const { previews } = usePreferences();
  const frame = useLook((look) => look.frame);
  const camera = useLook((look) => look.camera);
  const waiting = useLook((look) => look.ask !== null && look.candidate === null);
  const images = jobs.flatMap((job) => Object.values(job.previews));
  const image = images.at(-1);
  if (!previews || !waiting || !image) return null;
  return (
    <div
      className={styles.preview}
      style={{
        width: frame.side * camera.zoom,
        height: frame.side * camera.zoom,
        transform: `translate(${(frame.x - camera.x) * camera.zoom}px, ${(frame.y - camera.y) * camera.zoom}px)`,
      }}
    >
      <img src={image} alt="" />
    </div>
  );
}
