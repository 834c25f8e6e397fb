import { type BigNumber, bignumber, pow, subtract } from "mathjs";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/errors.ts";
import {
  learnedProbability,
  linkDensity,
  linkDensitySlope,
  quenchedBounds,
} from "../../src/growth/growthCurve.ts";
import {
  type GraphSpectrum,
  graphRateSpectrum,
  meanGraphSpectrum,
  meanRate,
  rateSpectrum,
  totalWeight,
} from "../../src/growth/rateSpectrum.ts";
import { exactSpectrum } from "../../src/spectrum/exactSpectrum.ts";
import { cycle, graphOf, path } from "../support/graphs.ts";

describe("sizes that differ by a rounding", () => {
  // Divided by 39 800 both give the same double: paths counted in different graphs leave such neighbours.
  const pairs = 39_800;
  const size = 1.2916666666666676;
  const next = 1.2916666666666679;
  const base = { entities: 200, links: 0, pairs, reachablePairs: 9, distanceSum: 18 };
  const one: GraphSpectrum = { ...base, sizes: Float64Array.of(size), counts: Float64Array.of(4) };
  const other: GraphSpectrum = { ...base, sizes: Float64Array.of(next), counts: Float64Array.of(5) };

  it("have one rate, with the weights of both", () => {
    expect([size < next, size / pairs === next / pairs]).toEqual([true, true]);
    expect(meanGraphSpectrum([one, other])).toMatchObject({
      rates: Float64Array.of(size / pairs),
      weights: Float64Array.of(9 / (2 * pairs)),
    });
    const both = { ...base, sizes: Float64Array.of(size, next, 2), counts: Float64Array.of(4, 5, 1) };
    expect(graphRateSpectrum(both)).toMatchObject({
      rates: Float64Array.of(size / pairs, 2 / pairs),
      weights: Float64Array.of(9 / pairs, 1 / pairs),
    });
  });
});

describe("learnedProbability", () => {
  it("agrees with 64-digit arithmetic from the smallest rate of 10⁷ entities to near certainty", () => {
    for (const rate of [1e-14, 1e-7, 0.003, 0.5, 0.999999]) {
      for (const t of [1, 7.5, 1e3, 1e9, 1e14]) {
        const unknown = pow(subtract(bignumber(1), bignumber(rate)) as BigNumber, bignumber(t)) as BigNumber;
        const exact = Number(subtract(bignumber(1), unknown));
        // log1p and expm1 are within a unit; the argument's relative error 2·2⁻⁵³ enters with a factor of at most 1.
        expect(Math.abs(learnedProbability("steps", rate, t) - exact)).toBeLessThanOrEqual(
          4 * 2 ** -53 * exact,
        );
      }
    }
  });

  it("knows certainty: a rate of one is learned in the first step, and not before", () => {
    expect(learnedProbability("steps", 1, 0)).toBe(0);
    expect(learnedProbability("steps", 1, 1)).toBe(1);
    expect(learnedProbability("steps", 1, Infinity)).toBe(1);
    expect(learnedProbability("steps", 0, 1e9)).toBe(0);
  });

  it("is 1 − e^{−at} in the Poisson clock", () => {
    expect(learnedProbability("poisson", 0.3, 2)).toBeCloseTo(1 - Math.exp(-0.6), 15);
    expect(learnedProbability("poisson", 3, 0)).toBe(0);
  });
});

describe("linkDensity", () => {
  const spectrum = rateSpectrum("steps", 0.1, Float64Array.of(0.25, 1), Float64Array.of(0.2, 0.3));

  it("is the sum of its definition", () => {
    expect(linkDensity(spectrum, 0)).toBe(0.1);
    expect(linkDensity(spectrum, 2)).toBeCloseTo(0.1 + 0.2 * (1 - 0.75 ** 2) + 0.3, 15);
    expect(linkDensity(spectrum, Infinity)).toBeCloseTo(0.6, 15);
    expect(totalWeight(spectrum)).toBeCloseTo(0.5, 15);
    expect(meanRate(spectrum)).toBeCloseTo((0.2 * 0.25 + 0.3) / 0.5, 15);
  });

  it("has an infinite slope at the start if something is learned at once, and the rest's slope after", () => {
    expect(linkDensitySlope(spectrum, 0)).toBe(Infinity);
    expect(linkDensitySlope(spectrum, 1)).toBeCloseTo(0.2 * Math.log(4 / 3) * 0.75, 15);
    expect(() => linkDensitySlope(spectrum, Infinity)).toThrow(DomainError);
  });

  it.each([-1, Number.NaN])("refuses the time %s", (t) => {
    for (const curve of [linkDensity, linkDensitySlope, quenchedBounds]) {
      expect(() => curve(spectrum, t)).toThrow(DomainError);
    }
  });

  it("needs the intensities for its upper bound between the start and the first step", () => {
    // Rates 1/4 and 1: 1 − (1 − a)^t is convex in a for t < 1, so that the mean rate gives no bound there.
    const t = 0.01;
    const withMeanRate = 0.1 + 0.5 * learnedProbability("steps", meanRate(spectrum), t);
    expect(linkDensity(spectrum, t)).toBeGreaterThan(withMeanRate);
    expect(quenchedBounds(spectrum, t).upper).toBeGreaterThanOrEqual(linkDensity(spectrum, t));
  });
});

describe("rateSpectrum", () => {
  const make = (rates: number[], weights: number[], clock: "steps" | "poisson" = "steps") =>
    rateSpectrum(clock, 0, Float64Array.from(rates), Float64Array.from(weights));

  it("refuses what is no spectrum", () => {
    expect(() => make([0.1], [])).toThrow(DomainError);
    expect(() => make([0.2, 0.1], [1, 1])).toThrow(DomainError);
    expect(() => make([0.1, 0.1], [1, 1])).toThrow(DomainError);
    expect(() => make([0], [1])).toThrow(DomainError);
    expect(() => make([1.5], [1])).toThrow(DomainError);
    expect(() => make([0.5], [-1])).toThrow(DomainError);
    expect(() => make([Number.NaN], [1])).toThrow(DomainError);
    expect(() => rateSpectrum("steps", Number.NaN, Float64Array.of(), Float64Array.of())).toThrow(
      DomainError,
    );
    expect(make([1.5], [1], "poisson").rates[0]).toBe(1.5);
  });
});

describe("meanGraphSpectrum", () => {
  it("has the mean of the curves", () => {
    const spectra = [path(6), cycle(6)].map((graph) => exactSpectrum(graph, "first"));
    const mean = meanGraphSpectrum(spectra);
    for (const t of [0, 1, 10, 1000]) {
      const each = spectra.map((spectrum) => linkDensity(graphRateSpectrum(spectrum), t));
      expect(linkDensity(mean, t)).toBeCloseTo((each[0]! + each[1]!) / 2, 14);
    }
  });

  it("refuses graphs of different size, and none", () => {
    const spectra = [path(6), path(7)].map((graph): GraphSpectrum => exactSpectrum(graph, "first"));
    expect(() => meanGraphSpectrum(spectra)).toThrow(DomainError);
    expect(() => meanGraphSpectrum([])).toThrow(DomainError);
  });
});

describe("limiting cases", () => {
  const spectrum = (clock: "steps" | "poisson", rates: number[], weights: number[]) =>
    rateSpectrum(clock, 0, Float64Array.from(rates), Float64Array.from(weights));

  it("learn nothing at a rate without weight, be it certain", () => {
    const slope = linkDensitySlope(spectrum("steps", [0.5, 1], [1, 0]), 0);
    expect(slope).toBe(linkDensitySlope(spectrum("steps", [0.5], [1]), 0));
    expect(linkDensitySlope(spectrum("steps", [0.5, 1], [1, 1]), 0)).toBe(Infinity);
  });

  it("have bounds that meet in the curve where there is one rate, before the first step too", () => {
    for (const clock of ["steps", "poisson"] as const) {
      for (const time of [0, 0.25, 0.5, 1, 3]) {
        const one = spectrum(clock, [0.5], [1]);
        const exact = linkDensity(one, time);
        const { lower, upper } = quenchedBounds(one, time);
        expect(lower).toBe(exact);
        // Between steps by way of the logarithm of 1/2 and back: a rounding or two of numbers below 1.
        expect(Math.abs(upper - exact)).toBeLessThanOrEqual(2 ** -52);
      }
    }
  });

  it("are refused where a rate is infinite", () => {
    expect(() => spectrum("poisson", [1, Infinity], [1, 1])).toThrow(DomainError);
  });

  it("have nothing to learn in a graph of one entity, nor in the mean of such graphs", () => {
    const single = exactSpectrum(graphOf(1, []), "first");
    const nothing = spectrum("steps", [], []);
    expect(graphRateSpectrum(single)).toEqual(nothing);
    expect(meanGraphSpectrum([single, single])).toEqual(nothing);
  });
});
