import { Menu } from "@base-ui/react/menu";
import type { ReactElement, ReactNode } from "react";
import { Icon, type IconName } from "./Icon";
import styles from "./ui.module.css";

export interface Action {
  id: string;
  label: string;
  icon: IconName;
  run: () => void;
}

interface ActionMenuProps {
  trigger: ReactElement;
  actions: readonly Action[];
  /** Given, somebody else says whether it is open. */
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}

/** A button that opens a list of actions. */
export function ActionMenu({ trigger, actions, open, onOpenChange }: ActionMenuProps): ReactNode {
  return (
    <Menu.Root modal={false} {...(open !== undefined && { open })} {...(onOpenChange && { onOpenChange })}>
      <Menu.Trigger render={trigger} />
      {/* Within the page's landmark, where screen readers look for it. */}
      <Menu.Portal container={document.getElementById("main")}>
        <Menu.Positioner sideOffset={6} align="end" collisionPadding={12}>
          <Menu.Popup className={styles.popup}>
            {actions.map((action) => (
              <Menu.Item key={action.id} className={styles.item} onClick={action.run}>
                <Icon name={action.icon} />
                {action.label}
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
