import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { HistoryTabs } from "../history/HistoryTabs";
import { Picture } from "../image/Picture";
import { tidyName } from "../library/collections";
import type { Collection } from "../library/database";
import { useCollections } from "../library/useCollections";
import { NameForm } from "../ui/NameForm";
import { useTitle } from "../ui/useTitle";
import styles from "./collections.module.css";
import { useNames } from "./useNames";
import { useShown } from "./useShown";

/** Pictures of a collection that are shown on its cover. */
const COVER = 4;

/** All collections, by their covers. */
export default function CollectionsPage(): ReactNode {
  const { t } = useTranslation();
  const { all, make } = useCollections();
  const wrong = useNames();
  useTitle(t("shelf.collections"));
  return (
    <div className={styles.page}>
      <header>
        <h1>{t("shelf.collections")}</h1>
        <HistoryTabs />
      </header>
      <div className={styles.new}>
        <NameForm
          label={t("shelf.new_collection")}
          submit={t("shelf.create")}
          wrong={wrong}
          onName={(name) => void make(tidyName(name) ?? "")}
        />
      </div>
      {all && !all.length ? <p className={styles.empty}>{t("shelf.no_collections")}</p> : null}
      <ul className={styles.covers}>
        {all?.map((one) => (
          <li key={one.id}>
            <Cover collection={one} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Cover({ collection }: { collection: Collection }): ReactNode {
  const { t } = useTranslation();
  const shown = useShown(collection.pictures);
  const cover = shown.slice(0, COVER);
  return (
    <Link href={`/collections/${collection.id}`} className={styles.cover}>
      <span className={styles.mosaic} data-count={cover.length} aria-hidden="true">
        {cover.map(({ key, job, index }) => (
          <Picture
            key={key}
            jobId={job.id}
            index={index}
            url={job.data.find((one) => one.index === index)?.url ?? ""}
            alt=""
          />
        ))}
      </span>
      <span className={styles.name}>{collection.name}</span>
      <span className={styles.count}>{t("history.count", { count: shown.length })}</span>
    </Link>
  );
}
