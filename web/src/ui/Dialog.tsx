import { Dialog as Base } from "@base-ui/react/dialog";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "./Icon";
import styles from "./ui.module.css";

interface DialogProps {
  title: string;
  onClose: () => void;
  /** Only its buttons close it: what it shows would be lost by a slip. */
  firm?: boolean;
  /** Where the focus goes afterwards, if not to where it was. */
  returnTo?: () => HTMLElement | null;
  children: ReactNode;
}

/** A window over the page, open as long as it is rendered. */
export function Dialog({ title, onClose, firm = false, returnTo, children }: DialogProps): ReactNode {
  const { t } = useTranslation();
  return (
    <Base.Root
      open
      onOpenChange={(open, { reason }) => {
        if (!open && (!firm || reason === "close-press")) onClose();
      }}
    >
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Popup className={styles.dialog} finalFocus={() => returnTo?.() ?? true}>
          <div className={styles.dialogHead}>
            <Base.Title>{title}</Base.Title>
            <Base.Close className={styles.icon} aria-label={t("app.close")}>
              <Icon name="close" />
            </Base.Close>
          </div>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
