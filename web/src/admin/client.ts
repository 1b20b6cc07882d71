import { json, request } from "../api/client";
import { ApiFault } from "../api/errors";
import type {
  Group,
  Key,
  KeyFields,
  Kind,
  NewKey,
  Outcome,
  Page,
  Report,
  Standing,
  Status,
  Summary,
  UsagePage,
} from "./types";

const ROOT = "/v1/organization";
const PAGE = "100";
const REPORTS_PAGE = "20";

function post<T>(path: string, body: object): Promise<T> {
  return json<T>(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

function place(path: string, id: string): string {
  return `${ROOT}/${path}/${encodeURIComponent(id)}`;
}

/** Newest first. */
export function listKeys(kind: Kind, after: string | null): Promise<Page<Key>> {
  const query = new URLSearchParams({ limit: PAGE, order: "desc", ...(after ? { after } : {}) });
  return json(`${ROOT}/${kind}?${query}`);
}

export function makeKey(kind: Kind, fields: Partial<KeyFields>): Promise<NewKey> {
  return post(`${ROOT}/${kind}`, fields);
}

export function changeKey(kind: Kind, id: string, fields: Partial<KeyFields>): Promise<Key> {
  return post(place(kind, id), fields);
}

export async function revokeKey(kind: Kind, id: string): Promise<void> {
  await request(place(kind, id), { method: "DELETE" });
}

/** A key that draws, or null when it was revoked. */
export async function findKey(id: string): Promise<Key | null> {
  try {
    return await json<Key>(place("api_keys", id));
  } catch (error) {
    if (error instanceof ApiFault && error.fault === "not_found") return null;
    throw error;
  }
}

export function readStatus(): Promise<Status> {
  return json(`${ROOT}/status`);
}

export function readSummary(): Promise<Summary> {
  return json(`${ROOT}/moderation/summary`);
}

/** Newest first. */
export function listReports(status: Standing, after: string | null): Promise<Page<Report>> {
  const query = new URLSearchParams({
    status,
    limit: REPORTS_PAGE,
    order: "desc",
    ...(after ? { after } : {}),
  });
  return json(`${ROOT}/moderation/reports?${query}`);
}

/** Close a report, or open it again with null. */
export function reviewReport(id: string, outcome: Outcome | null): Promise<Report> {
  return post(place("moderation/reports", id), { outcome });
}

export async function deleteReport(id: string): Promise<void> {
  await request(place("moderation/reports", id), { method: "DELETE" });
}

/** One page of days. */
export function readUsagePage(start: number, group: Group, page: string | null): Promise<UsagePage> {
  const query = new URLSearchParams({
    start_time: String(start),
    limit: "31",
    group_by: group,
    ...(page ? { page } : {}),
  });
  return json(`${ROOT}/usage/images?${query}`);
}
