import { describe, expect, it } from "vitest";
import {
  logUpperTail,
  sampleChiSquare,
  sampleNormal,
  truncatedNormal,
  upperQuantile,
  upperTail,
} from "../../src/fit/normal.ts";
import { stream } from "../../src/random/stream.ts";
import { ALPHA } from "../support/bounds.ts";

describe("the normal distribution", () => {
  it("has the tails of longer tables", () => {
    // P[Z > z] by mpmath, 30 digits.
    const table: [number, number][] = [
      [0, 0.5],
      [0.5, 0.3085375387259869],
      [1, 0.15865525393145707],
      [1.999, 0.02280417693265889],
      [2.001, 0.02269619494564155],
      [3, 0.0013498980316300946],
      [5, 2.866515718791939e-7],
      [10, 7.619853024160525e-24],
      [30, 4.906713927148187e-198],
    ];
    for (const [z, tail] of table) {
      expect(upperTail(z) / tail).toBeCloseTo(1, 12);
      expect(upperTail(-z)).toBeCloseTo(1 - tail, 14);
      expect(logUpperTail(z)).toBeCloseTo(Math.log(tail), 11);
    }
  });

  it("inverts its own tail over 300 decades", () => {
    for (let z = -8; z < 37; z += 0.137) {
      // Below the middle 1 − p rounds: an error of 2⁻⁵³ over the density.
      const allowed = 1e-12 + (z < 0 ? 2 ** -52 * Math.exp(0.5 * z * z) * 2.6 : 0);
      expect(Math.abs(upperQuantile(upperTail(z)) - z)).toBeLessThan(allowed);
    }
  });

  it("draws no deeper than a uniform number of 53 bits can tell where the bound excludes nothing", () => {
    // P[Z < −8.3] = 5·10⁻¹⁷, half of 2⁻⁵³.
    expect(truncatedNormal(-40, 0)).toBe(-8.3);
    expect(truncatedNormal(-8.2, 0)).toBeGreaterThanOrEqual(-8.2);
  });

  it("draws above the bound, with the right median", () => {
    for (const bound of [-40, -2, 0, 3, 20, 29.9, 30.1, 200]) {
      expect(truncatedNormal(bound, 0)).toBeGreaterThanOrEqual(bound - 1e-9);
      const median = truncatedNormal(bound, 0.5);
      const share = Math.exp(logUpperTail(median) - logUpperTail(bound));
      // Past 30 the exponential stands in, with a relative error of bound⁻².
      if (bound > -30) expect(share).toBeCloseTo(0.5, bound > 30 ? 2 : 9);
    }
  });
});

/** Greatest distance of the empirical from a continuous distribution function. */
function distance(values: readonly number[], above: (value: number) => number): number {
  return values
    .toSorted((a, b) => a - b)
    .reduce((most, value, i, { length }) => {
      const below = 1 - above(value);
      return Math.max(most, below - i / length, (i + 1) / length - below);
    }, 0);
}

/** P[χ² > t]: a sum of Poisson probabilities, from the normal tail on where ν is odd [Abramowitz1964, 26.4.4, 26.4.5]. */
function chiSquareTail(t: number, freedom: number): number {
  const odd = freedom % 2 === 1;
  let sum = odd ? 2 * upperTail(Math.sqrt(t)) : 0;
  let term = odd ? Math.sqrt((2 * t) / Math.PI) * Math.exp(-t / 2) : Math.exp(-t / 2);
  for (let k = odd ? 3 : 2; k <= freedom; k += 2) {
    sum += term;
    term *= t / k;
  }
  return sum;
}

describe("draws", () => {
  const DRAWS = 20_000;
  // Dvoretzky, Kiefer, Wolfowitz [Massart1990].
  const radius = Math.sqrt(Math.log(2 / ALPHA) / (2 * DRAWS));
  const rng = stream(1, "test-draws");

  it("of normals follow the normal law", () => {
    const values = Array.from({ length: DRAWS }, () => sampleNormal(rng));
    expect(distance(values, upperTail)).toBeLessThan(radius);
    // Negative control: a tenth more spread.
    expect(distance(values, (value) => upperTail(value / 1.1))).toBeGreaterThan(radius);
    for (const nextFloat of [() => 0, () => 1 - 2 ** -53])
      expect(Math.abs(sampleNormal({ nextFloat }))).toBeLessThan(9);
  });

  it.each([1, 2, 3, 5, 30])("of χ² with %i degrees of freedom follow its law", (freedom) => {
    const values = Array.from({ length: DRAWS }, () => sampleChiSquare(rng, freedom));
    expect(distance(values, (value) => chiSquareTail(value, freedom))).toBeLessThan(radius);
    // Negative control: one degree more.
    expect(distance(values, (value) => chiSquareTail(value, freedom + 1))).toBeGreaterThan(radius);
  });
});
