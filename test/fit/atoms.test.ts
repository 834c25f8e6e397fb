import { describe, expect, it } from "vitest";
import {
  atomDerivatives,
  atomsAt,
  derivativeMaxima,
  directionalDerivative,
  rateGrid,
  thetaGrid,
} from "../../src/fit/atoms.ts";
import { dot, norm } from "../../src/fit/leastSquares.ts";
import { readSample } from "../../src/fit/observations.ts";
import { rateColumn, rateDerivatives, rateProblem, unitColumn } from "../../src/fit/rateProblem.ts";

const x = [1, 2, 4, 8, 16, 32, 64];
const range = [1e-3, 5] as const;
const problemOf = (f: (x: number) => number, at: readonly number[] = x) =>
  rateProblem(readSample({ x: at, y: at.map(f) }), range, {});
/** Rates of 0.5 and 0.05 per unit of x, as θ. */
const [fast, slow] = [Math.log(0.5 * 64), Math.log(0.05 * 64)];
const planted = problemOf((value) => 10 - 3 * Math.exp(-0.5 * value) - 4 * Math.exp(-0.05 * value));
const wavy = problemOf((value) => Math.log(value) + Math.sin(value));

describe("atomsAt", () => {
  it("finds the coefficients behind an exact mixture, in ascending order of θ", () => {
    for (const signs of ["growth", "free"] as const) {
      const { thetas, betas, loss, rest } = atomsAt(planted, [fast, slow], signs);
      expect(thetas).toEqual([slow, fast]);
      // x is measured from the first one: 4·e^{−0.05} and 3·e^{−0.5} are left there.
      expect(betas[0]! * planted.scale).toBeCloseTo(4 * Math.exp(-0.05), 12);
      expect(betas[1]! * planted.scale).toBeCloseTo(3 * Math.exp(-0.5), 12);
      expect(loss).toBeLessThan(1e-28);
      expect(loss).toBe(dot(rest, rest));
    }
  });

  it("drops what growth does not need, and takes it with its sign where signs are free", () => {
    const falling = problemOf((value) => 5 - 3 * Math.exp(-0.5 * value) + 4 * Math.exp(-0.05 * value));
    const free = atomsAt(falling, [slow, fast], "free");
    expect(free.betas.map(Math.sign)).toEqual([-1, 1]);
    expect(free.loss).toBeLessThan(1e-28);
    const growth = atomsAt(falling, [slow, fast], "growth");
    // Alone each of them falls too: only the constant is left.
    expect(growth).toMatchObject({ thetas: [], betas: [] });
    expect(growth.loss).toBeCloseTo(1, 14);
  });

  it("keeps a lone helpful rate among others, with the coefficient of its own projection", () => {
    const single = problemOf((value) => 10 - 3 * Math.exp(-0.5 * value) + 1e-3 * Math.exp(-0.05 * value));
    const { thetas, betas, loss } = atomsAt(single, [slow, fast], "growth");
    const column = rateColumn(single, fast);
    const beta = dot(column, single.target) / dot(column, column);
    expect(thetas).toEqual([fast]);
    expect(betas[0]).toBeCloseTo(beta, 12);
    expect(loss).toBeCloseTo(1 - (beta * norm(column)) ** 2, 12);
  });

  it("takes few of as many rates as there are points", () => {
    const two = problemOf((value) => 10 - 3 * Math.exp(-0.5 * value), [1, 2]);
    const { thetas, betas, loss } = atomsAt(two, [-1, 0, 1, 2], "growth");
    // One rate already passes through two points.
    expect(thetas.length).toBe(1);
    expect(betas[0]).toBeGreaterThan(0);
    expect(loss).toBeLessThan(1e-28);
  });
});

describe("grids", () => {
  it("spaces θ equally from the slowest to the fastest", () => {
    const grid = thetaGrid(planted, 5);
    expect(grid[0]).toBe(planted.slowest);
    expect(grid[4]).toBe(planted.fastest);
    grid.slice(1).forEach((theta, i) => {
      expect(theta - grid[i]!).toBeCloseTo((planted.fastest - planted.slowest) / 4, 12);
    });
  });

  it("covers every interval with its ends, no wider apart than asked and no finer than need be", () => {
    const intervals = [
      [0, 1],
      [1, 2.05],
      [4, 4.01],
    ] as const;
    const grid = rateGrid({ ...planted, intervals }, 0.3);
    const of = (number: number) =>
      grid.filter(({ interval }) => interval === number).map(({ theta }) => theta);
    const spaced = ([from, to]: readonly [number, number], steps: number) =>
      Array.from(
        { length: steps + 1 },
        (_, i) => expect.closeTo(from + ((to - from) * i) / steps, 12) as number,
      );
    // 1/0.3 and 1.05/0.3 round up to 4 steps, and 2 are the least.
    expect(of(0)).toEqual(spaced([0, 1], 4));
    expect(of(1)).toEqual(spaced([1, 2.05], 4));
    expect(of(2)).toEqual(spaced([4, 4.01], 2));
    expect([of(0).at(-1), of(1).at(-1), of(2).at(-1)]).toEqual([1, 2.05, 4.01]);
    expect(grid[3]!.column).toEqual(unitColumn(planted, grid[3]!.theta));
  });
});

describe("derivativeMaxima", () => {
  const scan = (problem: typeof planted, rest: Float64Array, from: number, to: number) => {
    const values = Array.from({ length: 20_001 }, (_, i) => {
      const theta = from + ((to - from) * i) / 20_000;
      return { theta, value: directionalDerivative(problem, theta, rest) };
    });
    return values
      .filter(
        ({ value }, i) =>
          value >= (values[i - 1]?.value ?? -Infinity) && value > (values[i + 1]?.value ?? -Infinity),
      )
      .sort((a, b) => b.value - a.value);
  };

  it("are those of a scan a thousand times finer than the grid, greatest first", () => {
    const problem = {
      ...wavy,
      intervals: [
        [-4, -1],
        [-1, 2.2],
        [3, 5],
      ] as const,
    };
    const { rest } = atomsAt(problem, [0.5], "growth");
    const found = derivativeMaxima(problem, rateGrid(problem, 1 / 12), rest);
    const expected = problem.intervals
      .flatMap(([from, to]) => scan(problem, rest, from, to))
      .sort((a, b) => b.value - a.value);
    expect(found.length).toBe(expected.length);
    expect(found.length).toBeGreaterThan(2);
    found.forEach(({ theta, value }, i) => {
      // Of the scan: half a step of 1.6·10⁻⁴, and what a maximum falls within that.
      expect(Math.abs(theta - expected[i]!.theta)).toBeLessThan(2e-4);
      expect(Math.abs(value - expected[i]!.value)).toBeLessThan(1e-7);
      expect(value).toBe(directionalDerivative(problem, theta, rest));
    });
  });

  it("come within 10⁻⁶ of a maximum inside, and onto an end where D still rises there", () => {
    const { rest } = atomsAt(wavy, [], "growth");
    for (const { theta } of derivativeMaxima(wavy, rateGrid(wavy, 1 / 12), rest)) {
      if (theta === wavy.slowest || theta === wavy.fastest) continue;
      const at = (value: number) => directionalDerivative(wavy, value, rest);
      // The slope changes its sign within what golden sections can tell: √(2⁻⁵³) and 10⁻⁶.
      expect(at(theta - 1e-4)).toBeLessThan(at(theta));
      expect(at(theta + 1e-4)).toBeLessThan(at(theta));
      const slope = (at(theta + 1e-4) - at(theta - 1e-4)) / 2e-4;
      const bend = (at(theta + 1e-3) - 2 * at(theta) + at(theta - 1e-3)) / 1e-6;
      expect(Math.abs(slope / bend)).toBeLessThan(2e-6);
    }
    const rising = problemOf((value) => value);
    const line = derivativeMaxima(rising, rateGrid(rising, 1 / 12), rising.target);
    expect(line[0]!.theta).toBe(rising.slowest);
    const jump = problemOf((value) => (value > 1 ? 1 : 0));
    const step = derivativeMaxima(jump, rateGrid(jump, 1 / 12), jump.target);
    expect(step[0]!.theta).toBe(jump.fastest);
  });
});

it("atomDerivatives are those of the columns", () => {
  expect(atomDerivatives(planted, atomsAt(planted, [slow, fast], "growth"))).toEqual([
    rateDerivatives(planted, slow),
    rateDerivatives(planted, fast),
  ]);
});
