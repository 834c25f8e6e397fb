import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explorationLimit, explorationLimitFinite } from "../../src/theory/explorationLimit.ts";
import { explorationOrbits, integrateSubtrees } from "../../src/theory/explorationOrbits.ts";
import { reachableShare, survivalProbability } from "../../src/theory/survival.ts";

/**
 * ∫ U(τ) dτ over [from, 1 − ρ] by a second route: double-exponential quadrature (τ = from + width/(1 + e^{−π sinh x}),
 * step 1/32) with the recursion of U started anew at every node. The smallest τ − from is 10⁻²⁸ of the interval.
 */
function independentIntegral(lambda: number, s: number, from: number): number {
  const width = survivalProbability(lambda) - from;
  const h = 1 / 32;
  let sum = 0;
  for (let i = -120; i <= 120; i++) {
    const e = Math.exp(-Math.PI * Math.sinh(i * h));
    const slope = (Math.PI * Math.cosh(i * h) * e) / (1 + e) ** 2;
    sum += h * width * slope * subtreeLoss(lambda, s, from + width / (1 + e));
  }
  return sum;
}

function subtreeLoss(lambda: number, s: number, tau: number): number {
  const means: number[] = [];
  for (let i = 0, t = tau; i < 400; i++, t = 1 - Math.exp(-lambda * t))
    means.push(lambda * Math.exp(-lambda * t));
  // 400 generations on, what U is taken for no longer shows: each multiplies an error by at most λe^{−λτ} → λρ < 1.
  return means.reduceRight((u, mean) => -Math.expm1(-s - mean * u), 1);
}

const lambdas = fc.double({ min: 1.2, max: 30, noNaN: true });
const decades = fc.double({ min: -5, max: 1.3, noNaN: true });

describe("the exploration limit", () => {
  it.each([
    [0.1, 0.22454],
    [0.5, 0.54842],
    [1, 0.70749],
    [2, 0.82609],
  ])("has the known value at lambda = 3, s = %f", (s, value) => {
    expect(Math.abs(explorationLimit(3).density(s) - value)).toBeLessThan(1e-5);
  });

  it.each([
    [1.5, 0.01],
    [1.5, 3],
    [3, 1e-3],
    [3, 0.1],
    [3, 2],
    [10, 0.01],
    [10, 1],
    [40, 0.3],
  ])("agrees with another quadrature at lambda = %f, s = %f", (lambda, s) => {
    const value = explorationLimit(lambda).density(s) / survivalProbability(lambda);
    expect(Math.abs(value / independentIntegral(lambda, s, 0) - 1)).toBeLessThan(1e-9);
  });

  it.each([1.02, 1.5, 3, 10, 50])(
    "moves by less than 1e-12 when panels are halved, lambda = %f",
    (lambda) => {
      const [coarse, fine] = [1, 2].map((refinement) => explorationOrbits(lambda, 1e-30, 1, refinement));
      for (const s of [1e-18, 1e-9, 1e-3, 0.1, 1, 10]) {
        const [a, b] = [integrateSubtrees(coarse!, s), integrateSubtrees(fine!, s)];
        expect(Math.abs(a.value / b.value - 1)).toBeLessThan(1e-12);
        expect(Math.abs(a.slope / b.slope - 1)).toBeLessThan(1e-12);
      }
    },
  );

  it("moves by less than 1e-10 when panels are halved, lambda = 700", () => {
    const [coarse, fine] = [1, 2].map((refinement) => explorationOrbits(700, 1e-30, 1, refinement));
    for (const s of [1e-9, 1e-3, 0.1, 1, 10]) {
      const [a, b] = [integrateSubtrees(coarse!, s), integrateSubtrees(fine!, s)];
      expect(Math.abs(a.value / b.value - 1)).toBeLessThan(1e-10);
      expect(Math.abs(a.slope / b.slope - 1)).toBeLessThan(1e-9);
    }
  });

  it("rises from 0 to C with infinite slope at 0", () => {
    for (const lambda of [1.3, 3, 20]) {
      const curve = explorationLimit(lambda);
      expect(curve.density(0)).toBe(0);
      expect(curve.slope(0)).toBe(Infinity);
      expect(curve.density(Infinity)).toBe(reachableShare(lambda));
      expect(Math.abs(curve.density(1000) - reachableShare(lambda))).toBeLessThan(1e-12);
    }
  });

  it("is a Bernstein function: finite differences alternate", () => {
    fc.assert(
      fc.property(lambdas, decades, (lambda, decade) => {
        const s = 10 ** decade;
        const values = [1, 2, 3, 4, 5].map((i) => explorationLimit(lambda).density(i * s));
        let differences = values;
        for (let order = 1; order <= 4; order++) {
          differences = differences.slice(1).map((value, i) => value - differences[i]!);
          const sign = order % 2 === 1 ? 1 : -1;
          // Each order doubles the rounding of the values, each below 10⁻¹³.
          for (const value of differences) expect(sign * value).toBeGreaterThan(-(2 ** order) * 1e-13);
        }
      }),
      { seed: 20260735, numRuns: 150 },
    );
  });

  it("has the slope of its density", () => {
    fc.assert(
      fc.property(lambdas, decades, (lambda, decade) => {
        const curve = explorationLimit(lambda);
        const s = 10 ** decade;
        const h = s * 1e-3;
        const central = (curve.density(s + h) - curve.density(s - h)) / (2 * h);
        // As for every mixture of exponentials |Acc‴| ≤ 6·Acc/s³ (x³e^{−x} ≤ 6(1 − e^{−x})): h²/6·|Acc‴| ≤ 10⁻⁶Acc/s.
        const bound = (1e-6 * curve.density(s)) / s + 1e-13 / h;
        expect(Math.abs(central - curve.slope(s))).toBeLessThan(bound);
      }),
      { seed: 20260736, numRuns: 150 },
    );
  });

  it.each([1, 0.5, NaN, Infinity, 1.0005])("refuses lambda = %f", (lambda) => {
    expect(() => explorationLimit(lambda)).toThrow(/^lambda must be /);
  });

  it.each([-1, NaN])("refuses s = %f", (s) => {
    expect(() => explorationLimit(3).density(s)).toThrow(/^time must be >= 0/);
    expect(() => explorationLimit(3).slope(s)).toThrow(/^time must be >= 0/);
  });
});

describe("the exploration limit cut to V entities", () => {
  it.each([
    [100, 3, 0.01],
    [100, 3, 1],
    [100, 10, 0.1],
    [1000, 1.5, 0.3],
  ])("agrees with another quadrature at V = %i, lambda = %f, s = %f", (entities, lambda, s) => {
    const curve = explorationLimitFinite({ entities, lambda });
    const p = lambda / entities;
    const exact = p + survivalProbability(lambda) * independentIntegral(lambda, s, p);
    expect(Math.abs(curve.density(s * entities * (entities - 1)) / exact - 1)).toBeLessThan(1e-9);
  });

  it("starts at p, counts it once and has finite slope at 0", () => {
    const curve = explorationLimitFinite({ entities: 100, lambda: 10 });
    const survival = survivalProbability(10);
    expect(curve.density(0)).toBe(0.1);
    expect(curve.density(Infinity)).toBeCloseTo(0.1 + survival * (survival - 0.1), 14);
    expect(curve.density(Infinity)).toBeLessThan(1);
    const h = 1e-3;
    expect(curve.slope(0)).toBeCloseTo((curve.density(h) - curve.density(0)) / h, 6);
  });

  it("tends to the exploration limit, shifted by the links known from the start", () => {
    const s = 0.3;
    const limit = explorationLimit(3).density(s);
    const gaps = [1e3, 1e4, 1e5].map((entities) => {
      const finite = explorationLimitFinite({ entities, lambda: 3 });
      return Math.abs(finite.density(s * entities * (entities - 1)) - limit);
    });
    // What the cut leaves out is at most its length λ/V, and so is what the links add.
    gaps.forEach((gap, i) => {
      expect(gap).toBeLessThan(3 / 10 ** (3 + i));
    });
  });

  it("stands still where the first links are all there is", () => {
    const curve = explorationLimitFinite({ entities: 60, lambda: 1.008 });
    expect(curve.density(1e6)).toBe(curve.density(0));
    expect(curve.slope(0)).toBe(0);
    expect(curve.density(Infinity)).toBe(curve.density(0));
  });
});
