import { describe, expect, it } from "vitest";
import { stream } from "../../src/random/stream.ts";
import { levelChain, sampleLevels } from "../../src/theory/levelChain.ts";
import { modelNumbers } from "../../src/theory/randomGraphModel.ts";
import { reachableShare } from "../../src/theory/survival.ts";

const MODEL = { entities: 100, lambda: 3 };
const N = 9900;

describe("the level chain", () => {
  it("depends on its stream only", () => {
    const [a, b, c] = [7, 7, 8].map((seed) => levelChain(stream(seed, "levels"), MODEL, 50).density(900));
    expect(a).toBe(b);
    expect(a).not.toBe(c);
  });

  it("starts at p, ends near C and stands between", () => {
    const curve = levelChain(stream(7, "levels"), MODEL, 4000);
    const within = (time: number) => 6 * curve.standardError(time);
    expect(Math.abs(curve.density(0) - 0.03)).toBeLessThan(within(0));
    // At V = 100 the reachable share is C_λ up to O(1/V).
    expect(Math.abs(curve.density(Infinity) - reachableShare(3))).toBeLessThan(within(Infinity) + 0.01);
    const values = [0, 10, 100, 1000, 1e4, 1e5].map(curve.density);
    expect(values).toEqual([...values].sort((a, b) => a - b));
  });

  it.each(["paired", "independent", "exact"] as const)("has the slope of its density, %s", (subtrees) => {
    const curve = levelChain(stream(7, "levels"), MODEL, 30, subtrees);
    for (const t of [10, 1000, 20_000]) {
      const h = t * 1e-4;
      const central = (curve.density(t + h) - curve.density(t - h)) / (2 * h);
      expect(Math.abs(central / curve.slope(t) - 1)).toBeLessThan(1e-6);
    }
    expect(curve.slope(0)).toBeGreaterThan(curve.slope(10));
  });

  it("has the mean and standard error of its samples, exactly, at t = 0, where density is L1/(V - 1)", () => {
    const samples = 7;
    const curve = levelChain(stream(11, "levels"), MODEL, samples);
    const rng = stream(11, "levels");
    const known = Array.from(
      { length: samples },
      () => (sampleLevels(rng, modelNumbers(MODEL))[1] ?? 0) / 99,
    );
    const mean = known.reduce((sum, x) => sum + x, 0) / samples;
    const squares = known.reduce((sum, x) => sum + (x - mean) ** 2, 0);
    expect(curve.density(0)).toBeCloseTo(mean, 14);
    expect(curve.standardError(0)).toBeCloseTo(Math.sqrt(squares / (samples - 1) / samples), 14);
  });

  it("is too low with independent subtrees, on the same levels, by up to 1 % at lambda = 2", () => {
    const [independent, exact] = (["independent", "exact"] as const).map((law) =>
      levelChain(stream(7, "levels"), { entities: 100, lambda: 2 }, 200, law).density(0.03 * N),
    );
    expect(independent! / exact!).toBeLessThan(0.995);
    expect(independent! / exact!).toBeGreaterThan(0.985);
  });

  it.each([
    [1.5, 0.005],
    [2, 0.001],
    [3, 0.0002],
    [10, 0.0002],
  ])(
    "is near the exact law with subtrees dependent in pairs, on the same levels, λ = %d",
    (lambda, bound) => {
      const model = { entities: 100, lambda };
      const [paired, exact] = (["paired", "exact"] as const).map((law) =>
        levelChain(stream(7, "levels"), model, 60, law),
      );
      // Independent subtrees are off by 2, 0.9 and 0.14 % at λ = 1.5, 2 and 3: what is left must be far less.
      for (const s of [0.001, 0.01, 0.03, 0.1, 0.3, 1, 10]) {
        expect(Math.abs(paired!.density(s * N) / exact!.density(s * N) - 1)).toBeLessThan(bound);
      }
    },
  );

  it("has the standard error of a mean", () => {
    const curve = levelChain(stream(7, "levels"), MODEL, 400);
    const means = Array.from({ length: 200 }, (_, i) => levelChain(stream(i, "many"), MODEL, 400).density(N));
    const mean = means.reduce((sum, x) => sum + x, 0) / means.length;
    const deviation = Math.sqrt(means.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (means.length - 1));
    // A deviation from 200 values has relative error 1/√400, the standard error itself one of about 5 %.
    expect(curve.standardError(N) / deviation).toBeGreaterThan(0.65);
    expect(curve.standardError(N) / deviation).toBeLessThan(1.5);
  });

  it("takes subtrees in pairs where no law is named, also beyond what the exact law can do", () => {
    const model = { entities: 501, lambda: 2 };
    const [named, unnamed, independent] = [["paired"], [], ["independent"]].map((law) =>
      levelChain(stream(7, "levels"), model, 20, ...(law as [])).density(9000),
    );
    expect(unnamed).toBe(named);
    expect(unnamed).not.toBe(independent);
  });

  it("takes p = 0 and p = 1", () => {
    const none = levelChain(stream(1, "levels"), { entities: 10, linkProbability: 0 }, 5);
    expect(none.density(Infinity)).toBe(0);
    const all = levelChain(stream(1, "levels"), { entities: 10, linkProbability: 1 }, 5);
    expect(all.density(0)).toBe(1);
    expect(sampleLevels(stream(1, "levels"), modelNumbers({ entities: 10, linkProbability: 1 }))).toEqual([
      1, 9,
    ]);
  });

  it("refuses what is outside", () => {
    const rng = stream(1, "levels");
    expect(() => levelChain(rng, MODEL, 1)).toThrow(/^samples must be an integer from 2 to/);
    expect(() => levelChain(rng, MODEL, 1_000_001)).toThrow(/^samples must be an integer from 2 to 1000000/);
    expect(() => levelChain(rng, { entities: 501, lambda: 3 }, 9, "exact")).toThrow(
      /^entities must be an integer from 2 to 500/,
    );
    expect(() => levelChain(rng, MODEL, 9).density(-1)).toThrow(/^time must be >= 0/);
  });
});
