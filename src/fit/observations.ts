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
  /** Number of rows. */
  readonly rows: number;
  /** Distinct, ascending. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Σ 1/s² of the rows of a point; the number of rows where there are no standard errors. */
  readonly weight: Float64Array;
  /** Σ (y − mean)²/s² within the points. */
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

function mergeTies(order: Float64Array, { x, y, standardErrors }: Observations): Sample {
  const points: { x: number; y: number; weight: number }[] = [];
  let pureError = 0;
  for (const row of order) {
    const weight = standardErrors ? standardErrors[row]! ** -2 : 1;
    const last = points.at(-1);
    if (last?.x !== x[row]!) {
      points.push({ x: x[row]!, y: y[row]!, weight });
      continue;
    }
    // Welford's update: the mean and the sum of squares about it in one pass, without cancellation.
    const distance = y[row]! - last.y;
    const share = weight / (last.weight + weight);
    pureError += last.weight * share * distance * distance;
    last.y += share * distance;
    last.weight += weight;
  }
  return {
    rows: order.length,
    x: Float64Array.from(points, (point) => point.x),
    y: Float64Array.from(points, (point) => point.y),
    weight: Float64Array.from(points, (point) => point.weight),
    pureError,
    known: standardErrors !== undefined,
  };
}

/**
 * At most about `bins` points: neighbours in log x are replaced by their weighted mean in x and y, and their scatter
 * about it is counted as pure error. A curve with rate k bends by at most (kx)²e^{−kx}·(width)²/24 < (width)²/40 of its
 * rise within a bin, where width is the width in ln x: 10⁻⁶ for a thousand bins over three decades.
 *
 * @returns the sample itself where it has no more points than that
 */
export function condense(sample: Sample, bins: number): Sample {
  const { x, y, weight, pureError } = sample;
  if (x.length <= bins) return sample;
  const first = x.find((value) => value > 0)!;
  const width = Math.log(x.at(-1)! / first) / bins;
  const groups: { key: number; x: number; y: number; weight: number }[] = [];
  let scatter = pureError;
  for (let j = 0; j < x.length; j++) {
    // −∞ for x = 0, which so stands alone.
    const key = Math.floor(Math.log(x[j]! / first) / width);
    const group = groups.at(-1);
    if (group?.key !== key) {
      groups.push({ key, x: x[j]!, y: y[j]!, weight: weight[j]! });
      continue;
    }
    const share = weight[j]! / (group.weight + weight[j]!);
    scatter += group.weight * share * (y[j]! - group.y) ** 2;
    group.x += share * (x[j]! - group.x);
    group.y += share * (y[j]! - group.y);
    group.weight += weight[j]!;
  }
  return {
    ...sample,
    x: Float64Array.from(groups, (group) => group.x),
    y: Float64Array.from(groups, (group) => group.y),
    weight: Float64Array.from(groups, (group) => group.weight),
    pureError: scatter,
  };
}
