import { useEffect, useState } from "react";
import type { Desk } from "./desk";
import { EditorError, type EditorFault } from "./engine/errors";
import { documents } from "./store";
import { Tabs } from "./tabs";
import { thumbnailOf } from "./thumbnail";

/** After the last change; a job's id is written at once. */
const QUIET_MS = 1000;
/** Of a large picture no thumbnail is made again and again. */
const QUICK_TILES = 64;

let queue = Promise.resolve();
/** Requests under way, by draft. */
const asking = new Map<string, Promise<void>>();

/**
 * When all is written that was to be: a draft that was just left is opened again as it was left, with the job that was
 * being asked for.
 */
export async function written(id: string): Promise<void> {
  await asking.get(id);
  await queue;
}

/** A draft is not opened again before what is asked for it is answered; it could be changed under the request. */
export function holdWhile(id: string, request: Promise<void>): void {
  const held = request.finally(() => {
    if (asking.get(id) === held) asking.delete(id);
  });
  asking.set(id, held);
}

/** Keep what came to a desk that nobody looks at any more: nothing else does. */
export function keepLeft(desk: Desk): void {
  const { board, id, look, saved } = desk;
  if (look.elsewhere) return;
  queue = queue.then(async () => {
    try {
      const store = await documents();
      if (!(await store.list()).some((one) => one.id === id)) return; // deleted meanwhile
      await store.save({ id, name: look.name, board, state: saved, thumbnail: await thumbnailOf(board) });
    } catch {
      // Another tab went on with it, or there is no room: History has what was drawn.
    }
  });
}

export type Saving = "saved" | "saving" | EditorFault;

/**
 * Keeps a desk's document in the browser, a second after the last change and when the page is left. Of the tabs that show
 * it one does so: the first, until another is told to go on with it (`claims`).
 */
export function useAutosave(desk: Desk, claims: boolean): Saving {
  const [saving, setSaving] = useState<Saving>("saved");

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let done = facts();
    let thumbnail: Blob | null = null;

    function facts(): readonly unknown[] {
      const { frame, prompt, n, overmask, camera, ask } = desk.saved;
      const { name, floating } = desk.look;
      return [desk.board.version, name, frame, prompt, n, overmask, camera, floating, ask];
    }

    const isNew = () => facts().some((one, at) => one !== done[at]);

    async function write(): Promise<void> {
      if (!isNew()) {
        setSaving("saved"); // changed, and changed back
        return;
      }
      const now = facts();
      const { board, id, saved } = desk;
      const { name } = desk.look;
      const bounds = board.bounds();
      const quick = bounds ? board.tiles(bounds).length <= QUICK_TILES : true;
      try {
        if (quick || !thumbnail) thumbnail = await thumbnailOf(board);
        await (await documents()).save({ id, name, board, state: saved, thumbnail });
        done = now;
        setSaving("saved");
        changed(); // what was changed back meanwhile was not new then, and is now
      } catch (error) {
        const fault = error instanceof EditorError ? error.fault : "storage_full";
        setSaving(fault);
        // Changes are here that are nowhere else.
        if (fault === "changed_elsewhere" || desk.look.elsewhere) desk.change({ elsewhere: "changed" });
      }
    }

    function flush(): void {
      clearTimeout(timer);
      queue = queue.then(write);
    }

    function changed(): void {
      if (desk.look.busy || desk.look.elsewhere || !isNew()) return;
      setSaving("saving");
      clearTimeout(timer);
      if (desk.saved.ask !== done.at(-1)) flush();
      else timer = setTimeout(flush, QUIET_MS);
    }

    const leave = () => desk.look.elsewhere || flush();
    const hidden = () => document.visibilityState === "hidden" && leave();
    const tabs = new Tabs(desk.id, (what) => {
      if (desk.look.elsewhere) return;
      if (what !== "here") flush();
      if (what === "opened") tabs.tell("here");
      else desk.change({ elsewhere: "open" });
    });
    tabs.tell(claims ? "taken" : "opened");
    const stop = desk.subscribe(changed);
    document.addEventListener("visibilitychange", hidden);
    const hide = () => {
      leave();
      tabs.close(); // a page that goes does not answer the one that comes in its place
    };
    window.addEventListener("pagehide", hide);
    changed();
    return () => {
      stop();
      tabs.close();
      document.removeEventListener("visibilitychange", hidden);
      window.removeEventListener("pagehide", hide);
      leave();
    };
  }, [desk, claims]);

  return saving;
}
