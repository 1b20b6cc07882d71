import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import styles from "./history.module.css";

/** Everything, or the collections made of it. */
export function HistoryTabs(): ReactNode {
  const { t } = useTranslation();
  const [place] = useLocation();
  const places = [
    { href: "/history", label: t("shelf.all_pictures") },
    { href: "/collections", label: t("shelf.collections") },
  ];
  return (
    <nav className={styles.places} aria-label={t("app.history")}>
      {places.map(({ href, label }) => (
        <Link key={href} href={href} aria-current={place === href ? "page" : undefined}>
          {label}
        </Link>
      ))}
    </nav>
  );
}
