import { describe, expect, it } from "vitest";
import type { Job } from "../api/types";
import { live } from "./reduce";
import { inSight } from "./useShelf";

const data = [0, 1].map((index) => ({ index, url: `/${index}`, revised_prompt: null }));

function job(status: Job["status"]) {
  return live({ id: "a", status, n: 3, data } as unknown as Job);
}

describe("inSight", () => {
  it("leaves out the pictures about to be deleted", () => {
    const [left] = inSight(job("succeeded"), new Set(["a/1", "b/0"]));
    expect(left?.data.map((one) => one.index)).toEqual([0]);
    expect(inSight(job("succeeded"), new Set(["a"]))).toEqual([]);
  });

  it("leaves out a job with the last of them, unless more will come", () => {
    const both = new Set(["a/0", "a/1"]);
    expect(inSight(job("succeeded"), both)).toEqual([]);
    expect(inSight(job("running"), both)).toMatchObject([{ data: [], gone: [0, 1] }]);
  });
});
