/** What the admin endpoints send: docs/keys.md, docs/moderation.md, docs/operations.md. */

export const KINDS = ["api_keys", "admin_api_keys"] as const;
/** Keys that draw, and keys that administer. */
export type Kind = (typeof KINDS)[number];

export const POLICIES = ["strict", "standard", "low", "off"] as const;
export type Policy = (typeof POLICIES)[number];

export const LIMITS = ["images_per_minute", "images_per_day", "images_per_month", "max_concurrent"] as const;
export type Limit = (typeof LIMITS)[number];

/** What can be set; null means the server's default, or nothing. */
export interface KeyFields extends Record<Limit, number | null> {
  name: string;
  models: string[] | null;
  organization: string | null;
  user: string | null;
  moderation: Policy | null;
}

/** One key. Admin keys have no limits and name their user in `owner`. */
export interface Key extends Partial<KeyFields> {
  id: string;
  name: string;
  redacted_value: string;
  created_at: number;
  last_used_at: number | null;
  owner: { name?: string; user?: { name: string } };
}

export interface NewKey extends Key {
  /** The secret, this once. */
  value: string;
}

export interface Page<T> {
  data: T[];
  last_id: string | null;
  has_more: boolean;
}

export interface Status {
  version: string;
  engine: string;
  started_at: number;
  ready: boolean;
  checks: Record<string, string>;
  judges: Record<string, string>;
  queue: { waiting: number; places: number; drawing: number };
  workers: { wanted: number; alive: number; able: number };
  errors: { code: string; count: number }[];
  limits: Record<Limit, number | null> & { organization: string; moderation: Policy };
}

export interface CategoryCount {
  category: string;
  refused: number;
  open: number;
  wrong: number;
  right: number;
}

export interface Summary {
  started_at: number;
  passed: number;
  refused: number;
  reports: { open: number; wrong: number; right: number };
  categories: CategoryCount[];
}

export type Outcome = "wrong" | "right";
export const STANDINGS = ["open", "closed"] as const;
export type Standing = (typeof STANDINGS)[number];

export interface Report {
  id: string;
  created_at: number;
  status: Standing;
  request_id: string;
  api_key_id: string | null;
  where: "prompt" | "upload" | "result";
  categories: string[];
  policy: Policy;
  note: string;
  prompt: string | null;
  outcome: Outcome | null;
  reviewed_at: number | null;
}

export const GROUPS = ["model", "size", "source"] as const;
export type Group = (typeof GROUPS)[number] | "api_key_id";

export interface Bucket {
  start_time: number;
  results: ({ images: number; num_model_requests: number } & Record<Group, string | null>)[];
}

export interface UsagePage {
  data: Bucket[];
  has_more: boolean;
  next_page: string | null;
}
