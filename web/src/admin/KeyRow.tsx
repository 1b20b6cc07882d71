import type { TFunction } from "i18next";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { currentLanguage } from "../i18n";
import { useAdminSession } from "../shell/useAdminSession";
import { ago, count, date, moment } from "../ui/format";
import { Icon } from "../ui/Icon";
import ui from "../ui/ui.module.css";
import styles from "./admin.module.css";
import { userOf } from "./fields";
import { type Key, type Kind, LIMITS } from "./types";

interface KeyRowProps {
  shown: Key;
  kind: Kind;
  onChange: () => void;
  onRevoke: () => void;
}

/** One key: whose it is, what it may, when it was used. */
export function KeyRow({ shown, kind, onChange, onRevoke }: KeyRowProps): ReactNode {
  const { t } = useTranslation();
  const { data: session } = useAdminSession();
  const language = currentLanguage();
  const whose = [userOf(shown), shown.organization].filter(Boolean).join(" · ");
  const used = shown.last_used_at;
  return (
    <li className={styles.row}>
      <div className={styles.what}>
        <h3>{shown.name}</h3>
        <p>
          <code translate="no">{shown.redacted_value.replace("...", "…")}</code>
          {session?.key?.id === shown.id ? <span className={styles.chip}>{t("admin.yours")}</span> : null}
        </p>
        {whose ? <p>{whose}</p> : null}
      </div>
      {kind === "api_keys" ? (
        <ul className={styles.chips} aria-label={t("admin.limits")}>
          {limitsOf(shown, language, t).map((text) => (
            <li key={text} className={styles.chip}>
              {text}
            </li>
          ))}
        </ul>
      ) : (
        <p className={styles.chips}>{t("admin.may_administer")}</p>
      )}
      <dl className={styles.times}>
        <div>
          <dt>{t("admin.last_used")}</dt>
          <dd>
            {used === null ? (
              t("admin.never")
            ) : (
              <time dateTime={new Date(used * 1000).toISOString()} title={moment(used, language)}>
                {ago(used, language)}
              </time>
            )}
          </dd>
        </div>
        <div>
          <dt>{t("admin.made")}</dt>
          <dd title={moment(shown.created_at, language)}>{date(shown.created_at, language)}</dd>
        </div>
      </dl>
      <div className={styles.tools}>
        <button
          type="button"
          className={ui.icon}
          aria-label={t("admin.change_named", { name: shown.name })}
          title={t("admin.change")}
          onClick={onChange}
        >
          <Icon name="pencil" />
        </button>
        <button
          type="button"
          className={ui.icon}
          aria-label={t("admin.revoke_named", { name: shown.name })}
          title={t("admin.revoke")}
          onClick={onRevoke}
        >
          <Icon name="trash" />
        </button>
      </div>
    </li>
  );
}

/** What it may, in short. */
function limitsOf(key: Key, language: string, t: TFunction): string[] {
  const limits = LIMITS.flatMap((name) => {
    const most = key[name];
    return most == null ? [] : [t(`admin.short_${name}`, { most: count(most, language) })];
  });
  const policy = key.moderation
    ? [t("admin.short_moderation", { policy: t(`admin.policy_${key.moderation}`) })]
    : [];
  const all = [...limits, ...(key.models ?? []), ...policy];
  return all.length ? all : [t("admin.defaults")];
}
