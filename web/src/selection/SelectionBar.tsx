import { lazy, type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { datedName, usePacking } from "../archive/usePacking";
import type { LiveJob } from "../jobs/reduce";
import { useRemoval } from "../jobs/useRemoval";
import { keyOf } from "../library/database";
import { useLibrary } from "../library/LibraryProvider";
import { Icon, type IconName } from "../ui/Icon";
import { useToasts } from "../ui/Toasts";
import { useSelection } from "./SelectionProvider";
import styles from "./selection.module.css";

const CollectDialog = lazy(() => import("../collections/CollectDialog"));

interface SelectionBarProps {
  jobs: readonly LiveJob[];
  /** What else can be done with the selected ones here. */
  children?: ReactNode;
}

/** How many are selected, and what can be done with all of them at once. */
export function SelectionBar({ jobs, children }: SelectionBarProps): ReactNode {
  const { t } = useTranslation();
  const selection = useSelection();
  const { favourites, favour } = useLibrary();
  const { removePictures } = useRemoval();
  const { toast } = useToasts();
  const { pack, packing } = usePacking();
  const [collecting, setCollecting] = useState(false);
  if (!selection?.active) return null;
  const { keys } = selection;
  const none = keys.length === 0;
  const allFavourites = !none && keys.every((key) => favourites.has(key));
  const chosen = () => {
    const wanted = new Set(keys);
    return jobs
      .map((job) => ({ ...job, data: job.data.filter((one) => wanted.has(keyOf(job.id, one.index))) }))
      .filter((job) => job.data.length > 0);
  };

  async function favourAll(): Promise<void> {
    try {
      await favour(keys, !allFavourites);
    } catch {
      toast(t("picture.expired"));
    }
  }

  return (
    <section className={styles.bar} aria-label={t("shelf.selection")}>
      <p role="status">{t("shelf.selected", { count: keys.length })}</p>
      <Tool
        icon="download"
        label={t("picture.download")}
        disabled={none || packing}
        run={() => pack(chosen(), datedName())}
      />
      <Tool icon="folder" label={t("shelf.collect")} disabled={none} run={() => setCollecting(true)} />
      <Tool
        icon="heart"
        label={t(allFavourites ? "picture.unfavourite" : "picture.favourite")}
        disabled={none}
        run={() => void favourAll()}
      />
      {children}
      <Tool
        icon="trash"
        label={t("job.delete")}
        disabled={none}
        run={() => {
          removePictures(keys);
          selection.stop();
        }}
      />
      <Tool icon="checks" label={t("shelf.select_all")} run={selection.all} />
      <Tool icon="close" label={t("shelf.select_stop")} run={selection.stop} />
      {collecting ? (
        <Suspense>
          <CollectDialog keys={keys} onClose={() => setCollecting(false)} />
        </Suspense>
      ) : null}
    </section>
  );
}

interface ToolProps {
  icon: IconName;
  label: string;
  run: () => void;
  disabled?: boolean;
}

/** One thing to do; on narrow windows its label is for screen readers alone. */
export function Tool({ icon, label, run, disabled = false }: ToolProps): ReactNode {
  return (
    <button type="button" title={label} disabled={disabled} onClick={run}>
      <Icon name={icon} />
      <span>{label}</span>
    </button>
  );
}
