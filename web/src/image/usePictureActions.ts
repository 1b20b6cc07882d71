import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { request } from "../api/client";
import type { Format, Job } from "../api/types";
import { readSource } from "../create/source";
import { useSend } from "../create/useSend";
import { useUpload } from "../create/useUpload";
import { useOpenInEditor } from "../editor/useOpenInEditor";
import { keyOf } from "../library/database";
import { useLibrary } from "../library/LibraryProvider";
import { copyImage, copyText } from "../ui/copy";
import { useToasts } from "../ui/Toasts";
import { convert, fileName, save } from "./save";

const VARIATIONS = 4;

export interface PictureActions {
  download: (format: Format) => void;
  vary: () => void;
  edit: () => void;
  /** A wish is on its way, or the server takes none for a while. */
  busy: boolean;
  copy: () => void;
  /** Put the picture's address on the clipboard. */
  share: () => void;
  /** Take it into the text box, as if it were uploaded. */
  takeAsSource: () => void;
}

/** What can be done with a finished picture, wherever it is shown. */
export function usePictureActions(job: Job, index: number, url: string): PictureActions {
  const { t } = useTranslation();
  const { picture } = useLibrary();
  const { toast } = useToasts();
  const { send, sending, wait } = useSend({
    onFault: (fault) => toast(fault.message || t("fault.offline")),
  });
  const upload = useUpload();
  const openInEditor = useOpenInEditor();
  const [, go] = useLocation();
  const key = keyOf(job.id, index);

  async function read(): Promise<Blob> {
    return (await picture(job.id, index)) ?? (await request(url)).blob();
  }

  async function attempt(what: () => Promise<void>): Promise<void> {
    try {
      await what();
    } catch {
      toast(t("picture.expired"));
    }
  }

  function toTextBox(): void {
    go("/");
    window.scrollTo({ top: 0 });
  }

  return {
    busy: sending || wait > 0,
    download: (format) =>
      void attempt(async () =>
        save(await convert(await read(), format), fileName(job.prompt, index + 1, format)),
      ),
    vary: () =>
      void attempt(async () => {
        const { blob, size } = await readSource(await read());
        send({ operation: "variations", image: blob, n: VARIATIONS, size }, { from: key });
        toTextBox();
      }),
    edit: () => void attempt(async () => openInEditor(await read(), job.prompt ?? "", key)),
    copy: async () => {
      const done = await copyImage(read().then((blob) => convert(blob, "png")));
      toast(t(done ? "picture.copied" : "picture.copy_failed"));
    },
    share: async () => {
      const done = await copyText(`${window.location.origin}/i/${key}`);
      toast(t(done ? "picture.link_copied" : "picture.copy_failed"));
    },
    takeAsSource: () =>
      void attempt(async () => {
        await upload(await read(), key);
        toTextBox();
      }),
  };
}
