import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from "react";
import { chordsOf } from "../shell/shortcuts";
import { isBusy } from "../shell/useShortcut";
import { chordOf } from "../ui/chord";
import { extend, NONE, type Selected, toggle } from "./select";

export interface Selection {
  /** Tiles are there to be selected, not opened. */
  active: boolean;
  /** Selected and in sight, in the order they are shown. */
  keys: readonly string[];
  has: (key: string) => boolean;
  /** Select or not; with `range` all from the last one to this. Starts selecting. */
  press: (key: string, range: boolean) => void;
  start: () => void;
  stop: () => void;
  all: () => void;
}

const SelectionContext = createContext<Selection | null>(null);

interface SelectionProviderProps {
  /** Keys of the pictures in sight, in order. */
  order: readonly string[];
  children: ReactNode;
}

/** Lets the tiles below be selected. */
export function SelectionProvider({ order, children }: SelectionProviderProps): ReactNode {
  const [active, setActive] = useState(false);
  const [selected, setSelected] = useState<Selected>(NONE);

  const stop = useCallback(() => {
    setActive(false);
    setSelected(NONE);
  }, []);
  const all = useCallback(() => setSelected({ keys: new Set(order), anchor: null }), [order]);

  useEffect(() => {
    if (!active) return;
    function press(event: KeyboardEvent): void {
      if (isBusy(event.target)) return;
      const chord = chordOf(event);
      if (chordsOf("select_stop").includes(chord)) stop();
      else if (chordsOf("select_all").includes(chord)) {
        event.preventDefault();
        all();
      }
    }
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [active, all, stop]);

  const value = useMemo<Selection>(
    () => ({
      active,
      keys: order.filter((key) => selected.keys.has(key)),
      has: (key) => selected.keys.has(key),
      press: (key, range) => {
        setActive(true);
        setSelected((before) => (range ? extend(before, order, key) : toggle(before, key)));
      },
      start: () => setActive(true),
      stop,
      all,
    }),
    [active, selected, order, stop, all],
  );
  return <SelectionContext value={value}>{children}</SelectionContext>;
}

/** The selection a tile belongs to; null where nothing can be selected. */
export function useSelection(): Selection | null {
  return use(SelectionContext);
}
