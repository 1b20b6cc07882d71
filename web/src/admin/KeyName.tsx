import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ADMIN, useAsk } from "./ask";
import { findKey } from "./client";

const REMEMBERED = 5 * 60_000;

/** What a key that draws is called, by its id; null for whoever had none. */
export function KeyName({ id }: { id: string | null }): ReactNode {
  const { t } = useTranslation();
  const ask = useAsk();
  const { data } = useQuery({
    queryKey: [ADMIN, "keys", "one", id],
    queryFn: () => (id === null ? null : ask(() => findKey(id))),
    enabled: id !== null,
    staleTime: REMEMBERED,
    retry: false,
  });
  if (id === null) return t("admin.nobody");
  if (data === null) return t("admin.revoked_key", { id });
  return <span title={id}>{data?.name ?? id}</span>;
}
