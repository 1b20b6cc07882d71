import { type MouseEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useToasts } from "./Toasts";

/** What a menu's button does while the menu's code is not there. */
export interface Press {
  onMouseDown: (event: MouseEvent) => void;
  onClick: () => void;
}

interface LazyMenu<T> {
  /** The code; null until it was wanted. */
  Menu: T | null;
  open: boolean;
  setOpen: (open: boolean) => void;
  /** Fetch the code, if need be, and open the menu. What cannot be fetched is said, and can be asked for again. */
  show: () => void;
  press: Press;
}

/** A menu whose code is fetched when somebody opens it. Its button stays as it is until then. */
export function useLazyMenu<T>(load: () => Promise<T>): LazyMenu<T> {
  const { t } = useTranslation();
  const { toast } = useToasts();
  const [Menu, setMenu] = useState<T | null>(null);
  const [open, setOpen] = useState(false);
  const pressed = useRef(false);

  function show(): void {
    load().then(
      (code) => {
        setMenu(() => code);
        setOpen(true);
      },
      () => toast(t("fault.code")),
    );
  }

  // By the press, as menus that are there open: a page that moves before the button is let go makes no click.
  const press: Press = {
    onMouseDown: ({ button }) => {
      pressed.current = button === 0;
      if (pressed.current) show();
    },
    // By keyboard and by assistive technology: a click that no press came before.
    onClick: () => {
      if (!pressed.current) show();
      pressed.current = false;
    },
  };
  return { Menu, open, setOpen, show, press };
}
