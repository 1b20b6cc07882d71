import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./ui.module.css";

const SECONDS = 5;
/** Beyond which the oldest is not shown any longer, unless there is something to take back. */
const MOST = 3;

interface Toast {
  id: number;
  text: string;
  undo?: () => void;
}

interface Toasts {
  /** Say something for a few seconds. */
  toast: (text: string) => void;
  /** Say that something will be done, and do it unless it is taken back in time. */
  later: (text: string, act: () => void, undo: () => void) => void;
}

const ToastsContext = createContext<Toasts | null>(null);

export function ToastsProvider({ children }: { children: ReactNode }): ReactNode {
  const { t } = useTranslation();
  const [shown, setShown] = useState<readonly Toast[]>([]);
  const count = useRef(0);
  const pending = useRef(new Set<() => void>());

  const show = useCallback((text: string, undo?: () => void) => {
    count.current += 1;
    const id = count.current;
    setShown((all) => {
      const over = all.filter((one) => !one.undo).slice(0, 1 - MOST);
      return [...all.filter((one) => !over.includes(one)), { id, text, ...(undo && { undo }) }];
    });
    setTimeout(() => setShown((all) => all.filter((one) => one.id !== id)), SECONDS * 1000);
    return id;
  }, []);

  const value = useMemo<Toasts>(
    () => ({
      toast: (text) => void show(text),
      later: (text, act, undo) => {
        const drop = () => {
          clearTimeout(timer);
          pending.current.delete(now);
        };
        const now = () => {
          drop();
          act();
        };
        const timer = setTimeout(now, SECONDS * 1000);
        pending.current.add(now);
        show(text, () => {
          drop();
          undo();
        });
      },
    }),
    [show],
  );

  // Who reloads or closes the page has not taken it back.
  useEffect(() => {
    const hurry = () => {
      for (const now of pending.current) now();
    };
    window.addEventListener("pagehide", hurry);
    return () => window.removeEventListener("pagehide", hurry);
  }, []);

  return (
    <ToastsContext value={value}>
      {children}
      <div className={styles.toasts} role="status">
        {shown.map((one) => (
          <div key={one.id} className={styles.toast}>
            <span>{one.text}</span>
            {one.undo ? (
              <button
                type="button"
                onClick={() => {
                  one.undo?.();
                  setShown((all) => all.filter((other) => other.id !== one.id));
                }}
              >
                {t("app.undo")}
              </button>
            ) : null}
          </div>
        ))}
      </div>
    </ToastsContext>
  );
}

export function useToasts(): Toasts {
  const toasts = use(ToastsContext);
  if (!toasts) throw new Error("useToasts outside ToastsProvider");
  return toasts;
}
