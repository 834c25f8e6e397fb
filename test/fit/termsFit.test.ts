import { describe, expect, it } from "vitest";
import { type Atoms, atomsAt, derivativeMaxima, ROUNDING, thetaGrid } from "../../src/fit/atoms.ts";
import { residual, solveLeastSquares } from "../../src/fit/leastSquares.ts";
import { readSample } from "../../src/fit/observations.ts";
import { defaultRateRange, type RateProblem, unitColumn } from "../../src/fit/rateProblem.ts";
import { fitSpectrum } from "../../src/fit/spectrumFit.ts";
import {
  bestSubsets,
  completed,
  fitAtoms,
  fitFreeAtoms,
  groupings,
  noAtoms,
  oneMore,
} from "../../src/fit/termsFit.ts";
import { bruteForceLoss } from "./bruteForce.ts";
import { NIST } from "./fixtures/nist.ts";
import { QA_SFT, REPHRASE } from "./fixtures/quality.ts";
import { VALLEYS } from "./fixtures/valleys.ts";
import { problemOf } from "./problemOf.ts";

const x = [1, 2, 4, 8, 16, 32, 64, 128];
const wavy = problemOf({ x, y: x.map((value) => 4 * Math.log(value) + Math.sin(3 * value)) });

describe("groupings", () => {
  const atoms: Atoms = { thetas: [0, 1, 3, 6], betas: [1, 3, 2, 2], rest: new Float64Array(1), loss: 1 };
  const close = (ways: number[][]) =>
    ways.map((way) => way.map((value) => expect.closeTo(value, 12) as number));

  it("gathers neighbours in every way, at their weighted means", () => {
    expect(groupings(atoms, 1)).toEqual(close([[(3 + 6 + 12) / 8]]));
    expect(groupings(atoms, 2)).toEqual(
      close([
        [0, 21 / 7],
        [3 / 4, 18 / 4],
        [9 / 6, 6],
      ]),
    );
    expect(groupings(atoms, 3)).toEqual(
      close([
        [0, 1, 18 / 4],
        [0, 9 / 5, 6],
        [3 / 4, 3, 6],
      ]),
    );
    expect(groupings(atoms, 4)).toEqual([[0, 1, 3, 6]]);
  });
});

describe("bestSubsets", () => {
  const GRID = { 1: 48, 2: 40, 3: 26 };

  /** All subsets by QR, the best first; for growth those with positive coefficients. */
  const byQr = (problem: RateProblem, size: 1 | 2 | 3, growth: boolean) => {
    const thetas = thetaGrid(problem, GRID[size]);
    const columns = thetas.map((theta) => unitColumn(problem, theta));
    const subsets = (from: number, left: number): number[][] =>
      left === 0
        ? [[]]
        : thetas.flatMap((_, i) => (i < from ? [] : subsets(i + 1, left - 1).map((rest) => [i, ...rest])));
    const scored = subsets(0, size).flatMap((subset) => {
      const chosen = subset.map((i) => columns[i]!);
      const solution = solveLeastSquares(chosen, problem.target);
      if (growth && solution.some((value) => value <= 0)) return [];
      const rest = residual(chosen, solution, problem.target);
      return [{ subset, loss: rest.reduce((sum, value) => sum + value * value, 0) }];
    });
    scored.sort((a, b) => a.loss - b.loss);
    const best: number[][] = [];
    for (const { subset } of scored) {
      const apart = best.every((other) => subset.some((index, i) => Math.abs(index - other[i]!) > 1));
      if (best.length < 6 && apart) best.push(subset);
    }
    return best.map((subset) => subset.map((index) => thetas[index]!));
  };

  it.each([1, 2] as const)("are those that QR finds, no two of them neighbours: %i of a grid", (size) => {
    const data = [wavy, problemOf(REPHRASE), problemOf(QA_SFT), problemOf(QA_SFT, { plateau: 45 })];
    for (const problem of data) {
      expect(bestSubsets(problem, size, "growth")).toEqual(byQr(problem, size, true));
      expect(bestSubsets(problem, size, "free")).toEqual(byQr(problem, size, false));
    }
  });

  it("are those that QR finds: three of a grid", () => {
    // Three rates of these points are far from dependent: wide data.
    expect(bestSubsets(wavy, 3, "free")[0]).toEqual(byQr(wavy, 3, false)[0]);
    expect(bestSubsets(wavy, 3, "growth")).toEqual(byQr(wavy, 3, true));
  });

  it("come from a grid that shrinks with their size, down to eight more than their size", () => {
    for (const [size, count] of [
      [4, 18],
      [5, 15],
      [6, 14],
    ] as const) {
      const grid = thetaGrid(wavy, count);
      const found = bestSubsets(wavy, size, "free");
      expect(found.length).toBeGreaterThan(0);
      for (const subset of found) {
        expect(subset.length).toBe(size);
        for (const theta of subset) expect(grid).toContain(theta);
      }
    }
  });
});

describe("one more term", () => {
  it("is tried at every rate where the sum of squares would fall", () => {
    const problem = problemOf(REPHRASE);
    const spectrum = fitSpectrum(problem);
    const one = fitAtoms(problem, spectrum, 1)[0]!;
    const starts = oneMore(problem, spectrum, one);
    const maxima = derivativeMaxima(problem, spectrum.grid, one.rest).filter(({ value }) => value > ROUNDING);
    expect(starts).toEqual(maxima.map(({ theta }) => [...one.thetas, theta]));
    expect(starts.length).toBeGreaterThan(0);
    for (const start of starts) expect(atomsAt(problem, start, "growth").loss).toBeLessThan(one.loss);
    expect(oneMore(problem, spectrum, undefined)).toEqual([]);
    // Nothing helps the convex fit, nor a constant where the points fall.
    expect(oneMore(problem, spectrum, spectrum.atoms)).toEqual([]);
    const falling = problemOf({ x, y: x.map((value) => -value) });
    expect(oneMore(falling, fitSpectrum(falling), noAtoms(falling))).toEqual([]);
  });

  it("is added where terms vanish while they are polished, as long as one helps", () => {
    const problem = problemOf(REPHRASE);
    const spectrum = fitSpectrum(problem);
    const [, two] = fitAtoms(problem, spectrum, 2);
    for (const start of [[], [problem.fastest], [problem.slowest], [2, 2]]) {
      const { thetas, loss } = completed(problem, spectrum.grid, start, 2, []);
      expect(thetas.length).toBe(2);
      expect(loss / two!.loss).toBeCloseTo(1, 6);
    }
    expect(completed(problem, spectrum.grid, [], 1, []).thetas.length).toBe(1);
    // A constant is all that falling points ask for.
    const falling = problemOf({ x, y: x.map((value) => -value) });
    expect(completed(falling, fitSpectrum(falling).grid, [1, 2], 2, []).thetas).toEqual([]);
  });
});

describe("fitAtoms", () => {
  it("has for every number of terms the least sum of squares that a search without shared code finds", () => {
    for (const data of [REPHRASE, QA_SFT]) {
      const problem = problemOf(data);
      const fits = fitAtoms(problem, fitSpectrum(problem), 2);
      expect(fits.length).toBe(2);
      fits.forEach(({ thetas, loss }, i) => {
        const best = bruteForceLoss(data, i + 1, defaultRateRange(readSample(data)), 24);
        expect(thetas.length).toBe(i + 1);
        expect(loss * problem.sumOfSquares).toBeLessThanOrEqual(best * (1 + 1e-6));
        expect(loss * problem.sumOfSquares).toBeGreaterThan(best * (1 - 1e-3));
      });
    }
  });

  it("is the convex fit where that has no more atoms", () => {
    const problem = problemOf(REPHRASE);
    const spectrum = fitSpectrum(problem);
    const count = spectrum.atoms.thetas.length;
    const fits = fitAtoms(problem, spectrum, count + 1);
    expect(fits[count - 1]).toBe(spectrum.atoms);
    expect(fits[count]).toBe(spectrum.atoms);
    expect(fits[count - 2]!.loss).toBeGreaterThan(spectrum.atoms.loss);
    // A convex fit that is not known to be the optimum is but one candidate.
    const unsure = fitAtoms(problem, { ...spectrum, gap: 1 }, count);
    expect(unsure[count - 1]!.loss).toBeLessThanOrEqual(spectrum.atoms.loss * (1 + 1e-12));
  });

  it("follows exact points down to rounding", () => {
    const rates = [0.01, 0.08, 0.6];
    const y = x.map((value) => 60 - rates.reduce((sum, rate) => sum + 6 * Math.exp(-rate * value), 0));
    const problem = problemOf({ x, y });
    const [, , three] = fitAtoms(problem, fitSpectrum(problem), 3);
    expect(three!.loss).toBeLessThan(2 ** -90);
    three!.thetas.forEach((theta, i) => {
      expect(Math.exp(theta) / problem.unit / rates[i]!).toBeCloseTo(1, 9);
    });
  });

  it("follows a valley that Newton's method does not walk to its end", () => {
    const problem = problemOf(VALLEYS.bent);
    const [, two, three] = fitAtoms(problem, fitSpectrum(problem), 3);
    expect(three!.loss).toBeLessThan(ROUNDING ** 2);
    // Two terms leave ten thousand times the tenth digit of y; brute force found no less.
    const best = bruteForceLoss(VALLEYS.bent, 2, defaultRateRange(readSample(VALLEYS.bent)), 24);
    expect(two!.loss * problem.sumOfSquares).toBeLessThanOrEqual(best * (1 + 1e-6));
  });

  it("has as many terms as there are, where fewer are as good as more", () => {
    // An exact mixture of one term: the others are dropped and found again in vain.
    const problem = problemOf({ x, y: x.map((value) => 50 - 20 * Math.exp(-value / 9)) });
    const fits = fitAtoms(problem, fitSpectrum(problem), 3);
    for (const { loss } of fits) expect(loss).toBeLessThan(2 ** -90);
    expect(Math.exp(fits[0]!.thetas[0]!) / problem.unit).toBeCloseTo(1 / 9, 10);
  });

  it("needs nothing to fit nothing", () => {
    const { thetas, betas, loss } = noAtoms(wavy);
    expect([thetas, betas]).toEqual([[], []]);
    expect(loss).toBeCloseTo(1, 14);
  });
});

describe("fitFreeAtoms", () => {
  it("finds the certified rates of NIST's problems", () => {
    const { Lanczos3, MGH17 } = NIST;
    for (const [data, levels, rates] of [
      [Lanczos3, { plateau: 0 }, [1, 3, 5].map((i) => Lanczos3.certified[i]!)],
      [MGH17, {}, MGH17.certified.slice(3)],
    ] as const) {
      const problem = problemOf(data, levels);
      const { thetas, loss } = fitFreeAtoms(problem, rates.length);
      expect(thetas.map((theta) => Math.exp(theta) / problem.unit)).toEqual(
        rates.map((rate) => expect.closeTo(rate, 9) as number),
      );
      expect((loss * problem.sumOfSquares) / data.sumOfSquares).toBeCloseTo(1, 9);
    }
  });

  it("takes terms of either sign", () => {
    const y = x.map((value) => 5 - 9 * Math.exp(-value / 3) + 8 * Math.exp(-value / 30));
    const problem = problemOf({ x, y });
    const { thetas, betas, loss } = fitFreeAtoms(problem, 2);
    expect(loss).toBeLessThan(2 ** -90);
    expect(betas.map(Math.sign)).toEqual([-1, 1]);
    expect(atomsAt(problem, thetas, "free").loss).toBe(loss);
  });
});
