import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import ui from "../ui/ui.module.css";

export function NotFound(): ReactNode {
  const { t } = useTranslation();
  return (
    <div className={ui.nothing}>
      <h1>{t("app.not_found")}</h1>
      <Link href="/" className={ui.button}>
        {t("app.back_home")}
      </Link>
    </div>
  );
}
