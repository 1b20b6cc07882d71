import { useTranslation } from "react-i18next";
import { deleteJob, deletePicture } from "../api/client";
import { ApiFault } from "../api/errors";
import type { Job } from "../api/types";
import { forgetJob, forgetPictures, keyOf, placeOf } from "../library/database";
import { useLibrary } from "../library/LibraryProvider";
import { useToasts } from "../ui/Toasts";
import { hide } from "./hidden";
import { useJobs } from "./JobsProvider";
import type { LiveJob } from "./reduce";
import { useShelf } from "./useShelf";

export interface Removal {
  /** Delete a job from server and browser, unless that is taken back within seconds. */
  removeJob: (job: Job) => void;
  /** Likewise single pictures, by key; a job goes with the last of its own. */
  removePictures: (keys: readonly string[]) => void;
}

export function useRemoval(): Removal {
  const { t } = useTranslation();
  const { jobs, accept, forget } = useJobs();
  const { change } = useLibrary();
  const shelf = useShelf();
  const { toast, later } = useToasts();

  /** Hide now, act in a few seconds, and show again what could not be deleted. */
  function remove(text: string, ids: readonly string[], act: () => Promise<void>): void {
    hide(ids, true);
    const show = () => hide(ids, false);
    const attempt = async () => {
      try {
        await act();
      } catch (error) {
        toast((error instanceof ApiFault && error.message) || t("fault.offline"));
      }
      show();
    };
    later(text, () => void attempt(), show);
  }

  async function eraseJob(id: string): Promise<void> {
    await unlessGone(deleteJob(id));
    forget(id);
    await change((open) => forgetJob(open, id));
  }

  async function erasePictures(job: LiveJob, indexes: readonly number[]): Promise<void> {
    for (const one of job.data) {
      if (indexes.includes(one.index) && one.url) await unlessGone(deletePicture(one.url));
    }
    const listed = jobs?.find((one) => one.id === job.id);
    if (listed) accept({ ...listed, data: listed.data.filter((one) => !indexes.includes(one.index)) });
    await change((open) => forgetPictures(open, job.id, indexes));
  }

  return {
    removeJob: (job) => remove(t("job.deleted"), [job.id], () => eraseJob(job.id)),
    removePictures: (keys) => {
      const wanted = new Set(keys);
      const ids = new Set(keys.map((key) => placeOf(key).jobId));
      const touched = shelf.filter((job) => ids.has(job.id));
      const act = async () => {
        for (const job of touched) {
          const indexes = job.data
            .map((one) => one.index)
            .filter((index) => wanted.has(keyOf(job.id, index)));
          await (indexes.length === job.data.length ? eraseJob(job.id) : erasePictures(job, indexes));
        }
      };
      remove(t("job.deleted"), keys, act);
    },
  };
}

/** What the server does not know any more is deleted already. */
async function unlessGone(deleting: Promise<void>): Promise<void> {
  try {
    await deleting;
  } catch (error) {
    if (!(error instanceof ApiFault && error.fault === "not_found")) throw error;
  }
}
