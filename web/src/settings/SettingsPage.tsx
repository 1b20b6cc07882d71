import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { COUNTS } from "../create/OptionFields";
import { chooseLanguage, currentLanguage, LANGUAGES, type Language } from "../i18n";
import ShortcutSheet from "../shell/ShortcutSheet";
import { Icon } from "../ui/Icon";
import { Segments } from "../ui/Segments";
import ui from "../ui/ui.module.css";
import { useTitle } from "../ui/useTitle";
import { DataSection } from "./DataSection";
import { PromptsSection } from "./PromptsSection";
import { prefer, SIZES, type Theme, usePreferences } from "./preferences";
import { SessionSection } from "./SessionSection";
import { StorageMeter } from "./StorageMeter";
import styles from "./settings.module.css";
import { UsageMeters } from "./UsageMeters";

const THEMES: readonly Theme[] = ["auto", "light", "dark"];

export default function SettingsPage(): ReactNode {
  const { t } = useTranslation();
  const preferences = usePreferences();
  const [keys, setKeys] = useState(false);
  useTitle(t("settings.title"));
  return (
    <div className={styles.page}>
      <h1>{t("settings.title")}</h1>
      <section>
        <h2>{t("settings.appearance")}</h2>
        <Segments<Language>
          label={t("app.language")}
          value={currentLanguage()}
          options={(Object.keys(LANGUAGES) as Language[]).map((value) => ({
            value,
            label: LANGUAGES[value],
          }))}
          onChange={(language) => void chooseLanguage(language)}
        />
        <Segments<Theme>
          label={t("app.theme")}
          value={preferences.theme}
          options={THEMES.map((value) => ({ value, label: t(`app.theme_${value}`) }))}
          onChange={(theme) => prefer({ theme })}
        />
        <label className={ui.check}>
          <input
            type="checkbox"
            checked={preferences.previews}
            onChange={(event) => prefer({ previews: event.target.checked })}
          />
          {t("settings.previews")}
        </label>
        <label className={ui.check}>
          <input
            type="checkbox"
            checked={preferences.shortcuts}
            onChange={(event) => prefer({ shortcuts: event.target.checked })}
          />
          {t("shelf.shortcuts_on")}
        </label>
        <button
          type="button"
          className={`${ui.button} ${ui.small} ${styles.room}`}
          onClick={() => setKeys(true)}
        >
          <Icon name="keyboard" />
          {t("shelf.shortcuts")}
        </button>
        {keys ? <ShortcutSheet onClose={() => setKeys(false)} /> : null}
      </section>
      <section>
        <h2>{t("settings.defaults")}</h2>
        <p className={ui.hint}>{t("settings.defaults_hint")}</p>
        <Segments
          label={t("create.how_many")}
          value={String(preferences.n)}
          options={COUNTS.map((value) => ({ value, label: value }))}
          onChange={(value) => prefer({ n: Number(value) })}
        />
        <Segments
          label={t("create.size")}
          value={preferences.size}
          options={SIZES.map((value) => ({ value, label: value.split("x")[0] ?? value }))}
          onChange={(size) => prefer({ size })}
        />
      </section>
      <SessionSection />
      <UsageMeters />
      <PromptsSection />
      <StorageMeter />
      <DataSection />
      <section>
        <h2>{t("settings.about")}</h2>
        <p>{t("settings.about_body")}</p>
        <p className={styles.api}>
          {t("settings.api")} <code>{window.location.origin}/v1</code>
        </p>
        <p className={styles.api}>
          <Link href="/admin">{t("settings.admin")}</Link>
        </p>
      </section>
    </div>
  );
}
