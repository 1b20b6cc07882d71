import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { deleteJob, deletePicture } from "../api/client";
import { ApiFault } from "../api/errors";
import type { Job } from "../api/types";
import { forgetJob, forgetPictures, placeOf } from "../library/database";
import { useLibrary } from "../library/LibraryProvider";
import { library } from "../library/stored";
import { useToasts } from "../ui/Toasts";
import { begin, begun, end, hide } from "./hidden";
import { useJobs } from "./JobsProvider";
import { isOver } from "./reduce";

/** Jobs asked for together: browsers limit what is sent beyond a page's end. */
const AT_ONCE = 8;

export interface Removal {
  /** Delete a job from server and browser, unless that is taken back within seconds. */
  removeJob: (job: Job) => void;
  /** Likewise single pictures, by key; a job that is over goes with the last of its own. */
  removePictures: (keys: readonly string[]) => void;
}

export function useRemoval(): Removal {
  const { t } = useTranslation();
  const { later } = useToasts();
  const erase = useErasing();

  /** Hide now, act in a few seconds. */
  function remove(ids: readonly string[]): void {
    hide(ids, true);
    later(
      t("job.deleted"),
      () => void erase(ids),
      () => hide(ids, false),
    );
  }

  return { removeJob: (job) => remove([job.id]), removePictures: remove };
}

/** Finishes what a page that was closed had begun to delete, once the server has told what it has. */
export function useLeftRemovals(): void {
  const { jobs } = useJobs();
  const erase = useErasing();
  const told = jobs !== undefined;
  const latest = useRef(erase);
  latest.current = erase;
  useEffect(() => {
    const left = begun();
    if (told && left.length) void latest.current(left);
  }, [told]);
}

/** Deletes jobs, by id, and pictures, by key, and shows again what could not be deleted. */
function useErasing(): (ids: readonly string[]) => Promise<void> {
  const { t } = useTranslation();
  const { find, forget, forgetPictures: forgetListed } = useJobs();
  const { change } = useLibrary();
  const { toast } = useToasts();

  async function eraseJob(id: string): Promise<void> {
    await unlessGone(deleteJob(id));
    forget(id);
    await change((open) => forgetJob(open, id));
  }

  async function erasePictures(id: string, indexes: readonly number[]): Promise<void> {
    // As the job is now: it may have gone on since, and others of its pictures be deleted or shown again. What the
    // server tells is at hand without waiting, which a page that is being closed could not.
    const job = find(id) ?? (await (await library()).get("jobs", id))?.job;
    const those = job?.data.filter((one) => indexes.includes(one.index)) ?? [];
    if (job && isOver(job) && those.length === job.data.length) return eraseJob(id);
    await Promise.all(those.flatMap(({ url }) => (url ? unlessGone(deletePicture(url)) : [])));
    forgetListed(id, indexes);
    await change((open) => forgetPictures(open, id, indexes));
  }

  return async (ids) => {
    begin(ids);
    const whole = ids.filter((id) => !id.includes("/"));
    const places = ids.filter((id) => id.includes("/")).map(placeOf);
    const touched = [...new Set(places.map((one) => one.jobId))];
    const tasks = [
      ...whole.map((id) => () => eraseJob(id)),
      ...touched.map((id) => () => {
        const own = places.filter((one) => one.jobId === id);
        return erasePictures(
          id,
          own.map((one) => one.index),
        );
      }),
    ];
    try {
      for (let at = 0; at < tasks.length; at += AT_ONCE) {
        await Promise.all(tasks.slice(at, at + AT_ONCE).map((task) => task()));
      }
    } catch (error) {
      toast((error instanceof ApiFault && error.message) || t("fault.offline"));
    }
    end(ids);
    hide(ids, false);
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
