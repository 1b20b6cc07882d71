import { Component, type ReactNode } from "react";
import { Translation } from "react-i18next";
import ui from "../ui/ui.module.css";

interface PageBoundaryProps {
  /** Another address: a new chance. */
  place: string;
  children: ReactNode;
}

/** Catches a page that cannot be shown: most likely its code is gone since the server was updated. */
export class PageBoundary extends Component<PageBoundaryProps, { brokenAt: string | null }> {
  override state = { brokenAt: null };

  static getDerivedStateFromError(): { brokenAt: string } {
    return { brokenAt: window.location.pathname };
  }

  override render(): ReactNode {
    if (this.state.brokenAt !== this.props.place) return this.props.children;
    return (
      <Translation>
        {(t) => (
          <div className={ui.nothing} role="alert">
            <p>{t("fault.page")}</p>
            <button type="button" className={ui.button} onClick={() => window.location.reload()}>
              {t("fault.reload")}
            </button>
          </div>
        )}
      </Translation>
    );
  }
}
