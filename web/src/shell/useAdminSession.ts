import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { readAdminSession } from "../api/client";
import type { AdminSession } from "../api/types";

export const ADMIN_SESSION = ["admin-session"] as const;
const HINT = "egaku.administers";

/**
 * Which administrator this browser is signed in as. The cookie cannot be read, so a note says that asking is
 * worth it: whoever never administered is not asked about. `ask` asks anyway.
 */
export function useAdminSession({ ask = false } = {}): UseQueryResult<AdminSession> {
  return useQuery({
    queryKey: ADMIN_SESSION,
    queryFn: async () => {
      const session = await readAdminSession();
      if (session.key) localStorage.setItem(HINT, "1");
      else localStorage.removeItem(HINT);
      return session;
    },
    enabled: ask || localStorage.getItem(HINT) !== null,
    staleTime: 60_000,
    retry: 1,
  });
}
