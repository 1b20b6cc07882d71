import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import ui from "../ui/ui.module.css";
import styles from "./asking.module.css";
import { takeBack } from "./floating";
import { ariaKeys } from "./keymap";
import { withKey } from "./Toolbar";
import { ToolIcon } from "./ToolIcon";
import { useDesk } from "./useDesk";

/** What becomes of the picture that floats. */
export function PlacingBar({ setDown }: { setDown: () => void }): ReactNode {
  const { t } = useTranslation();
  const desk = useDesk();
  return (
    <section className={styles.choosing} aria-label={t("editor.placing")}>
      <div className={styles.choices}>
        <p className={styles.placing}>{t("editor.placing_hint")}</p>
        <div className={styles.decide}>
          <button
            type="button"
            className={`${ui.button} ${ui.small}`}
            title={withKey(t("editor.take_back"), "take_back")}
            aria-keyshortcuts={ariaKeys("take_back")}
            onClick={() => takeBack(desk)}
          >
            {t("editor.take_back")}
          </button>
          <button
            type="button"
            className={`${ui.primary} ${ui.small}`}
            title={withKey(t("editor.put_down"), "set_down")}
            aria-keyshortcuts={ariaKeys("set_down")}
            onClick={setDown}
          >
            <ToolIcon name="check" />
            {t("editor.put_down")}
          </button>
        </div>
      </div>
    </section>
  );
}
