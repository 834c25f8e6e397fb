import fc from "fast-check";
import { inv, multiply } from "mathjs";
import { describe, expect, it } from "vitest";
import {
  atomsAt,
  derivativeMaxima,
  directionalDerivative,
  rateGrid,
  thetaGrid,
} from "../../src/fit/atoms.ts";
import { fitMixture } from "../../src/fit/fitMixture.ts";
import { norm } from "../../src/fit/leastSquares.ts";
import { mixtureCurve } from "../../src/fit/mixture.ts";
import { readSample } from "../../src/fit/observations.ts";
import { defaultRateRange, rateColumn, rateProblem } from "../../src/fit/rateProblem.ts";
import { dualityGap, fitSpectrum } from "../../src/fit/spectrumFit.ts";
import { stream } from "../../src/random/stream.ts";
import { NIST } from "./fixtures/nist.ts";

const x = [1, 2, 4, 7, 12, 20, 35, 60, 100];
const noisy = Array.from({ length: 6 }, (_, seed) => {
  const rng = stream(seed, "test-known-ends");
  const standardErrors = x.map(() => 0.5 + rng.nextFloat());
  const y = x.map(
    (value, j) =>
      60 -
      8 * Math.exp(-value / 60) -
      12 * Math.exp(-value / 4) +
      standardErrors[j]! * (rng.nextFloat() - 0.5),
  );
  return { x, y, standardErrors };
});
const ENDS = { plateau: 61, atZero: 39.5 };
const RISE = ENDS.plateau - ENDS.atZero;

/** The sum of squares with shares of the rise at some rates. */
const sumOfSquares = (
  { x, y, standardErrors }: (typeof noisy)[number],
  rates: readonly number[],
  shares: readonly number[],
) =>
  x.reduce((sum, value, j) => {
    const left = rates.reduce((total, rate, i) => total + shares[i]! * Math.exp(-rate * value), 0);
    return sum + ((y[j]! - ENDS.plateau + RISE * left) / standardErrors[j]!) ** 2;
  }, 0);

/** Least of a function with one minimum between two points of a fine logarithmic grid, by golden sections there. */
const leastOverRates = (f: (rate: number) => number, nodes: number) => {
  const [low, high] = defaultRateRange(readSample(noisy[0]!)).map(Math.log) as [number, number];
  const step = (high - low) / nodes;
  const values = Array.from({ length: nodes + 1 }, (_, i) => f(Math.exp(low + step * i)));
  const at = values.indexOf(Math.min(...values));
  let [from, to] = [low + step * Math.max(0, at - 1), low + step * Math.min(nodes, at + 1)];
  for (let round = 0; round < 60; round++) {
    const [a, b] = [to - 0.618 * (to - from), from + 0.618 * (to - from)];
    if (f(Math.exp(a)) < f(Math.exp(b))) to = b;
    else from = a;
  }
  return { rate: Math.exp((from + to) / 2), value: f(Math.exp((from + to) / 2)) };
};

/** The best share of the first of two rates, in [0, 1]: a parabola. */
const bestShare = (data: (typeof noisy)[number], a: number, b: number) => {
  const [zero, half, one] = [0, 0.5, 1].map((share) => sumOfSquares(data, [a, b], [share, 1 - share]));
  const bend = 2 * (zero! - 2 * half! + one!);
  const share = bend > 0 ? Math.min(1, Math.max(0, (zero! - one! + bend) / (2 * bend))) : 0;
  return { share, value: sumOfSquares(data, [a, b], [share, 1 - share]) };
};

describe("a fit between two known ends", () => {
  it("has one term with one rate, the best of all", () => {
    for (const data of noisy) {
      const fit = fitMixture(data, { terms: 1, ...ENDS });
      const best = leastOverRates((rate) => sumOfSquares(data, [rate], [1]), 400);
      expect(fit.sse / best.value).toBeCloseTo(1, 9);
      expect(fit.terms[0]!.rate / best.rate).toBeCloseTo(1, 6);
      expect(fit.terms[0]!.amplitude).toBeCloseTo(RISE, 12);
      expect(fit).toMatchObject({ plateau: 61, parameters: 1 });
    }
  });

  it("has two terms as a search over both rates finds them, and a proof that none is better", () => {
    for (const data of noisy.slice(0, 3)) {
      const fit = fitMixture(data, { terms: 2, ...ENDS, certify: true });
      const overBoth = leastOverRates(
        (a) => leastOverRates((b) => bestShare(data, a, b).value, 40).value,
        40,
      );
      const least = overBoth.value;
      expect(fit.sse).toBeLessThanOrEqual(least * (1 + 1e-9));
      expect(fit.sse / least).toBeCloseTo(1, 6);
      expect(fit.sse - fit.gap!).toBeLessThanOrEqual(least);
      expect(fit.gap!).toBeLessThanOrEqual(2e-6 * fit.sse);
      expect(fit.terms.reduce((sum, { amplitude }) => sum + amplitude, 0)).toBeCloseTo(RISE, 10);
      expect(mixtureCurve(fit, 0)).toBeCloseTo(ENDS.atZero, 10);
      expect(
        sumOfSquares(
          data,
          fit.terms.map(({ rate }) => rate),
          fit.terms.map(({ amplitude }) => amplitude / RISE),
        ) / fit.sse,
      ).toBeCloseTo(1, 10);
    }
  });

  it("is the fit without known ends where these are its own", () => {
    for (const data of noisy) {
      const free = fitMixture(data, { terms: 2 });
      const known = fitMixture(data, { terms: 2, plateau: free.plateau, atZero: mixtureCurve(free, 0) });
      expect(known.sse / free.sse).toBeCloseTo(1, 9);
      expect(known.terms.length).toBe(free.terms.length);
      // Sums of squares agree to 10⁻⁹, rates and amplitudes to the root of that times a condition of some tens.
      known.terms.forEach(({ amplitude, rate }, i) => {
        expect(amplitude / free.terms[i]!.amplitude).toBeCloseTo(1, 3);
        expect(rate / free.terms[i]!.rate).toBeCloseTo(1, 3);
      });
    }
  });

  it("falls with every term to the spectrum, which is optimal at every rate", () => {
    for (const data of noisy) {
      const spectrum = fitMixture(data, { terms: "spectrum", ...ENDS });
      const fits = [1, 2, 3].map((terms) => fitMixture(data, { terms, ...ENDS }));
      fits.forEach(({ sse, gap }, i) => {
        expect(sse).toBeGreaterThanOrEqual(spectrum.sse * (1 - 1e-9));
        expect(sse - gap!).toBeLessThanOrEqual(spectrum.sse * (1 + 1e-9));
        if (i > 0) expect(sse).toBeLessThanOrEqual(fits[i - 1]!.sse * (1 + 1e-9));
        expect(sse).toBeGreaterThanOrEqual(fitMixture(data, { terms: i + 1, plateau: 61 }).sse * (1 - 1e-9));
      });
      const sample = readSample(data);
      const problem = rateProblem(sample, defaultRateRange(sample), ENDS);
      const { atoms, gap } = fitSpectrum(problem);
      expect(gap).toBeLessThan(1e-9 * atoms.loss + 1e-13);
      for (const theta of thetaGrid(problem, 500)) {
        expect(directionalDerivative(problem, theta, atoms.rest)).toBeLessThan(1e-9);
        // The bound on masses rests on this.
        expect(norm(rateColumn(problem, theta))).toBeLessThanOrEqual(Math.SQRT2 * problem.ends!.size);
      }
    }
  });

  it("may have points beyond the ends", () => {
    const data = { ...noisy[0]!, y: noisy[0]!.y.map((value, j) => value + (j % 2 ? 9 : -9)) };
    const fit = fitMixture(data, { terms: 1, ...ENDS, plateau: 50 });
    const share = (rate: number) =>
      data.x.reduce(
        (sum, value, j) =>
          sum + ((data.y[j]! - 50 + 10.5 * Math.exp(-rate * value)) / data.standardErrors[j]!) ** 2,
        0,
      );
    const best = leastOverRates(share, 400);
    expect(fit.sse / best.value).toBeCloseTo(1, 9);
  });

  it("has a bound even where the slowest and the fastest rate share nothing", () => {
    // Halfway between the ends at every x the two outermost columns are orthogonal, and half of each is an exact fit.
    const sample = readSample({ x, y: x.map(() => 50.25) });
    const problem = rateProblem(sample, [1e-9, 1e3], ENDS);
    const grid = rateGrid(problem, 0.1);
    const atoms = atomsAt(problem, [Math.log(0.1 * problem.unit)], "growth");
    const largest = derivativeMaxima(problem, grid, atoms.rest)[0]!.value;
    const gap = dualityGap(problem, grid, atoms, largest);
    expect(gap).toBeGreaterThanOrEqual(atoms.loss);
    expect(gap).toBeCloseTo(2 * Math.SQRT2 * largest, 9);
  });

  it("takes a shared error as generalised least squares do", () => {
    const [data] = noisy;
    const { y, standardErrors } = data!;
    const covariance = y.map((_, i) => y.map((_, j) => 0.8 ** 2 + (i === j ? standardErrors[i]! ** 2 : 0)));
    const precision = inv(covariance);
    const best = leastOverRates((rate) => {
      const rest = x.map((value, j) => y[j]! - ENDS.plateau + RISE * Math.exp(-rate * value));
      return Number(multiply(multiply(rest, precision), rest));
    }, 400);
    const fit = fitMixture(data!, { terms: 1, ...ENDS, sharedError: 0.8 });
    expect(fit.sse / best.value).toBeCloseTo(1, 9);
    expect(fit.terms[0]!.rate / best.rate).toBeCloseTo(1, 6);
    expect(fit.sse).toBeLessThan(0.99 * fitMixture(data!, { terms: 1, ...ENDS }).sse);
  });

  it("has the certified rates of NIST's problems, whose ends are those certified", () => {
    for (const name of ["Misra1a", "BoxBOD"] as const) {
      const [plateau, rate] = NIST[name].certified as [number, number];
      const fit = fitMixture(NIST[name], { terms: 1, plateau, atZero: 0 });
      // The certified plateau has 11 digits; the rate follows it with a factor of order 1.
      expect(fit.terms[0]!.rate / rate).toBeCloseTo(1, 9);
      expect(fit.sse / NIST[name].sumOfSquares).toBeCloseTo(1, 9);
    }
    for (const name of ["Lanczos2", "Lanczos3"] as const) {
      const { certified, ...data } = NIST[name];
      const atZero = certified.reduce((sum, value, i) => sum + (i % 2 ? 0 : value), 0);
      for (const fit of [
        fitMixture(data, { terms: 3, plateau: 0, atZero, signs: "free" }),
        fitMixture({ ...data, y: data.y.map((value) => -value) }, { terms: 3, plateau: 0, atZero: -atZero }),
      ]) {
        expect(fit.sse / NIST[name].sumOfSquares).toBeCloseTo(1, 6);
        fit.terms.forEach(({ amplitude, rate }, i) => {
          expect(Math.abs(amplitude) / certified[2 * i]!).toBeCloseTo(1, 6);
          expect(rate / certified[2 * i + 1]!).toBeCloseTo(1, 6);
        });
      }
    }
    const [level, b2, b3, b4, b5] = NIST.MGH17.certified as [number, number, number, number, number];
    const { terms } = fitMixture(NIST.MGH17, {
      terms: 2,
      signs: "free",
      plateau: level,
      atZero: level + b2 + b3,
    });
    expect(terms.map(({ rate }) => rate)).toEqual([expect.closeTo(b4, 8), expect.closeTo(b5, 8)]);
  });

  it("maps with y and scales with x", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -3, max: 3, noNaN: true }),
        fc.double({ min: -100, max: 100, noNaN: true }),
        fc.double({ min: -3, max: 3, noNaN: true }),
        (logFactor, shift, logUnit) => {
          const [factor, unit] = [10 ** logFactor, 10 ** logUnit];
          const { y, standardErrors } = noisy[1]!;
          const fit = fitMixture(noisy[1]!, { terms: 2, ...ENDS });
          const mapped = fitMixture(
            {
              x: x.map((value) => unit * value),
              y: y.map((value) => factor * value + shift),
              standardErrors: standardErrors.map((error) => factor * error),
            },
            { terms: 2, plateau: factor * ENDS.plateau + shift, atZero: factor * ENDS.atZero + shift },
          );
          expect(mapped.sse / fit.sse).toBeCloseTo(1, 6);
          mapped.terms.forEach(({ amplitude, rate }, i) => {
            expect(amplitude / factor / fit.terms[i]!.amplitude).toBeCloseTo(1, 4);
            expect((rate * unit) / fit.terms[i]!.rate).toBeCloseTo(1, 4);
          });
        },
      ),
      { numRuns: 10, seed: 4 },
    );
  });

  it("is refused where growth would have to fall, and where nothing is left to explain", () => {
    const refuse = (options: object) =>
      expect(() => fitMixture(noisy[0]!, { terms: 1, ...options })).toThrow(
        expect.objectContaining({ name: "DomainError", argument: "atZero" }) as Error,
      );
    refuse({ plateau: 40, atZero: 41 });
    refuse({ plateau: 40, atZero: 40 });
    refuse({ plateau: 40, atZero: 40, signs: "free" });
    const falling = { x, y: x.map((value) => 3 + 7 * Math.exp(-value / 9)) };
    const { terms } = fitMixture(falling, { terms: 1, plateau: 3, atZero: 10, signs: "free" });
    expect(terms).toEqual([{ amplitude: -7, rate: expect.closeTo(1 / 9, 10) as number }]);
  });
});
