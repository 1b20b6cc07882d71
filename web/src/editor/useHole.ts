import { useMemo } from "react";
import type { Desk } from "./desk";
import { FEW_KNOWN, type Plan, survey } from "./engine/plan";
import { countAreas } from "./summary";
import { useLook } from "./useDesk";

const OVERMASK_OUT = 8;

/** What there is to fill in the frame. */
export interface Hole {
  nothing: Plan["nothing"];
  areas: number;
  /** 0 … 1 of the frame. */
  share: number;
  /** So little of the picture is in the frame that what is drawn will hardly fit it. */
  poor: boolean;
  /** Pixels around the hole to blend, where nobody says how many: some where the picture goes on, none else. */
  overmask: number;
  /** Something is erased, though not here. */
  elsewhere: boolean;
}

/** Looked at anew when a stroke or a move has ended, not while it goes on. */
export function useHole(desk: Desk): Hole {
  const settled = useLook((look) => look.settled);
  const frame = useLook((look) => (look.busy ? null : look.frame));
  const last = useMemo(() => frame ?? desk.look.frame, [frame, desk]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the board is one and the same; `settled` tells of its changes
  return useMemo(() => {
    const { nothing, known, hole } = survey(desk.board, last);
    const { mask, erased, empty } = hole;
    return {
      nothing,
      areas: countAreas(mask, last.side),
      share: (erased + empty) / (last.side * last.side),
      overmask: empty > 0 && known > 0 ? OVERMASK_OUT : 0,
      poor: known > 0 && known < FEW_KNOWN,
      elsewhere: nothing === "no_hole" && desk.board.erasedBounds() !== null,
    };
  }, [desk, last, settled]);
}
