import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/errors.ts";
import { reachableShare } from "../../src/theory/survival.ts";
import { theorem1Bounds, theorem1Spectra } from "../../src/theory/theorem1.ts";

const MODEL = { entities: 100, lambda: 3 };

describe("Theorem 1", () => {
  it("is the printed formula", () => {
    const [p, c, n, epsilon] = [0.03, reachableShare(3), 9900, 0.05];
    const bounds = theorem1Bounds(MODEL, epsilon);
    for (const t of [0, 1, 17, 1000, 12345.5, 1e6]) {
      const lower = (p + c * (1 - (1 - 1 / n) ** t)) * (1 - epsilon);
      const upper =
        (p + c * (1 - (1 - ((1 + epsilon) * Math.log(100)) / (n * Math.log(3))) ** t)) * (1 + epsilon);
      // The naive powers lose t·2⁻⁵³ by rounding the base; in the plateau the power itself is nothing.
      const rounding = 2e-15 + Math.min(t, 1e5) * 2 ** -53;
      expect(Math.abs(bounds(t).lower - lower)).toBeLessThan(rounding);
      expect(Math.abs(bounds(t).upper - upper)).toBeLessThan(rounding);
    }
  });

  it("takes the link probability for lambda / V", () => {
    const bounds = theorem1Bounds({ entities: 100, linkProbability: 0.03 }, 0.1);
    expect(bounds(777)).toEqual(theorem1Bounds(MODEL, 0.1)(777));
  });

  it("starts at p and ends at p + C, give or take epsilon", () => {
    const bounds = theorem1Bounds(MODEL, 0.05);
    expect(bounds(0).lower).toBeCloseTo(0.03 * 0.95, 15);
    expect(bounds(0).upper).toBeCloseTo(0.03 * 1.05, 15);
    expect(bounds(Infinity).lower).toBeCloseTo((0.03 + reachableShare(3)) * 0.95, 15);
    expect(bounds(Infinity).upper).toBeCloseTo((0.03 + reachableShare(3)) * 1.05, 15);
  });

  it("is ordered, and wider for a larger epsilon", () => {
    for (const t of [0, 1, 100, 10_000, 1e6]) {
      const [none, some, much] = [0, 0.1, 2].map((epsilon) => theorem1Bounds(MODEL, epsilon)(t));
      expect(none!.lower).toBeLessThanOrEqual(none!.upper);
      expect(some!.lower).toBeLessThan(none!.lower);
      expect(some!.upper).toBeGreaterThan(none!.upper);
      expect(much!.lower).toBe(0);
    }
  });

  it("gives its two bounds as spectra of one rate", () => {
    const { lower, upper } = theorem1Spectra(MODEL, 0.05);
    expect([...lower.rates]).toEqual([1 / 9900]);
    expect(upper.rates[0]).toBeCloseTo((1.05 * Math.log(100)) / (9900 * Math.log(3)), 15);
  });

  it.each([
    [{ entities: 100, lambda: 1 }, 0.1, /^lambda must be finite and > 1 \(supercritical\), got 1$/],
    [{ entities: 100, linkProbability: 0.01 }, 0.1, /^lambda must be finite and > 1/],
    [
      { entities: 100, lambda: 101 },
      0.1,
      /^lambda must be from 0 to the number of entities \(100\), got 101$/,
    ],
    [{ entities: 100, lambda: NaN }, 0.1, /^lambda must be/],
    [{ entities: 100, linkProbability: 1.5 }, 0.1, /^linkProbability must be in \[0, 1\]/],
    [{ entities: 1, lambda: 1 }, 0.1, /^entities must be an integer from 2/],
    [{ entities: 2.5, lambda: 2 }, 0.1, /^entities must be an integer/],
    [{ entities: 2, lambda: 1.1 }, 0.1, /^entities must be so large/],
    [{ entities: 100, lambda: 1.0001 }, 0.1, /is at most 1, as it is for a greater λ \(here 1\.0001\)/],
    [MODEL, -0.1, /^epsilon must be finite and >= 0/],
    [MODEL, Infinity, /^epsilon must be finite/],
  ])("refuses %j with epsilon %f", (model, epsilon, message) => {
    expect(() => theorem1Bounds(model, epsilon)).toThrow(DomainError);
    expect(() => theorem1Bounds(model, epsilon)).toThrow(message);
  });

  it("refuses negative steps", () => {
    expect(() => theorem1Bounds(MODEL, 0.1)(-1)).toThrow(/^time must be >= 0, got -1$/);
  });
});
