import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { isApple, keysOf } from "../ui/chord";
import { Dialog } from "../ui/Dialog";
import ui from "../ui/ui.module.css";
import styles from "./dialogs.module.css";
import { KEYMAP, type Where } from "./keymap";

const ORDER: readonly Where[] = ["anywhere", "canvas", "placing", "choosing"];
const MOUSE = ["pan", "zoom", "brush", "restore", "free"] as const;

/** All keys there are, out of the table that the code uses. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const apple = isApple();
  return (
    <Dialog title={t("editor.shortcuts")} onClose={onClose}>
      <div className={styles.sheet}>
        {ORDER.map((where) => (
          <section key={where}>
            <h3>{t(`editor.in_${where}`)}</h3>
            <dl>
              {KEYMAP.filter((one) => one.where === where).map(({ command, chords }) => (
                <div key={command}>
                  <dt>{t(`editor.keys.${command}`)}</dt>
                  <dd>
                    {shortened(chords, apple).map((keys) => (
                      <span key={keys.join()}>
                        {keys.map((key) => (
                          <kbd key={key}>{key}</kbd>
                        ))}
                      </span>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
            {where === "canvas" ? <p className={ui.hint}>{t("editor.crosshair_note")}</p> : null}
          </section>
        ))}
        <section>
          <h3>{t("editor.in_mouse")}</h3>
          <ul>
            {MOUSE.map((one) => (
              <li key={one}>{t(`editor.mouse.${one}`)}</li>
            ))}
          </ul>
        </section>
      </div>
    </Dialog>
  );
}

/** Keys to be pressed together; of nine digits the first and the last, of four arrows with Shift one Shift. */
function shortened(chords: readonly string[], apple: boolean): readonly (readonly string[])[] {
  const all = chords.map((chord) => keysOf(chord, apple));
  const [first, last] = [all[0], all.at(-1)];
  if (!first || !last) return all;
  if (chords.length > 4) return [first, ["…"], last];
  if (chords.length === 4) return [[...first.slice(0, -1), ...all.flatMap((keys) => keys.slice(-1))]];
  return all;
}
