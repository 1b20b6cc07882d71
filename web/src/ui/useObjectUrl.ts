import { useEffect, useState } from "react";
import { release } from "./objectUrl";

/** An address for a blob while the component is there; null until then. */
export function useObjectUrl(blob: Blob | null | undefined): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!blob) return;
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => {
      release(made);
      setUrl(null);
    };
  }, [blob]);
  return url;
}
