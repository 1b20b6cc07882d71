import { type MouseEvent, type ReactNode, useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { PICTURE } from "../create/picture";
import { withWords } from "../i18n";
import { Picture } from "../image/Picture";
import { keyOf } from "../library/database";
import { useFavourite } from "../library/useFavourite";
import { type Selection, useSelection } from "../selection/SelectionProvider";
import { Icon } from "../ui/Icon";
import { type Press, useLazyMenu } from "../ui/useLazyMenu";
import styles from "./jobs.module.css";
import { LostTile } from "./LostTile";
import type { LiveJob } from "./reduce";
import { Unfinished } from "./Unfinished";
import { useLongPress } from "./useLongPress";

const loadMenu = async () => (await withWords("shelf", import("./TileMenu"))).default;

interface TileProps {
  job: LiveJob;
  index: number;
  title: string;
}

/** One picture of a job: finished, on its way, or awaited. */
export function Tile(props: TileProps): ReactNode {
  const { job, index } = props;
  const data = job.data.find((one) => one.index === index);
  return data ? <Finished {...props} url={data.url} /> : <Unfinished job={job} index={index} />;
}

function Finished({ job, index, title, url }: TileProps & { url: string }): ReactNode {
  const { t } = useTranslation();
  const selection = useSelection();
  const [lost, setLost] = useState<string | null>(null);
  const { Menu, open, setOpen, show, press } = useLazyMenu(loadMenu);
  const hold = useLongPress(show);
  const lose = useCallback(() => setLost(url), [url]);
  const key = keyOf(job.id, index);
  const label = t("picture.open", { number: index + 1, total: job.n, prompt: title });
  const picture = <Picture jobId={job.id} index={index} url={url} alt="" onMissing={lose} />;

  if (selection?.active) return <Selectable selection={selection} of={key} label={label} picture={picture} />;
  if (lost === url) return <LostTile job={job} index={index} />;

  const select = (event: MouseEvent) => {
    // Before the link, which leaves clicks with keys held to the browser.
    if (!selection || !(event.shiftKey || event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    selection.press(key, event.shiftKey);
  };
  const trigger = (pressed?: Press) => (
    <button
      type="button"
      className={styles.more}
      aria-label={t("picture.menu", { number: index + 1 })}
      aria-haspopup="menu"
      {...pressed}
    >
      <Icon name="more" />
    </button>
  );
  return (
    <div className={styles.tile} {...hold.handlers}>
      <Link
        href={`/i/${key}`}
        aria-label={label}
        onClickCapture={select}
        onDragStart={(event) => event.dataTransfer.setData(PICTURE, key)}
      >
        {picture}
      </Link>
      {Menu ? (
        <Menu
          job={job}
          index={index}
          trigger={trigger()}
          open={open}
          onOpenChange={(wanted) => {
            if (wanted || !hold.lifting()) setOpen(wanted);
          }}
        />
      ) : (
        trigger(press)
      )}
      <Heart jobId={job.id} index={index} />
    </div>
  );
}

interface SelectableProps {
  selection: Selection;
  of: string;
  label: string;
  picture: ReactNode;
}

/** A tile as a box to tick. */
function Selectable({ selection, of, label, picture }: SelectableProps): ReactNode {
  return (
    <label className={styles.selectable}>
      {picture}
      <input
        type="checkbox"
        aria-label={label}
        checked={selection.has(of)}
        onChange={(event) =>
          selection.press(of, (event.nativeEvent as unknown as { shiftKey?: boolean }).shiftKey === true)
        }
      />
      <span>
        <Icon name="check" />
      </span>
    </label>
  );
}

function Heart({ jobId, index }: { jobId: string; index: number }): ReactNode {
  const { t } = useTranslation();
  const { favourite, toggle } = useFavourite(jobId, index);
  return (
    <button
      type="button"
      className={styles.heart}
      aria-pressed={favourite}
      aria-label={t("picture.favourite")}
      onClick={toggle}
    >
      <Icon name="heart" filled={favourite} />
    </button>
  );
}
