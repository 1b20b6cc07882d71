import { expect, it } from "vitest";
import type { Job } from "../api/types";
import { pack } from "./pack";
import { unzip } from "./testing";

const job = (id: string, pictures: number) =>
  ({
    id,
    prompt: "A fox",
    output_format: "png",
    data: Array.from({ length: pictures }, (_, index) => ({ index })),
  }) as unknown as Job;

it("packs every picture under a name of its own, and the records", async () => {
  const told: number[] = [];
  const read = async (one: Job, index: number) =>
    one.id === "lost" ? null : new Blob([`${one.id}${index}`.repeat(1000)]);
  const { archive, missing } = await pack([job("a", 2), job("b", 2), job("lost", 1)], read, (done) =>
    told.push(done),
  );
  const files = await unzip(archive);
  expect([...files.keys()]).toEqual([
    "a-fox-1.png",
    "a-fox-2.png",
    "a-fox-1-2.png",
    "a-fox-2-2.png",
    "jobs.json",
  ]);
  expect(await files.get("a-fox-1-2.png")?.text()).toBe("b0".repeat(1000));
  expect(JSON.parse((await files.get("jobs.json")?.text()) ?? "")).toHaveLength(3);
  expect([missing, told]).toEqual([1, [1, 2, 3, 4, 5]]);
});
