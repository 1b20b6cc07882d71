import { useMutation } from "@tanstack/react-query";
import { type ReactNode, type RefObject, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "../ui/Dialog";
import ui from "../ui/ui.module.css";
import styles from "./admin.module.css";
import { useAsk } from "./ask";
import { wordsOf } from "./Loaded";

interface ConfirmProps {
  title: string;
  /** What cannot be taken back. */
  children: ReactNode;
  action: string;
  act: () => Promise<unknown>;
  /** Gets the focus when it is done: what had it before may be gone. */
  after: RefObject<HTMLElement | null>;
  onDone: () => void;
  onClose: () => void;
}

/** Asks once more before something that cannot be taken back. */
export function Confirm({ title, children, action, act, after, onDone, onClose }: ConfirmProps): ReactNode {
  const { t } = useTranslation();
  const ask = useAsk();
  const done = useRef(false);
  const doing = useMutation({
    mutationFn: () => ask(act),
    onSuccess: () => {
      done.current = true;
      onDone();
      onClose();
    },
  });
  return (
    <Dialog title={title} onClose={onClose} returnTo={() => (done.current ? after.current : null)}>
      <div className={styles.confirm}>
        {children}
        {doing.error ? (
          <p role="alert" className={styles.warning}>
            {wordsOf(doing.error, t("admin.away"))}
          </p>
        ) : null}
        <div className={styles.buttons}>
          <button type="button" className={ui.button} onClick={onClose}>
            {t("job.cancel")}
          </button>
          <button
            type="button"
            className={ui.primary}
            disabled={doing.isPending}
            onClick={() => doing.mutate()}
          >
            {action}
          </button>
        </div>
      </div>
    </Dialog>
  );
}
