import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import Shortcuts from "../ui/Shortcuts";
import ui from "../ui/ui.module.css";
import { SHORTCUTS, WHERE } from "./shortcuts";

/** All keys of the app's pages. */
export default function ShortcutSheet({ onClose }: { onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const groups = WHERE.map((where) => ({
    title: t(`shelf.keys_${where}`),
    rows: SHORTCUTS.filter((one) => one.where === where).map(({ command, chords }) => ({
      label: t(`shelf.key_${command}`),
      chords: chords.map((chord) => chord.replace("click", t("shelf.click"))),
    })),
  }));
  return (
    <Shortcuts title={t("shelf.shortcuts")} groups={groups} onClose={onClose}>
      <p className={ui.hint}>{t("shelf.shortcuts_hint")}</p>
    </Shortcuts>
  );
}
