import { type KeyboardEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useShortcut } from "../shell/useShortcut";
import { Icon } from "../ui/Icon";
import ui from "../ui/ui.module.css";
import { useObjectUrl } from "../ui/useObjectUrl";
import { Wipe } from "../ui/Wipe";
import styles from "./image.module.css";

export interface Comparison {
  /** The picture as it is shown now: alone, against its source, or the source in its place. */
  show: (picture: ReactNode) => ReactNode;
  wiping: boolean;
  held: boolean;
  wipe: () => void;
  hold: (held: boolean) => void;
}

/** Whether and how a picture is compared with what it was made from; null where that is not kept. */
export function useComparison(source: Blob | null): Comparison | null {
  const { t } = useTranslation();
  const url = useObjectUrl(source);
  const [wiping, setWiping] = useState(false);
  const [held, setHeld] = useState(false);
  const wipe = () => setWiping(url !== null && !wiping);
  useShortcut("wipe", wipe);
  useShortcut(
    "hold",
    () => setHeld(true),
    () => setHeld(false),
  );
  if (!url) return null;
  const before = <img className={styles.picture} src={url} alt={t("shelf.source_alt")} draggable={false} />;
  return {
    show: (picture) => {
      if (held) return before;
      return wiping ? <Wipe label={t("shelf.wipe_label")} before={before} after={picture} /> : picture;
    },
    wiping,
    held,
    wipe,
    hold: setHeld,
  };
}

interface OriginalProps {
  image: Blob;
  comparison: Comparison;
}

/**
 * What a picture was made from, and two ways to compare: a line to move, and a button to hold, which for keys and
 * screen readers stays down.
 */
export function Original({ image, comparison }: OriginalProps): ReactNode {
  const { t } = useTranslation();
  const url = useObjectUrl(image);
  const { wiping, wipe, held, hold } = comparison;

  function press(event: KeyboardEvent): void {
    if ((event.key !== "Enter" && event.key !== " ") || event.repeat) return;
    event.preventDefault();
    hold(!held);
  }

  return (
    <section className={styles.original} aria-label={t("shelf.original")}>
      {url ? <img src={url} alt={t("shelf.source_alt")} /> : null}
      <div>
        <h2>{t("shelf.original")}</h2>
        <button type="button" className={`${ui.button} ${ui.small}`} aria-pressed={wiping} onClick={wipe}>
          <Icon name="compare" />
          {t("shelf.compare")}
        </button>
        <button
          type="button"
          className={`${ui.button} ${ui.small}`}
          aria-pressed={held}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            hold(true);
          }}
          onPointerUp={() => hold(false)}
          onPointerCancel={() => hold(false)}
          onKeyDown={press}
          onContextMenu={(event) => event.preventDefault()}
        >
          <Icon name="eye" />
          {t("shelf.hold")}
        </button>
      </div>
    </section>
  );
}
