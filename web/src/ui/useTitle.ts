import { useEffect } from "react";

/** What the browser's tab says: the page's own name before the app's. */
export function useTitle(title: string | null): void {
  useEffect(() => {
    document.title = title ? `${title} · egaku` : "egaku";
  }, [title]);
}
