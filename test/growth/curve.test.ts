import { describe, expect, it } from "vitest";
import { spectrumCurve } from "../../src/growth/curve.ts";
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
