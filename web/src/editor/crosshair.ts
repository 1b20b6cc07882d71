import { sees, toPicture, toScreen } from "./camera";
import { type Desk, isShut } from "./desk";
import { type Point, rectOf } from "./engine/geometry";
import { moveFloating } from "./floating";
import { apply, brushShape, rectangleShape } from "./gestures";

/** All that a pointer does, by arrow keys and Space. */

const LEAP = 10;
const FRAME_LEAP = 64;
const PAN = 40;
const PAN_LEAP = 200;

const WAYS: Record<string, Point> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** An arrow key was pressed, with Shift for a leap. */
export function step(desk: Desk, key: string, leap: boolean): void {
  const way = WAYS[key];
  if (!way) return;
  const { tool, floating } = desk.look;
  if (floating && !isShut(desk.look)) {
    const by = leap ? FRAME_LEAP : 1;
    moveFloating(desk, { x: floating.x + way.x * by, y: floating.y + way.y * by });
  } else if (tool === "hand" || desk.locked) {
    const by = leap ? PAN_LEAP : PAN;
    desk.pan(-way.x * by, -way.y * by);
  } else if (tool === "frame") {
    const by = leap ? FRAME_LEAP : 1;
    desk.nudgeFrame(way.x * by, way.y * by);
  } else {
    const by = leap ? LEAP : 1;
    const from = desk.look.crosshair;
    put(desk, from ? { x: from.x + way.x * by, y: from.y + way.y * by } : start(desk));
  }
}

/** Show the cross where it was or in the middle of the frame. */
export function raise(desk: Desk): void {
  const { crosshair, stage } = desk.look;
  const measured = stage.width > 0; // before, nobody knows where the middle is
  if (!crosshair && !desk.locked && measured) put(desk, start(desk));
}

function start(desk: Desk): Point {
  const { frame, camera, stage } = desk.look;
  const middle = sees(camera, rectOf(frame), stage)
    ? { x: frame.x + frame.side / 2, y: frame.y + frame.side / 2 }
    : toPicture(camera, desk.middle);
  return { x: Math.round(middle.x), y: Math.round(middle.y) };
}

/** Move the cross, and what is being outlined with it; what leaves the stage is followed. */
function put(desk: Desk, crosshair: Point): void {
  const { selection, camera, stage } = desk.look;
  desk.change({ crosshair });
  if (selection?.kind === "rectangle") desk.change({ selection: { ...selection, to: crosshair } });
  const at = toScreen(camera, crosshair);
  const beyond = (value: number, most: number) => Math.min(0, value) + Math.max(0, value - most);
  const dx = beyond(at.x, stage.width);
  const dy = beyond(at.y, stage.height);
  if (dx || dy) desk.pan(-dx, -dy);
}

/** Space: the brush comes down, or a corner is set. */
export function stamp(desk: Desk): void {
  const { tool, crosshair, selection } = desk.look;
  if (!crosshair || desk.locked) return;
  if (tool === "erase" || tool === "restore") {
    apply(desk, brushShape(desk, crosshair, crosshair), tool === "restore");
  } else if (tool === "rectangle") {
    if (selection?.kind === "rectangle") closeRectangle(desk, selection.from, selection.to);
    else desk.change({ selection: { kind: "rectangle", from: crosshair, to: crosshair } });
  } else if (tool === "lasso") {
    const points = selection?.kind === "lasso" ? selection.points : [];
    desk.change({ selection: { kind: "lasso", points: [...points, crosshair] } });
  }
}

function closeRectangle(desk: Desk, from: Point, to: Point): void {
  desk.change({ selection: null });
  const shape = rectangleShape(from, to);
  if (shape) apply(desk, shape, false);
}

/** Enter: what was outlined corner by corner is erased. */
export function closeLasso(desk: Desk): void {
  const { selection } = desk.look;
  if (selection?.kind !== "lasso") return;
  desk.change({ selection: null });
  if (selection.points.length > 2) apply(desk, { kind: "polygon", points: selection.points }, false);
}
