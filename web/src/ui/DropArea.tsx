import { type DragEvent, type ReactNode, useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useToasts } from "./Toasts";
import ui from "./ui.module.css";

interface Spot {
  /** CSS pixels in the window. */
  clientX: number;
  clientY: number;
}

interface DropAreaProps {
  className: string | undefined;
  /** What is said while a file is held over it. */
  label: string;
  /** One file, whatever it is: an image, where several came, and people are told. With the place where it was dropped; none for pasted. */
  take: (file: File, at: Spot | null) => void;
  /** A kind of dragged data that is for somebody else. */
  except?: string;
  wide?: boolean;
  children: ReactNode;
}

/** A page that takes files which are dropped on or pasted into it. */
export function DropArea({ className, label, take, except, wide, children }: DropAreaProps): ReactNode {
  const { t } = useTranslation();
  const { toast } = useToasts();
  const [over, setOver] = useState(false);

  const takeOne = useCallback(
    (files: FileList | undefined, at: Spot | null): boolean => {
      const all = [...(files ?? [])];
      const file = all.find(({ type }) => type.startsWith("image/")) ?? all[0];
      if (!file) return false;
      if (all.length > 1) toast(t("app.one_file", { name: file.name }));
      take(file, at);
      return true;
    },
    [take, toast, t],
  );

  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      if (takeOne(event.clipboardData?.files, null)) event.preventDefault();
    };
    window.addEventListener("paste", paste);
    return () => window.removeEventListener("paste", paste);
  }, [takeOne]);

  const carriesFile = ({ dataTransfer: { types } }: DragEvent) =>
    types.includes("Files") && !(except && types.includes(except));

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is one way among others (button, paste)
    <div
      className={className}
      data-wide={wide ? "" : undefined}
      onDragOver={(event) => {
        if (!carriesFile(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        if (!carriesFile(event)) return;
        event.preventDefault();
        setOver(false);
        takeOne(event.dataTransfer.files, event);
      }}
    >
      {children}
      {over ? (
        <div className={ui.drop}>
          <p>{label}</p>
        </div>
      ) : null}
    </div>
  );
}

/** A file's name without its suffix. */
export function nameOf(file: File): string {
  return file.name.replace(/\.[^.]+$/, "");
}
