import { type RefObject, useCallback, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useToasts } from "../ui/Toasts";
import { toPicture } from "./camera";
import { type Desk, isShut } from "./desk";
import type { Codec } from "./engine/codec";
import { EditorError } from "./engine/errors";
import type { Point } from "./engine/geometry";
import { float, setDown } from "./floating";
import { useLook } from "./useDesk";

export interface Placing {
  /** Take in a picture, with its file's name and where on the stage it was dropped. */
  add: (file: Blob, name?: string, at?: Point) => void;
  setDown: () => void;
  /** For screen readers: that a picture floats, and what became of it. */
  said: string;
}

/** Pictures that come in: the first is the document, every other floats over it until it is set down. */
export function usePlacing(desk: Desk, codec: Codec, stage: RefObject<HTMLElement | null>): Placing {
  const { t } = useTranslation();
  const { toast } = useToasts();
  const pixels = useLook((look) => look.floating?.pixels);
  const placed = useLook((look) => look.placed);

  useEffect(() => {
    // Its keys work at once.
    if (pixels) stage.current?.focus({ preventScroll: true });
  }, [pixels, stage]);

  const tell = useCallback(
    (error: unknown) => {
      if (!(error instanceof EditorError)) throw error;
      if (!desk.closed) toast(t(`editor.fault.${error.fault}`));
    },
    [desk, toast, t],
  );

  const add = useCallback(
    (file: Blob, name = "", at?: Point) => {
      if (!isShut(desk.look)) void take(desk, codec, file, name, at).catch(tell);
    },
    [desk, codec, tell],
  );

  return {
    add,
    setDown: () => {
      try {
        setDown(desk);
      } catch (error) {
        tell(error);
      }
    },
    said: pixels
      ? t("editor.floating", { width: pixels.width, height: pixels.height })
      : placed
        ? t(`editor.${placed}`)
        : "",
  };
}

async function take(desk: Desk, codec: Codec, file: Blob, name: string, at?: Point): Promise<void> {
  const { pixels, file: exact } = await codec.decode(file);
  if (isShut(desk.look)) return; // asked for meanwhile
  if (desk.board.bounds() === null) {
    desk.board.place(pixels, 0, 0, exact);
    desk.welcome({ x: 0, y: 0, width: pixels.width, height: pixels.height });
    if (!desk.look.name) desk.change({ name });
    return;
  }
  const middle = toPicture(desk.look.camera, at ?? desk.middle);
  const x = Math.round(middle.x - pixels.width / 2);
  const y = Math.round(middle.y - pixels.height / 2);
  float(desk, { file, pixels, exact, x, y });
}
