import type { ReactNode, RefObject } from "react";

interface FileInputProps {
  /** A button presses it: `ref.current?.click()`. */
  ref: RefObject<HTMLInputElement | null>;
  label: string;
  accept: string;
  take: (file: File) => void;
}

/** The browser's dialog for choosing one file, itself not to be seen. */
export function FileInput({ ref, label, accept, take }: FileInputProps): ReactNode {
  return (
    <input
      ref={ref}
      type="file"
      hidden
      accept={accept}
      aria-label={label}
      onChange={(event) => {
        const file = event.target.files?.[0];
        event.target.value = ""; // the same file can be chosen again
        if (file) take(file);
      }}
    />
  );
}
