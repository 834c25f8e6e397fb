import { describe, expect, it } from "vitest";
import { linkDensity } from "../../src/growth/growthCurve.ts";
import { explorationLimit } from "../../src/theory/explorationLimit.ts";
import {
  explorationRateSpectrum,
  explorationSpectrum,
  leafShare,
} from "../../src/theory/explorationSpectrum.ts";
import { smallTimeLaw } from "../../src/theory/smallTimeLaw.ts";
import { reachableShare } from "../../src/theory/survival.ts";

describe("the spectrum of the exploration limit", () => {
  it("has the leaf share 0.4619835 at lambda = 3", () => {
    expect(leafShare(3)).toBeCloseTo(0.4619835, 6);
  });

  it.each([1.02, 1.4999, 1.5, 2, 3, 10, 50])("begins with the closed leaf share at lambda = %f", (lambda) => {
    const { shares } = explorationSpectrum(lambda, 3);
    expect(Math.abs(shares[1]! / leafShare(lambda) - 1)).toBeLessThan(1e-12);
    expect(shares[0]).toBe(0);
  });

  it("runs from 1/e to 1 in lambda", () => {
    expect(leafShare(1 + 1e-12)).toBeCloseTo(Math.exp(-1), 11);
    const values = [1.1, 1.4, 1.49, 1.51, 2, 4, 20, 300, 5000].map(leafShare);
    expect(values).toEqual([...values].sort((a, b) => a - b));
    // E₁(λρ) = λ − ln λ − γ for vanishing ρ.
    expect(leafShare(5000)).toBeCloseTo(1 - (Math.log(5000) + 0.5772156649015329) / 5000, 14);
  });

  it.each([1.3, 3, 10])(
    "adds up to the curve, from below and within the stated gap, lambda = %f",
    (lambda) => {
      const largest = 150;
      const spectrum = explorationRateSpectrum(lambda, largest);
      const beyond = spectrum.weights.at(-1)!;
      const curve = explorationLimit(lambda);
      for (const s of [1e-3, 0.01, 0.05, 0.2, 1, 5]) {
        const gap = curve.density(s) - linkDensity(spectrum, s);
        expect(gap).toBeGreaterThan(-1e-12);
        expect(gap).toBeLessThan(beyond * Math.exp(-(largest + 1) * s) + 1e-12);
      }
    },
  );

  it("falls like 1/(k² ln λ), so that its mean is infinite", () => {
    const { shares, beyond } = explorationSpectrum(3, 300);
    expect(beyond * 300 * Math.log(3)).toBeCloseTo(1, 2);
    expect(shares[300]! * 300 ** 2 * Math.log(3)).toBeCloseTo(1, 2);
  });

  it("refuses what is outside", () => {
    expect(() => explorationSpectrum(1, 10)).toThrow(/^lambda must be finite and > 1/);
    expect(() => explorationSpectrum(3, 0)).toThrow(/^largest must be an integer >= 1/);
    expect(() => explorationSpectrum(3, 100_000)).toThrow(
      /^largest must be at most \d+ at λ = 3, got 100000$/,
    );
    expect(() => leafShare(1)).toThrow(/^lambda must be finite and > 1/);
  });
});

describe("the law of small times", () => {
  it.each([
    [1.5, -1.0758],
    [3, 0.386],
  ])("has C kappa at lambda = %f", (lambda, value) => {
    const { kappa, ripple } = smallTimeLaw(lambda);
    expect(reachableShare(lambda) * kappa).toBeCloseTo(value, 4);
    expect(ripple).toBeLessThan(1e-9);
  });

  it("has a periodic part that does not die out at lambda = 10", () => {
    const share = reachableShare(10);
    const { kappa, ripple } = smallTimeLaw(10);
    expect(share * kappa).toBeCloseTo(0.79667, 5);
    expect(ripple).toBeCloseTo(4.5e-4, 5);
    // At powers of ten, one phase: the same value 0.79645 at every scale, off the mean.
    const curve = explorationLimit(10);
    for (const s of [1e-8, 1e-10, 1e-12]) {
      const bracket = curve.density(s) / s - (share * Math.log(1 / s)) / Math.log(10);
      expect(bracket).toBeCloseTo(0.796453, 6);
    }
    const halfPeriod = 10 ** -10.5;
    const bracket = curve.density(halfPeriod) / halfPeriod - share * 10.5;
    expect(bracket).toBeCloseTo(0.796893, 6);
  });

  it("describes the curve", () => {
    const [lambda, s] = [3, 1e-6];
    const { kappa } = smallTimeLaw(lambda);
    const law = reachableShare(lambda) * s * (Math.log(1 / s) / Math.log(lambda) + kappa);
    expect(explorationLimit(lambda).density(s) / law).toBeCloseTo(1, 5);
  });
});
