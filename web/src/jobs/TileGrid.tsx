import type { ReactNode } from "react";
import styles from "./jobs.module.css";
import type { LiveJob } from "./reduce";
import { Tile } from "./Tile";

interface TileGridProps {
  tiles: readonly { job: LiveJob; index: number; title: string }[];
  /** Tiles a row is laid out for. */
  count: number;
}

export function TileGrid({ tiles, count }: TileGridProps): ReactNode {
  if (!tiles.length) return null;
  return (
    <ul className={styles.tiles} data-count={Math.min(4, count)}>
      {tiles.map(({ job, index, title }) => (
        <li key={`${job.id}/${index}`}>
          <Tile job={job} index={index} title={title} />
        </li>
      ))}
    </ul>
  );
}
