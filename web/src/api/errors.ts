import type { ErrorBody } from "./types";

/** What a page can do about a refusal, rather than what the wire calls it. */
export type Fault =
  | "offline"
  | "locked"
  | "blocked"
  | "rate_limited"
  | "quota"
  | "busy"
  | "not_found"
  | "invalid"
  | "server";

const BLOCKED = new Set(["content_policy_violation", "moderation_blocked"]);
const GONE = new Set([403, 404, 410]);
const QUOTA = new Set(["insufficient_quota", "billing_hard_limit_reached"]);

/** A request that was refused, or got no answer. */
export class ApiFault extends Error {
  constructor(
    readonly fault: Fault,
    readonly body: ErrorBody,
    readonly requestId: string | null = null,
    /** Seconds to wait before the next try, where the server says so. */
    readonly retryAfter: number | null = null,
    /** Of the answer; null where there was none. */
    readonly status: number | null = null,
  ) {
    super(body.message);
  }
}

export function offlineFault(): ApiFault {
  return new ApiFault("offline", { message: "", type: null, code: null, param: null });
}

/** Which fault a status and an error code are. */
export function classify(status: number, code: string | null): Fault {
  if (code && BLOCKED.has(code)) return "blocked";
  if (code && QUOTA.has(code)) return "quota";
  if (status === 401) return "locked";
  if (status === 403 && code === "insufficient_permissions") return "locked";
  if (status === 404) return "not_found";
  if (status === 429) return "rate_limited";
  if (status === 503) return "busy";
  return status >= 500 ? "server" : "invalid";
}

/** Whether the server has answered that there is nothing at a link (any more), and no later try would change that. */
export function isGone(error: unknown): boolean {
  return error instanceof ApiFault && error.status !== null && GONE.has(error.status);
}

/** Whether a failed job's error is a refusal by moderation. */
export function isBlocked(error: ErrorBody | null): boolean {
  return error?.code != null && BLOCKED.has(error.code);
}

/** The refusal in an answer. */
export async function faultOf(response: Response): Promise<ApiFault> {
  const body = await readBody(response);
  return new ApiFault(
    classify(response.status, body.code),
    body,
    response.headers.get("x-request-id"),
    retrySeconds(response.headers),
    response.status,
  );
}

async function readBody(response: Response): Promise<ErrorBody> {
  const none = { message: `HTTP ${response.status}`, type: null, code: null, param: null };
  try {
    const read = (await response.json()) as { error?: Partial<ErrorBody> };
    return { ...none, ...read.error };
  } catch {
    return none;
  }
}

/** Seconds from Retry-After (RFC 9110) or OpenAI's retry-after-ms. */
export function retrySeconds(headers: Headers): number | null {
  const exact = Number(headers.get("retry-after-ms") ?? Number.NaN);
  if (Number.isFinite(exact)) return exact / 1000;
  const plain = headers.get("retry-after");
  if (plain === null) return null;
  if (/^\d+$/.test(plain)) return Number(plain);
  const date = Date.parse(plain);
  return Number.isNaN(date) ? null : Math.max(0, (date - Date.now()) / 1000);
}
