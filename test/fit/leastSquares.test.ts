import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  dot,
  norm,
  residual,
  solveLeastSquares,
  solveNonNegative,
  symmetricEigen,
  triangularize,
} from "../../src/fit/leastSquares.ts";

const ROWS = 6;
const vector = fc
  .array(fc.integer({ min: -9, max: 9 }), { minLength: ROWS, maxLength: ROWS })
  .map((values) => Float64Array.from(values));
const columnsOf = (count: number) => fc.array(vector, { minLength: count, maxLength: count });

describe("solveLeastSquares", () => {
  it("solves a triangular system exactly", () => {
    const columns = [Float64Array.of(2, 0, 0), Float64Array.of(1, 4, 0), Float64Array.of(0, 3, 5)];
    const solution = solveLeastSquares(columns, Float64Array.of(5, 17, 15));
    expect([...solution]).toEqual([1.5, 2, 3].map((value) => expect.closeTo(value, 14)));
  });

  it("leaves a residual orthogonal to every column", () => {
    fc.assert(
      fc.property(columnsOf(3), vector, (columns, target) => {
        const rest = residual(columns, solveLeastSquares(columns, target), target);
        // Integers below 10: lengths below 23, so rounding stays under 23²·6·2⁻⁵³·(growth 10³).
        for (const column of columns) expect(Math.abs(dot(column, rest))).toBeLessThan(1e-9);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it("gives a dependent column no weight of its own", () => {
    const a = Float64Array.of(1, 2, 3);
    const solution = solveLeastSquares([a, a.map((value) => 2 * value)], a);
    expect([...solution]).toEqual([expect.closeTo(1, 14), 0]);
  });
});

describe("triangularize", () => {
  it("keeps lengths and inner products of independent columns", () => {
    fc.assert(
      fc.property(columnsOf(3), (columns) => {
        fc.pre(
          triangularize(
            columns.map((column) => column.slice()),
            [],
          ).every((entry) => entry !== 0),
        );
        const turned = columns.map((column) => column.slice());
        triangularize(turned, []);
        turned.forEach((a, i) => {
          // Entries below 10, so inner products below 600; rounding grows by less than 100.
          turned.forEach((b, j) => {
            expect(dot(a, b)).toBeCloseTo(dot(columns[i]!, columns[j]!), 9);
          });
        });
      }),
      { seed: 2, numRuns: 200 },
    );
  });
});

describe("solveNonNegative", () => {
  it("agrees with trying every set of columns", () => {
    fc.assert(
      fc.property(columnsOf(4), vector, (columns, target) => {
        fc.pre(columns.every((column) => norm(column) > 0));
        const units = columns.map((column) => column.map((value) => value / norm(column)));
        const solution = solveNonNegative(units, target, 1e-11);
        expect(solution.every((value) => value >= 0)).toBe(true);
        const loss = norm(residual(units, solution, target)) ** 2;
        expect(loss).toBeLessThanOrEqual(leastBySubsets(units, target) + 1e-9);
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  it("takes nothing where nothing helps", () => {
    const solution = solveNonNegative(
      [Float64Array.of(1, 0), Float64Array.of(0, 1)],
      Float64Array.of(-1, -2),
      0,
    );
    expect([...solution]).toEqual([0, 0]);
  });
});

describe("symmetricEigen", () => {
  const sorted = (rows: number[][]) =>
    symmetricEigen(rows.map((row) => Float64Array.from(row))).sort((a, b) => a.value - b.value);

  it("finds 2 − 2·cos(iπ/(n + 1)) for the second difference", () => {
    const n = 5;
    const rows = Array.from({ length: n }, (_, i) =>
      Array.from({ length: n }, (__, j) => (i === j ? 2 : Math.abs(i - j) === 1 ? -1 : 0)),
    );
    sorted(rows).forEach(({ value }, i) => {
      expect(value).toBeCloseTo(2 - 2 * Math.cos(((i + 1) * Math.PI) / (n + 1)), 14);
    });
  });

  it("puts any symmetric matrix together again from orthonormal vectors", () => {
    fc.assert(
      fc.property(columnsOf(4), (columns) => {
        // Aᵀ + A of 4 × 4 integers below 10: eigenvalues below 80, so rounding stays under 10⁻¹².
        const rows = columns.map((_, i) =>
          Float64Array.from(columns, (__, j) => columns[i]![j]! + columns[j]![i]!),
        );
        const pairs = symmetricEigen(rows);
        for (let i = 0; i < 4; i++) {
          for (let j = 0; j < 4; j++) {
            const entry = pairs.reduce((sum, { value, vector }) => sum + value * vector[i]! * vector[j]!, 0);
            expect(Math.abs(entry - rows[i]![j]!)).toBeLessThan(1e-12);
            expect(dot(pairs[i]!.vector, pairs[j]!.vector)).toBeCloseTo(i === j ? 1 : 0, 13);
          }
        }
      }),
      { seed: 4, numRuns: 300 },
    );
  });

  it("keeps small eigenvalues of a graded matrix", () => {
    // Of a positive definite matrix Jacobi finds even these to relative rounding: 1 and 10⁻²⁴ − 10⁻²⁶, nearly.
    const [small, large] = sorted([
      [1e-24, 1e-13],
      [1e-13, 1],
    ]);
    expect(large!.value).toBeCloseTo(1, 15);
    expect(small!.value / (1e-24 - 1e-26)).toBeCloseTo(1, 12);
  });
});

/** The least sum of squares over all subsets of columns whose unconstrained solution is non-negative. */
function leastBySubsets(columns: Float64Array[], target: Float64Array): number {
  let least = dot(target, target);
  for (let mask = 1; mask < 1 << columns.length; mask++) {
    const subset = columns.filter((_, j) => mask & (1 << j));
    const solution = solveLeastSquares(subset, target);
    if (solution.some((value) => value < 0)) continue;
    least = Math.min(least, norm(residual(subset, solution, target)) ** 2);
  }
  return least;
}
