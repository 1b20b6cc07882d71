import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { currentLanguage } from "../i18n";
import { useLibrary } from "../library/LibraryProvider";
import { type Measured, measure } from "../library/measure";
import { useStored } from "../library/stored";
import { bytes } from "../ui/format";
import { Meter } from "../ui/Meter";
import { useToasts } from "../ui/Toasts";
import ui from "../ui/ui.module.css";
import styles from "./settings.module.css";

const ROOM = 100_000_000;

/** How much of the browser's room the pictures take, and how to get some back. */
export function StorageMeter(): ReactNode {
  const { t } = useTranslation();
  const { full, makeRoom, kept } = useLibrary();
  const { toast } = useToasts();
  const language = currentLanguage();
  const { data, refetch } = useQuery({
    queryKey: ["storage", kept.length],
    queryFn: async () => (await navigator.storage?.estimate?.()) ?? null,
    networkMode: "always",
  });
  const measured = useStored("measured", null, measure);
  const used = data?.usage ?? 0;
  const most = data?.quota ?? 0;
  return (
    <section>
      <h2>{t("settings.storage")}</h2>
      {full ? <p role="alert">{t("settings.storage_full")}</p> : null}
      {data ? (
        <Meter
          label={t("settings.storage")}
          text={t("settings.storage_used", { used: bytes(used, language), most: bytes(most, language) })}
          used={used}
          most={most}
        />
      ) : (
        <p className={ui.hint}>{t("settings.storage_unknown")}</p>
      )}
      {measured ? (
        <dl className={styles.shares}>
          {shares(measured, used).map(([name, size]) => (
            <div key={name}>
              <dt>{t(`shelf.stored_${name}`)}</dt>
              <dd>{bytes(size, language)}</dd>
            </div>
          ))}
        </dl>
      ) : null}
      {kept.length ? (
        <button
          type="button"
          className={`${ui.button} ${ui.small} ${styles.room}`}
          onClick={async () => {
            const freed = await makeRoom(ROOM);
            toast(t("settings.freed", { size: bytes(freed, language) }));
            await refetch();
          }}
        >
          {t("settings.make_room")}
        </button>
      ) : null}
    </section>
  );
}

/** What the room is taken by; drafts of the editor and the rest where the browser tells the whole. */
function shares(
  { pictures, inputs }: Measured,
  used: number,
): readonly (readonly ["pictures" | "inputs" | "rest", number])[] {
  const rest = Math.max(0, used - pictures - inputs);
  return [["pictures", pictures], ["inputs", inputs], ...(used ? ([["rest", rest]] as const) : [])];
}
