import { type ComponentPropsWithoutRef, type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { ApiFault } from "../api/errors";
import { currentLanguage } from "../i18n";
import { count } from "../ui/format";
import ui from "../ui/ui.module.css";
import styles from "./admin.module.css";
import { fieldsOf } from "./fields";
import { wordsOf } from "./Loaded";
import { type Key, type Kind, LIMITS, POLICIES, type Status } from "./types";

const MOST = { images_per_minute: 1e6, images_per_day: 1e9, images_per_month: 1e9, max_concurrent: 1e6 };
const TEXT = 200;

interface KeyInputsProps {
  kind: Kind;
  before: Key | null;
  defaults: Status["limits"] | null;
  /** Why the server did not take what was filled in. */
  error: Error | null;
}

/** Everything a key can be told. */
export function KeyInputs({ kind, before, defaults, error }: KeyInputsProps): ReactNode {
  const { t } = useTranslation();
  const language = currentLanguage();
  const fault = useId();
  const fields = before ? fieldsOf(before) : null;
  const param = error instanceof ApiFault ? error.body.param : null;
  const faultOf = (name: string) => (param === name ? fault : undefined);
  const usual = (value: number | null) =>
    value === null ? t("admin.no_limit") : t("admin.usual", { value: count(value, language) });
  return (
    <>
      {error ? (
        <p role="alert" id={fault} className={styles.warning}>
          {wordsOf(error, t("admin.away"))}
        </p>
      ) : null}
      <Field name="name" label={t("admin.name")} hint={t("admin.name_hint")} fault={faultOf("name")}>
        {(control) => <input {...control} required maxLength={TEXT} defaultValue={fields?.name} />}
      </Field>
      <Field name="user" label={t("admin.user")} hint={t("admin.user_hint")} fault={faultOf("user")}>
        {(control) => <input {...control} maxLength={TEXT} defaultValue={fields?.user ?? ""} />}
      </Field>
      {kind === "api_keys" ? (
        <>
          {LIMITS.map((name) => (
            <Field key={name} name={name} label={t(`admin.${name}`)} fault={faultOf(name)}>
              {(control) => (
                <input
                  {...control}
                  type="number"
                  min={1}
                  max={MOST[name]}
                  step={1}
                  inputMode="numeric"
                  placeholder={defaults ? usual(defaults[name]) : ""}
                  defaultValue={fields?.[name] ?? ""}
                />
              )}
            </Field>
          ))}
          <Field
            name="models"
            label={t("admin.models")}
            hint={t("admin.models_hint")}
            fault={faultOf("models")}
          >
            {(control) => (
              <input
                {...control}
                translate="no"
                placeholder={t("admin.all_models")}
                defaultValue={fields?.models?.join(", ") ?? ""}
              />
            )}
          </Field>
          <Field
            name="organization"
            label={t("admin.organization")}
            hint={t("admin.organization_hint")}
            fault={faultOf("organization")}
          >
            {(control) => (
              <input
                {...control}
                maxLength={64}
                pattern="[!-~]+"
                placeholder={defaults?.organization}
                defaultValue={fields?.organization ?? ""}
              />
            )}
          </Field>
          <Field name="moderation" label={t("admin.moderation")} fault={faultOf("moderation")}>
            {(control) => (
              <select {...control} defaultValue={fields?.moderation ?? ""}>
                <option value="">
                  {defaults
                    ? t("admin.usual", { value: t(`admin.policy_${defaults.moderation}`) })
                    : t("admin.servers_policy")}
                </option>
                {POLICIES.map((policy) => (
                  <option key={policy} value={policy}>
                    {t(`admin.policy_${policy}`)}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </>
      ) : null}
    </>
  );
}

type Control = Pick<
  ComponentPropsWithoutRef<"input">,
  "id" | "className" | "aria-invalid" | "aria-describedby"
> & { name: string };

interface FieldProps {
  name: string;
  label: string;
  hint?: string;
  /** The id of what is wrong with it. */
  fault: string | undefined;
  children: (control: Control) => ReactNode;
}

function Field({ name, label, hint, fault, children }: FieldProps): ReactNode {
  const id = useId();
  const described = [hint && `${id}-hint`, fault].filter(Boolean).join(" ");
  return (
    <div className={ui.field}>
      <label htmlFor={id} className={ui.label}>
        {label}
      </label>
      {children({
        id,
        name,
        className: ui.input,
        ...(fault && { "aria-invalid": true }),
        ...(described && { "aria-describedby": described }),
      })}
      {hint ? (
        <small id={`${id}-hint`} className={ui.hint}>
          {hint}
        </small>
      ) : null}
    </div>
  );
}
