import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/errors.ts";
import { paperFormula } from "../../src/theory/paperFormula.ts";
import { reachableShare } from "../../src/theory/survival.ts";
import { big } from "./bigNumber.ts";

/** Σ_{ℓ < generations} (λ − 1)/λ^{ℓ+1}(1 − h_ℓ(e^{−s})) at 64 digits, straight from the recursion of h. */
function exactShare(lambda: number, s: number, generations: number): number {
  const z = big(s).neg().exp();
  let h = z;
  let weight = big(lambda).minus(1).div(big(lambda));
  let sum = big(0);
  for (let l = 0; l < generations; l++) {
    sum = sum.plus(weight.times(big(1).minus(h)));
    weight = weight.div(big(lambda));
    h = z.times(big(lambda).times(h.minus(1)).exp());
  }
  return sum.toNumber();
}

/** The curve with p = 0 in effect: V so large that t = sN is what it should be, p subtracted exactly. */
function gained(lambda: number, s: number): number {
  const entities = 2 ** 20;
  const curve = paperFormula({ entities, lambda });
  return (curve.density(s * entities * (entities - 1)) - lambda / entities) / reachableShare(lambda);
}

describe("the paper's closed formula", () => {
  it("gives 0.1914 at V = 10 000, lambda = 3, s = 0.1", () => {
    expect(paperFormula({ entities: 10_000, lambda: 3 }).density(0.1 * 10_000 * 9_999)).toBeCloseTo(
      0.1914,
      4,
    );
  });

  it.each([
    [1.5, 1e-4],
    [1.5, 1],
    [3, 1e-4],
    [3, 0.1],
    [3, 2],
    [10, 0.01],
    [10, 5],
  ])("agrees with 64 digits at lambda = %f, s = %f", (lambda, s) => {
    // The generations left out weigh λ^−L < 10⁻¹⁷; p ≤ 10⁻⁵ is subtracted with an error of 2⁻⁵³·(density + p).
    const exact = exactShare(lambda, s, Math.ceil((17 * Math.LN10) / Math.log(lambda)));
    expect(Math.abs(gained(lambda, s) - exact)).toBeLessThan(1e-12 * exact + 2 ** -52);
  });

  it("keeps relative accuracy for a small fraction of a step", () => {
    // The slope is what small times show; the density would hide it behind p.
    const [pairs, lambda] = [9900, 3];
    const curve = paperFormula({ entities: 100, lambda });
    for (const s of [1e-12, 1e-6, 1e-3, 0.3, 3]) {
      const exact = exactSlope(lambda, s) * reachableShare(lambda);
      expect(Math.abs(curve.slope(s * pairs) * pairs - exact)).toBeLessThan(1e-12 * exact);
    }
  });

  it("rises from p to p + C", () => {
    const curve = paperFormula({ entities: 100, lambda: 3 });
    expect(curve.density(0)).toBe(0.03);
    expect(curve.density(Infinity)).toBeCloseTo(0.03 + reachableShare(3), 14);
    expect(curve.slope(0)).toBe(Infinity);
    expect(curve.slope(1e9)).toBe(0);
  });

  it("tops out above 1 at V = 100, lambda = 10, for it counts p twice", () => {
    expect(paperFormula({ entities: 100, lambda: 10 }).density(Infinity)).toBeCloseTo(1.1, 3);
  });

  it("is increasing and concave, and its slope is its derivative", () => {
    const lambdas = fc.double({ min: 1.05, max: 50, noNaN: true });
    const decades = fc.double({ min: -6, max: 1.2, noNaN: true });
    fc.assert(
      fc.property(lambdas, decades, (lambda, decade) => {
        const pairs = 1000 * 999;
        const curve = paperFormula({ entities: 1000, lambda });
        const t = 10 ** decade * pairs;
        const h = t * 1e-3;
        const central = (curve.density(t + h) - curve.density(t - h)) / (2 * h);
        // Third derivatives of Σ w·e^{−at} are at most 6/t³ of the gain (max of x³e^{−x}·…): h²/6·6/t³ = 10⁻⁶/t.
        const bound = 1e-6 / t + 2 ** -52 / h;
        expect(Math.abs(central - curve.slope(t))).toBeLessThan(bound);
        expect(curve.slope(t + h)).toBeLessThan(curve.slope(t));
        expect(curve.density(t + h)).toBeGreaterThan(curve.density(t));
      }),
      { seed: 20260732, numRuns: 200 },
    );
  });

  it("exists at t = 0 only in the clock of steps", () => {
    const curve = paperFormula({ entities: 100, lambda: 3 }, "steps");
    expect(curve.density(0)).toBe(0.03);
    expect(() => curve.density(1)).toThrow(DomainError);
    expect(() => curve.density(1)).toThrow(/^time must be 0 in the clock of steps, .* diverges/);
    expect(() => curve.slope(0.5)).toThrow(DomainError);
  });

  it.each([-1, NaN])("refuses time %f", (time) => {
    const curve = paperFormula({ entities: 100, lambda: 3 });
    expect(() => curve.density(time)).toThrow(/^time must be >= 0/);
    expect(() => curve.slope(time)).toThrow(/^time must be >= 0/);
  });

  it("is as fast and right where lambda is next to 1", () => {
    // At λ = 1 + 2⁻⁴⁰ the weights (λ − 1)/λ^{ℓ+1} spread over 10¹² generations, of which all but the first few
    // hundred have the limiting u and slope, given by u = 1 − exp(−s − λu).
    const [lambda, s] = [1 + 2 ** -40, 0.1];
    const curve = paperFormula({ entities: 1000, lambda });
    const share = reachableShare(lambda);
    let u = 1;
    for (let i = 0; i < 1000; i++) u = -Math.expm1(-s - lambda * u);
    const slope = (1 - u) / (1 - lambda * (1 - u));
    const pairs = 1000 * 999;
    expect((curve.slope(s * pairs) * pairs) / share).toBeCloseTo(slope, 9);
    expect((curve.density(s * pairs) - lambda / 1000) / share).toBeLessThan(1);
    expect(curve.slope(1e-9 * pairs)).toBeGreaterThan(0);
    expect(curve.density(1e-9 * pairs)).toBeGreaterThanOrEqual(lambda / 1000);
  });

  it("refuses lambda of 1 and below", () => {
    expect(() => paperFormula({ entities: 100, lambda: 1 })).toThrow(/^lambda must be finite and > 1/);
  });
});

/** Σ (λ − 1)/λ^{ℓ+1}·u_ℓ′(s) at 64 digits, over generations until λ^−ℓ < 10⁻¹⁷·s. */
function exactSlope(lambda: number, s: number): number {
  const decay = big(s).neg().exp();
  let survive = decay;
  let slope = decay;
  let weight = big(lambda).minus(1).div(big(lambda));
  let sum = big(0);
  const generations = (17 * Math.LN10 + Math.log(1 / s) + 5) / Math.log(lambda);
  for (let l = 0; l < generations; l++) {
    sum = sum.plus(weight.times(slope));
    weight = weight.div(big(lambda));
    const next = decay.times(big(lambda).times(survive.minus(1)).exp());
    slope = next.times(big(lambda).times(slope).plus(1));
    survive = next;
  }
  return sum.toNumber();
}
