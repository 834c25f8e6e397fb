import fc from "fast-check";
import type { BigNumber } from "mathjs";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/errors.ts";
import { extinctionProbability, reachableShare, survivalProbability } from "../../src/theory/survival.ts";
import { big, relativeError } from "./bigNumber.ts";

/** Survival by Newton's method at 64 digits; 40 of them survive at λ − 1 = 10⁻¹². */
function exactSurvival(lambda: number): BigNumber {
  let s = big(1);
  for (let i = 0; i < 200; i++) {
    const decay = s.times(big(lambda)).neg().exp();
    const next = s.minus(
      s
        .plus(decay)
        .minus(1)
        .div(big(1).minus(decay.times(big(lambda)))),
    );
    if (next.minus(s).abs().div(s).lt("1e-40")) return next;
    s = next;
  }
  return s;
}

const LAMBDAS = [
  1 + 2 ** -40,
  1 + 1e-9,
  1.000001,
  1.001,
  1.01,
  1.1,
  1.3,
  1.5,
  1.9,
  2 - 2 ** -52,
  2,
  2.1,
  2.5,
  3,
  5,
  10,
  30,
];

describe("survival and extinction of Poisson offspring", () => {
  it.each(LAMBDAS)("agree with 64 digits at lambda = %f", (lambda) => {
    const survival = exactSurvival(lambda);
    const extinction = big(1).minus(survival);
    expect(relativeError(survivalProbability(lambda), survival)).toBeLessThan(2 ** -50);
    expect(relativeError(extinctionProbability(lambda), extinction)).toBeLessThan(2 ** -50);
    expect(relativeError(reachableShare(lambda), survival.pow(2))).toBeLessThan(2 ** -49);
  });

  it.each([50, 100, 300, 700, 708])("keep the extinction accurate at lambda = %f", (lambda) => {
    // rho = e^(-lambda)(1 + lambda rho + ...), and lambda rho < 1e-19 does not count.
    const exact = big(-lambda).exp();
    expect(relativeError(extinctionProbability(lambda), exact)).toBeLessThan(2 ** -50);
    expect(survivalProbability(lambda)).toBe(1);
  });

  it("give the printed values at lambda = 3", () => {
    expect(extinctionProbability(3)).toBeCloseTo(0.0595202, 7);
    expect(reachableShare(3)).toBeCloseTo(0.8845022, 7);
  });

  it.each([0, 0.5, 1 - 2 ** -53, 1])("die out for certain at lambda = %f", (lambda) => {
    expect(extinctionProbability(lambda)).toBe(1);
    expect(survivalProbability(lambda)).toBe(0);
    expect(reachableShare(lambda)).toBe(0);
  });

  it("survive with probability 2(lambda - 1) just above 1", () => {
    // s = 2e - 8e^2/3 + ...: the second term is below rounding.
    expect(survivalProbability(1 + 2 ** -52)).toBeCloseTo(2 ** -51, 30);
  });

  it("underflow to zero, not to nonsense", () => {
    expect(extinctionProbability(800)).toBe(0);
    expect(extinctionProbability(1e300)).toBe(0);
  });

  it("solve their equation, add up to 1 and move with lambda", () => {
    const lambdas = fc.double({ min: 1, max: 40, minExcluded: true, noNaN: true });
    fc.assert(
      fc.property(lambdas, (lambda) => {
        const rho = extinctionProbability(lambda);
        const s = survivalProbability(lambda);
        expect(Math.abs(rho + s - 1)).toBeLessThan(2 ** -50);
        expect(rho).toBeLessThan(1 / lambda + 2 ** -50); // the smallest root lies below the minimum at ln(lambda)/lambda
        const more = lambda * (1 + 1e-6);
        expect(survivalProbability(more)).toBeGreaterThanOrEqual(s);
        expect(extinctionProbability(more)).toBeLessThanOrEqual(rho);
      }),
      { seed: 20260731, numRuns: 500 },
    );
  });

  it.each([-1, NaN, Infinity, -Infinity])("refuse lambda = %f", (lambda) => {
    for (const call of [extinctionProbability, survivalProbability, reachableShare]) {
      expect(() => call(lambda)).toThrow(DomainError);
      expect(() => call(lambda)).toThrow(/^lambda must be finite and >= 0, got /);
    }
  });
});
