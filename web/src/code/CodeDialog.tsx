import { Tabs } from "@base-ui/react/tabs";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Job } from "../api/types";
import { save } from "../image/save";
import type { KeptInputs } from "../library/database";
import { readInputs } from "../library/inputs";
import { useStored } from "../library/stored";
import { copyText } from "../ui/copy";
import { Dialog } from "../ui/Dialog";
import { Icon } from "../ui/Icon";
import { useToasts } from "../ui/Toasts";
import ui from "../ui/ui.module.css";
import styles from "./code.module.css";
import { snippets } from "./snippets";

/** The files the program reads, to be saved beside it. */
function Files({ inputs }: { inputs: KeptInputs | null }): ReactNode {
  const { t } = useTranslation();
  if (!inputs) return <p className={ui.hint}>{t("code.files_note")}</p>;
  const files = [
    { name: "image.png", blob: inputs.image },
    ...(inputs.mask ? [{ name: "mask.png", blob: inputs.mask }] : []),
  ];
  return (
    <div className={styles.files}>
      {files.map(({ name, blob }) => (
        <button
          key={name}
          type="button"
          className={`${ui.button} ${ui.small}`}
          onClick={() => save(blob, name)}
        >
          <Icon name="download" />
          {t("code.download_file", { name })}
        </button>
      ))}
    </div>
  );
}

/** A job's request as a program, in a tab for each language. */
export default function CodeDialog({ job, onClose }: { job: Job; onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const { toast } = useToasts();
  const inputs = useStored("inputs", job.id, (open) => readInputs(open, job.id));
  const all = snippets({ ...job, masked: inputs?.mask != null }, window.location.origin);
  return (
    <Dialog title={t("code.title")} onClose={onClose}>
      <Tabs.Root defaultValue={all[0]?.id}>
        <Tabs.List className={styles.tabs}>
          {all.map(({ id, label }) => (
            <Tabs.Tab key={id} value={id} className={styles.tab}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {all.map(({ id, code }) => (
          <Tabs.Panel key={id} value={id} className={styles.panel}>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
            <pre tabIndex={0} lang="en" translate="no">
              {code}
            </pre>
            <button
              type="button"
              className={`${ui.button} ${ui.small}`}
              onClick={async () => toast(t((await copyText(code)) ? "code.copied" : "picture.copy_failed"))}
            >
              <Icon name="copy" />
              {t("code.copy")}
            </button>
          </Tabs.Panel>
        ))}
      </Tabs.Root>
      <p className={ui.hint}>{t("code.key_note")}</p>
      {job.operation === "generations" ? null : <Files inputs={inputs ?? null} />}
    </Dialog>
  );
}
