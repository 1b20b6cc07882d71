import type { ReactNode } from "react";
import { type Camera, toScreen } from "./camera";
import type { Selection } from "./desk";
import type { Point } from "./engine/geometry";
import { rectOfFloating } from "./floating";
import styles from "./stage.module.css";
import { useLook } from "./useDesk";

/** Lines over the canvas, on the screen's pixels: the frame, what is being outlined, the keyboard's cross. */
export function Overlay(): ReactNode {
  const camera = useLook((look) => look.camera);
  const stage = useLook((look) => look.stage);
  return (
    <svg
      className={styles.overlay}
      width={stage.width}
      height={stage.height}
      viewBox={`0 0 ${stage.width} ${stage.height}`}
      aria-hidden="true"
      data-testid="overlay"
      // Not before there is a size to fit the picture to.
      data-camera={stage.width > 0 ? `${camera.x},${camera.y},${camera.zoom}` : undefined}
    >
      <FrameLines camera={camera} />
      <FloatingLines camera={camera} />
      <SelectionLines camera={camera} />
      <Cross camera={camera} />
    </svg>
  );
}

const HANDLE = 10;

function FrameLines({ camera }: { camera: Camera }): ReactNode {
  const frame = useLook((look) => look.frame);
  const stage = useLook((look) => look.stage);
  const holds = useLook((look) => look.tool === "frame" && look.ask === null);
  // Where a picture goes has nothing to do with the frame: all of it is seen as it is.
  const floats = useLook((look) => look.floating !== null);
  const from = round(toScreen(camera, frame));
  const to = round(toScreen(camera, { x: frame.x + frame.side, y: frame.y + frame.side }));
  const box = `M${from.x} ${from.y}H${to.x}V${to.y}H${from.x}Z`;
  return (
    <>
      {floats ? null : (
        <path className={styles.veil} fillRule="evenodd" d={`M0 0H${stage.width}V${stage.height}H0Z${box}`} />
      )}
      <path className={styles.frameUnder} d={box} />
      <path
        className={styles.frameLine}
        data-testid="frame"
        data-frame={`${frame.x},${frame.y},${frame.side}`}
        d={box}
      />
      {holds
        ? [from, to, { x: from.x, y: to.y }, { x: to.x, y: from.y }].map((corner) => (
            <rect
              key={`${corner.x} ${corner.y}`}
              className={styles.handle}
              x={corner.x - HANDLE / 2}
              y={corner.y - HANDLE / 2}
              width={HANDLE}
              height={HANDLE}
              rx={2}
            />
          ))
        : null}
    </>
  );
}

function FloatingLines({ camera }: { camera: Camera }): ReactNode {
  const floating = useLook((look) => look.floating);
  if (!floating) return null;
  const { x, y, width, height } = rectOfFloating(floating);
  const from = round(toScreen(camera, { x, y }));
  const to = round(toScreen(camera, { x: x + width, y: y + height }));
  const box = `M${from.x} ${from.y}H${to.x}V${to.y}H${from.x}Z`;
  return (
    <>
      <path className={styles.floatingUnder} d={box} />
      <path
        className={styles.floating}
        data-testid="floating"
        data-floating={`${x},${y},${width},${height}`}
        d={box}
      />
    </>
  );
}

function SelectionLines({ camera }: { camera: Camera }): ReactNode {
  const selection = useLook((look) => look.selection);
  const crosshair = useLook((look) => look.crosshair);
  if (!selection) return null;
  const path = outline(selection, crosshair)
    .map((point) => {
      const { x, y } = toScreen(camera, point);
      return `${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join("L");
  return (
    <>
      <path className={styles.antsUnder} d={`M${path}Z`} />
      <path className={styles.ants} d={`M${path}Z`} />
    </>
  );
}

function outline(selection: Selection, crosshair: Point | null): readonly Point[] {
  if (selection.kind === "lasso") {
    return crosshair ? [...selection.points, crosshair] : selection.points;
  }
  const { from, to } = selection;
  return [from, { x: to.x, y: from.y }, to, { x: from.x, y: to.y }];
}

const ARM = 14;

function Cross({ camera }: { camera: Camera }): ReactNode {
  const crosshair = useLook((look) => look.crosshair);
  const radius = useLook((look) =>
    look.tool === "erase" || look.tool === "restore" ? look.brush / 2 : null,
  );
  if (!crosshair) return null;
  const { x, y } = toScreen(camera, crosshair);
  const lines = `M${x - ARM} ${y}H${x + ARM}M${x} ${y - ARM}V${y + ARM}`;
  return (
    <g data-testid="crosshair">
      <path className={styles.crossUnder} d={lines} />
      <path className={styles.cross} d={lines} />
      {radius ? (
        <>
          <circle className={styles.crossUnder} cx={x} cy={y} r={radius * camera.zoom} />
          <circle className={styles.cross} cx={x} cy={y} r={radius * camera.zoom} />
        </>
      ) : null}
    </g>
  );
}

/** Lines of one pixel lie between pixels. */
function round({ x, y }: Point): Point {
  return { x: Math.round(x) + 0.5, y: Math.round(y) + 0.5 };
}
