import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { currentLanguage } from "../i18n";
import { isOver, type LiveJob } from "../jobs/reduce";
import { clock, duration } from "../ui/format";
import { Icon } from "../ui/Icon";
import ui from "../ui/ui.module.css";
import styles from "./asking.module.css";
import { ariaKeys } from "./keymap";
import { Overmask } from "./Overmask";
import { withKey } from "./Toolbar";
import { ToolIcon } from "./ToolIcon";
import type { Asking } from "./useAsk";
import { useDesk, useLook } from "./useDesk";

interface ChoiceBarProps {
  asking: Asking;
  giveUp: () => void;
}

/** What came of asking: to leaf through, to take or to leave. */
export function ChoiceBar({ asking, giveUp }: ChoiceBarProps): ReactNode {
  const { t } = useTranslation();
  const { choices, at, chosen, sending } = asking;
  const accept = useRef<HTMLButtonElement>(null);
  const any = choices.length > 0;
  useEffect(() => {
    // The keys of choosing work at once; somebody who is typing elsewhere is left alone.
    if (any && document.activeElement === document.body) accept.current?.focus({ preventScroll: true });
  }, [any]);

  return (
    <section className={styles.choosing} aria-label={t("editor.choices")}>
      {sending.fault ? <p role="alert">{sending.fault.message || t("fault.offline")}</p> : null}
      <div className={styles.choices} data-any={any}>
        {any ? (
          <div className={styles.leaf}>
            <button
              type="button"
              className={ui.icon}
              aria-label={t("editor.previous")}
              title={withKey(t("editor.previous"), "previous")}
              aria-keyshortcuts={ariaKeys("previous")}
              disabled={choices.length < 2}
              onClick={() => asking.leaf(-1)}
            >
              <Icon name="left" />
            </button>
            <output className={styles.place} data-testid="place" data-shown={chosen?.pixels !== undefined}>
              <span aria-hidden="true">
                {at + 1} / {choices.length}
              </span>
              <span className={ui.hidden}>
                {t("editor.candidate", { number: at + 1, total: choices.length })}
              </span>
            </output>
            <button
              type="button"
              className={ui.icon}
              aria-label={t("editor.next")}
              title={withKey(t("editor.next"), "next")}
              aria-keyshortcuts={ariaKeys("next")}
              disabled={choices.length < 2}
              onClick={() => asking.leaf(1)}
            >
              <Icon name="right" />
            </button>
          </div>
        ) : null}
        <Progress asking={asking} />
        {any ? <Comparing /> : null}
        <div className={styles.decide}>
          {any ? (
            <>
              <button
                type="button"
                className={`${ui.quiet} ${ui.small}`}
                title={withKey(t("editor.discard"), "discard")}
                aria-keyshortcuts={ariaKeys("discard")}
                onClick={asking.discard}
              >
                <Icon name="trash" />
                <span className={styles.label}>{t("editor.discard")}</span>
              </button>
              <button
                type="button"
                className={`${ui.button} ${ui.small}`}
                title={withKey(t("editor.more"), "more")}
                aria-keyshortcuts={ariaKeys("more")}
                disabled={sending.sending || sending.wait > 0 || asking.preparing}
                onClick={asking.more}
              >
                {sending.wait ? (
                  t("create.try_again_in", { time: clock(sending.wait) })
                ) : (
                  <>
                    <ToolIcon name="plus" />
                    <span className={styles.label}>{t("editor.more")}</span>
                  </>
                )}
              </button>
            </>
          ) : null}
          <button
            type="button"
            className={`${ui.button} ${ui.small}`}
            title={withKey(t("job.cancel"), "cancel")}
            aria-keyshortcuts={ariaKeys("cancel")}
            onClick={giveUp}
          >
            {t("job.cancel")}
          </button>
          {any ? (
            <button
              ref={accept}
              type="button"
              className={`${ui.primary} ${ui.small}`}
              title={withKey(t("editor.accept"), "accept")}
              aria-keyshortcuts={ariaKeys("accept")}
              disabled={!chosen?.pixels}
              onClick={asking.accept}
            >
              <ToolIcon name="check" />
              {t("editor.accept")}
            </button>
          ) : null}
        </div>
      </div>
      {any ? <Blend asking={asking} /> : null}
      {chosen?.failed ? (
        <p role="alert" className={styles.unread}>
          {t("editor.unreadable_candidate")}
          <button type="button" className={`${ui.button} ${ui.small}`} onClick={chosen.retry}>
            {t("editor.retry")}
          </button>
        </p>
      ) : null}
    </section>
  );
}

/** How far the rest is. */
function Progress({ asking }: { asking: Asking }): ReactNode {
  const { t } = useTranslation();
  const { choices, coming, jobs } = asking;
  const open = jobs.filter((job) => !isOver(job));
  const done = open.reduce((sum, job) => sum + job.progress * job.n, 0);
  const all = open.reduce((sum, job) => sum + job.n, 0);
  const percent = all ? Math.round((done / all) * 100) : 0;
  const standing = useStanding(open[0], percent);
  if (coming <= 0 && choices.length) return null;
  const text = choices.length ? t("editor.coming", { count: coming }) : standing;
  return (
    <div className={styles.progress}>
      <progress max={100} value={percent} aria-label={t("job.running")} />
      <span className={styles.label}>{text}</span>
    </div>
  );
}

function useStanding(job: LiveJob | undefined, percent: number): string {
  const { t } = useTranslation();
  if (!job) return t("editor.preparing");
  if (job.status === "running") return t("editor.drawing", { percent });
  const place = job.position ? t("job.position", { count: job.position }) : t("job.next");
  const eta = job.eta_seconds ? t("job.eta", { time: duration(job.eta_seconds, currentLanguage()) }) : null;
  return [t("job.queued"), place, eta].filter(Boolean).join(" · ");
}

function Comparing(): ReactNode {
  const { t } = useTranslation();
  const desk = useDesk();
  const comparing = useLook((look) => look.comparing);
  const wiping = useLook((look) => look.wipe !== null);
  return (
    <div className={styles.comparing}>
      <button
        type="button"
        aria-pressed={comparing}
        aria-keyshortcuts={ariaKeys("compare")}
        title={t("editor.compare_hint")}
        onClick={() => desk.change({ comparing: !comparing })}
      >
        <Icon name="eye" />
        <span className={styles.label}>{t("editor.compare")}</span>
      </button>
      <button
        type="button"
        aria-pressed={wiping}
        aria-keyshortcuts={ariaKeys("wipe")}
        title={withKey(t("editor.wipe"), "wipe")}
        aria-label={t("editor.wipe")}
        onClick={() => desk.change({ wipe: wiping ? null : 0.5 })}
      >
        <ToolIcon name="wipe" />
      </button>
    </div>
  );
}

/** How many of the pixels drawn anew around the hole are taken over. */
function Blend({ asking }: { asking: Asking }): ReactNode {
  const most = useLook((look) => look.ask?.drawn ?? 0);
  const size = useLook((look) => look.ask?.overmask ?? 0);
  return most > 0 ? <Overmask most={most} size={size} onChange={asking.setOvermask} /> : null;
}
