import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { openSession } from "../api/client";
import { useJobs } from "../jobs/JobsProvider";
import { KeyForm } from "./KeyForm";

/** Asks for the key this server wants before it draws. */
export default function KeyCard(): ReactNode {
  const { t } = useTranslation();
  const { reconnect } = useJobs();
  return (
    <KeyForm
      label={t("key.label")}
      enter={openSession}
      onEntered={reconnect}
      notAllowed={t("key.not_drawing")}
      remembers
    >
      <h2>{t("key.title")}</h2>
      <p>{t("key.body")}</p>
    </KeyForm>
  );
}
