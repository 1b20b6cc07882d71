import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { currentLanguage } from "../i18n";
import { count, moment } from "../ui/format";
import { Icon } from "../ui/Icon";
import { Meter } from "../ui/Meter";
import styles from "./admin.module.css";
import { useAdminQuery } from "./ask";
import { BarList } from "./chart/BarList";
import { readStatus } from "./client";
import { Figures } from "./Figures";
import { Loaded } from "./Loaded";
import type { Status } from "./types";
import { readDays, totalsOf } from "./usage";

const OK = "ok";
const ERRORS_SHOWN = 8;
const CHECKS = ["engine", "records", "pictures"] as const;
const JUDGES = ["words", "pictures"] as const;
const KNOWN = [
  "rate_limit_exceeded",
  "insufficient_quota",
  "content_policy_violation",
  "moderation_blocked",
  "invalid_api_key",
  "insufficient_permissions",
  "invalid_request_error",
  "model_not_found",
  "server_is_overloaded",
  "moderation_unavailable",
  "storage_unavailable",
  "storage_full",
  "server_error",
] as const;

/** How the server is, at a glance. */
export function OverviewSection(): ReactNode {
  const { t } = useTranslation();
  const language = currentLanguage();
  const status = useAdminQuery(["status"], readStatus, 5);
  const days = useAdminQuery(["days"], () => readDays(30, "model"), 30);
  const drawn = days.data && totalsOf(days.data);
  return (
    <Loaded query={status}>
      {(now) => (
        <>
          <Health now={now} />
          <Figures
            figures={[
              { label: t("admin.images_today"), value: drawn ? count(drawn.today.images, language) : "…" },
              {
                label: t("admin.images_in_days", { count: 30 }),
                value: drawn ? count(drawn.images, language) : "…",
              },
              { label: t("admin.drawing"), value: count(now.queue.drawing, language) },
              { label: t("admin.waiting"), value: count(now.queue.waiting, language) },
            ]}
          />
          <div className={styles.columns}>
            <Room now={now} />
            <Errors now={now} />
          </div>
          <Usual now={now} />
        </>
      )}
    </Loaded>
  );
}

function Health({ now }: { now: Status }): ReactNode {
  const { t } = useTranslation();
  return (
    <section className={styles.section} aria-labelledby="health-title">
      <h2 id="health-title" className={styles.verdict} data-ok={now.ready}>
        <Icon name={now.ready ? "check" : "alert"} />
        {now.ready ? t("admin.ready") : t("admin.not_ready")}
      </h2>
      <ul className={styles.checks}>
        {CHECKS.map((name) => (
          <Check key={name} label={t(`admin.check_${name}`)} says={now.checks[name] ?? OK} />
        ))}
        {Object.entries(now.judges).map(([name, says]) => (
          <Check
            key={`judge-${name}`}
            label={
              JUDGES.includes(name as (typeof JUDGES)[number])
                ? t(`admin.judge_${name as (typeof JUDGES)[number]}`)
                : t("admin.judge_own", { name })
            }
            says={says}
          />
        ))}
      </ul>
    </section>
  );
}

function Check({ label, says }: { label: string; says: string }): ReactNode {
  const { t } = useTranslation();
  return (
    <li data-ok={says === OK}>
      <Icon name={says === OK ? "check" : "alert"} />
      <span>{label}</span>
      <b>{says === OK ? t("admin.fine") : <code translate="no">{says}</code>}</b>
    </li>
  );
}

function Room({ now }: { now: Status }): ReactNode {
  const { t } = useTranslation();
  const language = currentLanguage();
  const { queue, workers } = now;
  return (
    <section className={styles.section}>
      <h2>{t("admin.at_work")}</h2>
      <Meter
        label={t("admin.queue")}
        text={t("admin.queue_text", {
          waiting: count(queue.waiting, language),
          places: count(queue.places, language),
        })}
        used={queue.waiting}
        most={queue.places}
      />
      <Meter
        label={t("admin.workers")}
        text={t("admin.workers_text", { able: workers.able, wanted: workers.wanted })}
        used={workers.able}
        most={workers.wanted}
      />
      <p className={styles.note}>
        {t("admin.running", {
          engine: now.engine,
          version: now.version,
          since: moment(now.started_at, language),
        })}
      </p>
    </section>
  );
}

function Errors({ now }: { now: Status }): ReactNode {
  const { t } = useTranslation();
  return (
    <section className={styles.section}>
      <h2>{t("admin.errors")}</h2>
      {now.errors.length ? (
        <BarList
          bars={now.errors.slice(0, ERRORS_SHOWN).map(({ code, count: times }) => ({
            id: code,
            label: KNOWN.includes(code as (typeof KNOWN)[number]) ? (
              t(`admin.error_${code as (typeof KNOWN)[number]}`)
            ) : (
              <code translate="no">{code}</code>
            ),
            values: [times],
          }))}
        />
      ) : (
        <p className={styles.empty}>{t("admin.no_errors")}</p>
      )}
      <p className={styles.note}>{t("admin.since_start")}</p>
    </section>
  );
}

function Usual({ now }: { now: Status }): ReactNode {
  const { t } = useTranslation();
  const language = currentLanguage();
  const { limits } = now;
  const most = (value: number | null) => (value === null ? t("admin.no_limit") : count(value, language));
  return (
    <section className={styles.section}>
      <h2>{t("admin.usual_title")}</h2>
      <p className={styles.note}>{t("admin.usual_body")}</p>
      <dl className={styles.facts}>
        <Fact label={t("admin.images_per_minute")} value={most(limits.images_per_minute)} />
        <Fact label={t("admin.images_per_day")} value={most(limits.images_per_day)} />
        <Fact label={t("admin.images_per_month")} value={most(limits.images_per_month)} />
        <Fact label={t("admin.max_concurrent")} value={most(limits.max_concurrent)} />
        <Fact label={t("admin.moderation")} value={t(`admin.policy_${limits.moderation}`)} />
        <Fact label={t("admin.organization")} value={limits.organization} />
      </dl>
    </section>
  );
}

function Fact({ label, value }: { label: string; value: string }): ReactNode {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}
