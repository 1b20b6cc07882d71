import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { cancelJob } from "../api/client";
import { ApiFault, classify } from "../api/errors";
import { type Sending, useSend } from "../create/useSend";
import { useJobs } from "../jobs/JobsProvider";
import { isOver } from "../jobs/reduce";
import { useToasts } from "../ui/Toasts";
import type { Desk } from "./desk";
import type { Codec } from "./engine/codec";
import { EditorError } from "./engine/errors";
import { rectOf } from "./engine/geometry";
import { type FrameWish, plan } from "./engine/plan";
import { holdWhile, keepLeft } from "./useAutosave";
import { type Candidates, type Choice, useCandidates } from "./useCandidates";
import { useLook } from "./useDesk";
import type { Hole } from "./useHole";

export interface Asking extends Candidates {
  sending: Sending;
  /** The request is being put together. */
  preparing: boolean;
  /** What became of the last job, where that was nothing. */
  failed: ApiFault | null;
  /** Half-transparent pixels are in the way: somebody has to say what becomes of them. */
  translucent: boolean;
  /** For screen readers: what was just done. */
  said: string;
  chosen: Choice | undefined;
  at: number;
  generate: () => void;
  settle: (how: "flatten" | "erase" | null) => void;
  pick: (at: number) => void;
  /** To the next one or the one before, in a circle. */
  leaf: (way: 1 | -1) => void;
  accept: () => void;
  discard: () => void;
  more: () => void;
  giveUp: () => void;
  setOvermask: (size: number) => void;
  dismiss: () => void;
}

/** Asking for the frame, and choosing from what comes. */
export function useAsk(desk: Desk, codec: Codec, hole: Hole): Asking {
  const { t } = useTranslation();
  const { toast } = useToasts();
  const { accept: tell } = useJobs();
  const ask = useLook((look) => look.ask);
  const [preparing, setPreparing] = useState(false);
  const [translucent, setTranslucent] = useState(false);
  const [failed, setFailed] = useState<ApiFault | null>(null);
  const [said, setSaid] = useState("");
  const [chosenKey, setChosenKey] = useState<string | null>(null);
  /** What "more" asks for again. */
  const wished = useRef<FrameWish | null>(null);
  /** How far beyond the hole it goes. */
  const drawn = useRef(0);

  const sending = useSend({
    onAccepted: (job) => {
      const before = desk.look.ask;
      desk.change({ sent: job });
      desk.setAsk({
        jobs: [...(before?.jobs ?? []), job.id],
        discarded: before?.discarded ?? [],
        drawn: drawn.current,
        overmask: before?.overmask ?? drawn.current,
      });
      if (desk.closed) keepLeft(desk);
    },
  });
  const { send, dismiss } = sending;

  // What is sent is what comes back into the picture: it stays as it is from here on.
  const sealed = preparing || sending.sending;
  useEffect(() => desk.change({ sealed }), [desk, sealed]);

  const candidates = useCandidates(ask, codec);
  const { choices, jobs, lost, coming } = candidates;
  const found = choices.findIndex((one) => one.key === chosenKey);
  const at = Math.max(0, found);
  const chosen = choices[at];
  const first = choices[0]?.key;
  useEffect(() => {
    // The one that is looked at stays, whatever comes before it in the row later.
    if (found < 0 && first) setChosenKey(first);
  }, [found, first]);

  const submit = useCallback(async () => {
    if (preparing) return;
    setPreparing(true);
    setFailed(null);
    setSaid("");
    try {
      const { frame, prompt, n } = desk.look;
      drawn.current = desk.look.ask?.drawn ?? desk.look.overmask ?? hole.overmask;
      const made = await plan(desk.board, frame, prompt.trim(), codec, drawn.current);
      if (made.nothing === "translucent") setTranslucent(true);
      else if (made.nothing === "too_heavy") toast(t("editor.why_too_heavy"));
      else if (made.nothing === null) {
        wished.current = made.wish;
        await send({ ...made.wish, n }, { from: desk.look.from });
      }
    } catch (error) {
      if (!(error instanceof EditorError)) throw error;
      if (!desk.closed) toast(t(`editor.fault.${error.fault}`));
    } finally {
      setPreparing(false);
    }
  }, [preparing, desk, codec, hole.overmask, send, toast, t]);

  // What is chosen is shown in its place.
  const overmask = ask?.overmask ?? 0;
  useEffect(() => {
    const pixels = chosen?.pixels;
    const { frame } = desk.look;
    const fits = pixels?.width === frame.side && pixels.height === frame.side;
    desk.change({
      candidate: pixels && fits ? { frame, pixels: desk.board.composite(frame, pixels, overmask) } : null,
    });
  }, [desk, chosen?.pixels, overmask]);

  // An ask that has nothing left to choose from is over.
  const settled = ask !== null && jobs.length + lost.length === ask.jobs.length && coming === 0;
  const refusal = jobs.find((job) => job.error)?.error;
  useEffect(() => {
    if (!settled || choices.length) return;
    if (refusal) setFailed(new ApiFault(classify(500, refusal.code), refusal));
    if (lost.length) toast(t("editor.lost"));
    desk.setAsk(null);
  }, [settled, choices.length, refusal, lost.length, desk, toast, t]);

  const end = useCallback(() => {
    for (const job of jobs) {
      if (isOver(job)) continue;
      cancelJob(job.id).then(tell, () => undefined); // not there any more, or not to be reached: it ends by itself
    }
    desk.setAsk(null);
  }, [desk, jobs, tell]);

  return useMemo(
    () => ({
      ...candidates,
      sending,
      preparing,
      failed,
      translucent,
      said,
      chosen,
      at,
      generate: () => holdWhile(desk.id, submit()),
      settle: (how) => {
        setTranslucent(false);
        const rect = rectOf(desk.look.frame);
        if (how === "flatten") desk.board.flatten(rect);
        if (how === "erase") desk.board.eraseTranslucent(rect);
        if (how) holdWhile(desk.id, submit());
      },
      pick: (to) => setChosenKey(choices[to]?.key ?? chosenKey),
      leaf: (way) => setChosenKey(choices[(at + way + choices.length) % choices.length]?.key ?? null),
      accept: () => {
        if (!chosen?.pixels) return;
        try {
          desk.board.accept(desk.look.frame, chosen.pixels, overmask);
        } catch (error) {
          if (!(error instanceof EditorError)) throw error;
          toast(t(`editor.fault.${error.fault}`));
          return;
        }
        end();
        setSaid(t("editor.accepted"));
      },
      discard: () => {
        const now = desk.look.ask;
        if (!now || !chosen) return;
        setChosenKey((choices[at + 1] ?? choices[at - 1])?.key ?? null);
        desk.change({ ask: { ...now, discarded: [...now.discarded, chosen.key] } });
      },
      more: () => {
        if (sending.sending || sending.wait > 0 || preparing) return;
        const again = wished.current;
        holdWhile(desk.id, again ? send({ ...again, n: desk.look.n }, { from: desk.look.from }) : submit());
      },
      giveUp: end,
      setOvermask: (size) => {
        const now = desk.look.ask;
        if (now) desk.change({ ask: { ...now, overmask: size } });
      },
      dismiss: () => {
        dismiss();
        setFailed(null);
      },
    }),
    [
      candidates,
      sending,
      preparing,
      failed,
      translucent,
      said,
      chosen,
      at,
      submit,
      desk,
      choices,
      chosenKey,
      overmask,
      end,
      send,
      dismiss,
      toast,
      t,
    ],
  );
}
