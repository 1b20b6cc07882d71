import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Router } from "wouter";
import "./ui/base.css";
import { DraftProvider } from "./create/DraftProvider";
import { startLanguage } from "./i18n";
import { JobsProvider } from "./jobs/JobsProvider";
import { LibraryProvider } from "./library/LibraryProvider";
import { startTheme } from "./settings/preferences";
import { App } from "./shell/App";
import { leaveTrail } from "./shell/trail";
import { ToastsProvider } from "./ui/Toasts";

startTheme();
await startLanguage();

const root = document.getElementById("app");
if (!root) throw new Error("no #app in index.html");
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={new QueryClient()}>
      <Router aroundNav={leaveTrail}>
        <ToastsProvider>
          <JobsProvider>
            <LibraryProvider>
              <DraftProvider>
                <App />
              </DraftProvider>
            </LibraryProvider>
          </JobsProvider>
        </ToastsProvider>
      </Router>
    </QueryClientProvider>
  </StrictMode>,
);
