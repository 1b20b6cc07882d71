import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
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

type Place = "server" | "browser" | "nowhere";

/** Where to look first: pictures of an imported archive have no link. */
function firstPlace(url: string): Place {
  return !url || isExpired(url, Date.now()) ? "browser" : "server";
}

/** A finished picture: from the server while its link works, else from the browser's own store. */
export function Picture({ jobId, index, url, alt, onMissing }: PictureProps): ReactNode {
  const { t } = useTranslation();
  const { picture } = useLibrary();
  const [place, setPlace] = useState<Place>(() => firstPlace(url));
  const [kept, setKept] = useState<Blob | null>(null);
  const address = useObjectUrl(kept);

  useEffect(() => {
    setPlace(firstPlace(url));
  }, [url]);

  useEffect(() => {
    if (place !== "browser") return;
    let left = false;
    void picture(jobId, index).then((blob) => {
      if (left) return;
      if (!blob) {
        setPlace("nowhere");
        onMissing?.();
        return;
      }
      setKept(blob);
    });
    return () => {
      left = true;
      setKept(null);
    };
  }, [place, picture, jobId, index, onMissing]);

  if (place === "nowhere") return <span className={styles.expired}>{t("picture.expired")}</span>;
  const source = place === "server" ? url : address;
  if (!source) return <span className={styles.waiting} />;
  return (
    <img
      className={styles.picture}
      src={source}
      alt={alt}
      decoding="async"
      onError={() => setPlace((now) => (now === "server" ? "browser" : "nowhere"))}
    />
  );
}
