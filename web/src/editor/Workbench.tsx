import { lazy, type ReactNode, Suspense, useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { DropArea, nameOf } from "../ui/DropArea";
import ui from "../ui/ui.module.css";
import { useTitle } from "../ui/useTitle";
import { ChoiceBar } from "./ChoiceBar";
import { Dock } from "./Dock";
import type { Desk } from "./desk";
import { GiveUpDialog, TranslucentDialog } from "./dialogs";
import { ElsewhereBar } from "./ElsewhereBar";
import styles from "./editor.module.css";
import type { Codec } from "./engine/codec";
import { PlacingBar } from "./PlacingBar";
import type { Pointers } from "./pointers";
import { ShortcutsDialog } from "./ShortcutsDialog";
import { Stage } from "./Stage";
import { Toolbar } from "./Toolbar";
import { TopBar } from "./TopBar";
import { useAsk } from "./useAsk";
import { useLook } from "./useDesk";
import { useHole } from "./useHole";
import { useKeys } from "./useKeys";
import { usePlacing } from "./usePlacing";

const CodeDialog = lazy(() => import("../code/CodeDialog"));

type Shown = "keys" | "code" | "give_up" | null;

interface WorkbenchProps {
  desk: Desk;
  codec: Codec;
  /** This tab goes on with what another had. */
  claims: boolean;
  /** Load the document again, to go on with it here. */
  reopen: () => void;
}

/** A document with everything around it. */
export function Workbench({ desk, codec, claims, reopen }: WorkbenchProps): ReactNode {
  const { t } = useTranslation();
  const name = useLook((look) => look.name);
  const asked = useLook((look) => look.ask !== null);
  useTitle(name || t("editor.title"));
  const hole = useHole(desk);
  const asking = useAsk(desk, codec, hole);
  const floats = useLook((look) => look.floating !== null);
  const sent = useLook((look) => look.sent);
  const elsewhere = useLook((look) => look.elsewhere !== null);
  const stage = useRef<HTMLDivElement>(null);
  const pointers = useRef<Pointers | null>(null);
  const box = useRef<HTMLTextAreaElement>(null);
  const { add, setDown, said } = usePlacing(desk, codec, stage);
  const [shown, setShown] = useState<Shown>(null);

  const take = useCallback(
    (file: File, at: { clientX: number; clientY: number } | null) => {
      const box = stage.current?.getBoundingClientRect();
      // What is pasted has no name of its own.
      if (at && box) add(file, nameOf(file), { x: at.clientX - box.x, y: at.clientY - box.y });
      else add(file);
    },
    [add],
  );

  const giveUp = () => {
    if (asking.choices.length > 0) setShown("give_up");
    else asking.giveUp();
  };

  useKeys({
    desk,
    asking,
    stage,
    pointers,
    // Through the form, which knows whether there is anything to ask for.
    generate: () => box.current?.form?.requestSubmit(),
    setDown,
    giveUp,
    showKeys: () => setShown("keys"),
  });

  useEffect(() => {
    // What had the focus is gone with the other bar.
    if (!asked && !floats && document.activeElement === document.body)
      stage.current?.focus({ preventScroll: true });
  }, [asked, floats]);

  return (
    <DropArea className={styles.page} wide label={t("editor.drop_here")} take={take}>
      <h1 className={styles.title}>{name || t("editor.title")}</h1>
      <TopBar
        codec={codec}
        claims={claims}
        addPicture={add}
        showCode={() => setShown("code")}
        showKeys={() => setShown("keys")}
      />
      <Toolbar />
      <Stage stage={stage} pointers={pointers} hole={hole} jobs={asking.jobs} />
      {elsewhere ? (
        <ElsewhereBar reopen={reopen} />
      ) : asked ? (
        <ChoiceBar asking={asking} giveUp={giveUp} />
      ) : floats ? (
        <PlacingBar setDown={setDown} />
      ) : (
        <Dock asking={asking} hole={hole} box={box} />
      )}
      <p className={ui.hidden} role="status">
        {said || asking.said}
      </p>
      {shown === "keys" ? <ShortcutsDialog onClose={() => setShown(null)} /> : null}
      {shown === "give_up" ? (
        <GiveUpDialog
          onClose={() => setShown(null)}
          giveUp={() => {
            setShown(null);
            asking.giveUp();
          }}
        />
      ) : null}
      {asking.translucent ? <TranslucentDialog settle={asking.settle} /> : null}
      {shown === "code" && sent ? (
        <Suspense>
          <CodeDialog job={sent} onClose={() => setShown(null)} />
        </Suspense>
      ) : null}
    </DropArea>
  );
}
