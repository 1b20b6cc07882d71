import { type ReactNode, type RefObject, useState } from "react";
import { useTranslation } from "react-i18next";
import { FaultNotice } from "../create/FaultNotice";
import { isSendingEnter } from "../create/keys";
import { ANNOUNCED, LONGEST } from "../create/PromptForm";
import { clock } from "../ui/format";
import { Icon } from "../ui/Icon";
import ui from "../ui/ui.module.css";
import styles from "./asking.module.css";
import { MOST_OVERMASK } from "./engine/board";
import { around } from "./frames";
import { ariaKeys } from "./keymap";
import { Overmask } from "./Overmask";
import { MOST_CANDIDATES } from "./saved";
import type { Asking } from "./useAsk";
import { useDesk, useLook } from "./useDesk";
import type { Hole } from "./useHole";

interface DockProps {
  asking: Asking;
  hole: Hole;
  box: RefObject<HTMLTextAreaElement | null>;
}

/** Where the frame is asked for. */
export function Dock({ asking, hole, box }: DockProps): ReactNode {
  const { t } = useTranslation();
  const desk = useDesk();
  const prompt = useLook((look) => look.prompt);
  const n = useLook((look) => look.n);
  const overmask = useLook((look) => look.overmask);
  const { sending, preparing } = asking;
  const used = [...prompt.trim()].length;
  const busy = sending.sending || preparing;
  const ready = used > 0 && used <= LONGEST && hole.nothing !== "no_hole" && !busy && sending.wait === 0;
  const fault = asking.failed ?? sending.fault;
  const label = sending.wait
    ? t("create.try_again_in", { time: clock(sending.wait) })
    : busy
      ? t("create.sent")
      : t("create.generate");

  return (
    <form
      className={styles.dock}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) asking.generate();
      }}
    >
      {fault ? (
        <FaultNotice
          fault={fault}
          prompt={prompt}
          onEdit={() => box.current?.focus()}
          onDismiss={asking.dismiss}
        />
      ) : null}
      <div className={styles.box}>
        <label htmlFor="editor-prompt" className={ui.hidden}>
          {t("editor.prompt")}
        </label>
        <textarea
          id="editor-prompt"
          ref={box}
          rows={1}
          value={prompt}
          placeholder={t("editor.placeholder")}
          aria-describedby="editor-why"
          aria-invalid={used > LONGEST}
          onChange={(event) => desk.change({ prompt: event.target.value })}
          onKeyDown={(event) => {
            if (!isSendingEnter(event)) return;
            event.preventDefault();
            if (ready) asking.generate();
          }}
        />
        <label className={styles.count}>
          <span>{t("create.how_many")}</span>
          <select value={n} onChange={(event) => desk.change({ n: Number(event.target.value) })}>
            {Array.from({ length: MOST_CANDIDATES }, (_, at) => at + 1).map((count) => (
              <option key={count}>{count}</option>
            ))}
          </select>
        </label>
        <button
          type="submit"
          className={ui.primary}
          disabled={!ready}
          aria-keyshortcuts={ariaKeys("generate")}
        >
          {label}
        </button>
      </div>
      <p className={ui.hidden} role="status">
        {ANNOUNCED.has(sending.wait) ? t("live.wait", { seconds: sending.wait }) : ""}
      </p>
      <div className={styles.below}>
        <div className={styles.notes} id="editor-why">
          <Notes hole={hole} used={used} />
        </div>
        {hole.nothing === null && hole.share < 1 ? (
          <Overmask
            most={MOST_OVERMASK}
            size={overmask ?? hole.overmask}
            onChange={(size) => desk.change({ overmask: size })}
          />
        ) : null}
      </div>
    </form>
  );
}

/** Why nothing can be asked for yet, or what to mind. */
function Notes({ hole, used }: { hole: Hole; used: number }): ReactNode {
  const { t } = useTranslation();
  const desk = useDesk();
  if (hole.elsewhere) {
    return (
      <p>
        {t("editor.why_elsewhere")}{" "}
        <button
          type="button"
          className={styles.inline}
          onClick={() => {
            const erased = desk.board.erasedBounds();
            if (erased) desk.setFrame(around(desk.look.frame, erased));
          }}
        >
          {t("editor.move_frame")}
        </button>
      </p>
    );
  }
  if (hole.nothing === "no_hole") return <p>{t("editor.why_no_hole")}</p>;
  if (used > LONGEST) return <p className={styles.over}>{t("create.too_long", { used, most: LONGEST })}</p>;
  if (hole.poor) return <p>{t("editor.few_known")}</p>;
  if (used === 0) return <p>{t("editor.why_no_prompt")}</p>;
  return <Hint />;
}

const DISMISSED = "egaku.editor.hint";

function Hint(): ReactNode {
  const { t } = useTranslation();
  const [gone, setGone] = useState(() => localStorage.getItem(DISMISSED) !== null);
  if (gone) return null;
  return (
    <p className={styles.hinted}>
      {t("editor.hint")}
      <button
        type="button"
        className={styles.dismiss}
        aria-label={t("editor.hint_dismiss")}
        title={t("editor.hint_dismiss")}
        onClick={() => {
          localStorage.setItem(DISMISSED, "1");
          setGone(true);
        }}
      >
        <Icon name="close" />
      </button>
    </p>
  );
}
