import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/errors.ts";
import { mixtureCurve, mixtureSpectrum } from "../../src/fit/mixture.ts";
import { linkDensity } from "../../src/growth/growthCurve.ts";

const mixture = {
  plateau: 60,
  terms: [
    { amplitude: 12, rate: Math.LN2 / 100 },
    { amplitude: 8, rate: Math.LN2 / 10 },
  ],
};

describe("mixtureCurve", () => {
  it("loses half of a term in every half-life", () => {
    expect(mixtureCurve(mixture, 0)).toBe(40);
    expect(mixtureCurve(mixture, 10)).toBeCloseTo(60 - 12 * 2 ** -0.1 - 4, 12);
    expect(mixtureCurve(mixture, 100)).toBeCloseTo(60 - 6 - 8 / 1024, 12);
    expect(mixtureCurve(mixture, Infinity)).toBe(60);
  });

  it.each([-1, Number.NaN])("refuses x = %d", (x) => {
    expect(() => mixtureCurve(mixture, x)).toThrow("x must be >= 0");
  });
});

describe("mixtureSpectrum", () => {
  it("is the same curve in the shared form", () => {
    const spectrum = mixtureSpectrum(mixture);
    expect(spectrum.clock).toBe("poisson");
    for (const x of [0, 1, 100, Infinity]) {
      expect(linkDensity(spectrum, x)).toBeCloseTo(mixtureCurve(mixture, x), 12);
    }
  });

  it("refuses a negative amplitude", () => {
    expect(() => mixtureSpectrum({ plateau: 1, terms: [{ amplitude: -1, rate: 1 }] })).toThrow(DomainError);
  });
});
