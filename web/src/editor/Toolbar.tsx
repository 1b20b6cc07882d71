import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { isApple, keysOf } from "../ui/chord";
import { isLocked } from "./desk";
import styles from "./editor.module.css";
import { ariaKeys, KEYMAP, TOOLS } from "./keymap";
import { ToolIcon } from "./ToolIcon";
import { useDesk, useLook } from "./useDesk";

/** The tools, one of which is in the hand. */
export function Toolbar(): ReactNode {
  const { t } = useTranslation();
  const desk = useDesk();
  const chosen = useLook((look) => look.tool);
  const locked = useLook(isLocked);
  return (
    <div role="toolbar" aria-label={t("editor.tools")} className={styles.tools} data-locked={locked}>
      {TOOLS.map((tool) => (
        <button
          key={tool}
          type="button"
          disabled={locked}
          aria-pressed={tool === chosen}
          aria-keyshortcuts={ariaKeys(tool)}
          title={withKey(t(`editor.${tool}`), tool)}
          onClick={() => desk.setTool(tool)}
        >
          <ToolIcon name={tool} />
          <span>{t(`editor.${tool}`)}</span>
        </button>
      ))}
    </div>
  );
}

/** A label with its first key behind it. */
export function withKey(label: string, command: (typeof KEYMAP)[number]["command"]): string {
  const chord = KEYMAP.find((one) => one.command === command)?.chords[0];
  return chord ? `${label} (${keysOf(chord, isApple()).join("+")})` : label;
}
