import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  dot,
  downhillStep,
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

  it("goes on after a column that depends on the earlier ones up to rounding", () => {
    const a = Float64Array.of(1 / 3, 1 / 7, 1 / 11, 0.3);
    const b = Float64Array.of(0.1, -0.7, 1.3, 0.2);
    const c = Float64Array.of(1, 1, -1, 1e-3);
    const both = a.map((value, i) => 0.7 * value + 1.1 * b[i]!);
    for (const size of [1, 1e-9, 1e9]) {
      const columns = [a, b, both, c].map((column) => column.map((value) => size * value));
      const target = a.map((value, i) => size * (2 * value - b[i]! + 3 * c[i]!));
      const solution = solveLeastSquares(columns, target);
      expect([...solution]).toEqual([2, -1, 0, 3].map((value) => expect.closeTo(value, 13)));
      expect(solution[2]).toBe(0);
    }
  });

  it("keeps a column that differs from the earlier ones by more than rounding", () => {
    const a = Float64Array.of(1, 1, 1);
    const b = Float64Array.of(1, 1, 1 + 1e-12);
    // b − a is 10⁻¹² long: solved for to four digits.
    const solution = solveLeastSquares([a, b], Float64Array.of(0, 0, 1e-12));
    expect([...solution]).toEqual([expect.closeTo(-1, 3), expect.closeTo(1, 3)]);
  });

  it("leaves columns beyond the number of rows without weight", () => {
    const columns = [
      Float64Array.of(1, 0),
      Float64Array.of(1, 1),
      Float64Array.of(0, 1),
      Float64Array.of(2, 5),
    ];
    expect([...solveLeastSquares(columns, Float64Array.of(3, 2))]).toEqual([
      expect.closeTo(1, 14),
      expect.closeTo(2, 14),
      0,
      0,
    ]);
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

  it("meets the conditions of the optimum for many columns that are much alike", () => {
    const positive = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(
        fc.array(positive, { minLength: 9, maxLength: 9 }),
        fc.array(positive, { minLength: 1, maxLength: 1 }),
        (shapes, [aim]) => {
          const units = shapes.map((shape) => {
            const column = Float64Array.from(shape, (value) => 10 + value);
            return column.map((value) => value / norm(column));
          });
          const target = Float64Array.from(aim!, (value) => 10 + 3 * value);
          const solution = solveNonNegative(units, target, 1e-11);
          const rest = residual(units, solution, target);
          units.forEach((column, j) => {
            // Lengths below 100 and at most nine rounds of QR on columns a few degrees apart.
            expect(dot(column, rest)).toBeLessThan(1e-9);
            if (solution[j]! > 0) expect(dot(column, rest)).toBeGreaterThan(-1e-9);
            expect(solution[j]).toBeGreaterThanOrEqual(0);
          });
        },
      ),
      { seed: 5, numRuns: 500 },
    );
  });

  it("drops a column that a better pair makes useless", () => {
    // The diagonal helps most at first; the two axes then serve without it.
    const diagonal = Float64Array.of(Math.SQRT1_2, Math.SQRT1_2, 0);
    const columns = [diagonal, Float64Array.of(0.8, 0, 0.6), Float64Array.of(0, 0.8, 0.6)];
    const target = Float64Array.of(0.8 * 3, 0.8 * 2, 0.6 * 5);
    expect([...solveNonNegative(columns, target, 1e-14)]).toEqual([
      expect.closeTo(0, 12),
      expect.closeTo(3, 12),
      expect.closeTo(2, 12),
    ]);
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

describe("downhillStep", () => {
  const rows = (matrix: number[][]) => matrix.map((row) => Float64Array.from(row));

  it("leads to the minimum of a parabola, in the free coordinates alone", () => {
    // |x|² + x₀x₁ + …: H·step = −g with g = H·(1, −2, 3).
    const hessian = rows([
      [2, 1, 0],
      [1, 4, 1],
      [0, 1, 6],
    ]);
    const gradient = Float64Array.of(0, -4, 16);
    expect([...downhillStep(gradient, hessian, [0, 1, 2], 0, 10)]).toEqual(
      [-1, 2, -3].map((value) => expect.closeTo(value, 12)),
    );
    // Coordinates 0 and 2 do not meet: −0/2 and −16/6.
    expect([...downhillStep(gradient, hessian, [0, 2], 0, 10)]).toEqual([
      expect.closeTo(0, 12),
      0,
      expect.closeTo(-16 / 6, 12),
    ]);
    expect([...downhillStep(gradient, hessian, [], 0, 10)]).toEqual([0, 0, 0]);
  });

  it("turns negative curvature around, is damped, and is shortened as a whole", () => {
    const hessian = rows([
      [-2, 0],
      [0, 4],
    ]);
    const gradient = Float64Array.of(1, 1);
    expect([...downhillStep(gradient, hessian, [0, 1], 0, 10)]).toEqual([-0.5, -0.25]);
    expect([...downhillStep(gradient, hessian, [0, 1], 4, 10)]).toEqual([-1 / 6, -1 / 8]);
    expect([...downhillStep(gradient, hessian, [0, 1], 0, 0.1)]).toEqual([-0.1, -0.05]);
    // Nothing is known of a flat direction: no step rather than an endless one.
    expect([
      ...downhillStep(
        gradient,
        rows([
          [0, 0],
          [0, 0],
        ]),
        [0, 1],
        0,
        10,
      ),
    ]).toEqual([0, 0]);
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
