import { useMutation } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { newKey, submit, type Wish } from "../api/client";
import { ApiFault } from "../api/errors";
import type { Job } from "../api/types";
import { useJobs } from "../jobs/JobsProvider";
import { useLibrary } from "../library/LibraryProvider";
import { rememberPrompt } from "../library/prompts";
import { getPreferences } from "../settings/preferences";

const WAIT = 10;

/** Where a wish's image comes from. */
export interface Origin {
  /** `job/index`, where it is a picture of ours. */
  from: string | null;
}

interface Sent extends Origin {
  wish: Wish;
}

export interface Sending {
  /** Resolves when it is over, whatever came of it. */
  send: (wish: Wish, origin?: Origin) => Promise<void>;
  sending: boolean;
  /** Why the last wish was refused; null once it was answered or dismissed. */
  fault: ApiFault | null;
  /** The wish that was refused. */
  refused: Wish | null;
  /** Seconds until the server takes another; 0 for now. */
  wait: number;
  dismiss: () => void;
}

/** Told even when whoever sent the wish is no longer shown. */
interface Ears {
  onAccepted?: (job: Job) => void;
  onFault?: (fault: ApiFault) => void;
}

/** Sends wishes and remembers what went wrong with the last one. */
export function useSend({ onAccepted, onFault }: Ears = {}): Sending {
  const { accept, reconnect, link } = useJobs();
  const { keepInputs, change } = useLibrary();
  const [until, setUntil] = useState(0);
  const wait = useCountdown(until);
  // A wish that got no answer may have been heard: sent again under its key, it is still one job.
  const unanswered = useRef<{ text: string; key: string } | null>(null);

  const { mutateAsync, isPending, error, variables, reset } = useMutation({
    mutationFn: async ({ wish }: Sent) => {
      const text = wish.operation === "generations" ? JSON.stringify(wish) : null;
      const key = text !== null && unanswered.current?.text === text ? unanswered.current.key : newKey();
      unanswered.current = text === null ? null : { text, key };
      const job = await submit(wish, key);
      unanswered.current = null;
      return job;
    },
    networkMode: "always",
    onSuccess: (job, { wish, from }) => {
      if (wish.operation !== "generations") {
        const mask = wish.operation === "edits" ? (wish.mask ?? null) : null;
        void keepInputs({ jobId: job.id, from, image: wish.image, mask });
      }
      if (wish.operation !== "variations" && getPreferences().prompts) {
        void change((open) => rememberPrompt(open, wish.prompt)).catch(() => undefined);
      }
      accept(job);
      onAccepted?.(job);
      if (link !== "online") reconnect();
    },
    onError: (fault) => {
      if (!(fault instanceof ApiFault)) return;
      onFault?.(fault);
      if (fault.fault !== "offline") unanswered.current = null;
      if (fault.fault === "locked") reconnect();
      if (fault.fault === "rate_limited") setUntil(Date.now() + (fault.retryAfter ?? WAIT) * 1000);
    },
  });

  return {
    send: useCallback(
      (wish, origin) => mutateAsync({ wish, from: origin?.from ?? null }).then(nothing, nothing),
      [mutateAsync],
    ),
    sending: isPending,
    fault: error instanceof ApiFault && error.fault !== "locked" ? error : null,
    refused: variables?.wish ?? null,
    wait,
    dismiss: reset,
  };
}

const nothing = () => undefined;

/** Whole seconds left until a moment in milliseconds since 1970. */
function useCountdown(until: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => {
      setNow(Date.now());
      if (Date.now() >= until) clearInterval(timer);
    }, 250);
    return () => clearInterval(timer);
  }, [until]);
  return Math.max(0, Math.ceil((until - now) / 1000));
}
