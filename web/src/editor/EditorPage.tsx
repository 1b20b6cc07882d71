import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import ui from "../ui/ui.module.css";
import { Desk } from "./desk";
import { Codec } from "./engine/codec";
import { EditorError, type EditorFault } from "./engine/errors";
import { StartPage } from "./StartPage";
import styles from "./start.module.css";
import { documents } from "./store";
import { written } from "./useAutosave";
import { DeskContext } from "./useDesk";
import { Workbench } from "./Workbench";

/** The editor: a draft by its id, or the page where drafts begin. */
export default function EditorPage({ id }: { id: string }): ReactNode {
  return id === "new" ? <StartPage /> : <Opened key={id} id={id} />;
}

interface Open {
  desk: Desk;
  codec: Codec;
}

function Opened({ id }: { id: string }): ReactNode {
  const { t } = useTranslation();
  const [round, setRound] = useState(0);
  const [open, setOpen] = useState<Open | "missing" | "no_store" | EditorFault | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: in another round it is loaded again
  useEffect(() => {
    const codec = new Codec();
    let desk: Desk | null = null;
    let left = false;
    async function load(): Promise<Open | "missing"> {
      await written(id);
      const draft = await (await documents()).load(id);
      if (!draft) return "missing";
      const { name, board, state } = draft;
      const hanging = state.floating;
      const decoded = hanging && (await codec.decode(hanging.file));
      const floating = decoded && { ...hanging, pixels: decoded.pixels, exact: decoded.file };
      if (!left) desk = new Desk(id, name, board, state, floating);
      return desk ? { desk, codec } : "missing";
    }
    load().then(
      (one) => left || setOpen(one),
      (error: unknown) => left || setOpen(error instanceof EditorError ? error.fault : "no_store"),
    );
    return () => {
      left = true;
      desk?.close();
      // What was being put together to be sent goes on its way yet.
      void written(id).finally(() => codec.close());
      setOpen(null);
    };
  }, [id, round]);

  if (open === null) return <p className={styles.loading}>{t("picture.loading")}</p>;
  if (typeof open === "string") {
    return (
      <div className={ui.nothing}>
        <h1>
          {open === "missing"
            ? t("editor.not_found")
            : open === "no_store"
              ? t("editor.no_store")
              : t(`editor.fault.${open}`)}
        </h1>
        <Link href="/e/new" className={ui.button}>
          {t("editor.all_drafts")}
        </Link>
      </div>
    );
  }
  return (
    <DeskContext value={open.desk}>
      <Workbench
        desk={open.desk}
        codec={open.codec}
        claims={round > 0}
        reopen={() => setRound((now) => now + 1)}
      />
    </DeskContext>
  );
}
