import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../ui/Icon";
import { type Camera, type Extent, toScreen } from "./camera";
import { isLocked } from "./desk";
import type { Point, Rect } from "./engine/geometry";
import { DIRECTIONS, type Direction } from "./frames";
import styles from "./stage.module.css";
import { ToolIcon } from "./ToolIcon";
import { useDesk, useLook } from "./useDesk";

const SIZE = 44;
const GAP = 8;

/** A button at each edge of the picture: the frame goes half over it. */
export function ExtendButtons(): ReactNode {
  const { t } = useTranslation();
  const desk = useDesk();
  const camera = useLook((look) => look.camera);
  const stage = useLook((look) => look.stage);
  const away = useLook((look) => look.busy || isLocked(look));
  useLook((look) => look.settled);
  const content = desk.board.bounds();
  if (!content || away) return null;
  return (
    <>
      {DIRECTIONS.map((to) => {
        const at = placeOf(to, content, camera, stage);
        return at ? (
          <button
            key={to}
            type="button"
            className={styles.extend}
            style={{ transform: `translate(${at.x}px, ${at.y}px)` }}
            title={t(`editor.extend_${to}`)}
            aria-label={t(`editor.extend_${to}`)}
            onClick={() => desk.extend(to)}
          >
            <Arrow to={to} />
          </button>
        ) : null;
      })}
    </>
  );
}

function Arrow({ to }: { to: Direction }): ReactNode {
  return to === "left" || to === "right" ? <Icon name={to} /> : <ToolIcon name={to} />;
}

/** Beside the middle of an edge, within the stage; null when the edge is out of sight. */
function placeOf(to: Direction, content: Rect, camera: Camera, stage: Extent): Point | null {
  const from = toScreen(camera, content);
  const end = toScreen(camera, { x: content.x + content.width, y: content.y + content.height });
  const within = (value: number, most: number) => Math.min(most - SIZE - GAP, Math.max(GAP, value));
  const sideways = to === "left" || to === "right";
  const edge = to === "left" ? from.x : to === "right" ? end.x : to === "up" ? from.y : end.y;
  if (edge < 0 || edge > (sideways ? stage.width : stage.height)) return null;
  const outside = to === "left" || to === "up" ? edge - SIZE - GAP : edge + GAP;
  const [first, last, most] = sideways ? [from.y, end.y, stage.height] : [from.x, end.x, stage.width];
  const seen = [Math.max(first, 0), Math.min(last, most)] as const;
  if (seen[1] <= seen[0]) return null;
  const along = within((seen[0] + seen[1] - SIZE) / 2, most);
  return sideways
    ? { x: within(outside, stage.width), y: along }
    : { x: along, y: within(outside, stage.height) };
}
