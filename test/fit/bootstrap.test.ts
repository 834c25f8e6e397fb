import { describe, expect, it } from "vitest";
import { bootstrapBand, bootstrapFits, bootstrapRun } from "../../src/fit/bootstrap.ts";
import { fitMixture } from "../../src/fit/fitMixture.ts";
import { mixtureCurve } from "../../src/fit/mixture.ts";
import { upperQuantile } from "../../src/fit/normal.ts";
import { stream } from "../../src/random/stream.ts";
import { ENTIGRAPH, REPHRASE } from "./fixtures/quality.ts";

const RATE = 0.2;
const x = [1, 2, 3, 5, 8, 12, 20, 30];
const y = x.map(
  (value, i) => 50 - 20 * Math.exp(-RATE * value) + [0.3, -0.2, 0.1, -0.4, 0.2, 0.3, -0.1, -0.2][i]!,
);
/** One term whose rate is as good as known: regression on φ(x) = e^{−0.2x}, whose variances are closed forms. */
const known = { terms: 1, rateRange: [RATE, RATE * (1 + 1e-9)] as const };

/** Standard deviation of the regression line on φ at `at`, for rows with weights 1/s². */
function lineDeviation(at: number, weights: readonly number[]): number {
  const phi = (value: number) => Math.exp(-RATE * value);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = x.reduce((sum, value, i) => sum + (weights[i]! / total) * phi(value), 0);
  const square = x.reduce((sum, value, i) => sum + weights[i]! * (phi(value) - mean) ** 2, 0);
  return Math.sqrt(1 / total + (phi(at) - mean) ** 2 / square);
}

const REPLICATES = 4000;
/** Five standard deviations of the ratio of a variance of so many normals to its expectation. */
const VARIANCE_ERROR = 5 * Math.sqrt(2 / REPLICATES);

describe("bootstrap of a fit with a known rate", () => {
  const fit = fitMixture({ x, y }, known);
  const bootstrap = bootstrapFits({ x, y }, { ...known, replicates: REPLICATES });
  const sigma = bootstrap.sigma!;

  it("estimates σ from what the fit leaves, the parameters taken off", () => {
    // Three parameters are counted, the rate among them.
    expect(sigma).toBeCloseTo(Math.sqrt(fit.sse / (8 - 3)), 12);
  });

  it("draws σ as far from its estimate as that is from the truth: νσ²/σ*² is χ² with ν = 5", () => {
    const squares = bootstrap.sigmas!.map((drawn) => 5 * (sigma / drawn) ** 2);
    const mean = squares.reduce((sum, square) => sum + square, 0) / REPLICATES;
    // χ² has the variance 2ν.
    expect(Math.abs(mean - 5)).toBeLessThan(5 * Math.sqrt(10 / REPLICATES));
    expect(new Set(squares).size).toBe(REPLICATES);
  });

  it.each([0, 1, 10, 60])("has the regression line's variance and Student's quantiles at x = %d", (at) => {
    const deviation = lineDeviation(
      at,
      x.map(() => 1),
    );
    const centre = mixtureCurve(fit, at);
    // In units of its own σ each curve is normal about the line.
    const normal = bootstrap.curves.map(
      (curve, i) => (mixtureCurve(curve, at) - centre) / bootstrap.sigmas![i]! / deviation,
    );
    const variance = normal.reduce((sum, value) => sum + value ** 2, 0) / REPLICATES;
    expect(Math.abs(variance - 1)).toBeLessThan(VARIANCE_ERROR);
    // The bound would notice a tenth more noise.
    expect(1.1 ** 2 * variance - 1).toBeGreaterThan(VARIANCE_ERROR);
    // 95 % quantile of Student's distribution with 5 degrees of freedom, any table, and its density there.
    const t = 2.01505;
    const density = (8 / (3 * Math.PI * Math.sqrt(5))) * (1 + t ** 2 / 5) ** -3;
    // Five standard deviations of an empirical quantile.
    const error = (5 * Math.sqrt((0.05 * 0.95) / REPLICATES)) / density;
    const { lower, upper } = bootstrapBand(bootstrap, at, 0.9);
    const band = sigma * deviation;
    expect(Math.abs((upper - centre) / band - t)).toBeLessThan(error);
    expect(Math.abs((centre - lower) / band - t)).toBeLessThan(error);
    const run = bootstrapRun(bootstrap, at, 0.9);
    const half = (run.upper - run.lower) / (2 * sigma * Math.hypot(deviation, 1));
    expect(Math.abs(half - t)).toBeLessThan(error);
    // The bound would notice the normal's quantile.
    expect(t - upperQuantile(0.05)).toBeGreaterThan(error);
  });

  it("takes the standard error of a further run where one is given", () => {
    const run = bootstrapRun(bootstrap, 10, 0.9, 1000 * sigma);
    // To the deviation of the line, in quadrature: with Student's variance of 5/3, some 10⁻⁶.
    expect((run.upper - run.lower) / (2000 * sigma) / upperQuantile(0.05)).toBeCloseTo(1, 4);
  });

  it("takes known standard errors as they are, and rows of equal x together", () => {
    const standardErrors = x.map((_, i) => 0.1 + 0.05 * i);
    const weighted = bootstrapFits({ x, y, standardErrors }, { ...known, replicates: REPLICATES });
    expect([weighted.sigma, weighted.sigmas]).toEqual([null, null]);
    const repeated = bootstrapFits(
      {
        x: [...x, ...x],
        y: [...y, ...y],
        standardErrors: [...standardErrors, ...standardErrors].map((error) => error * Math.SQRT2),
      },
      { ...known, replicates: REPLICATES },
    );
    const deviation = lineDeviation(
      10,
      standardErrors.map((error) => error ** -2),
    );
    const centre = mixtureCurve(fitMixture({ x, y, standardErrors }, known), 10);
    for (const { curves } of [weighted, repeated]) {
      const variance =
        curves.reduce((sum, curve) => sum + (mixtureCurve(curve, 10) - centre) ** 2, 0) / REPLICATES;
      expect(Math.abs(variance / deviation ** 2 - 1)).toBeLessThan(VARIANCE_ERROR);
    }
    expect(() => bootstrapRun(weighted, 10, 0.9)).toThrow("standardError must be that of the run");
    const run = bootstrapRun(weighted, 10, 0.9, 1);
    const spread = Math.hypot(deviation, 1);
    // What the variance of the curves is off by, in a width of which the run's own error is nearly all.
    const share = (VARIANCE_ERROR * deviation ** 2) / spread ** 2;
    expect(Math.abs((run.upper - run.lower) / (2 * spread) / upperQuantile(0.05) - 1)).toBeLessThan(share);
    for (const wrong of [0, -1, Infinity])
      expect(() => bootstrapRun(weighted, 10, 0.9, wrong)).toThrow("standardError must be finite and > 0");
  });
});

describe("bootstrap of other fits", () => {
  it("is the same for the same seed, whatever the number of replicates, and not for another", () => {
    const few = bootstrapFits(REPHRASE, { terms: 2, replicates: 20 });
    const more = bootstrapFits(REPHRASE, { terms: 2, replicates: 25 });
    expect(more.curves.slice(0, 20)).toEqual(few.curves);
    const other = bootstrapFits(REPHRASE, { terms: 2, replicates: 20, seed: 2 });
    expect(other.curves).not.toEqual(few.curves);
  });

  it("keeps every replicate to the bounds and the number of terms of the fit", () => {
    const { curves } = bootstrapFits(ENTIGRAPH, { terms: 2, ceiling: 58, floor: 41, replicates: 20 });
    for (const curve of curves) {
      expect(curve.plateau).toBeLessThan(58 + 1e-9);
      expect(mixtureCurve(curve, 0)).toBeGreaterThan(41 - 1e-9);
      expect(curve.terms.length).toBeLessThanOrEqual(2);
    }
  });

  it("has no width where the fit is exact", () => {
    const exact = { x, y: x.map(() => 7) };
    const bootstrap = bootstrapFits(exact, { terms: 1, replicates: 20 });
    expect(bootstrapBand(bootstrap, 100, 0.9)).toEqual({ lower: 7, upper: 7 });
    expect(bootstrapRun(bootstrap, 100, 0.9)).toEqual({ lower: 7, upper: 7 });
  });

  it("merges many rows without losing their noise, or taking the trend for it", () => {
    // Four hundred rows at as many x: 60 points are fitted, and σ is that of a row.
    const noise = stream(1, "merged rows");
    const many = Array.from({ length: 400 }, (_, i) => 1.02 ** i);
    const noisy = many.map(
      (value) => 50 - 20 * Math.exp(-value / 10) + 0.1 * upperQuantile(noise.nextFloat() + 2 ** -54),
    );
    const { sigma } = bootstrapFits({ x: many, y: noisy }, { terms: 1, replicates: 20 });
    // Four standard errors of σ̂ from 400 rows less 60 slopes and 3 parameters; with the trend within bins it is 0.29.
    expect(Math.abs(sigma! / 0.1 - 1)).toBeLessThan(4 / Math.sqrt(2 * 337));
  });

  it("refuses what has no meaning", () => {
    expect(() => bootstrapFits({ x, y }, { terms: 1, replicates: 19 })).toThrow("replicates must be");
    expect(() => bootstrapFits({ x: [1, 2, 3], y: [1, 2, 2.5] }, { terms: 1 })).toThrow(
      "terms must be fewer",
    );
    const bootstrap = bootstrapFits({ x, y }, { terms: 1, replicates: 20 });
    for (const level of [0, 1, Number.NaN]) {
      expect(() => bootstrapBand(bootstrap, 1, level)).toThrow("level must be in (0, 1)");
      expect(() => bootstrapRun(bootstrap, 1, level)).toThrow("level must be in (0, 1)");
    }
    expect(() => bootstrapBand(bootstrap, -1, 0.9)).toThrow("x must be >= 0");
  });
});
