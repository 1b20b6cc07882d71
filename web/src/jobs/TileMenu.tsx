import { lazy, type ReactElement, type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { usePictureActions } from "../image/usePictureActions";
import { keyOf } from "../library/database";
import { useFavourite } from "../library/useFavourite";
import { useSelection } from "../selection/SelectionProvider";
import { type Action, ActionMenu } from "../ui/ActionMenu";
import type { LiveJob } from "./reduce";
import { useRemoval } from "./useRemoval";

const CodeDialog = lazy(() => import("../code/CodeDialog"));
const CollectDialog = lazy(() => import("../collections/CollectDialog"));

interface TileMenuProps {
  job: LiveJob;
  index: number;
  trigger: ReactElement;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Everything that can be done with a picture without opening it. */
export default function TileMenu({ job, index, trigger, open, onOpenChange }: TileMenuProps): ReactNode {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const [shown, setShown] = useState<"code" | "collect" | null>(null);
  const { favourite, toggle } = useFavourite(job.id, index);
  const { removePictures } = useRemoval();
  const selection = useSelection();
  const key = keyOf(job.id, index);
  const url = job.data.find((one) => one.index === index)?.url ?? "";
  const { download, vary, edit, copy, takeAsSource } = usePictureActions(job, index, url);
  const close = () => setShown(null);

  const actions: Action[] = [
    { id: "open", label: t("shelf.open"), icon: "image", run: () => go(`/i/${key}`) },
    { id: "edit", label: t("picture.edit"), icon: "brush", run: edit },
    { id: "vary", label: t("picture.variations"), icon: "grid", run: vary },
    { id: "source", label: t("shelf.take_as_source"), icon: "upload", run: takeAsSource },
    {
      id: "download",
      label: t("picture.download"),
      icon: "download",
      run: () => download(job.output_format),
    },
    { id: "copy", label: t("picture.copy"), icon: "copy", run: copy },
    {
      id: "favourite",
      label: t(favourite ? "picture.unfavourite" : "picture.favourite"),
      icon: "heart",
      run: toggle,
    },
    { id: "collect", label: t("shelf.collect"), icon: "folder", run: () => setShown("collect") },
    ...(selection
      ? [
          {
            id: "select",
            label: t("shelf.select"),
            icon: "checks" as const,
            run: () => selection.press(key, false),
          },
        ]
      : []),
    { id: "code", label: t("job.view_code"), icon: "code", run: () => setShown("code") },
    { id: "delete", label: t("job.delete"), icon: "trash", run: () => removePictures([key]) },
  ];

  return (
    <>
      <ActionMenu trigger={trigger} actions={actions} open={open} onOpenChange={onOpenChange} />
      <Suspense>
        {shown === "code" ? <CodeDialog job={job} onClose={close} /> : null}
        {shown === "collect" ? <CollectDialog keys={[key]} onClose={close} /> : null}
      </Suspense>
    </>
  );
}
