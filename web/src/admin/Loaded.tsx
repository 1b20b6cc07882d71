import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ApiFault } from "../api/errors";
import ui from "../ui/ui.module.css";
import styles from "./admin.module.css";

interface Query<T> {
  data: T | undefined;
  error: Error | null;
  isFetching: boolean;
  refetch: () => unknown;
}

interface LoadedProps<T> {
  query: Query<T>;
  children: (data: T) => ReactNode;
}

/** What the server said; else that it is being asked, or why it does not say. Old answers stay, marked as old. */
export function Loaded<T>({ query, children }: LoadedProps<T>): ReactNode {
  const { t } = useTranslation();
  if (query.data !== undefined) {
    return (
      <>
        {query.error ? <Fault query={query} stale /> : null}
        {children(query.data)}
      </>
    );
  }
  if (query.error) return <Fault query={query} />;
  return (
    <p role="status" className={styles.loading}>
      {t("picture.loading")}
    </p>
  );
}

function Fault<T>({ query, stale = false }: { query: Query<T>; stale?: boolean }): ReactNode {
  const { t } = useTranslation();
  return (
    <div role="alert" className={styles.fault}>
      <p>
        {wordsOf(query.error, t("admin.away"))} {stale ? t("admin.stale") : null}
      </p>
      <button
        type="button"
        className={`${ui.button} ${ui.small}`}
        disabled={query.isFetching}
        onClick={() => void query.refetch()}
      >
        {t("link.try_now")}
      </button>
    </div>
  );
}

/** A fault's own words; the server that is away has none. */
export function wordsOf(error: Error | null, away: string): string {
  return error instanceof ApiFault && error.fault === "offline" ? away : (error?.message ?? "");
}
