import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiFault } from "../api/errors";
import ui from "../ui/ui.module.css";
import styles from "./shell.module.css";

interface KeyFormProps {
  label: string;
  /** Hand the key to the server for a cookie. */
  enter: (key: string, remember: boolean) => Promise<void>;
  onEntered: () => unknown;
  /** Whether to offer to be remembered. */
  remembers?: boolean;
  /** What the server's refusal of a key that it knows means here. */
  notAllowed: string;
  children: ReactNode;
}

/** Asks for a key, hands it on, and forgets it. */
export function KeyForm(props: KeyFormProps): ReactNode {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  const [remember, setRemember] = useState(false);
  const enter = useMutation({
    mutationFn: () => props.enter(field.current?.value.trim() ?? "", remember),
    onSuccess: () => {
      if (field.current) field.current.value = "";
      props.onEntered();
    },
  });
  const open = window.location.protocol === "http:" && !window.isSecureContext;
  const code = enter.error instanceof ApiFault ? enter.error.body.code : null;
  const refusal =
    code === "invalid_api_key"
      ? t("key.refused")
      : code === "insufficient_permissions"
        ? props.notAllowed
        : enter.error?.message || t("fault.offline");
  return (
    <form
      className={styles.key}
      onSubmit={(event) => {
        event.preventDefault();
        enter.mutate();
      }}
    >
      {props.children}
      <label className={ui.field}>
        <span>{props.label}</span>
        {/* Uncontrolled: the key is in the field alone, in no state that could be kept. */}
        <input
          ref={field}
          type="password"
          className={ui.input}
          autoComplete="off"
          required
          spellCheck={false}
        />
      </label>
      {props.remembers ? (
        <label className={ui.check}>
          <input type="checkbox" checked={remember} onChange={(event) => setRemember(event.target.checked)} />
          {t("key.remember")}
        </label>
      ) : null}
      {open ? <p className={styles.warning}>{t("key.plain_http")}</p> : null}
      {enter.error ? (
        <p role="alert" className={styles.warning}>
          {refusal}
        </p>
      ) : null}
      <button type="submit" className={ui.primary} disabled={enter.isPending}>
        {t("key.submit")}
      </button>
    </form>
  );
}
