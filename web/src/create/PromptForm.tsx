import { type FormEvent, lazy, type ReactNode, Suspense, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { withWords } from "../i18n";
import { usePreferences } from "../settings/preferences";
import { clock, dimensions } from "../ui/format";
import { Icon } from "../ui/Icon";
import ui from "../ui/ui.module.css";
import { Chips } from "./Chips";
import styles from "./create.module.css";
import { parseSeed, useDraft } from "./DraftProvider";
import { isSendingEnter } from "./keys";
import { OptionFields } from "./OptionFields";
import { SourceCard } from "./SourceCard";
import { UploadButton } from "./UploadButton";
import { usePictureDrop } from "./usePictureDrop";
import { usePromptRecall } from "./usePromptRecall";
import type { Sending } from "./useSend";

const PromptHistory = lazy(() => withWords("shelf", import("./PromptHistory")));

/** Code points, as the API counts. */
export const LONGEST = 1000;
const COUNTED_FROM = 800;
/** Seconds of a countdown that are said aloud. */
export const ANNOUNCED = new Set([30, 10]);

interface PromptFormProps {
  sending: Sending;
  /** Another number puts the cursor into the text box. */
  focusAt: number;
}

/** The text box and all that belongs to asking. */
export function PromptForm({ sending, focusAt }: PromptFormProps): ReactNode {
  const { t } = useTranslation();
  const { draft, change } = useDraft();
  const [open, setOpen] = useState(false);
  const [earlier, setEarlier] = useState(false);
  const { prompts } = usePreferences();
  const recall = usePromptRecall(draft.prompt, (prompt) => change({ prompt }));
  const { over, ...drop } = usePictureDrop();
  const box = useRef<HTMLTextAreaElement>(null);
  const edit = useRef<HTMLButtonElement>(null);
  const prompt = draft.prompt.trim();
  const used = [...prompt].length;
  const seed = parseSeed(draft.seed);
  const { source } = draft;
  const fillable = source ? source.transparent : true;
  const ready =
    used > 0 && used <= LONGEST && seed !== null && fillable && !sending.sending && sending.wait === 0;

  useEffect(() => {
    if (focusAt === 0 || !box.current) return;
    box.current.focus();
    box.current.setSelectionRange(box.current.value.length, box.current.value.length);
  }, [focusAt]);

  const common = () => ({ n: draft.n, size: draft.size, ...(typeof seed === "number" && { seed }) });

  function generate(event?: FormEvent): void {
    event?.preventDefault();
    // Words alone change nothing in an image without a hole: the next step is to make one.
    if (used > 0 && !fillable) edit.current?.focus();
    if (!ready) return;
    if (source)
      sending.send(
        { operation: "edits", image: source.blob, prompt, ...common(), size: source.size },
        source,
      );
    else sending.send({ operation: "generations", prompt, ...common() });
  }

  function vary(): void {
    if (!source) return;
    sending.send({ operation: "variations", image: source.blob, ...common(), size: source.size }, source);
  }

  function surprise(): void {
    const all = t("surprise", { returnObjects: true });
    const others = all.filter((one) => one !== draft.prompt);
    change({ prompt: others[Math.floor(Math.random() * others.length)] ?? "" });
    box.current?.focus();
  }

  const label = sending.wait
    ? t("create.try_again_in", { time: clock(sending.wait) })
    : sending.sending
      ? t("create.sent")
      : t("create.generate");

  return (
    <form className={styles.form} onSubmit={generate} data-over={over} {...drop}>
      {source ? (
        <SourceCard source={source} busy={sending.sending || sending.wait > 0} edit={edit} onVary={vary} />
      ) : null}
      <div className={styles.box}>
        <label htmlFor="prompt" className={ui.hidden}>
          {t("create.prompt")}
        </label>
        <textarea
          id="prompt"
          ref={box}
          rows={1}
          value={draft.prompt}
          placeholder={t("create.placeholder")}
          aria-describedby={used >= COUNTED_FROM ? "prompt-count" : undefined}
          aria-invalid={used > LONGEST}
          onChange={(event) => change({ prompt: event.target.value })}
          onKeyDown={(event) => {
            recall.onKeyDown(event);
            if (!isSendingEnter(event)) return;
            event.preventDefault();
            generate();
          }}
        />
        <button type="submit" className={ui.primary} disabled={!ready}>
          {label}
        </button>
      </div>
      <p className={ui.hidden} role="status">
        {ANNOUNCED.has(sending.wait) ? t("live.wait", { seconds: sending.wait }) : ""}
        {recall.shown ? t("create.recalled", recall.shown) : ""}
      </p>
      {used >= COUNTED_FROM ? (
        <p id="prompt-count" className={used > LONGEST ? styles.over : ui.hint}>
          {t(used > LONGEST ? "create.too_long" : "create.count", { used, most: LONGEST })}
        </p>
      ) : null}
      <div className={styles.tools}>
        <button type="button" className={`${ui.button} ${ui.small}`} onClick={surprise}>
          <Icon name="spark" />
          {t("create.surprise")}
        </button>
        <button
          type="button"
          className={`${ui.quiet} ${ui.small}`}
          aria-expanded={open}
          aria-controls="options"
          onClick={() => setOpen(!open)}
        >
          <Icon name="sliders" />
          {t("create.options")}
          <span className={styles.summary}>
            {t("create.options_summary", { count: draft.n, size: dimensions(source?.size ?? draft.size) })}
          </span>
        </button>
        {prompts ? (
          <button
            type="button"
            className={ui.icon}
            title={t("create.earlier")}
            aria-label={t("create.earlier")}
            onClick={() => setEarlier(true)}
          >
            <Icon name="history" />
          </button>
        ) : null}
        <UploadButton />
      </div>
      <div id="options" hidden={!open}>
        <OptionFields />
      </div>
      <Chips />
      {earlier ? (
        <Suspense>
          <PromptHistory
            onClose={() => setEarlier(false)}
            onChoose={(prompt) => {
              change({ prompt });
              setEarlier(false);
              box.current?.focus();
            }}
          />
        </Suspense>
      ) : null}
    </form>
  );
}
