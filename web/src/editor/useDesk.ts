import { createContext, use, useSyncExternalStore } from "react";
import type { Desk, Look } from "./desk";

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = use(DeskContext);
  if (!desk) throw new Error("useDesk outside DeskContext");
  return desk;
}

/** One thing on the desk: shown again when it is another. */
export function useLook<T>(select: (look: Look) => T): T {
  const desk = useDesk();
  return useSyncExternalStore(desk.subscribe, () => select(desk.look));
}
