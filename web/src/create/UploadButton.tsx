import { type ReactNode, useRef } from "react";
import { useTranslation } from "react-i18next";
import { FileInput } from "../ui/FileInput";
import { Icon } from "../ui/Icon";
import ui from "../ui/ui.module.css";
import { useUpload } from "./useUpload";

export function UploadButton(): ReactNode {
  const { t } = useTranslation();
  const upload = useUpload();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className={`${ui.quiet} ${ui.small}`} onClick={() => input.current?.click()}>
        <Icon name="image" />
        {t("create.upload")}
      </button>
      <FileInput
        ref={input}
        label={t("create.upload")}
        accept="image/png,image/jpeg,image/webp"
        take={(file) => void upload(file)}
      />
    </>
  );
}
