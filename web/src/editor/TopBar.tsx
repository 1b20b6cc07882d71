import { type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { fileName, save } from "../image/save";
import { ActionMenu } from "../ui/ActionMenu";
import { FileInput } from "../ui/FileInput";
import { Icon } from "../ui/Icon";
import { useToasts } from "../ui/Toasts";
import ui from "../ui/ui.module.css";
import { isShut, ZOOM } from "./desk";
import styles from "./editor.module.css";
import type { Codec } from "./engine/codec";
import { EditorError } from "./engine/errors";
import { type Rect, rectOf } from "./engine/geometry";
import { packWorkspace } from "./engine/workspace";
import { ariaKeys, type Command } from "./keymap";
import { portable } from "./saved";
import { withKey } from "./Toolbar";
import { ToolIcon, type ToolIconName } from "./ToolIcon";
import { ToolOptions } from "./ToolOptions";
import { type Saving, useAutosave } from "./useAutosave";
import { useDesk, useLook } from "./useDesk";

interface TopBarProps {
  codec: Codec;
  /** This tab goes on with what another had. */
  claims: boolean;
  addPicture: (file: Blob) => void;
  showCode: () => void;
  showKeys: () => void;
}

/** The document's name, its steps, the view, and what goes in and out. */
export function TopBar({ codec, claims, addPicture, showCode, showKeys }: TopBarProps): ReactNode {
  const { t } = useTranslation();
  const desk = useDesk();
  const { toast } = useToasts();
  const [, go] = useLocation();
  const name = useLook((look) => look.name);
  const asked = useLook(isShut);
  const floats = useLook((look) => look.floating !== null);
  const locked = asked || floats;
  const sent = useLook((look) => look.sent !== null);
  const elsewhere = useLook((look) => look.elsewhere !== null);
  const percent = useLook((look) => Math.round(look.camera.zoom * 100));
  useLook((look) => look.settled);
  const saving = useAutosave(desk, claims);
  const { board } = desk;
  const [packing, setPacking] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const title = name || t("editor.untitled");

  /** One file at a time: large ones take a while. */
  async function pack(make: () => Promise<Blob>, fileName: string): Promise<void> {
    if (packing) return;
    setPacking(true);
    try {
      save(await make(), fileName);
    } catch (error) {
      if (!(error instanceof EditorError)) throw error;
      if (!desk.closed) toast(t(`editor.fault.${error.fault}`));
    } finally {
      setPacking(false);
    }
  }

  function download(rect: Rect | null): void {
    if (rect) void pack(() => codec.encode(board.read(rect)), fileName(title, 1, "png"));
    else toast(t("editor.nothing_to_download"));
  }

  function saveWorkspace(): void {
    const { saved } = desk;
    const workspace = { name, board, state: portable(saved), floating: saved.floating };
    const called = fileName(title, 1, "png").replace(/-1\.png$/, ".egaku.zip");
    void pack(() => packWorkspace(workspace, codec), called);
  }

  return (
    <div className={styles.top}>
      <div className={styles.name}>
        <input
          value={name}
          placeholder={t("editor.untitled")}
          aria-label={t("editor.name")}
          maxLength={100}
          readOnly={elsewhere}
          onChange={(event) => desk.change({ name: event.target.value })}
        />
        {packing ? (
          <span className={styles.saving} role="status">
            {t("editor.packing")}
          </span>
        ) : elsewhere ? null : (
          <SavingState saving={saving} />
        )}
      </div>
      <ToolOptions />
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out in a row of buttons */}
      <div className={styles.group} role="group" aria-label={t("editor.view")}>
        <Act
          icon="minus"
          label={t("editor.zoom_out")}
          command="zoom_out"
          run={() => desk.zoom(1 / ZOOM)}
          wideOnly
        />
        <button
          type="button"
          className={styles.zoom}
          title={withKey(t("editor.actual"), "actual")}
          aria-label={`${t("editor.zoom", { percent })}. ${t("editor.actual")}`}
          aria-keyshortcuts={ariaKeys("actual")}
          onClick={() => desk.actual()}
        >
          {percent}%
        </button>
        <Act icon="plus" label={t("editor.zoom_in")} command="zoom_in" run={() => desk.zoom(ZOOM)} wideOnly />
        <Act icon="fit" label={t("editor.fit")} command="fit" run={() => desk.showAll()} />
      </div>
      <div className={styles.group}>
        <Act
          icon="undo"
          label={t("editor.undo")}
          command="undo"
          disabled={asked || !(floats || board.canUndo)}
          run={() => desk.undo()}
        />
        <Act
          icon="redo"
          label={t("editor.redo")}
          command="redo"
          disabled={locked || !board.canRedo}
          run={() => desk.redo()}
        />
        <Act
          icon="clear"
          label={t("editor.clear")}
          disabled={locked || board.erasedBounds() === null}
          run={() => board.clearErased()}
        />
      </div>
      <div className={`${styles.group} ${styles.files}`}>
        <Act icon="keyboard" label={t("editor.shortcuts")} command="help" run={showKeys} wideOnly />
        <ActionMenu
          trigger={
            <button type="button" className={`${ui.button} ${ui.small} ${styles.file}`}>
              <ToolIcon name="file" />
              {t("editor.file")}
            </button>
          }
          actions={[
            // While a picture floats it is in neither of these: it is set down or taken back first.
            ...(floats
              ? []
              : [
                  {
                    id: "all",
                    label: t("editor.download_all"),
                    icon: "download" as const,
                    run: () => download(board.bounds()),
                  },
                  {
                    id: "frame",
                    label: t("editor.download_frame"),
                    icon: "download" as const,
                    run: () => download(rectOf(desk.look.frame)),
                  },
                ]),
            { id: "workspace", label: t("editor.save_workspace"), icon: "copy", run: saveWorkspace },
            ...(asked
              ? []
              : [
                  {
                    id: "add",
                    label: t("editor.add_image"),
                    icon: "image" as const,
                    run: () => picker.current?.click(),
                  },
                ]),
            ...(sent
              ? [{ id: "code", label: t("job.view_code"), icon: "code" as const, run: showCode }]
              : []),
            { id: "keys", label: t("editor.shortcuts"), icon: "sliders", run: showKeys },
            { id: "drafts", label: t("editor.all_drafts"), icon: "history", run: () => go("/e/new") },
            { id: "create", label: t("app.back_home"), icon: "left", run: () => go("/") },
          ]}
        />
        <FileInput ref={picker} label={t("editor.add_image")} accept="image/*" take={addPicture} />
      </div>
    </div>
  );
}

function SavingState({ saving }: { saving: Saving }): ReactNode {
  const { t } = useTranslation();
  if (saving === "saved" || saving === "saving") {
    return (
      <span className={styles.saving} data-testid="saving" data-state={saving}>
        {t(`editor.${saving}`)}
      </span>
    );
  }
  return (
    <span className={styles.unsaved} role="alert" data-testid="saving" data-state="failed">
      <Icon name="close" />
      {t("editor.unsaved")}. {t(`editor.fault.${saving}`)}
    </span>
  );
}

interface ActProps {
  icon: ToolIconName;
  label: string;
  command?: Command;
  disabled?: boolean;
  wideOnly?: boolean;
  run: () => void;
}

function Act({ icon, label, command, disabled = false, wideOnly = false, run }: ActProps): ReactNode {
  return (
    <button
      type="button"
      className={wideOnly ? `${ui.icon} ${styles.wideOnly}` : ui.icon}
      title={command ? withKey(label, command) : label}
      aria-label={label}
      aria-keyshortcuts={command && ariaKeys(command)}
      disabled={disabled}
      onClick={run}
    >
      <ToolIcon name={icon} />
    </button>
  );
}
