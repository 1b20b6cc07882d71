import { deleteJob, listJobs } from "../api/client";

/** Delete all jobs of this caller from the server, with their pictures. */
export async function clearServer(): Promise<void> {
  for (;;) {
    const { data } = await listJobs();
    if (!data.length) return;
    for (const { id } of data) await deleteJob(id);
  }
}

/** Forget all this origin keeps in the browser: pictures, drafts, collections, prompts, preferences. Not the session. */
export async function clearBrowser(): Promise<void> {
  for (const { name } of await indexedDB.databases()) if (name) await dropDatabase(name);
  localStorage.clear();
  sessionStorage.clear();
}

/** Open connections give way (library/database.ts); one in another tab that does not only delays it. */
function dropDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const dropping = indexedDB.deleteDatabase(name);
    dropping.onsuccess = () => resolve();
    dropping.onerror = () => reject(dropping.error);
  });
}
