import { describe, expect, it } from "vitest";
import { spectrumCurve, withTimeUnit } from "../../src/growth/curve.ts";
import { linkDensity, linkDensitySlope } from "../../src/growth/growthCurve.ts";
import { rateSpectrum } from "../../src/growth/rateSpectrum.ts";

describe("the curve of a spectrum", () => {
  it("is its link density and slope, and keeps the spectrum", () => {
    const spectrum = rateSpectrum("steps", 0.1, Float64Array.of(0.01, 0.5), Float64Array.of(0.3, 0.2));
    const curve = spectrumCurve(spectrum);
    expect(curve.density(7)).toBe(linkDensity(spectrum, 7));
    expect(curve.slope(7)).toBe(linkDensitySlope(spectrum, 7));
    expect(curve.spectrum).toBe(spectrum);
  });
});

describe("another unit of time", () => {
  const rates = Float64Array.of(0.01, 0.5);
  const weights = Float64Array.of(0.3, 0.2);

  it("stretches the curve, its slope and, in the Poisson clock, its rates", () => {
    const curve = spectrumCurve(rateSpectrum("poisson", 0.1, rates, weights));
    const stretched = withTimeUnit(curve, 4);
    expect(stretched.density(28)).toBe(curve.density(7));
    expect(stretched.slope(28)).toBe(curve.slope(7) / 4);
    expect(linkDensity(stretched.spectrum!, 28)).toBeCloseTo(curve.density(7), 15);
    expect(stretched.density(Infinity)).toBe(curve.density(Infinity));
  });

  it("leaves no spectrum in the clock of steps, and refuses units that are none", () => {
    const curve = spectrumCurve(rateSpectrum("steps", 0.1, rates, weights));
    expect(withTimeUnit(curve, 4).spectrum).toBeUndefined();
    expect(withTimeUnit({ density: () => 0, slope: () => 0 }, 2).spectrum).toBeUndefined();
    for (const unit of [0, -1, NaN, Infinity])
      expect(() => withTimeUnit(curve, unit)).toThrow(/^unit must be positive/);
  });
});
