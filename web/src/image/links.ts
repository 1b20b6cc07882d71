/** True when a signed link says of itself that its time is over. `now` in milliseconds since 1970. */
export function isExpired(url: string, now: number): boolean {
  const end = new URL(url, "http://localhost").searchParams.get("se");
  return end !== null && Date.parse(end) < now;
}
