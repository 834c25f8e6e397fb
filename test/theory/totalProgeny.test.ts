import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { borelProbability } from "../../src/theory/borel.ts";
import { progenyMoments, progenyProbabilities, progenyTransform } from "../../src/theory/totalProgeny.ts";

const lambdas = fc.double({ min: 0.05, max: 6, noNaN: true });
const generationCounts = fc.integer({ min: 0, max: 8 });

describe("total progeny to a generation", () => {
  it("is 1 + Poisson after one generation", () => {
    const probabilities = progenyProbabilities(2, 1, 6);
    const poisson = [1, 2, 2, 4 / 3, 2 / 3, 4 / 15].map((value) => value * Math.exp(-2));
    poisson.forEach((value, k) => {
      expect(probabilities[k + 1]).toBeCloseTo(value, 15);
    });
    expect(probabilities[0]).toBe(0);
  });

  it("is the Borel law up to k = l, and not beyond", () => {
    const probabilities = progenyProbabilities(3, 12, 14);
    for (let k = 1; k <= 12; k++) {
      const exact = borelProbability(3, k);
      expect(Math.abs(probabilities[k]! - exact)).toBeLessThan(1e-13 * exact);
    }
    expect(probabilities[13]! / borelProbability(3, 13)).toBeGreaterThan(1 + 1e-6);
  });

  it("has the transform of its law", () => {
    fc.assert(
      fc.property(
        lambdas,
        generationCounts,
        fc.double({ min: 0.3, max: 4, noNaN: true }),
        (lambda, generations, s) => {
          // e^{−0.3·130} < 10⁻¹⁶: larger progenies do not show.
          const probabilities = progenyProbabilities(lambda, generations, 130);
          const kept = probabilities.reduce((sum, value, k) => sum + value * Math.exp(-s * k), 0);
          expect(Math.abs(1 - kept - progenyTransform(lambda, generations, s))).toBeLessThan(1e-13);
        },
      ),
      { seed: 20260734, numRuns: 100 },
    );
  });

  it("has the moments of its law", () => {
    const probabilities = progenyProbabilities(0.7, 5, 400);
    const moment = (power: number) => probabilities.reduce((sum, value, k) => sum + value * k ** power, 0);
    const { mean, variance } = progenyMoments(0.7, 5);
    // P[Y > 400] is below 0.7e^{0.3} to the power 400, 10⁻²⁵.
    expect(Math.abs(mean - moment(1))).toBeLessThan(1e-12);
    expect(Math.abs(variance - (moment(2) - moment(1) ** 2))).toBeLessThan(1e-11);
    expect(progenyMoments(1, 9).mean).toBe(10);
    expect(progenyMoments(3, 4).mean).toBe(121);
  });

  it("keeps its transform accurate as s falls to 0, where it is s times the mean", () => {
    // 1 − E[e^{−sY}] = sE[Y] − s²E[Y²]/2 + …, the second term here below 10⁻¹⁴ of the first.
    const s = 1e-20;
    expect(progenyTransform(3, 8, s) / (s * progenyMoments(3, 8).mean)).toBeCloseTo(1, 13);
    expect(progenyTransform(3, 8, Infinity)).toBe(1);
    expect(progenyTransform(3, 8, 0)).toBe(0);
  });

  it("refuses what is outside", () => {
    expect(() => progenyMoments(-1, 1)).toThrow(/^lambda must be finite and >= 0/);
    expect(() => progenyMoments(1, -1)).toThrow(/^generations must be an integer >= 0/);
    expect(() => progenyTransform(1, 1, -1)).toThrow(/^s must be/);
    expect(() => progenyProbabilities(701, 1, 5)).toThrow(/^lambda must be at most 700/);
    expect(() => progenyProbabilities(2, 1, 0)).toThrow(/^largest must be an integer >= 1/);
  });
});
