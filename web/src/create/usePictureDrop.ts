import { type DragEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "../api/client";
import { useShelf } from "../jobs/useShelf";
import { keyOf, placeOf } from "../library/database";
import { useLibrary } from "../library/LibraryProvider";
import { useToasts } from "../ui/Toasts";
import { PICTURE } from "./picture";
import { useUpload } from "./useUpload";

interface PictureDrop {
  /** A tile is held over it. */
  over: boolean;
  onDragOver: (event: DragEvent) => void;
  onDragLeave: (event: DragEvent) => void;
  onDrop: (event: DragEvent) => void;
}

/** Handlers of an element that takes tiles dropped on it as the draft's source. */
export function usePictureDrop(): PictureDrop {
  const { t } = useTranslation();
  const shelf = useShelf();
  const { picture } = useLibrary();
  const { toast } = useToasts();
  const upload = useUpload();
  const [over, setOver] = useState(false);

  async function take(key: string): Promise<void> {
    const { jobId, index } = placeOf(key);
    const url = shelf
      .find((job) => job.id === jobId)
      ?.data.find((one) => keyOf(jobId, one.index) === key)?.url;
    try {
      const blob = (await picture(jobId, index)) ?? (url ? await (await request(url)).blob() : null);
      if (blob) await upload(blob, key);
      else toast(t("picture.expired"));
    } catch {
      toast(t("picture.expired"));
    }
  }

  return {
    over,
    onDragOver: (event) => {
      if (!event.dataTransfer.types.includes(PICTURE)) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: (event) => {
      if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
    },
    onDrop: (event) => {
      const key = event.dataTransfer.getData(PICTURE);
      if (!key) return;
      event.preventDefault();
      setOver(false);
      void take(key);
    },
  };
}
