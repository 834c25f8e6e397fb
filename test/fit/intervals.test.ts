import { describe, expect, it } from "vitest";
import { centralInterval, normalMixtureInterval, requireRunError } from "../../src/fit/intervals.ts";
import { upperQuantile } from "../../src/fit/normal.ts";

describe("centralInterval", () => {
  const values = [7, 1, 4, 2].map((value, i) => ({ value, weight: [1, 2, 2, 3][i]! / 8 }));

  it("has the weighted mean, and the first values from either side with as much weight at or beyond them", () => {
    // Weights at or below 1, 2, 4 and 7: 2/8, 5/8, 7/8 and 1; at or above 7, 4, 2 and 1: 1/8, 3/8, 6/8 and 1.
    const mean = (7 + 2 * 1 + 2 * 4 + 3 * 2) / 8;
    expect(centralInterval(values, 0.2)).toEqual({ mean, lower: 2, upper: 2 });
    // Exactly at what is beyond: the value itself.
    expect(centralInterval(values, 0.25)).toEqual({ mean, lower: 2, upper: 4 });
    expect(centralInterval(values, 0.4)).toEqual({ mean, lower: 2, upper: 4 });
    expect(centralInterval(values, 0.7)).toEqual({ mean, lower: 1, upper: 4 });
    expect(centralInterval(values, 0.75)).toEqual({ mean, lower: 1, upper: 7 });
    expect(centralInterval(values, 0.8)).toEqual({ mean, lower: 1, upper: 7 });
  });

  it.each([
    [20, 0.9, 1],
    [200, 0.9, 10],
    [200, 0.95, 5],
    [1000, 0.95, 25],
    [21, 0.9, 2],
  ])(
    "leaves as many of %i equal weights above as below at level %d, the ends being the %i-th",
    (count, level, nth) => {
      // Decimal shares of decimal weights round to either side.
      const equal = Array.from({ length: count }, (_, i) => ({ value: i + 1, weight: 1 / count }));
      const { lower, upper } = centralInterval(equal, level);
      expect([lower, upper]).toEqual([nth, count + 1 - nth]);
    },
  );

  it("turns round with the values", () => {
    const turned = values.map(({ value, weight }) => ({ value: -value, weight }));
    for (const level of [0.1, 0.25, 0.5, 0.7, 0.75, 0.9]) {
      const { mean, lower, upper } = centralInterval(values, level);
      expect(centralInterval(turned, level)).toEqual({ mean: -mean, lower: -upper, upper: -lower });
    }
  });

  it("is of all weight, be it one value's", () => {
    expect(centralInterval([{ value: 3, weight: 1 }], 0.9)).toEqual({ mean: 3, lower: 3, upper: 3 });
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
