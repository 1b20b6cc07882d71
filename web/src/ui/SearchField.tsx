import type { ReactNode, RefObject } from "react";
import ui from "./ui.module.css";

interface SearchFieldProps {
  label: string;
  words: string;
  onWords: (words: string) => void;
  ref?: RefObject<HTMLInputElement | null>;
}

/** Where words are typed that a list is narrowed by. */
export function SearchField({ label, words, onWords, ref }: SearchFieldProps): ReactNode {
  return (
    <input
      ref={ref}
      type="search"
      className={ui.input}
      value={words}
      aria-label={label}
      placeholder={label}
      onChange={(event) => onWords(event.target.value)}
    />
  );
}
