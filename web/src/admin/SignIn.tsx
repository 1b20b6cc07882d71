import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { openAdminSession } from "../api/client";
import { KeyForm } from "../shell/KeyForm";
import { ADMIN_SESSION } from "../shell/useAdminSession";
import { focusPage } from "../ui/focus";
import { CopyLine } from "./CopyLine";

const COMMAND = "egaku keys create boss --admin";

/** Asks for an admin key, and says how to get one. `first`: there is none yet. */
export function SignIn({ first }: { first: boolean }): ReactNode {
  const { t } = useTranslation();
  const client = useQueryClient();
  return (
    <KeyForm
      label={t("admin.key_label")}
      enter={openAdminSession}
      onEntered={async () => {
        await client.invalidateQueries({ queryKey: ADMIN_SESSION });
        focusPage();
      }}
      notAllowed={t("admin.not_admin")}
    >
      <h1>{first ? t("admin.first_title") : t("admin.sign_in_title")}</h1>
      <p>{first ? t("admin.first_body") : t("admin.sign_in_body")}</p>
      {first ? null : <p>{t("admin.how_to")}</p>}
      <CopyLine text={COMMAND} label={t("admin.command")} />
    </KeyForm>
  );
}
