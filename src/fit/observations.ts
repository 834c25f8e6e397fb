import { DomainError } from "../errors.ts";

/** Training results: what was measured (y) after how much training (x), row by row in any order. */
export interface Observations {
  /** Amount of training: tokens, variations, epochs, …; finite, ≥ 0. */
  readonly x: ArrayLike<number>;
  /** What was measured, in any unit; finite, at most 10¹⁵⁰ in size. */
  readonly y: ArrayLike<number>;
  /** Standard errors of y in the unit of y; between 10⁻¹⁵⁰ and 10¹⁵⁰. Without them all rows count alike. */
  readonly standardErrors?: ArrayLike<number> | undefined;
}

/**
 * Observations sorted by x, rows of equal x replaced by their weighted mean. For every curve f,
 *
 *     Σ_rows (y − f(x))² / s² = Σ_points weight·(mean − f(x))² + pureError,
 *
 * so that fitting the points is fitting the rows.
 */
export interface Sample {
  /** Number of rows; where neighbours are merged, less one for each slope that is taken out, see {@link condense}. */
  readonly rows: number;
  /** Distinct, ascending. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Σ 1/s² of the rows of a point; the number of rows where there are no standard errors. */
  readonly weight: Float64Array;
  /** Number of rows of each point, which sum to `rows`. */
  readonly counts: Float64Array;
  /** Σ (y − mean)²/s² within each point. */
  readonly scatter: Float64Array;
  /** The same within all points together: σ² times χ² with as many degrees of freedom as there are rows beyond points. */
  readonly pureError: number;
  /** Whether the standard errors are known. */
  readonly known: boolean;
}

/** Sums of squares, and weights 1/s², of a million rows stay within the range of doubles up to here. */
const LARGEST = 1e150;

/**
 * Check, sort and merge observations. Cost O(n log n).
 *
 * @throws {DomainError} naming the argument, if lengths differ, a value is not finite, an x is negative or a
 *   standard error is not positive, or if squares would leave the range of doubles
 */
export function readSample({ x, y, standardErrors }: Observations): Sample {
  const rows = x.length;
  requireColumn("x", x, rows, (value) => value >= 0, "finite and >= 0");
  requireColumn("y", y, rows, (value) => Math.abs(value) <= LARGEST, `finite and at most ${LARGEST} in size`);
  if (standardErrors) {
    const domain = `between ${1 / LARGEST} and ${LARGEST}`;
    requireColumn(
      "standardErrors",
      standardErrors,
      rows,
      (value) => value >= 1 / LARGEST && value <= LARGEST,
      domain,
    );
  }
  // Ties in x are broken by y and weight, so that sums do not depend on the order of the rows.
  const order = Float64Array.from({ length: rows }, (_, row) => row).sort(
    (a, b) =>
      x[a]! - x[b]! || y[a]! - y[b]! || (standardErrors ? standardErrors[a]! - standardErrors[b]! : 0),
  );
  return mergeTies(order, { x, y, standardErrors });
}

function requireColumn(
  name: string,
  values: ArrayLike<number>,
  rows: number,
  fits: (value: number) => boolean,
  domain: string,
): void {
  if (values.length !== rows) throw new DomainError(name, values.length, `as long as x (${rows} rows)`);
  for (let row = 0; row < rows; row++) {
    const value = values[row]!;
    if (!(Number.isFinite(value) && fits(value))) throw new DomainError(`${name}[${row}]`, value, domain);
  }
}

/** A point of a sample while rows are merged into it. */
interface Point {
  x: number;
  y: number;
  weight: number;
  count: number;
  scatter: number;
}

function mergeTies(order: Float64Array, { x, y, standardErrors }: Observations): Sample {
  const points: Point[] = [];
  for (const row of order) {
    const weight = standardErrors ? standardErrors[row]! ** -2 : 1;
    const point = { x: x[row]!, y: y[row]!, weight, count: 1, scatter: 0 };
    const last = points.at(-1);
    if (last?.x === point.x) absorb(last, point);
    else points.push(point);
  }
  return toSample(points, standardErrors !== undefined);
}

/** Welford's update: means and the sum of squares about them in one pass, without cancellation. */
function absorb(into: Point, { x, y, weight, count, scatter }: Readonly<Point>): void {
  const share = weight / (into.weight + weight);
  into.scatter += scatter + into.weight * share * (y - into.y) ** 2;
  into.x += share * (x - into.x);
  into.y += share * (y - into.y);
  into.weight += weight;
  into.count += count;
}

function toSample(points: readonly Readonly<Point>[], known: boolean): Sample {
  const column = (name: keyof Point) => Float64Array.from(points, (point) => point[name]);
  const [counts, scatter] = [column("count"), column("scatter")];
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
  return {
    rows: sum(counts),
    x: column("x"),
    y: column("y"),
    weight: column("weight"),
    counts,
    scatter,
    pureError: sum(scatter),
    known,
  };
}

/** Σ_rows (y − curve)²/s². */
export function sumOfSquares({ x, y, weight, pureError }: Sample, curve: (x: number) => number): number {
  return x.reduce((sum, value, j) => sum + weight[j]! * (y[j]! - curve(value)) ** 2, pureError);
}

function pointsOf({ x, y, weight, counts, scatter }: Sample): Point[] {
  return Array.from(x, (value, j) => ({
    x: value,
    y: y[j]!,
    weight: weight[j]!,
    count: counts[j]!,
    scatter: scatter[j]!,
  }));
}

/** The points of a sample for which `keep` holds, with all their rows. */
export function subSample(sample: Sample, keep: (index: number) => boolean): Sample {
  return toSample(
    pointsOf(sample).filter((_, j) => keep(j)),
    sample.known,
  );
}

/**
 * At most about `bins` points: neighbours in ln x are replaced by their weighted mean in x and y. Their scatter about a
 * straight line in ln x counts as pure error, so that the trend of the curve does not; the slope of the line costs one
 * row of each such point.
 *
 * With bins of a width h in ln x, a curve with rate k bends by at most (kx)²e^{−kx}·(e^h − 1)²/8 < (e^h − 1)²/14 of its rise
 * between a mean and the rows, and by h²/40 where they fill the bin evenly. It leaves a straight line by at most
 * |kx − (kx)²|e^{−kx}·h²/16 < h²/51 of its rise, which is what it can add to the standard deviation of the scatter.
 *
 * @returns the sample itself where it has no more points than that
 */
export function condense(sample: Sample, bins: number): Sample {
  const { x } = sample;
  if (x.length <= bins) return sample;
  const first = x.find((value) => value > 0)!;
  const width = Math.log(x.at(-1)! / first) / bins;
  const groups: Point[][] = [];
  let last: number | undefined;
  for (const point of pointsOf(sample)) {
    const key = point.x > 0 ? Math.floor(Math.log(point.x / first) / width) : -1;
    if (key === last) groups.at(-1)!.push(point);
    else groups.push([point]);
    last = key;
  }
  return toSample(groups.map(mergeNeighbours), sample.known);
}

function mergeNeighbours(points: readonly Readonly<Point>[]): Readonly<Point> {
  if (points.length === 1) return points[0]!;
  const merged = { ...points[0]! };
  for (const point of points.slice(1)) absorb(merged, point);
  const offsets = points.map(({ x }) => Math.log(x / merged.x));
  const middle = points.reduce((sum, { weight }, j) => sum + (weight / merged.weight) * offsets[j]!, 0);
  let [square, product] = [0, 0];
  points.forEach(({ y, weight }, j) => {
    square += weight * (offsets[j]! - middle) ** 2;
    product += weight * (offsets[j]! - middle) * (y - merged.y);
  });
  // Neighbouring doubles have no logarithms of their own.
  const slope = square > 0 ? product / square : 0;
  const scatter = points.reduce(
    (sum, { y, weight, scatter: own }, j) =>
      sum + own + weight * (y - merged.y - slope * (offsets[j]! - middle)) ** 2,
    0,
  );
  return { ...merged, count: merged.count - 1, scatter };
}
