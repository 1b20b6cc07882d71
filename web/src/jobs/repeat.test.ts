import { expect, it } from "vitest";
import type { Job } from "../api/types";
import { repeat } from "./repeat";

const job = (rest: Partial<Job>) =>
  ({
    operation: "generations",
    model: null,
    prompt: "a fox",
    n: 2,
    size: "512x512",
    seed: 7,
    style: null,
    quality: "standard",
    background: "auto",
    output_format: "png",
    strength: 0.5,
    ...rest,
  }) as Job;
const inputs = { jobId: "a", from: null, image: new Blob(["i"]), mask: new Blob(["m"]), keptAt: 0 };
const settings = { n: 2, size: "512x512", seed: 7 };

it("asks for the same again", () => {
  expect(repeat(job({}), null)).toEqual({ operation: "generations", prompt: "a fox", ...settings });
  expect(repeat(job({ operation: "edits" }), inputs)).toEqual({
    operation: "edits",
    prompt: "a fox",
    image: inputs.image,
    mask: inputs.mask,
    ...settings,
  });
  expect(repeat(job({ operation: "variations", prompt: null }), inputs)).toEqual({
    operation: "variations",
    image: inputs.image,
    strength: 0.5,
    ...settings,
  });
});

it("sends along what only a named model knows", () => {
  expect(repeat(job({ model: "dall-e-3", style: "natural", quality: "hd" }), null)).toEqual({
    operation: "generations",
    prompt: "a fox",
    ...settings,
    model: "dall-e-3",
    style: "natural",
    quality: "hd",
    background: "auto",
    output_format: "png",
  });
});

it("cannot without the uploads", () => {
  expect(repeat(job({ operation: "edits" }), null)).toBeNull();
  expect(repeat(job({ operation: "variations" }), null)).toBeNull();
});
