import { describe, expect, it } from "vitest";
import { centralInterval, normalMixtureInterval, requireRunError } from "../../src/fit/intervals.ts";
import { upperQuantile } from "../../src/fit/normal.ts";

describe("centralInterval", () => {
  const values = [7, 1, 4, 2].map((value, i) => ({ value, weight: [1, 2, 2, 3][i]! / 8 }));

  it("has the weighted mean, and the first values with as much weight at or below", () => {
    // Weights below and at 1, 2, 4 and 7: 2/8, 5/8, 7/8 and 1.
    const mean = (7 + 2 * 1 + 2 * 4 + 3 * 2) / 8;
    expect(centralInterval(values, 0.25)).toEqual({ mean, lower: 2, upper: 2 });
    expect(centralInterval(values, 0.4)).toEqual({ mean, lower: 2, upper: 4 });
    // Exactly at what is below: the value itself.
    expect(centralInterval(values, 0.75)).toEqual({ mean, lower: 1, upper: 4 });
    expect(centralInterval(values, 0.8)).toEqual({ mean, lower: 1, upper: 7 });
  });

  it("ends with the largest value where rounded weights sum to less than 1", () => {
    const rounded = values.map(({ value, weight }) => ({ value, weight: 0.9 * weight }));
    expect(centralInterval(rounded, 0.95).upper).toBe(7);
  });
});

describe("normalMixtureInterval", () => {
  it("is centre ± quantile·spread for one part, of any size", () => {
    for (const spread of [1e-6, 0.2, 300]) {
      const { lower, upper } = normalMixtureInterval([{ weight: 1, centre: 5, spread }], 0.9);
      const half = upperQuantile(0.05) * spread;
      expect(Math.abs(lower - (5 - half)) / half).toBeLessThan(1e-8);
      expect(Math.abs(upper - (5 + half)) / half).toBeLessThan(1e-8);
    }
  });

  it("takes as much of each part as its weight says", () => {
    // Far apart: 3/4 of the mass is below 50, so that a tenth of all is the upper 0.4 of the part at 100.
    const parts = [
      { weight: 0.75, centre: 0, spread: 2 },
      { weight: 0.25, centre: 100, spread: 3 },
    ];
    const { lower, upper } = normalMixtureInterval(parts, 0.8);
    expect(upper).toBeCloseTo(100 + 3 * upperQuantile(0.1 / 0.25), 6);
    expect(lower).toBeCloseTo(-2 * upperQuantile(0.1 / 0.75), 6);
  });
});

describe("requireRunError", () => {
  it("takes none for data without, and a positive one for any", () => {
    expect(() => requireRunError(undefined, false)).not.toThrow();
    for (const known of [true, false]) expect(() => requireRunError(0.5, known)).not.toThrow();
  });

  it("refuses none for data with standard errors, and what is not one", () => {
    expect(() => requireRunError(undefined, true)).toThrow("standardError");
    for (const value of [0, -1, Number.NaN, Infinity])
      expect(() => requireRunError(value, false)).toThrow("standardError");
  });
});
