import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/errors.ts";
import { geometricSampler, sampleIndex } from "../../src/random/draws.ts";
import { type Rng, stream } from "../../src/random/stream.ts";
import { bernsteinRadius } from "../support/bounds.ts";

function scripted(...values: number[]): Rng {
  return { nextFloat: () => values.shift()! };
}

describe("stream", () => {
  it("gives the same numbers for the same key, for ever", () => {
    const rng = stream(2024, "process", 0, 731);
    // Written down once: a change here changes every published result.
    expect([rng.nextFloat(), rng.nextFloat(), rng.nextFloat()]).toEqual([
      0.5239243429718007, 0.02900136098850903, 0.0018211936947614138,
    ]);
  });

  it("gives unrelated numbers for neighbouring keys", () => {
    const keys = [
      stream(1, "a"),
      stream(2, "a"),
      stream(1, "b"),
      stream(1, "a", 0),
      stream(1, "a", 1),
      stream(1, "a", 0, 0),
      stream(1, "a0"),
    ];
    expect(new Set(keys.map((rng) => rng.nextFloat())).size).toBe(keys.length);
  });

  it("is uniform over first numbers of consecutive seeds, where weak seeding shows", () => {
    const count = 20_000;
    let sum = 0;
    for (let seed = 0; seed < count; seed++) sum += stream(seed, "check").nextFloat();
    const radius = bernsteinRadius(count, 1 / 12, 1);
    expect(Math.abs(sum / count - 0.5)).toBeLessThanOrEqual(radius);
    expect(radius).toBeLessThan(0.02);
  });

  it("stays in [0, 1) and uses all 53 bits", () => {
    const rng = stream(5, "bits");
    let low = 0;
    for (let i = 0; i < 10_000; i++) {
      const value = rng.nextFloat();
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThan(1);
      low += (value * 2 ** 53) % 2;
    }
    expect(Math.abs(low / 10_000 - 0.5)).toBeLessThanOrEqual(bernsteinRadius(10_000, 1 / 4, 1));
  });

  it.each([-1, 1.5, Number.NaN, 2 ** 53])("refuses the seed %s", (seed) => {
    expect(() => stream(seed, "a")).toThrow(DomainError);
  });
});

describe("sampleIndex", () => {
  it("covers its range to the ends", () => {
    expect(sampleIndex(scripted(0), 7)).toBe(0);
    expect(sampleIndex(scripted(1 - 2 ** -53), 7)).toBe(6);
    expect(sampleIndex(scripted(3 / 7 + 1e-12), 7)).toBe(3);
  });
});

describe("geometricSampler", () => {
  it("inverts the distribution function exactly at its steps", () => {
    const sample = geometricSampler(0.25);
    // P[k < K] = 1 − 0.75^K: just below and just above each step.
    for (let k = 0; k < 20; k++) {
      const edge = 1 - 0.75 ** (k + 1);
      expect(sample(scripted(edge - 1e-12))).toBe(k);
      expect(sample(scripted(edge + 1e-12))).toBe(k + 1);
    }
  });

  it("knows certainty and impossibility", () => {
    expect(geometricSampler(1)(scripted(0.999))).toBe(0);
    expect(Object.is(geometricSampler(1)(scripted(0)), 0)).toBe(true);
    expect(geometricSampler(0)(scripted(0.5))).toBe(Infinity);
  });

  it.each([-0.1, 1.1, Number.NaN])("refuses the probability %s", (probability) => {
    expect(() => geometricSampler(probability)).toThrow(DomainError);
  });
});
