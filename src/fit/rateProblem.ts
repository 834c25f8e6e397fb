import { DomainError } from "../errors.ts";
import { addScaled, dot, norm } from "./leastSquares.ts";
import type { Sample } from "./observations.ts";

/** What is known of the curve beforehand. */
export interface KnownLevels {
  /** Value at x = ∞. */
  readonly plateau?: number | undefined;
  /** Value at x = 0. */
  readonly atZero?: number | undefined;
  /** Standard error, in the unit of y, of an error that all points share; it matters where a level is known. */
  readonly sharedError?: number | undefined;
}

/** Rates per unit of x, from slowest to fastest. */
export type RateRange = readonly [slowest: number, fastest: number];

/** A closed interval of θ. */
export type Interval = readonly [from: number, to: number];

/**
 * The least-squares problem of a mixture of exponentials in units in which it is well conditioned: x is measured
 * from `origin` in units of the largest x, y from `offset` in units of `scale`, rows are multiplied by the root of
 * their weight, and the constant, if it is free, is projected out; where a level is known but all points share an error,
 * in part. What remains is
 *
 *     minimise |target − Σ β_i φ(θ_i)|²,   φ(θ)_j = w_j·(1 − e^{−k d_j})  or  −w_j·e^{−k d_j},   k = e^θ,
 *
 * the second where the plateau is known. In these units `target` has length 1 (or 0: nothing to explain).
 *
 * Where both ends are known, the coefficients are shares of the rise R from one to the other: Σ β_i = 1, and what is left of
 * it at a point, z_j = (plateau − y_j)/R, is to be Σ β_i e^{−k_i d_j}. With one row more, of s² = Σ w_j² max(z_j², (1 − z_j)²),
 *
 *     φ(θ)_j = w_j·(z_j − e^{−k d_j}),   φ(θ)_{n+1} = s,   target = (0, …, 0, 1),
 *
 * the coefficients are free again: along β = t·shares/s the sum of squares is t²L + (1 − t)², least at t = 1/(1 + L)
 * where it is L/(1 + L), and that rises with L = |Σ shares_i φ(θ_i)|²/s² over the points [docs/fitting.md, §3].
 */
export interface RateProblem {
  /** Distance of each point from the origin, in units of x. */
  readonly distance: Float64Array;
  /** √weight of each point, scaled to length 1: the direction of the constant. */
  readonly root: Float64Array;
  readonly target: Float64Array;
  /**
   * Share of the weighted mean that is taken out of every column: 1 where the curve has a free constant, 0 where a level
   * is known, between where the points share an error [docs/fitting.md, §10].
   */
  readonly common: number;
  /** w_j z_j and s, where both ends are known. */
  readonly ends: { readonly left: Float64Array; readonly size: number } | null;
  /** Whether φ decays from −w (known plateau) rather than rises from 0. */
  readonly decays: boolean;
  /** Bounds of θ. */
  readonly slowest: number;
  readonly fastest: number;
  /** Where θ may lie between these bounds: ascending intervals that share no more than ends. */
  readonly intervals: readonly Interval[];
  /** θ of a term that stays where it is, whatever its coefficient. */
  readonly held?: number | undefined;
  /** x of distance 0, length of a unit of distance, y of value 0 (weighted mean if the constant is free), unit of y. */
  readonly origin: number;
  readonly unit: number;
  readonly offset: number;
  readonly scale: number;
  /** Factor from squared lengths in these units, L where both ends are known, to the weighted sum of squares. */
  readonly sumOfSquares: number;
}

/**
 * Default range of rates: from 0.01/x_max, whose curve over the data bends by less than half a percent of its
 * rise, to 10/x_min, whose curve has ended at the first positive x.
 *
 * @throws {DomainError} if no x is positive, or they are further apart than doubles can tell
 */
export function defaultRateRange({ x }: Sample): RateRange {
  const first = x.find((value) => value > 0);
  if (first === undefined) throw new DomainError("x", x[0] ?? "no rows", "positive in at least one row");
  const last = x.at(-1)!;
  // The fastest rate, per unit of x and per largest x.
  if (!((10 / first) * Math.max(1, last) < Infinity)) {
    throw new DomainError("x", `${first} to ${last}`, "within 300 decades of the smallest positive x");
  }
  return [0.01 / last, 10 / first];
}

/** Put a sample into the units of {@link RateProblem}. */
export function rateProblem(sample: Sample, range: RateRange, levels: KnownLevels): RateProblem {
  const { x, y, weight } = sample;
  const decays = levels.plateau !== undefined;
  const total = weight.reduce((sum, value) => sum + value, 0);
  const root = weight.map((value) => Math.sqrt(value / total));
  // About the first value, so that a constant series has exactly its value as mean and nothing to explain.
  const mean = y[0]! + y.reduce((sum, value, j) => sum + (value - y[0]!) * (weight[j]! / total), 0);
  const offset = levels.plateau ?? levels.atZero ?? mean;
  const free = levels.plateau === undefined && levels.atZero === undefined;
  const common = free ? 1 : 1 - 1 / Math.sqrt(1 + total * (levels.sharedError ?? 0) ** 2);
  const points = y.map((value, j) => (value - offset) * root[j]!);
  if (!free) projectCommon({ common, root }, points);
  const ends =
    decays && levels.atZero !== undefined ? knownEnds(y, root, levels.plateau, levels.atZero) : null;
  const scale = ends ? levels.plateau! - levels.atZero! : norm(points);
  const target = ends
    ? Float64Array.from({ length: y.length + 1 }, (_, j) => (j === y.length ? 1 : 0))
    : points.map((value) => (scale > 0 ? value / scale : value));
  const origin = levels.atZero === undefined ? x[0]! : 0;
  const unit = x.at(-1)!;
  const [slowest, fastest] = [Math.log(range[0] * unit), Math.log(range[1] * unit)];
  return {
    distance: x.map((value) => (value - origin) / unit),
    root,
    target,
    common,
    ends,
    decays,
    slowest,
    fastest,
    intervals: [[slowest, fastest]],
    origin,
    unit,
    offset,
    scale,
    sumOfSquares: (scale * (ends?.size ?? 1)) ** 2 * total,
  };
}

function knownEnds(y: Float64Array, root: Float64Array, plateau: number, atZero: number) {
  const shares = y.map((value) => (plateau - value) / (plateau - atZero));
  const most = shares.reduce(
    (sum, share, j) => sum + root[j]! ** 2 * Math.max(share ** 2, (1 - share) ** 2),
    0,
  );
  return { left: shares.map((share, j) => root[j]! * share), size: Math.sqrt(most) };
}

/** The weighted sum of squares of the points that a loss stands for. */
export function pointsSumOfSquares({ sumOfSquares, ends }: RateProblem, loss: number): number {
  return sumOfSquares * (ends ? loss / (1 - loss) : loss);
}

/** φ(θ), with the common part taken out. */
export function rateColumn(problem: RateProblem, theta: number): Float64Array {
  const { distance, root, decays, ends, target } = problem;
  const rate = Math.exp(theta);
  const column = new Float64Array(target.length);
  for (let j = 0; j < root.length; j++) {
    const exponent = -rate * distance[j]!;
    column[j] = root[j]! * (decays ? -Math.exp(exponent) : -Math.expm1(exponent));
  }
  if (ends) {
    addScaled(column.subarray(0, root.length), 1, ends.left);
    column[root.length] = ends.size;
  }
  return projectCommon(problem, column);
}

/** φ(θ) scaled to length 1. */
export function unitColumn(problem: RateProblem, theta: number): Float64Array {
  const column = rateColumn(problem, theta);
  const length = norm(column);
  if (length > 0) for (let j = 0; j < column.length; j++) column[j]! /= length;
  return column;
}

/** First and second derivative of φ with respect to θ, with the common part taken out. */
export function rateDerivatives(problem: RateProblem, theta: number): [Float64Array, Float64Array] {
  const { distance, root, target } = problem;
  const rate = Math.exp(theta);
  const first = new Float64Array(target.length);
  const second = new Float64Array(target.length);
  for (let j = 0; j < root.length; j++) {
    const exponent = rate * distance[j]!;
    first[j] = root[j]! * exponent * Math.exp(-exponent);
    second[j] = first[j]! * (1 - exponent);
  }
  return [projectCommon(problem, first), projectCommon(problem, second)];
}

function projectCommon(
  { common, root }: Pick<RateProblem, "common" | "root">,
  column: Float64Array,
): Float64Array {
  // The row that both known ends add is none of the points.
  const points = column.length > root.length ? column.subarray(0, root.length) : column;
  if (common > 0) addScaled(points, -common * dot(root, points), root);
  return column;
}

/** The interval in which θ may move: the first that reaches it; none beside itself where it is held. */
export function intervalOf({ intervals, held }: RateProblem, theta: number): Interval {
  if (theta === held) return [theta, theta];
  return intervals.find(([, to]) => theta <= to) ?? intervals.at(-1)!;
}
