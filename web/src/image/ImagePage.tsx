import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { readJob } from "../api/client";
import type { Job } from "../api/types";
import { useHidden } from "../jobs/hidden";
import { jobTitle } from "../jobs/JobCard";
import { oneJob } from "../jobs/JobsProvider";
import { type LiveJob, live } from "../jobs/reduce";
import { inSight, useShelf } from "../jobs/useShelf";
import { keyOf } from "../library/database";
import { ancestry, madeFrom } from "../library/inputs";
import { useStored } from "../library/stored";
import { chordsOf } from "../shell/shortcuts";
import { useBack } from "../shell/trail";
import { isBusy } from "../shell/useShortcut";
import { chordOf } from "../ui/chord";
import { Icon } from "../ui/Icon";
import ui from "../ui/ui.module.css";
import { useTitle } from "../ui/useTitle";
import { Original, useComparison } from "./Compare";
import { Facts } from "./Facts";
import styles from "./image.module.css";
import { Lineage } from "./Lineage";
import { Picture } from "./Picture";
import { PictureTools } from "./PictureTools";

/** One picture, large, with all that is known of it. */
export default function ImagePage({ jobId, index }: { jobId: string; index: number }): ReactNode {
  const { t } = useTranslation();
  const { job, looking } = useJob(jobId);
  const title = job ? jobTitle(job, t) : null;
  useTitle(title);
  const data = job?.data.find((one) => one.index === index);
  const steps = useStored("ancestry", jobId, (open) => ancestry(open, jobId)) ?? [];
  const key = keyOf(jobId, index);
  const children = useStored("children", key, (open) => madeFrom(open, key)) ?? [];
  const source = steps.at(-1)?.jobId === jobId ? (steps.at(-1)?.image ?? null) : null;
  const comparison = useComparison(source);
  const [, go] = useLocation();
  const leave = useBack("/");
  if (!job || !data) {
    return (
      <div className={ui.nothing}>
        <p>{t(looking ? "picture.loading" : "app.not_found")}</p>
        <Link href="/" className={ui.button}>
          {t("app.back_home")}
        </Link>
      </div>
    );
  }
  const { before, after } = neighbours(job, index);
  const next = after ?? before;
  const moveOn = () => (next === undefined ? leave() : go(`/i/${jobId}/${next}`, { replace: true }));
  const number = index + 1;
  const alt =
    job.operation === "variations"
      ? t("picture.alt_uploaded", { number, total: job.n })
      : t("picture.alt", { prompt: title, number, total: job.n });
  const picture = <Picture jobId={job.id} index={index} url={data.url} alt={alt} key={key} />;
  return (
    <div className={styles.page}>
      <div className={styles.stage}>{comparison ? comparison.show(picture) : picture}</div>
      <div className={styles.side}>
        <Walk job={job} index={index} leave={leave} />
        <h1>{title}</h1>
        <PictureTools job={job} index={index} url={data.url} onDelete={moveOn} />
        {comparison && source ? <Original image={source} comparison={comparison} /> : null}
        <Lineage job={job} steps={steps}>
          {children}
        </Lineage>
        <Facts job={job} understood={data.revised_prompt} />
      </div>
    </div>
  );
}

/** The job from the lists at hand, else from the server. */
function useJob(id: string): { job: LiveJob | undefined; looking: boolean } {
  const listed = useShelf().find((job) => job.id === id);
  const hidden = useHidden();
  const { data, isFetching } = useQuery<Job>({
    queryKey: oneJob(id),
    queryFn: () => readJob(id),
    enabled: !listed,
    retry: 1,
  });
  const job = listed ?? (data && inSight(live(data), hidden)[0]);
  return { job, looking: isFetching };
}

interface Neighbours {
  before: number | undefined;
  after: number | undefined;
}

function neighbours(job: LiveJob, index: number): Neighbours {
  const there = job.data.map((one) => one.index);
  const at = there.indexOf(index);
  return { before: there[at - 1], after: there[at + 1] };
}

interface WalkProps {
  job: LiveJob;
  index: number;
  leave: () => void;
}

/** Back to where one came from, and to the other pictures of the job, also by arrow keys. */
function Walk({ job, index, leave }: WalkProps): ReactNode {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const { before, after } = neighbours(job, index);

  useEffect(() => {
    function walk(event: KeyboardEvent): void {
      if (isBusy(event.target)) return;
      const next = [before, after][chordsOf("walk").indexOf(chordOf(event))];
      if (next !== undefined) go(`/i/${job.id}/${next}`, { replace: true });
    }
    window.addEventListener("keydown", walk);
    return () => window.removeEventListener("keydown", walk);
  }, [job.id, before, after, go]);

  return (
    <nav className={styles.walk} aria-label={t("job.pictures")}>
      <button type="button" className={`${ui.quiet} ${ui.small}`} onClick={leave}>
        <Icon name="left" />
        {t("picture.back")}
      </button>
      {job.data.length > 1 ? (
        <ul>
          {job.data.map((one) => (
            <li key={one.index}>
              <Link
                href={`/i/${job.id}/${one.index}`}
                replace
                aria-current={one.index === index ? "page" : undefined}
                aria-label={t("picture.open", { number: one.index + 1, total: job.n, prompt: "" })}
              >
                <Picture jobId={job.id} index={one.index} url={one.url} alt="" />
              </Link>
            </li>
          ))}
        </ul>
      ) : null}
    </nav>
  );
}
