import fc from "fast-check";
import type { BigNumber } from "mathjs";
import { describe, expect, it } from "vitest";
import { borelProbability, borelTannerProbability } from "../../src/theory/borel.ts";
import { extinctionProbability } from "../../src/theory/survival.ts";
import { big, relativeError } from "./bigNumber.ts";

/** (r/k)·e^{−λk}(λk)^{k−r}/(k − r)! at 64 digits, factor by factor. */
function exactBorelTanner(lambda: number, ancestors: number, size: number): BigNumber {
  const mean = big(lambda).times(size);
  let value = mean.neg().exp().times(ancestors).div(size);
  for (let i = 1; i <= size - ancestors; i++) value = value.times(mean).div(i);
  return value;
}

describe("the Borel and Borel-Tanner laws", () => {
  it.each([
    [0.3, 1, 1],
    [0.3, 1, 5],
    [0.999999, 1, 40],
    [1, 1, 1000],
    [1.0001, 2, 900],
    [3, 1, 2],
    [3, 1, 16],
    [3, 1, 17],
    [3, 4, 60],
    [10, 3, 3],
    [10, 7, 25],
  ])("agree with 64 digits at lambda = %f, r = %i, k = %i", (lambda, ancestors, size) => {
    const value = borelTannerProbability(lambda, ancestors, size);
    const bound = (8 - 4 * Math.log(value)) * 2 ** -53;
    expect(relativeError(value, exactBorelTanner(lambda, ancestors, size))).toBeLessThan(bound);
  });

  it.each([0.2, 0.7, 1.4, 3])("add up to the extinction probability at lambda = %f", (lambda) => {
    // P[k + 1]/P[k] < λe^{1−λ} ≤ 0.947 for these λ: 1200 terms leave 0.947^1200 < 10⁻²⁸.
    let sum = 0;
    for (let k = 1; k <= 1200; k++) sum += borelProbability(lambda, k);
    expect(Math.abs(sum - extinctionProbability(lambda))).toBeLessThan(1e-13);
  });

  it("has r ancestors bear the sum of r independent progenies", () => {
    const lambdas = fc.double({ min: 0.05, max: 8, noNaN: true });
    const sizes = fc.integer({ min: 2, max: 60 });
    fc.assert(
      fc.property(lambdas, sizes, (lambda, size) => {
        let sum = 0;
        for (let k = 1; k < size; k++)
          sum += borelProbability(lambda, k) * borelProbability(lambda, size - k);
        const exact = borelTannerProbability(lambda, 2, size);
        expect(Math.abs(sum - exact)).toBeLessThan(2e-13 * exact + Number.MIN_VALUE);
      }),
      { seed: 20260733, numRuns: 300 },
    );
  });

  it("knows the edges", () => {
    expect(borelProbability(0, 1)).toBe(1);
    expect(borelProbability(0, 2)).toBe(0);
    expect(borelTannerProbability(2, 3, 2)).toBe(0);
    expect(() => borelProbability(-1, 1)).toThrow(/^lambda must be finite and >= 0/);
    expect(() => borelProbability(1, 0)).toThrow(/^size must be an integer >= 1/);
    expect(() => borelTannerProbability(1, 1.5, 2)).toThrow(/^ancestors must be an integer/);
  });
});
