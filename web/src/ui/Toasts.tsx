import { createContext, type ReactNode, use, useCallback, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./ui.module.css";

const SECONDS = 5;

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

  const show = useCallback((text: string, undo?: () => void) => {
    count.current += 1;
    const id = count.current;
    setShown((all) => [...all.slice(-2), { id, text, ...(undo && { undo }) }]);
    setTimeout(() => setShown((all) => all.filter((one) => one.id !== id)), SECONDS * 1000);
    return id;
  }, []);

  const value = useMemo<Toasts>(
    () => ({
      toast: (text) => void show(text),
      later: (text, act, undo) => {
        const timer = setTimeout(act, SECONDS * 1000);
        show(text, () => {
          clearTimeout(timer);
          undo();
        });
      },
    }),
    [show],
  );

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
