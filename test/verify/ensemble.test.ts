import { describe, expect, it } from "vitest";
import type { RateSpectrum } from "../../src/growth/rateSpectrum.ts";
import { drawEnsemble, estimate } from "../../src/verify/ensemble.ts";

describe("an ensemble", () => {
  it("holds the same graphs under every tie rule, and the first of them for every number", () => {
    const [first, random, more] = [
      drawEnsemble(4, 40, 2, "first", 3),
      drawEnsemble(4, 40, 2, "random", 3),
      drawEnsemble(4, 40, 2, "first", 5),
    ];
    first.spectra.forEach((spectrum, i) => {
      expect(random.spectra[i]!.baseline).toBe(spectrum.baseline);
      expect(more.spectra[i]).toEqual(spectrum);
    });
    expect(drawEnsemble(5, 40, 2, "first", 1).spectra[0]).not.toEqual(first.spectra[0]);
  });

  it("draws trees under rule random, whose sizes have the number and sum of those of any tree (identity 1)", () => {
    const pairs = 40 * 39;
    // Counts and sizes of up to N come back whole: dividing by N and multiplying again is off by less than 1/2.
    const countAndSum = ({ rates, weights }: RateSpectrum) => {
      const counts = weights.map((weight) => Math.round(weight * pairs));
      const sum = rates.reduce((total, rate, i) => total + counts[i]! * Math.round(rate * pairs), 0);
      return [counts.reduce((total, count) => total + count, 0), sum];
    };
    const first = drawEnsemble(4, 40, 2, "first", 3).spectra;
    const random = drawEnsemble(4, 40, 2, "random", 3).spectra;
    expect(random.map(countAndSum)).toEqual(first.map(countAndSum));
    random.forEach((spectrum, i) => {
      expect(spectrum).not.toEqual(first[i]);
    });
  });

  it("has mean and standard error as in the books", () => {
    expect(estimate([1, 2, 3, 4])).toEqual({ mean: 2.5, standardError: Math.sqrt(5 / 3 / 4) });
    expect(estimate([7])).toEqual({ mean: 7, standardError: 0 });
  });
});
