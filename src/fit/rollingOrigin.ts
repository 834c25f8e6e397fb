import { DomainError } from "../errors.ts";
import { type LawName, lawFitter } from "./laws.ts";
import { norm, solveNonNegative } from "./leastSquares.ts";
import { type Sample, subSample } from "./observations.ts";

/** Forecasts from the first points of a sample to all later ones. */
export interface RollingForecasts {
  /** How many of the first points they were trained on. */
  readonly origins: readonly number[];
  /** By law: y − forecast, origin after origin; null for a law that cannot be fitted at every origin. */
  readonly errors: readonly (readonly number[] | null)[];
  /** Of each of these errors, in units of the greatest: the weight of its point in the sample. */
  readonly weights: readonly number[];
}

/** Most origins tried; they are spread evenly over the second half of the points. */
const MOST_ORIGINS = 6;

/**
 * Train every law on the first half of the points or more, and ask it for all that follow.
 *
 * @remarks A fit of every law for up to six origins.
 */
export function rollingForecasts(sample: Sample, laws: readonly LawName[]): RollingForecasts {
  const origins = rollingOrigins(sample.x.length);
  const places = origins.flatMap((origin) =>
    Array.from({ length: sample.x.length - origin }, (_, i) => ({ origin, point: origin + i })),
  );
  const fitters = new Map(origins.map((origin) => [origin, lawFitter(subSample(sample, (j) => j < origin))]));
  const errors = laws.map((law) => {
    const fits = new Map(origins.map((origin) => [origin, fitters.get(origin)!(law)]));
    const found: number[] = [];
    for (const { origin, point } of places) {
      const fitted = fits.get(origin)!;
      if (fitted instanceof DomainError) return null;
      found.push(sample.y[point]! - fitted.predict(sample.x[point]!));
    }
    return found.length > 0 ? found : null;
  });
  return { origins, errors, weights: inUnitsOfGreatest(places.map(({ point }) => sample.weight[point]!)) };
}

function rollingOrigins(points: number): number[] {
  const first = Math.max(4, Math.ceil(points / 2));
  const last = points - 1;
  const count = Math.min(MOST_ORIGINS, last - first + 1);
  if (count < 1) return [];
  return Array.from({ length: count }, (_, i) =>
    count === 1 ? last : Math.round(first + ((last - first) * i) / (count - 1)),
  );
}

/** So that no square of a weighted error leaves the range of doubles. */
export function inUnitsOfGreatest(weights: ArrayLike<number>): number[] {
  const values = Array.from(weights);
  const greatest = values.reduce((most, weight) => Math.max(most, weight), 0);
  return values.map((weight) => weight / greatest);
}

/**
 * Weights w ≥ 0 of the laws, with sum 1, that minimise Σ_j weights_j·(Σ_i w_i errors_ij)²: errors of a stacked forecast are the
 * stacked errors [Breiman1996, "Stacked regressions"]. A row more, the same number s in every column and in the target,
 * makes that a problem of least squares without the sum, which has the same shares for every s [docs/fitting.md, §3].
 *
 * @param errors - null for a law without, which gets no weight; where no law has any, all weigh the same
 * @param weights - of each error
 */
export function stackWeights(
  errors: readonly (readonly number[] | null)[],
  weights: readonly number[],
): number[] {
  const usable = errors.flatMap((found, i) =>
    found ? [{ i, column: Float64Array.from(found, (error, j) => error * Math.sqrt(weights[j]!)) }] : [],
  );
  const shares = errors.map(() => 0);
  if (usable.length === 0) return errors.map(() => 1 / errors.length);
  // In the size of the best law, so that one that fails by orders of magnitude takes no digits from the others.
  const sizes = usable.map(({ column }) => norm(column)).filter((size) => size > 0);
  const size = sizes.length > 0 ? Math.min(...sizes) : 1;
  const columns = usable.map(({ column }) => Float64Array.of(...column, size));
  const lengths = columns.map(norm);
  const units = columns.map((column, i) => column.map((value) => value / lengths[i]!));
  const target = new Float64Array(columns[0]!.length);
  target[target.length - 1] = 1;
  const solution = solveNonNegative(units, target, 1e-15).map((value, i) => value / lengths[i]!);
  const total = solution.reduce((sum, value) => sum + value, 0);
  usable.forEach(({ i }, at) => {
    shares[i] = solution[at]! / total;
  });
  return shares;
}
