import type { ReactNode } from "react";
import { JobCard } from "./JobCard";
import styles from "./jobs.module.css";
import type { LiveJob } from "./reduce";

interface JobListProps {
  jobs: readonly LiveJob[];
  /** Of their headings. */
  level: 2 | 3;
}

export function JobList({ jobs, level }: JobListProps): ReactNode {
  return (
    <ol className={styles.list}>
      {jobs.map((job) => (
        <li key={job.id}>
          <JobCard job={job} level={level} />
        </li>
      ))}
    </ol>
  );
}
