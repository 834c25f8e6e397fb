import { describe, expect, it } from "vitest";
import { atomsAt, derivativeMaxima, directionalDerivative, thetaGrid } from "../../src/fit/atoms.ts";
import { dot } from "../../src/fit/leastSquares.ts";
import { type KnownLevels, unitColumn } from "../../src/fit/rateProblem.ts";
import { dualityGap, fitSpectrum } from "../../src/fit/spectrumFit.ts";
import { stream } from "../../src/random/stream.ts";
import { ENTIGRAPH, QA_SFT, REPHRASE } from "./fixtures/quality.ts";
import { problemOf } from "./problemOf.ts";

const rng = stream(5, "test-spectrum-fit");
const random = Array.from({ length: 8 }, () => {
  const x = Array.from({ length: 12 }, () => 10 ** (3 * rng.nextFloat()));
  return { x, y: x.map((value) => 5 * Math.log(value) + 4 * rng.nextFloat()) };
});
const all = [ENTIGRAPH, REPHRASE, QA_SFT, ...random];

describe("fitSpectrum", () => {
  it("meets the optimality conditions on a grid ten times finer than its own", () => {
    for (const data of all) {
      const problem = problemOf(data);
      const { atoms } = fitSpectrum(problem);
      for (const theta of thetaGrid(problem, 2000)) {
        // The target has length 1; a direction with D changes the loss by less than 2·D: 10⁻⁹ is nothing.
        expect(directionalDerivative(problem, theta, atoms.rest)).toBeLessThan(1e-9);
      }
      for (const theta of atoms.thetas) {
        expect(Math.abs(directionalDerivative(problem, theta, atoms.rest))).toBeLessThan(1e-9);
      }
    }
  });

  it("has no more atoms than points", () => {
    for (const data of all)
      expect(fitSpectrum(problemOf(data)).atoms.thetas.length).toBeLessThan(data.x.length);
  });

  it("bounds its distance to the optimum from above", () => {
    for (const data of all) {
      const { gap, atoms } = fitSpectrum(problemOf(data));
      expect(gap).toBeGreaterThanOrEqual(0);
      expect(gap).toBeLessThan(1e-9 * atoms.loss + 1e-13);
    }
  });

  it("bounds the distance of mixtures that are far from the optimum, too", () => {
    for (const levels of [{}, { plateau: 100 }, { atZero: 0 }, { plateau: 100, atZero: 0 }]) {
      for (const data of [ENTIGRAPH, ...random.slice(0, 3)]) {
        const problem = problemOf(data, levels);
        const { atoms: best, grid } = fitSpectrum(problem);
        for (const start of [[], [0], [2, 4], [problem.slowest, problem.fastest]]) {
          const atoms = atomsAt(problem, start, "growth");
          const [steepest] = derivativeMaxima(problem, grid, atoms.rest);
          const gap = dualityGap(problem, grid, atoms, steepest!.value);
          expect(gap).toBeGreaterThanOrEqual((atoms.loss - best.loss) * (1 - 1e-12));
          // Of the order of what the steepest direction can gain.
          const correlation = dot(grid[0]!.column, grid.at(-1)!.column);
          const mass = "plateau" in levels && "atZero" in levels ? Math.SQRT2 : 1 / Math.sqrt(correlation);
          expect(gap).toBeLessThan(2 * (Math.max(0, steepest!.value) * mass + 1e-9));
        }
      }
    }
  });

  it("looks at rates no further apart than a twelfth of a factor e", () => {
    const problem = problemOf(ENTIGRAPH);
    const { grid } = fitSpectrum(problem);
    grid.slice(1).forEach(({ theta }, i) => {
      expect(theta - grid[i]!.theta).toBeLessThanOrEqual(1 / 12 + 1e-12);
    });
    expect(grid.length).toBeLessThan(12 * (problem.fastest - problem.slowest) + 3);
  });

  it.each<KnownLevels>([{}, { atZero: 0 }, { plateau: 100 }])(
    "may bound masses by the two outermost columns, whose inner product is the least: %o",
    (levels) => {
      for (const data of all.slice(2, 6)) {
        const problem = problemOf(data, levels);
        const columns = thetaGrid(problem, 40).map((theta) => unitColumn(problem, theta));
        const outermost = dot(columns[0]!, columns.at(-1)!);
        for (const a of columns)
          for (const b of columns) expect(dot(a, b)).toBeGreaterThan(outermost - 1e-12);
      }
    },
  );
});
