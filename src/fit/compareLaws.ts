import { DomainError } from "../errors.ts";
import { fitLaw, LAW_NAMES, type LawName } from "./laws.ts";
import { solveNonNegative } from "./leastSquares.ts";
import { condense, type Observations, readSample, type Sample } from "./observations.ts";
import type { FittedLaw } from "./separableLaw.ts";

/** One law among others. */
export interface LawScore {
  readonly law: LawName;
  readonly fitted: FittedLaw;
  /** Root mean square of y − curve at the points. */
  readonly rmse: number;
  /** Root mean square error at points left out one at a time; null where a law cannot be fitted without one. */
  readonly leaveOneOut: number | null;
  /** Root mean square error of forecasts from the first points to all later ones; null where too few points are left. */
  readonly rollingOrigin: number | null;
  /** Weight in the stacked forecast. */
  readonly stackWeight: number;
}

/** Laws compared in and out of sample. */
export interface LawComparison {
  /** Best rolling-origin error first; laws without one last. */
  readonly scores: readonly LawScore[];
  /** Laws that could not be fitted, and why. */
  readonly refused: readonly { readonly law: LawName; readonly reason: string }[];
  /** How many of the first points the rolling-origin forecasts were trained on. */
  readonly origins: readonly number[];
  /** Plain words. */
  readonly verdict: string;
  /** Weighted mean of the laws' curves, by their skill at the rolling origins. */
  readonly stacked: (x: number) => number;
}

/** Points beyond which neighbours are condensed: every point is left out once. */
const MOST_POINTS = 45;

/** Most origins tried; they are spread evenly over the second half of the points. */
const MOST_ORIGINS = 6;

/**
 * Compare laws of growth by AICc, by leaving points out one at a time, and by rolling-origin forecasts: trained on the
 * first half of the points or more, asked for all that follow. The stack weighs the laws so that their combined
 * rolling-origin forecasts have the least squared error, weights ≥ 0 with sum 1 [Breiman1996, "Stacked regressions"].
 *
 * @param laws - default all of {@link LAW_NAMES}
 * @throws {DomainError} if the observations cannot be read or no law can be fitted
 * @remarks A fit of every law for every point and origin: about two seconds for 36 points and all laws.
 */
export function compareLaws(observations: Observations, laws: readonly LawName[] = LAW_NAMES): LawComparison {
  const sample = condense(readSample(observations), MOST_POINTS);
  const refused: { law: LawName; reason: string }[] = [];
  const fits = laws.flatMap((law) => {
    const fitted = attempt(() => fitLaw(law, toObservations(sample)));
    if (fitted instanceof DomainError) refused.push({ law, reason: fitted.message });
    return fitted instanceof DomainError ? [] : [{ law, fitted }];
  });
  if (fits.length === 0) throw new DomainError("x", sample.x.length, "enough points for at least one law");
  const origins = rollingOrigins(sample.x.length);
  const errors = fits.map(({ law }) => rollingErrors(law, sample, origins));
  const weights = stackWeights(errors);
  const scores = fits.map(
    ({ law, fitted }, i): LawScore => ({
      law,
      fitted,
      rmse: Math.sqrt(meanSquare(Array.from(sample.y, (y, j) => y - fitted.predict(sample.x[j]!)))),
      leaveOneOut: leaveOneOut(law, sample),
      rollingOrigin: errors[i]! && Math.sqrt(meanSquare(errors[i]!)),
      stackWeight: weights[i]!,
    }),
  );
  const ranked = [...scores].sort((a, b) => (a.rollingOrigin ?? Infinity) - (b.rollingOrigin ?? Infinity));
  return {
    scores: ranked,
    refused,
    origins,
    verdict: verdict(ranked),
    stacked: (x) => scores.reduce((sum, { fitted, stackWeight }) => sum + stackWeight * fitted.predict(x), 0),
  };
}

/** Merged points as observations; where errors are not known the numbers of rows go in as 1/√rows only if they differ. */
function toObservations(
  { x, y, weight, known }: Sample,
  keep: (index: number) => boolean = () => true,
): Observations {
  const rows = Array.from(x, (_, j) => j).filter(keep);
  const repeated = known || weight.some((value) => value !== weight[0]);
  const part = { x: rows.map((j) => x[j]!), y: rows.map((j) => y[j]!) };
  return repeated ? { ...part, standardErrors: rows.map((j) => weight[j]! ** -0.5) } : part;
}

function attempt<T>(action: () => T): T | DomainError {
  try {
    return action();
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
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

/** Errors y − forecast for every origin and later point; null if the law cannot be fitted at every origin. */
function rollingErrors(law: LawName, sample: Sample, origins: readonly number[]): number[] | null {
  const errors: number[] = [];
  for (const origin of origins) {
    const fitted = attempt(() =>
      fitLaw(
        law,
        toObservations(sample, (j) => j < origin),
      ),
    );
    if (fitted instanceof DomainError) return null;
    for (let j = origin; j < sample.x.length; j++) errors.push(sample.y[j]! - fitted.predict(sample.x[j]!));
  }
  return errors.length > 0 ? errors : null;
}

function leaveOneOut(law: LawName, sample: Sample): number | null {
  const errors: number[] = [];
  for (let left = 0; left < sample.x.length; left++) {
    const fitted = attempt(() =>
      fitLaw(
        law,
        toObservations(sample, (j) => j !== left),
      ),
    );
    if (fitted instanceof DomainError) return null;
    errors.push(sample.y[left]! - fitted.predict(sample.x[left]!));
  }
  return Math.sqrt(meanSquare(errors));
}

/**
 * Weights ≥ 0 with sum 1 that minimise |Σ w_i errors_i|²: errors of a weighted forecast are the weighted errors. The
 * sum is held by a row of 1s far heavier than the errors and mended by scaling.
 */
function stackWeights(errors: readonly (readonly number[] | null)[]): number[] {
  const usable = errors.flatMap((column, i) => (column ? [{ i, column }] : []));
  const weights = errors.map(() => 0);
  if (usable.length === 0) return errors.map(() => 1 / errors.length);
  const heavy =
    1e4 * Math.sqrt(Math.max(...usable.map(({ column }) => column.reduce((s, e) => s + e * e, 0))) || 1);
  const columns = usable.map(({ column }) => Float64Array.of(...column, heavy));
  const lengths = columns.map((column) => Math.sqrt(column.reduce((s, e) => s + e * e, 0)));
  const units = columns.map((column, i) => column.map((value) => value / lengths[i]!));
  const target = new Float64Array(columns[0]!.length);
  target[target.length - 1] = 1;
  const solution = solveNonNegative(units, target, 1e-15).map((value, i) => value / lengths[i]!);
  const total = solution.reduce((sum, value) => sum + value, 0);
  usable.forEach(({ i }, at) => {
    weights[i] = solution[at]! / total;
  });
  return weights;
}

function verdict(ranked: readonly LawScore[]): string {
  const criteria = ranked.filter(({ fitted }) => fitted.aicc !== null);
  const inSample = criteria.reduce<LawScore | undefined>(
    (best, next) => (best === undefined || next.fitted.aicc! < best.fitted.aicc! ? next : best),
    undefined,
  );
  const forecast = ranked[0]!.rollingOrigin === null ? undefined : ranked[0]!;
  if (!forecast)
    return `Too few points to forecast from earlier ones; in sample ${inSample?.law ?? "no law"} is best by AICc.`;
  const best = `${forecast.law} forecasts later points best (root mean square error ${forecast.rollingOrigin!.toPrecision(3)})`;
  if (!inSample || inSample.law === forecast.law)
    return `${best}${inSample ? " and is also best in sample by AICc" : ""}.`;
  const own =
    inSample.rollingOrigin === null
      ? ""
      : ` but misses later points by ${inSample.rollingOrigin.toPrecision(3)}`;
  return `${inSample.law} fits the seen points best by AICc${own}; ${best}. A good fit is not a good forecast.`;
}

function meanSquare(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value * value, 0) / values.length;
}
