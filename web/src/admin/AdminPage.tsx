import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ComponentType, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { closeAdminSession } from "../api/client";
import { NotFound } from "../shell/NotFound";
import { ADMIN_SESSION, useAdminSession } from "../shell/useAdminSession";
import { focusPage } from "../ui/focus";
import ui from "../ui/ui.module.css";
import { useTitle } from "../ui/useTitle";
import styles from "./admin.module.css";
import { ADMIN } from "./ask";
import { KeysSection } from "./KeysSection";
import { Loaded } from "./Loaded";
import { OverviewSection } from "./OverviewSection";
import { ReportsSection } from "./ReportsSection";
import { SignIn } from "./SignIn";
import { UsageSection } from "./UsageSection";

/** By the last part of their address. */
const SECTIONS = {
  "": { name: "overview", Section: OverviewSection },
  usage: { name: "usage", Section: UsageSection },
  keys: { name: "keys", Section: KeysSection },
  reports: { name: "reports", Section: ReportsSection },
} as const satisfies Record<string, { name: string; Section: ComponentType }>;

/** For whoever runs the server: how it is, what is drawn, who may, and what was refused. */
export default function AdminPage({ section }: { section: string }): ReactNode {
  const { t } = useTranslation();
  const session = useAdminSession({ ask: true });
  useTitle(t("admin.title"));
  const place = SECTIONS[section as keyof typeof SECTIONS];
  if (!place) return <NotFound />;
  const { Section, name } = place;
  return (
    <Loaded query={session}>
      {({ key, any_admin_key }) =>
        key ? (
          <div className={styles.page}>
            <header>
              <h1>{t("admin.title")}</h1>
              <SignedIn name={key.name} hint={key.hint} />
            </header>
            <nav aria-label={t("admin.nav")} className={styles.nav}>
              {Object.entries(SECTIONS).map(([path, one]) => (
                <Link
                  key={one.name}
                  href={path ? `/admin/${path}` : "/admin"}
                  aria-current={one.name === name ? "page" : undefined}
                >
                  {t(`admin.${one.name}`)}
                </Link>
              ))}
            </nav>
            <Section />
          </div>
        ) : (
          <SignIn first={!any_admin_key} />
        )
      }
    </Loaded>
  );
}

function SignedIn({ name, hint }: { name: string; hint: string }): ReactNode {
  const { t } = useTranslation();
  const client = useQueryClient();
  const leave = useMutation({
    mutationFn: closeAdminSession,
    onSuccess: async () => {
      client.removeQueries({ queryKey: [ADMIN] });
      await client.invalidateQueries({ queryKey: ADMIN_SESSION });
      focusPage();
    },
  });
  return (
    <div className={styles.who}>
      <span>{t("admin.signed_in", { name, hint })}</span>
      <button
        type="button"
        className={`${ui.button} ${ui.small}`}
        disabled={leave.isPending}
        onClick={() => leave.mutate()}
      >
        {t("key.sign_out")}
      </button>
    </div>
  );
}
