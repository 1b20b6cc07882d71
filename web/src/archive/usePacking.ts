import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "../api/client";
import type { Job } from "../api/types";
import { save } from "../image/save";
import { useLibrary } from "../library/LibraryProvider";
import { useToasts } from "../ui/Toasts";

export interface Packing {
  /** Save all pictures of these jobs as one archive of that name. */
  pack: (jobs: readonly Job[], name: string) => void;
  packing: boolean;
  done: number;
}

export function usePacking(): Packing {
  const { t } = useTranslation();
  const { picture } = useLibrary();
  const { toast } = useToasts();
  const [done, setDone] = useState(0);

  async function read(job: Job, index: number): Promise<Blob | null> {
    const kept = await picture(job.id, index);
    const url = job.data.find((one) => one.index === index)?.url;
    if (kept || !url) return kept;
    try {
      return await (await request(url)).blob();
    } catch {
      return null;
    }
  }

  const { mutate, isPending } = useMutation({
    mutationFn: async ({ jobs }: { jobs: readonly Job[]; name: string }) => {
      const { pack } = await import("./pack");
      return pack(jobs, read, setDone);
    },
    networkMode: "always",
    onSuccess: ({ archive, missing }, { name }) => {
      save(archive, `${name}.zip`);
      if (missing) toast(t("history.packed_less", { missing }));
    },
    onSettled: () => setDone(0),
  });
  return { pack: (jobs, name) => mutate({ jobs, name }), packing: isPending, done };
}

/** Today, for names of files: `egaku-2026-11-28`. */
export function datedName(): string {
  return `egaku-${new Date().toISOString().slice(0, 10)}`;
}
