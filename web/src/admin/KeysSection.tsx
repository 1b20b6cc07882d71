import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../ui/Icon";
import { SearchField } from "../ui/SearchField";
import { Segments } from "../ui/Segments";
import { useToasts } from "../ui/Toasts";
import ui from "../ui/ui.module.css";
import styles from "./admin.module.css";
import { ADMIN, useAdminPages, useAdminQuery } from "./ask";
import { Confirm } from "./Confirm";
import { listKeys, readStatus, revokeKey } from "./client";
import { userOf } from "./fields";
import { KeyDialog } from "./KeyDialog";
import { KeyRow } from "./KeyRow";
import { Loaded } from "./Loaded";
import { type Key, KINDS, type Kind } from "./types";

const SEARCHED = 6;

type Doing = { what: "make" } | { what: "change" | "revoke"; key: Key };

/** Whether a key is meant by these words: of its names, its ending or its id. */
function isMeant(key: Key, words: string): boolean {
  const names = [key.name, key.organization, userOf(key)].join("\n").toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every(
      (word) => names.includes(word) || key.redacted_value.toLowerCase().endsWith(word) || key.id === word,
    );
}

/** Who may draw and how much, and who may administer. */
export function KeysSection(): ReactNode {
  const { t } = useTranslation();
  const { toast } = useToasts();
  const client = useQueryClient();
  const heading = useRef<HTMLHeadingElement>(null);
  const [kind, setKind] = useState<Kind>("api_keys");
  const [words, setWords] = useState("");
  const [doing, setDoing] = useState<Doing | null>(null);
  const { data: status } = useAdminQuery(["status"], readStatus, 5);
  const list = useAdminPages(["keys", kind], (after) => listKeys(kind, after));
  const { hasNextPage, isFetching, fetchNextPage } = list;
  const looking = words.trim() !== "";
  const many = (list.data?.pages[0]?.data.length ?? 0) >= SEARCHED;

  useEffect(() => {
    // Words are looked for in all keys, not in those that happen to be here.
    if (looking && hasNextPage && !isFetching) void fetchNextPage();
  }, [looking, hasNextPage, isFetching, fetchNextPage]);

  const changed = () => client.invalidateQueries({ queryKey: [ADMIN, "keys"] });
  const close = () => setDoing(null);

  return (
    <section className={styles.section} aria-labelledby="keys-title">
      <div className={styles.bar}>
        <h2 id="keys-title" ref={heading} tabIndex={-1}>
          {t("admin.keys")}
        </h2>
        <button type="button" className={ui.primary} onClick={() => setDoing({ what: "make" })}>
          <Icon name="plus" />
          {t("admin.new_key")}
        </button>
      </div>
      <div className={styles.choices}>
        <Segments<Kind>
          label={t("admin.kind")}
          value={kind}
          options={KINDS.map((value) => ({ value, label: t(`admin.kind_${value}`) }))}
          onChange={setKind}
        />
        {many || looking ? (
          <SearchField label={t("admin.search_keys")} words={words} onWords={setWords} />
        ) : null}
      </div>
      <Loaded query={list}>
        {({ pages }) => {
          const keys = pages.flatMap((page) => page.data);
          const found = looking ? keys.filter((key) => isMeant(key, words.trim())) : keys;
          return (
            <>
              <p role="status" className={styles.count}>
                {keys.length === 0
                  ? t(`admin.no_${kind}`)
                  : looking
                    ? t("admin.keys_found", { count: found.length })
                    : t("admin.keys_count", { count: keys.length })}
                {hasNextPage && !looking ? t("admin.and_more") : null}
              </p>
              <ul className={styles.rows}>
                {found.map((key) => (
                  <KeyRow
                    key={key.id}
                    shown={key}
                    kind={kind}
                    onChange={() => setDoing({ what: "change", key })}
                    onRevoke={() => setDoing({ what: "revoke", key })}
                  />
                ))}
              </ul>
              {hasNextPage && !looking ? (
                <button
                  type="button"
                  className={ui.button}
                  disabled={isFetching}
                  onClick={() => void fetchNextPage()}
                >
                  {t("admin.show_more")}
                </button>
              ) : null}
            </>
          );
        }}
      </Loaded>
      {doing?.what === "make" || doing?.what === "change" ? (
        <KeyDialog
          kind={kind}
          before={doing.what === "change" ? doing.key : null}
          defaults={status?.limits ?? null}
          onDone={() => {
            if (doing.what === "change") toast(t("admin.changed"));
            void changed();
          }}
          onClose={close}
        />
      ) : null}
      {doing?.what === "revoke" ? (
        <Confirm
          title={t("admin.revoke_title", { name: doing.key.name })}
          action={t("admin.revoke")}
          act={() => revokeKey(kind, doing.key.id)}
          after={heading}
          onDone={() => {
            toast(t("admin.revoked"));
            void changed();
          }}
          onClose={close}
        >
          <p>{t("admin.revoke_body", { value: doing.key.redacted_value })}</p>
        </Confirm>
      ) : null}
    </section>
  );
}
