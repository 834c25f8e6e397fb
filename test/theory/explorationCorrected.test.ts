import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linkDensity } from "../../src/growth/growthCurve.ts";
import { explorationCorrected } from "../../src/theory/explorationCorrected.ts";
import { explorationLimit, explorationLimitFinite } from "../../src/theory/explorationLimit.ts";
import {
  explorationOrbits,
  fixedPointWithSlope,
  integrateSubtrees,
} from "../../src/theory/explorationOrbits.ts";
import { extinctionProbability } from "../../src/theory/survival.ts";
import { drawEnsemble, estimate } from "../../src/verify/ensemble.ts";

const N = 9900;

describe("the corrected exploration limit", () => {
  it("is within 1 % of the mean of 400 graphs at V = 100, s up to 0.05, where the uncorrected curve is not", () => {
    for (const [lambda, uncorrected] of [
      [2, 0.09],
      [3, 0.03],
      [10, 0.005],
    ] as const) {
      const { spectra } = drawEnsemble(1, 100, lambda, "first", 400);
      const corrected = explorationCorrected({ entities: 100, lambda });
      const finite = explorationLimitFinite({ entities: 100, lambda });
      let worst = 0;
      for (const s of [1e-3, 0.005, 0.02, 0.05]) {
        const { mean, standardError } = estimate(spectra.map((spectrum) => linkDensity(spectrum, s * N)));
        // 1 % and six standard errors of the graphs.
        expect(Math.abs(corrected.density(s * N) - mean)).toBeLessThan(0.01 * mean + 6 * standardError);
        worst = Math.max(worst, finite.density(s * N) / mean - 1);
      }
      expect(worst).toBeGreaterThan(uncorrected * 0.8);
    }
  });

  it("tends to the exploration limit", () => {
    for (const lambda of [1.5, 4]) {
      const limit = explorationLimit(lambda).density(0.4);
      const gaps = [1e3, 1e4, 1e5].map((entities) => {
        const curve = explorationCorrected({ entities, lambda });
        return Math.abs(curve.density(0.4 * entities * (entities - 1)) / limit - 1) * entities;
      });
      // The correction is of order 1/V: the scaled gaps settle.
      expect(gaps[2]! / gaps[1]!).toBeGreaterThan(0.7);
      expect(gaps[2]! / gaps[1]!).toBeLessThan(1.4);
    }
  });

  it.each([
    [20, 1.4],
    [100, 3],
  ])(
    "ends at its mean over first levels at V = %i, lambda = %f, each end found by bisection",
    (V, lambda) => {
      const p = lambda / V;
      const rho = extinctionProbability(lambda);
      let probability = (1 - p) ** (V - 1);
      let mean = lambda * (1 - 1 / V);
      for (let k = 1; k < V - 1; k++) {
        probability *= (((V - k) / k) * p) / (1 - p);
        // τ − f(τ): negative while the queue holds vertices.
        const overshoot = (tau: number) => tau - 1 + (1 - (1 + k) / V) * Math.exp(-lambda * (tau - 1 / V));
        let [low, high] = [(1 + k) / V, 1];
        if (overshoot(low) >= 0) continue;
        for (let i = 0; i < 60; i++) {
          const middle = (low + high) / 2;
          if (overshoot(middle) < 0) low = middle;
          else high = middle;
        }
        mean += probability * (1 - rho ** k) * V * (low - (1 + k) / V);
      }
      const curve = explorationCorrected({ entities: V, lambda });
      // First levels of probability below 10⁻¹³ each are left out.
      expect(curve.density(Infinity) / (mean / (V - 1))).toBeCloseTo(1, 11);
    },
  );

  it("starts at p, increases, is concave and has its slope", () => {
    const lambdas = fc.double({ min: 1.3, max: 12, noNaN: true });
    const decades = fc.double({ min: -4, max: 1, noNaN: true });
    fc.assert(
      fc.property(lambdas, decades, (lambda, decade) => {
        const curve = explorationCorrected({ entities: 100, lambda });
        const t = 10 ** decade * N;
        const h = t * 1e-3;
        expect(curve.density(0)).toBe(lambda / 100);
        expect(curve.density(t + h)).toBeGreaterThan(curve.density(t));
        expect(curve.slope(t + h)).toBeLessThan(curve.slope(t));
        expect(curve.density(t)).toBeLessThan(curve.density(Infinity) + 1e-13);
        const central = (curve.density(t + h) - curve.density(t - h)) / (2 * h);
        // |Acc‴| ≤ 6·Acc/t³, as for every mixture of exponentials.
        expect(Math.abs(central - curve.slope(t))).toBeLessThan((1e-6 * curve.density(t)) / t + 1e-13 / h);
      }),
      { numRuns: 40 },
    );
  });

  it("knows dense and complete graphs", () => {
    const complete = explorationCorrected({ entities: 10, linkProbability: 1 });
    expect(complete.density(0)).toBe(1);
    expect(complete.density(1e9)).toBe(1);
    expect(complete.slope(0)).toBe(0);
    const dense = explorationCorrected({ entities: 30, linkProbability: 0.9 });
    expect(dense.density(Infinity)).toBeGreaterThan(0.99);
    expect(dense.density(Infinity)).toBeLessThan(1.001);
  });

  it("refuses what is outside", () => {
    expect(() => explorationCorrected({ entities: 100, lambda: 1 })).toThrow(
      /^lambda must be finite and > 1/,
    );
    expect(() => explorationCorrected({ entities: 1e6, lambda: 701 })).toThrow(/^lambda must be at most 700/);
    expect(() => explorationCorrected({ entities: 100, lambda: 2 }).density(-1)).toThrow(
      /^time must be >= 0/,
    );
  });
});

describe("the fixed point of a progeny", () => {
  it("solves its equation and has the slope of its value", () => {
    for (const [mean, s] of [
      [0.4, 0.01],
      [0.9, 0.5],
      [3, 0.2],
    ] as const) {
      const { value, slope } = fixedPointWithSlope(mean, s);
      expect(value).toBeCloseTo(1 - Math.exp(-s - mean * value), 14);
      const h = 1e-5;
      const central =
        (fixedPointWithSlope(mean, s + h).value - fixedPointWithSlope(mean, s - h).value) / (2 * h);
      expect(slope).toBeCloseTo(central, 6);
    }
  });
});

describe("orbits of a search that starts with some vertices visited", () => {
  it("end at the root of r = a e^(lambda (r - 1)), and weigh the interval", () => {
    for (const a of [0.9, 1, 1.02]) {
      const orbits = explorationOrbits(3, 0.05, a);
      const r = 1 - orbits.end;
      expect(r).toBeCloseTo(a * Math.exp(3 * (r - 1)), 14);
      const total = orbits.weights.reduce((sum, weight) => sum + weight, 0) + orbits.endWeight;
      expect(total).toBeCloseTo(orbits.end - 0.05, 12);
      // At s = ∞ everything is learned.
      expect(integrateSubtrees(orbits, Infinity).value).toBeCloseTo(orbits.end - 0.05, 12);
    }
  });

  it("agree at a = 1 with those whose end is known from the extinction probability", () => {
    const [a, b] = [explorationOrbits(1.5, 0.01, 1), explorationOrbits(1.5, 0.01, 1 + 2 ** -52)];
    expect(integrateSubtrees(b, 0.3).value).toBeCloseTo(integrateSubtrees(a, 0.3).value, 13);
  });
});
