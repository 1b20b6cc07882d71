import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useRoute } from "wouter";
import { chooseLanguage, currentLanguage } from "../i18n";
import { useJobs } from "../jobs/JobsProvider";
import { isOver } from "../jobs/reduce";
import { Icon, type IconName } from "../ui/Icon";
import styles from "./shell.module.css";
import { useAdminSession } from "./useAdminSession";

export function Header(): ReactNode {
  const { t } = useTranslation();
  const { data: admin } = useAdminSession();
  const other = currentLanguage() === "en" ? "ja" : "en";
  return (
    <header className={styles.header}>
      <Link href="/" className={styles.wordmark}>
        <img src="/icon.svg" alt="" width="30" height="30" />
        <span translate="no">egaku</span>
        <span translate="no" lang="ja" aria-hidden="true">
          描く
        </span>
      </Link>
      <LinkState />
      <nav aria-label={t("app.main_nav")}>
        <Place href="/" icon="brush" label={t("app.create")} />
        <Place href="/e/new" also="/e/:id" icon="crop" label={t("app.editor")} />
        <Place href="/history" also="/collections/*?" icon="history" label={t("app.history")} />
        <Place href="/settings" icon="settings" label={t("app.settings")} />
        {admin?.key ? <Place href="/admin" also="/admin/*?" icon="shield" label={t("app.admin")} /> : null}
      </nav>
      <button
        type="button"
        className={styles.language}
        lang={other}
        aria-label={t("app.to_other_language")}
        onClick={() => void chooseLanguage(other)}
      >
        {other === "ja" ? "日本語" : "EN"}
      </button>
    </header>
  );
}

interface PlaceProps {
  href: string;
  /** Other addresses that belong to it. */
  also?: string;
  icon: IconName;
  label: string;
}

function Place({ href, also, icon, label }: PlaceProps): ReactNode {
  const [at] = useRoute(href);
  const [near] = useRoute(also ?? href);
  const here = at || near;
  return (
    <Link href={href} aria-current={here ? "page" : undefined} aria-label={label} title={label}>
      <Icon name={icon} />
      <span>{label}</span>
    </Link>
  );
}

/** Whether the server answers, and how much it has to do for this caller. */
function LinkState(): ReactNode {
  const { t } = useTranslation();
  const { link, jobs } = useJobs();
  const busy = jobs?.filter((job) => !isOver(job)).length ?? 0;
  const text =
    link === "online"
      ? busy
        ? t("link.online_busy", { count: busy })
        : t("link.online_idle")
      : t(`link.${link}`);
  return (
    <span className={styles.state} data-link={link} data-busy={busy > 0}>
      {text}
    </span>
  );
}
