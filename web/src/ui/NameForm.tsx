import { type ReactNode, useState } from "react";
import ui from "./ui.module.css";

interface NameFormProps {
  label: string;
  submit: string;
  /** What it is called now. */
  name?: string;
  /** Why a name cannot be taken; null for one that can. */
  wrong: (name: string) => string | null;
  onName: (name: string) => void;
}

/** One field for a name, and a button. */
export function NameForm({ label, submit, name = "", wrong, onName }: NameFormProps): ReactNode {
  const [typed, setTyped] = useState(name);
  const [fault, setFault] = useState<string | null>(null);
  return (
    <form
      className={ui.naming}
      onSubmit={(event) => {
        event.preventDefault();
        const why = wrong(typed);
        setFault(why);
        if (why !== null) return;
        onName(typed);
        setTyped("");
      }}
    >
      <label className={ui.field}>
        <span>{label}</span>
        <input
          className={ui.input}
          value={typed}
          autoComplete="off"
          aria-invalid={fault !== null}
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
      <button type="submit" className={ui.button}>
        {submit}
      </button>
      {fault ? <p role="alert">{fault}</p> : null}
    </form>
  );
}
