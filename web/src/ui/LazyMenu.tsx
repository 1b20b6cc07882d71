import type { ReactElement, ReactNode } from "react";
import type { Action } from "./ActionMenu";
import { type Press, useLazyMenu } from "./useLazyMenu";

const load = async () => (await import("./ActionMenu")).ActionMenu;

interface LazyMenuProps {
  /** The button, given what it does while there is no menu yet. */
  trigger: (press?: Press) => ReactElement;
  actions: readonly Action[];
}

/** A menu whose code is fetched when somebody opens it. */
export function LazyMenu({ trigger, actions }: LazyMenuProps): ReactNode {
  const { Menu, open, setOpen, press } = useLazyMenu(load);
  if (!Menu) return trigger(press);
  return <Menu trigger={trigger()} actions={actions} open={open} onOpenChange={setOpen} />;
}
