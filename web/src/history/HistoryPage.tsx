import { type ReactNode, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { JobList } from "../jobs/JobList";
import { useShelf } from "../jobs/useShelf";
import { keyOf } from "../library/database";
import { useLibrary } from "../library/LibraryProvider";
import { SelectButton } from "../selection/SelectButton";
import { SelectionBar } from "../selection/SelectionBar";
import { SelectionProvider } from "../selection/SelectionProvider";
import { useEntryState } from "../shell/trail";
import { useShortcut } from "../shell/useShortcut";
import { SearchField } from "../ui/SearchField";
import ui from "../ui/ui.module.css";
import { useTitle } from "../ui/useTitle";
import { HistoryTabs } from "./HistoryTabs";
import styles from "./history.module.css";
import { matching } from "./matching";
import { PackButton } from "./PackButton";

/** Everything that was drawn, by the server's records and this browser's. */
export default function HistoryPage(): ReactNode {
  const { t } = useTranslation();
  const all = useShelf();
  const { favourites } = useLibrary();
  const [words, setWords] = useEntryState("words", "");
  const [favouritesOnly, setFavouritesOnly] = useEntryState("favourites", false);
  useTitle(t("history.title"));
  const found = useMemo(
    () => matching(all, words, favouritesOnly ? favourites : null),
    [all, words, favouritesOnly, favourites],
  );
  const pictures = found.reduce((sum, job) => sum + job.data.length, 0);
  const order = useMemo(
    () => found.flatMap((job) => job.data.map((one) => keyOf(job.id, one.index))),
    [found],
  );
  const search = useRef<HTMLInputElement>(null);
  useShortcut("search", () => search.current?.focus());

  return (
    <SelectionProvider order={order}>
      <div className={styles.page}>
        <header>
          <h1>{t("history.title")}</h1>
          <HistoryTabs />
          {all.length ? (
            <div className={styles.filters}>
              <SearchField ref={search} label={t("history.search")} words={words} onWords={setWords} />
              <label className={ui.check}>
                <input
                  type="checkbox"
                  checked={favouritesOnly}
                  onChange={(event) => setFavouritesOnly(event.target.checked)}
                />
                {t("history.favourites")}
              </label>
              <SelectButton disabled={!pictures} />
              <PackButton jobs={found} />
            </div>
          ) : null}
        </header>
        <p className={styles.count} role="status">
          {all.length === 0
            ? t("history.empty")
            : found.length === 0
              ? t("history.empty_search")
              : t("history.count", { count: pictures })}
        </p>
        <JobList jobs={found} level={2} />
        <SelectionBar jobs={found} />
      </div>
    </SelectionProvider>
  );
}
