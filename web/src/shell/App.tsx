import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Route, Switch, useLocation } from "wouter";
import { CreatePage } from "../create/CreatePage";
import { withWords } from "../i18n";
import { useJobs } from "../jobs/JobsProvider";
import { useLeftRemovals } from "../jobs/useRemoval";
import { Announcer } from "./Announcer";
import { Header } from "./Header";
import { NotFound } from "./NotFound";
import { OfflineBanner } from "./OfflineBanner";
import { PageBoundary } from "./PageBoundary";
import styles from "./shell.module.css";
import { useShortcut } from "./useShortcut";

const pages = {
  image: () => withWords("shelf", import("../image/ImagePage")),
  history: () => withWords("shelf", import("../history/HistoryPage")),
  collections: () => withWords("shelf", import("../collections/CollectionsPage")),
  collection: () => withWords("shelf", import("../collections/CollectionPage")),
  settings: () => withWords("shelf", import("../settings/SettingsPage")),
  editor: () => withWords("editor", import("../editor/EditorPage")),
};
const ImagePage = lazy(pages.image);
const HistoryPage = lazy(pages.history);
const CollectionsPage = lazy(pages.collections);
const CollectionPage = lazy(pages.collection);
const SettingsPage = lazy(pages.settings);
const EditorPage = lazy(pages.editor);
const AdminPage = lazy(() => withWords("admin", import("../admin/AdminPage")));
const ShortcutSheet = lazy(() => withWords("shelf", import("./ShortcutSheet")));
const KeyCard = lazy(() => import("./KeyCard"));

/** Fetched before they are wanted, so that they are there when the server is not. */
const ahead = [
  ...Object.values(pages),
  () => import("../jobs/TileMenu"),
  () => import("../collections/CollectDialog"),
  () => import("../code/CodeDialog"),
  () => import("../create/PromptHistory"),
];
const IDLE = 400;

/** The frame around every page. The server knows these addresses too (api/routes/web.py). */
export function App(): ReactNode {
  const { t } = useTranslation();
  const { link } = useJobs();
  const [place] = useLocation();
  const [keys, setKeys] = useState(false);
  useLeftRemovals();
  // A draft in the editor has a sheet of its own.
  const editing = place.startsWith("/e/") && place !== "/e/new";
  useShortcut(editing ? null : "help", () => setKeys(true));

  useEffect(() => {
    if (link !== "online") return;
    const timer = setTimeout(() => {
      for (const load of ahead) void load().catch(() => undefined);
    }, IDLE);
    return () => clearTimeout(timer);
  }, [link]);

  return (
    <>
      <a href="#main" className={styles.skip}>
        {t("app.skip")}
      </a>
      <Header />
      <main id="main" className={styles.main} tabIndex={-1}>
        {link === "offline" ? <OfflineBanner /> : null}
        <Suspense>
          {/* Administrators have a key of their own, and a form that asks for it. */}
          {link === "locked" && !place.startsWith("/admin") ? <KeyCard /> : null}
          <PageBoundary place={place}>
            <Switch>
              <Route path="/" component={CreatePage} />
              <Route path="/i/:job/:index">
                {({ job, index }) => <ImagePage jobId={job} index={Number(index)} />}
              </Route>
              <Route path="/e/:id">{({ id }) => <EditorPage id={id} />}</Route>
              <Route path="/history" component={HistoryPage} />
              <Route path="/collections" component={CollectionsPage} />
              <Route path="/collections/:id">{({ id }) => <CollectionPage id={id} key={id} />}</Route>
              <Route path="/settings" component={SettingsPage} />
              <Route path="/admin/:section?">{({ section }) => <AdminPage section={section ?? ""} />}</Route>
              <Route component={NotFound} />
            </Switch>
          </PageBoundary>
        </Suspense>
      </main>
      {keys ? (
        <Suspense>
          <ShortcutSheet onClose={() => setKeys(false)} />
        </Suspense>
      ) : null}
      <Announcer />
    </>
  );
}
