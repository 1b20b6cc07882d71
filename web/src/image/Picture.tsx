import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "../api/client";
import { isGone } from "../api/errors";
import { useLibrary } from "../library/LibraryProvider";
import { useObjectUrl } from "../ui/useObjectUrl";
import styles from "./image.module.css";
import { isExpired } from "./links";

interface PictureProps {
  jobId: string;
  index: number;
  url: string;
  alt: string;
  onMissing?: () => void;
}

/** Whether the server may have it: pictures of an imported archive have no link. */
function isLinked(url: string): boolean {
  return url !== "" && !isExpired(url, Date.now());
}

/**
 * A finished picture: from the server while its link works, else from the browser's own store. Where neither has it at
 * once, the server is asked until it answers: only its word makes a picture missing, never a line that was cut.
 */
export function Picture({ jobId, index, url, alt, onMissing }: PictureProps): ReactNode {
  const { t } = useTranslation();
  const { picture } = useLibrary();
  const linked = useMemo(() => isLinked(url), [url]);
  /** The link or the file that showed no picture. */
  const [broken, setBroken] = useState<string | Blob | null>(null);
  const linkFails = !linked || broken === url;
  const { data: blob, isError } = useQuery({
    queryKey: ["picture", jobId, index, url],
    queryFn: async () => (await picture(jobId, index)) ?? (linked ? (await request(url)).blob() : null),
    enabled: linkFails,
    retry: (_, error) => !isGone(error),
    networkMode: "offlineFirst",
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const address = useObjectUrl(blob);
  const missing = isError || blob === null || (blob !== undefined && broken === blob);

  useEffect(() => {
    if (missing) onMissing?.();
  }, [missing, onMissing]);

  if (missing) return <span className={styles.expired}>{t("picture.expired")}</span>;
  const source = linkFails ? address : url;
  if (!source) return <span className={styles.waiting} />;
  return (
    <img
      className={styles.picture}
      src={source}
      alt={alt}
      decoding="async"
      onError={() => setBroken(linkFails ? (blob ?? null) : url)}
    />
  );
}
