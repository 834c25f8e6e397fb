import { describe, expect, it } from "vitest";
import { directionalDerivative, thetaGrid } from "../../src/fit/atoms.ts";
import { dot } from "../../src/fit/leastSquares.ts";
import { type Observations, readSample } from "../../src/fit/observations.ts";
import {
  defaultRateRange,
  type KnownLevels,
  type RateProblem,
  rateProblem,
  unitColumn,
} from "../../src/fit/rateProblem.ts";
import { fitSpectrum } from "../../src/fit/spectrumFit.ts";
import { stream } from "../../src/random/stream.ts";
import { ENTIGRAPH, QA_SFT, REPHRASE } from "./fixtures/quality.ts";

function problemOf(observations: Observations, levels: KnownLevels = {}): RateProblem {
  const sample = readSample(observations);
  return rateProblem(sample, defaultRateRange(sample), levels);
}

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
