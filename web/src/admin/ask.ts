import {
  type InfiniteData,
  keepPreviousData,
  type UseInfiniteQueryResult,
  type UseQueryResult,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useCallback } from "react";
import { ApiFault } from "../api/errors";
import { ADMIN_SESSION } from "../shell/useAdminSession";
import type { Page } from "./types";

/** Under which everything an administrator sees is remembered. */
export const ADMIN = "admin";

/** Whether trying again at once could help. */
function worthRetrying(count: number, error: Error): boolean {
  return count < 2 && error instanceof ApiFault && (error.fault === "offline" || error.fault === "busy");
}

/** Wraps a call so that the session is looked at again when the server no longer knows this administrator. */
export function useAsk(): <T>(call: () => Promise<T>) => Promise<T> {
  const client = useQueryClient();
  return useCallback(
    async (call) => {
      try {
        return await call();
      } catch (error) {
        if (error instanceof ApiFault && error.fault === "locked") {
          void client.invalidateQueries({ queryKey: ADMIN_SESSION });
        }
        throw error;
      }
    },
    [client],
  );
}

/** What the server says under this name, asked again every so many seconds. */
export function useAdminQuery<T>(
  name: readonly unknown[],
  call: () => Promise<T>,
  seconds: number,
): UseQueryResult<T> {
  const ask = useAsk();
  return useQuery({
    queryKey: [ADMIN, ...name],
    queryFn: () => ask(call),
    refetchInterval: seconds * 1000,
    staleTime: (seconds * 1000) / 2,
    retry: worthRetrying,
    // The answer to the question before, until this one's is there.
    placeholderData: keepPreviousData,
  });
}

/** A list that comes in pages. */
export function useAdminPages<T>(
  name: readonly unknown[],
  call: (after: string | null) => Promise<Page<T>>,
): UseInfiniteQueryResult<InfiniteData<Page<T>>> {
  const ask = useAsk();
  return useInfiniteQuery({
    queryKey: [ADMIN, ...name],
    queryFn: ({ pageParam }) => ask(() => call(pageParam)),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => (page.has_more ? page.last_id : null),
    retry: worthRetrying,
  });
}
