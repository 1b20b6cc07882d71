import { faultOf, offlineFault } from "./errors";
import type { AdminSession, Job, JobPage, Session, Usage } from "./types";

interface Settings {
  n: number;
  /** As the API writes it: `512x512`. */
  size: string;
  seed?: number;
  model?: string;
}

/** What a job is made from. */
export type Wish =
  | ({ operation: "generations"; prompt: string } & Settings)
  | ({ operation: "variations"; image: Blob; strength?: number } & Settings)
  | ({ operation: "edits"; image: Blob; mask?: Blob; prompt: string } & Settings);

/** Fetch from the own server. Throws ApiFault for refusals and for no answer at all. */
export async function request(path: string, init: RequestInit = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: "same-origin", ...init });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw offlineFault();
  }
  if (!response.ok) throw await faultOf(response);
  return response;
}

export async function json<T>(path: string, init?: RequestInit): Promise<T> {
  return (await request(path, init)).json() as Promise<T>;
}

/** Ask for pictures in the background: the accepted job. The same `key` twice makes one job. */
export function submit(wish: Wish, key: string): Promise<Job> {
  const { body, type } = encode(wish);
  return json<Job>(`/v1/images/${wish.operation}`, {
    method: "POST",
    headers: { Prefer: "respond-async", "Idempotency-Key": key, ...type },
    body,
  });
}

function encode(wish: Wish): { body: BodyInit; type: Record<string, string> } {
  const { operation, ...fields } = wish;
  if (operation === "generations") {
    return { body: JSON.stringify(fields), type: { "Content-Type": "application/json" } };
  }
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value instanceof Blob) form.append(name, value, `${name}.png`);
    else if (value !== undefined) form.append(name, String(value));
  }
  return { body: form, type: {} };
}

export function listJobs(after?: string): Promise<JobPage> {
  const query = new URLSearchParams({ limit: "100", ...(after ? { after } : {}) });
  return json<JobPage>(`/v1/jobs?${query}`);
}

export function readJob(id: string): Promise<Job> {
  return json<Job>(`/v1/jobs/${encodeURIComponent(id)}`);
}

export function cancelJob(id: string): Promise<Job> {
  return json<Job>(`/v1/jobs/${encodeURIComponent(id)}/cancel`, { method: "POST" });
}

/** A page may be closed while it deletes: the request is sent all the same. */
const DELETE: RequestInit = { method: "DELETE", keepalive: true };

export async function deleteJob(id: string): Promise<void> {
  await request(`/v1/jobs/${encodeURIComponent(id)}`, DELETE);
}

/** Delete one picture, by its link. */
export async function deletePicture(url: string): Promise<void> {
  const name = new URL(url, window.location.origin).pathname.split("/").at(-1) ?? "";
  await request(`/files/${name}`, DELETE);
}

export function readUsage(): Promise<Usage> {
  return json<Usage>("/v1/usage");
}

/** Tell the operator that a refusal was wrong. */
export async function reportDecision(requestId: string, note: string, prompt: string | null): Promise<void> {
  await request("/v1/moderations/reports", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ request_id: requestId, note, ...(prompt ? { prompt } : {}) }),
  });
}

/** Exchange an API key for a cookie that no script can read. The key is not kept. */
export async function openSession(key: string, remember: boolean): Promise<void> {
  await request("/app/session", {
    method: "POST",
    headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
    body: JSON.stringify({ remember }),
  });
}

/** The key this browser is signed in with; none on a server without keys. */
export function readSession(): Promise<Session> {
  return json("/app/session");
}

export async function closeSession(): Promise<void> {
  await request("/app/session", { method: "DELETE" });
}

/** Likewise for an admin key, beside the session that draws. It ends with the browser. */
export async function openAdminSession(key: string): Promise<void> {
  await request("/app/admin-session", {
    method: "POST",
    headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
    body: "{}",
  });
}

/** Which administrator this browser is signed in as. */
export function readAdminSession(): Promise<AdminSession> {
  return json("/app/admin-session");
}

export async function closeAdminSession(): Promise<void> {
  await request("/app/admin-session", { method: "DELETE" });
}

/** An id for one wish, where crypto.randomUUID is missing too: plain http on a LAN. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
