import { describe, expect, it } from "vitest";
import type { Job, JobEvent } from "../api/types";
import { type LiveJob, put, reduce } from "./reduce";

function job(id: string, rest: Partial<Job> = {}): Job {
  return {
    id,
    status: "queued",
    operation: "generations",
    model: null,
    prompt: "a fox",
    n: 2,
    size: "512x512",
    seed: 1,
    style: null,
    quality: null,
    background: null,
    strength: null,
    request_id: null,
    output_format: "png",
    created_at: 100,
    started_at: null,
    finished_at: null,
    expires_at: null,
    progress: 0,
    position: null,
    eta_seconds: null,
    data: [],
    error: null,
    ...rest,
  };
}

function told(...events: JobEvent[]): readonly LiveJob[] {
  return events.reduce(reduce, [] as readonly LiveJob[]);
}

describe("reduce", () => {
  it("orders a snapshot by age, newest first", () => {
    const jobs = told({
      what: "snapshot",
      jobs: [job("old", { created_at: 1 }), job("new", { created_at: 2 })],
    });
    expect(jobs.map((one) => one.id)).toEqual(["new", "old"]);
  });

  it("puts the later one of a second first, whatever their names", () => {
    const [one, other] = [job("a", { created_at: 1 }), job("b", { created_at: 1 })];
    const ids = (jobs: readonly LiveJob[]) => jobs.map(({ id }) => id);
    expect(ids(put(put([], one), other))).toEqual(["b", "a"]);
    expect(ids(put(put([], other), one))).toEqual(["a", "b"]);
    expect(ids(told({ what: "snapshot", jobs: [one, other] }))).toEqual(["a", "b"]);
  });

  it("shows previews until the picture is there", () => {
    const begun: JobEvent[] = [
      { what: "snapshot", jobs: [job("a")] },
      { what: "running", id: "a", job: job("a", { status: "running" }) },
      { what: "partial", id: "a", index: 1, image: "data:1" },
    ];
    expect(told(...begun)[0]?.previews).toEqual({ 1: "data:1" });
    const [done] = told(...begun, { what: "image", id: "a", index: 1, url: "/f", revised_prompt: null });
    expect(done?.previews).toEqual({});
    expect(done?.data.map((one) => one.url)).toEqual(["/f"]);
  });

  it("keeps previews over a snapshot of a job under way, and drops them when it is over", () => {
    const begun: JobEvent[] = [
      { what: "snapshot", jobs: [job("a", { status: "running" })] },
      { what: "partial", id: "a", index: 0, image: "data:0" },
    ];
    const again = told(...begun, { what: "snapshot", jobs: [job("a", { status: "running" })] });
    expect(again[0]?.previews).toEqual({ 0: "data:0" });
    const over = told(...begun, { what: "done", id: "a", job: job("a", { status: "succeeded" }) });
    expect(over[0]?.previews).toEqual({});
  });

  it("lets no late event change a job that is over", () => {
    const jobs = told(
      { what: "snapshot", jobs: [job("a", { status: "cancelled", progress: 0.5 })] },
      { what: "progress", id: "a", index: 0, progress: 0.9, job_progress: 0.9 },
      { what: "running", id: "a", job: job("a", { status: "running" }) },
    );
    expect(jobs[0]).toMatchObject({ status: "cancelled", progress: 0.5 });
  });

  it("lets no answer that comes late set a running job back, but a snapshot", () => {
    const running: JobEvent = { what: "running", id: "a", job: job("a", { status: "running" }) };
    const jobs = told({ what: "snapshot", jobs: [] }, running);
    expect(put(jobs, job("a"))[0]?.status).toBe("running");
    expect(told(running, { what: "snapshot", jobs: [job("a")] })[0]?.status).toBe("queued");
  });

  it("forgets deleted jobs, also those a snapshot no longer lists", () => {
    const both: JobEvent = { what: "snapshot", jobs: [job("a"), job("b")] };
    expect(told(both, { what: "deleted", id: "a" }).map((one) => one.id)).toEqual(["b"]);
    expect(told(both, { what: "snapshot", jobs: [job("b")] }).map((one) => one.id)).toEqual(["b"]);
  });

  it("takes a deleted picture out, and awaits it no more", () => {
    const image: JobEvent = { what: "image", id: "a", index: 1, url: "/1", revised_prompt: null };
    const gone: JobEvent = { what: "image_deleted", id: "a", index: 1 };
    const running = job("a", { status: "running" });
    const jobs = told({ what: "snapshot", jobs: [running] }, image, gone);
    expect(jobs[0]).toMatchObject({ data: [], gone: [1] });
    expect(put(jobs, { ...running, progress: 0.9 })[0]?.gone).toEqual([1]);
    const data = [0, 1].map((index) => ({ index, url: `/${index}`, revised_prompt: null }));
    const over = told(
      { what: "snapshot", jobs: [job("b", { status: "succeeded", data })] },
      { ...gone, id: "b" },
    );
    expect(over[0]?.data.map((one) => one.index)).toEqual([0]);
  });

  it("orders pictures by index, whichever comes first", () => {
    const jobs = told(
      { what: "snapshot", jobs: [job("a", { status: "running" })] },
      { what: "image", id: "a", index: 1, url: "/1", revised_prompt: null },
      { what: "image", id: "a", index: 0, url: "/0", revised_prompt: null },
    );
    expect(jobs[0]?.data.map((one) => one.url)).toEqual(["/0", "/1"]);
  });
});
