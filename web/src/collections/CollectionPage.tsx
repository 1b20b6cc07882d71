import { type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { PackButton } from "../history/PackButton";
import { jobTitle } from "../jobs/JobCard";
import { TileGrid } from "../jobs/TileGrid";
import { tidyName } from "../library/collections";
import type { Collection } from "../library/database";
import { useCollections } from "../library/useCollections";
import { SelectButton } from "../selection/SelectButton";
import { SelectionBar, Tool } from "../selection/SelectionBar";
import { SelectionProvider, useSelection } from "../selection/SelectionProvider";
import { ConfirmDialog } from "../ui/ConfirmDialog";
import { Dialog } from "../ui/Dialog";
import { Icon } from "../ui/Icon";
import { NameForm } from "../ui/NameForm";
import ui from "../ui/ui.module.css";
import { useTitle } from "../ui/useTitle";
import styles from "./collections.module.css";
import { useNames } from "./useNames";
import { type Shown, useShown } from "./useShown";

/** One collection: its pictures, and what can be done with all of them. */
export default function CollectionPage({ id }: { id: string }): ReactNode {
  const { t } = useTranslation();
  const { all } = useCollections();
  const collection = all?.find((one) => one.id === id);
  useTitle(collection?.name ?? null);
  if (!all) return null;
  if (!collection) {
    return (
      <div className={ui.nothing}>
        <h1>{t("shelf.no_such_collection")}</h1>
        <Link href="/collections" className={ui.button}>
          {t("shelf.to_collections")}
        </Link>
      </div>
    );
  }
  return <Filled collection={collection} />;
}

function Filled({ collection }: { collection: Collection }): ReactNode {
  const { t } = useTranslation();
  const shown = useShown(collection.pictures);
  const order = useMemo(() => shown.map((one) => one.key), [shown]);
  const jobs = useMemo(() => jobsOf(shown), [shown]);
  return (
    <SelectionProvider order={order}>
      <div className={styles.page}>
        <header>
          <div>
            <Link href="/collections" className={`${ui.quiet} ${ui.small} ${styles.back}`}>
              <Icon name="left" />
              {t("shelf.collections")}
            </Link>
            <h1>{collection.name}</h1>
          </div>
          <Tools collection={collection} jobs={jobs} />
        </header>
        <p className={styles.count} role="status">
          {shown.length ? t("history.count", { count: shown.length }) : t("shelf.empty_collection")}
        </p>
        <TileGrid
          tiles={shown.map(({ job, index }) => ({ job, index, title: jobTitle(job, t) }))}
          count={4}
        />
        <SelectionBar jobs={jobs}>
          <TakeOut id={collection.id} />
        </SelectionBar>
      </div>
    </SelectionProvider>
  );
}

function Tools({ collection, jobs }: { collection: Collection; jobs: ReturnType<typeof jobsOf> }): ReactNode {
  const { t } = useTranslation();
  const { rename, drop } = useCollections();
  const [, go] = useLocation();
  const [open, setOpen] = useState<"rename" | "drop" | null>(null);
  const wrong = useNames(collection.name);
  const close = () => setOpen(null);
  return (
    <div className={styles.tools}>
      <PackButton jobs={jobs} name={collection.name} label={t("picture.download")} />
      <SelectButton disabled={!jobs.length} />
      <button type="button" className={`${ui.button} ${ui.small}`} onClick={() => setOpen("rename")}>
        <Icon name="pencil" />
        {t("shelf.rename")}
      </button>
      <button type="button" className={`${ui.button} ${ui.small}`} onClick={() => setOpen("drop")}>
        <Icon name="trash" />
        {t("job.delete")}
      </button>
      {open === "rename" ? (
        <Dialog title={t("shelf.rename_title")} onClose={close}>
          <NameForm
            label={t("shelf.name")}
            submit={t("shelf.rename")}
            name={collection.name}
            wrong={wrong}
            onName={(name) => {
              void rename(collection.id, tidyName(name) ?? collection.name);
              close();
            }}
          />
        </Dialog>
      ) : null}
      {open === "drop" ? (
        <ConfirmDialog
          title={t("shelf.drop_title", { name: collection.name })}
          confirm={t("shelf.drop_confirm")}
          onConfirm={() => {
            void drop(collection.id);
            go("/collections");
          }}
          onClose={close}
        >
          <p>{t("shelf.drop_body")}</p>
        </ConfirmDialog>
      ) : null}
    </div>
  );
}

function TakeOut({ id }: { id: string }): ReactNode {
  const { t } = useTranslation();
  const selection = useSelection();
  const { take } = useCollections();
  if (!selection) return null;
  return (
    <Tool
      icon="folderOut"
      label={t("shelf.take_out")}
      disabled={!selection.keys.length}
      run={() => {
        void take(id, selection.keys);
        selection.stop();
      }}
    />
  );
}

/** The jobs these pictures belong to, with these pictures alone. */
function jobsOf(shown: readonly Shown[]): readonly Shown["job"][] {
  const jobs = new Map<string, Shown["job"]>();
  for (const { job, index } of shown) {
    const known = jobs.get(job.id) ?? { ...job, data: [] };
    const picture = job.data.filter((one) => one.index === index);
    jobs.set(job.id, { ...known, data: [...known.data, ...picture] });
  }
  return [...jobs.values()];
}
