import { lazy, type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Format } from "../api/types";
import type { LiveJob } from "../jobs/reduce";
import { useJobActions } from "../jobs/useJobActions";
import { useRemoval } from "../jobs/useRemoval";
import { keyOf } from "../library/database";
import { useFavourite } from "../library/useFavourite";
import { useShortcut } from "../shell/useShortcut";
import { ActionMenu } from "../ui/ActionMenu";
import { Icon, type IconName } from "../ui/Icon";
import ui from "../ui/ui.module.css";
import styles from "./image.module.css";
import { usePictureActions } from "./usePictureActions";

const CodeDialog = lazy(() => import("../code/CodeDialog"));
const CollectDialog = lazy(() => import("../collections/CollectDialog"));
const FORMATS: readonly Format[] = ["png", "jpeg", "webp"];

interface PictureToolsProps {
  job: LiveJob;
  index: number;
  url: string;
  /** The picture is out of sight: show something else. */
  onDelete: () => void;
}

/** What can be done with a finished picture. */
export function PictureTools({ job, index, url, onDelete }: PictureToolsProps): ReactNode {
  const { t } = useTranslation();
  const { favourite, toggle } = useFavourite(job.id, index);
  const { reuse } = useJobActions(job);
  const { removePictures } = useRemoval();
  const key = keyOf(job.id, index);
  const { download, vary, edit, busy, copy, share } = usePictureActions(job, index, url);
  const [shown, setShown] = useState<"code" | "collect" | null>(null);
  useShortcut("favourite", toggle);

  return (
    <div className={styles.tools}>
      <div className={styles.main}>
        <button type="button" className={ui.primary} disabled={busy} onClick={vary}>
          <Icon name="grid" />
          {t("picture.variations")}
        </button>
        <button type="button" className={ui.button} onClick={edit}>
          <Icon name="brush" />
          {t("picture.edit")}
        </button>
        <ActionMenu
          trigger={
            <button type="button" className={ui.button}>
              <Icon name="download" />
              {t("picture.download")}
            </button>
          }
          actions={FORMATS.map((format) => ({
            id: format,
            label:
              format === job.output_format
                ? `${format.toUpperCase()} (${t("picture.original")})`
                : format.toUpperCase(),
            icon: "download" as const,
            run: () => download(format),
          }))}
        />
      </div>
      <div className={styles.others}>
        <Tool icon="heart" label={t("picture.favourite")} pressed={favourite} run={toggle} />
        <Tool icon="folder" label={t("shelf.collect")} run={() => setShown("collect")} />
        <Tool icon="copy" label={t("picture.copy")} run={copy} />
        <Tool icon="link" label={t("picture.share")} run={share} />
        <Tool icon="code" label={t("job.view_code")} run={() => setShown("code")} />
        {reuse ? <Tool icon="repeat" label={t("job.reuse")} run={reuse} /> : null}
        <Tool
          icon="trash"
          label={t("job.delete")}
          run={() => {
            removePictures([key]);
            onDelete();
          }}
        />
      </div>
      <Suspense>
        {shown === "code" ? <CodeDialog job={job} onClose={() => setShown(null)} /> : null}
        {shown === "collect" ? <CollectDialog keys={[key]} onClose={() => setShown(null)} /> : null}
      </Suspense>
    </div>
  );
}

interface ToolProps {
  icon: IconName;
  label: string;
  run: () => void;
  pressed?: boolean;
}

function Tool({ icon, label, run, pressed }: ToolProps): ReactNode {
  return (
    <button
      type="button"
      className={ui.icon}
      title={label}
      aria-label={label}
      aria-pressed={pressed}
      onClick={run}
    >
      <Icon name={icon} filled={pressed ?? false} />
    </button>
  );
}
