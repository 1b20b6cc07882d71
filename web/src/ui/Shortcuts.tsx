import type { ReactNode } from "react";
import { isApple, keysOf } from "./chord";
import { Dialog } from "./Dialog";
import ui from "./ui.module.css";

export interface ShortcutGroup {
  title: string;
  rows: readonly { label: string; chords: readonly string[] }[];
}

interface ShortcutsProps {
  title: string;
  groups: readonly ShortcutGroup[];
  onClose: () => void;
  children?: ReactNode;
}

/** The sheet of keys, made from the tables that the code goes by. */
export default function Shortcuts({ title, groups, onClose, children }: ShortcutsProps): ReactNode {
  const apple = isApple();
  return (
    <Dialog title={title} onClose={onClose}>
      {groups.map((group) => (
        <section key={group.title} className={ui.shortcuts}>
          <h3>{group.title}</h3>
          <dl>
            {group.rows.map(({ label, chords }) => (
              <div key={label}>
                <dt>{label}</dt>
                {chords.map((chord) => (
                  <dd key={chord}>
                    {keysOf(chord, apple).map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dd>
                ))}
              </div>
            ))}
          </dl>
        </section>
      ))}
      {children}
    </Dialog>
  );
}
