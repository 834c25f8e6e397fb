import { dot, norm, residual, solveLeastSquares, solveNonNegative } from "./leastSquares.ts";
import { type RateProblem, rateColumn, rateDerivatives, unitColumn } from "./rateProblem.ts";

/** A mixture in the units of a {@link RateProblem}: β_i at θ_i, ascending in θ, none with β_i = 0. */
export interface Atoms {
  readonly thetas: readonly number[];
  readonly betas: readonly number[];
  /** target − Σ β_i φ(θ_i). */
  readonly rest: Float64Array;
  /** |rest|². */
  readonly loss: number;
}

/** Which coefficients are allowed: `growth` means β ≥ 0. */
export type Signs = "growth" | "free";

/**
 * Gain below which a column cannot be told from rounding: target and residual carry errors of about 2⁻⁵³ of the
 * target's length (1) for each of the few columns that were eliminated.
 */
export const ROUNDING = 2 ** -48;

/** The best coefficients for given θ; terms whose coefficient is zero are dropped. */
export function atomsAt(problem: RateProblem, thetas: readonly number[], signs: Signs): Atoms {
  const sorted = [...thetas].sort((a, b) => a - b);
  const columns = sorted.map((theta) => rateColumn(problem, theta));
  let betas = solveLeastSquares(columns, problem.target);
  // With as many columns as rows the residual vanishes for many β; the active-set method takes few of them.
  if (signs === "growth" && (betas.some((beta) => beta <= 0) || columns.length >= problem.target.length)) {
    const lengths = columns.map(norm);
    const units = columns.map((column, i) =>
      column.map((value) => (lengths[i]! > 0 ? value / lengths[i]! : 0)),
    );
    betas = solveNonNegative(units, problem.target, ROUNDING).map((beta, i) => beta / (lengths[i]! || 1));
  }
  const rest = residual(columns, betas, problem.target);
  const kept = sorted.map((_, i) => i).filter((i) => betas[i] !== 0);
  return {
    thetas: kept.map((i) => sorted[i]!),
    betas: kept.map((i) => betas[i]!),
    rest,
    loss: dot(rest, rest),
  };
}

/**
 * Directional derivative D(θ): the inner product of the residual with the unit column of θ. Adding a little of a
 * rate lowers the sum of squares exactly where D > 0; a measure on rates is optimal where D ≤ 0 everywhere and
 * D = 0 at its atoms.
 */
export function directionalDerivative(problem: RateProblem, theta: number, rest: Float64Array): number {
  return dot(unitColumn(problem, theta), rest);
}

/** A rate of a grid, with its unit column and the number of the interval it lies in. */
export interface GridRate {
  readonly theta: number;
  readonly column: Float64Array;
  readonly interval: number;
}

/** Equally spaced θ over every interval of the problem, ends included, no wider apart than `spacing`. */
export function rateGrid(problem: RateProblem, spacing: number): GridRate[] {
  return problem.intervals.flatMap(([from, to], interval) => {
    const steps = Math.max(2, Math.ceil((to - from) / spacing));
    return Array.from({ length: steps + 1 }, (_, i) => {
      const theta = i === steps ? to : from + ((to - from) * i) / steps;
      return { theta, column: unitColumn(problem, theta), interval };
    });
  });
}

/** Equally spaced θ over the problem's range. */
export function thetaGrid({ slowest, fastest }: RateProblem, count: number): number[] {
  const step = (fastest - slowest) / (count - 1);
  return Array.from({ length: count }, (_, i) => (i === count - 1 ? fastest : slowest + step * i));
}

/**
 * Local maxima of D over the intervals of θ, the largest first: those of a grid, refined by golden-section search to
 * 10⁻⁶ in θ, an error in D of the order of 10⁻¹².
 *
 * @param grid - of {@link rateGrid}
 */
export function derivativeMaxima(
  problem: RateProblem,
  grid: readonly GridRate[],
  rest: Float64Array,
): { theta: number; value: number }[] {
  const values = grid.map(({ column }) => dot(column, rest));
  const maxima: { theta: number; value: number }[] = [];
  values.forEach((value, i) => {
    const { theta, interval } = grid[i]!;
    const left = grid[i - 1]?.interval === interval ? i - 1 : i;
    const right = grid[i + 1]?.interval === interval ? i + 1 : i;
    if ((left < i && value < values[left]!) || (right > i && value <= values[right]!)) return;
    const from = grid[left]!.theta;
    const to = grid[right]!.theta;
    maxima.push(goldenMaximum((theta) => directionalDerivative(problem, theta, rest), from, to));
    if (value > maxima.at(-1)!.value) maxima[maxima.length - 1] = { theta, value };
  });
  return maxima.sort((a, b) => b.value - a.value);
}

/** The maximum between two ends by golden-section search, to 10⁻⁶ or to `tolerance`: the one of a unimodal function. */
export function goldenMaximum(
  f: (theta: number) => number,
  from: number,
  to: number,
  tolerance = 1e-6,
): { theta: number; value: number } {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [from, to];
  let [a, b] = [high - ratio * (high - low), low + ratio * (high - low)];
  let [fa, fb] = [f(a), f(b)];
  while (high - low > tolerance) {
    if (fa >= fb) {
      [high, b, fb] = [b, a, fa];
      a = high - ratio * (high - low);
      fa = f(a);
    } else {
      [low, a, fa] = [a, b, fb];
      b = low + ratio * (high - low);
      fb = f(b);
    }
  }
  return fa >= fb ? { theta: a, value: fa } : { theta: b, value: fb };
}

/** First and second derivatives that a Newton step needs, for each atom. */
export function atomDerivatives(problem: RateProblem, { thetas }: Atoms): [Float64Array, Float64Array][] {
  return thetas.map((theta) => rateDerivatives(problem, theta));
}
