import { type DragEvent, type ReactNode, useEffect, useState } from "react";
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
  /** One file, whatever it is: an image, where several came. With the place where it was dropped; none for pasted. */
  take: (file: File, at: Spot | null) => void;
  /** A kind of dragged data that is for somebody else. */
  except?: string;
  wide?: boolean;
  children: ReactNode;
}

/** A page that takes files which are dropped on or pasted into it. */
export function DropArea({ className, label, take, except, wide, children }: DropAreaProps): ReactNode {
  const [over, setOver] = useState(false);

  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const file = chosenOf(event.clipboardData?.files);
      if (!file) return;
      event.preventDefault();
      take(file, null);
    };
    window.addEventListener("paste", paste);
    return () => window.removeEventListener("paste", paste);
  }, [take]);

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
        const file = chosenOf(event.dataTransfer.files);
        if (file) take(file, event);
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

function chosenOf(files: FileList | undefined): File | undefined {
  const all = [...(files ?? [])];
  return all.find((file) => file.type.startsWith("image/")) ?? all[0];
}

/** A file's name without its suffix. */
export function nameOf(file: File): string {
  return file.name.replace(/\.[^.]+$/, "");
}
