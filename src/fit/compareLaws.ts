import { DomainError } from "../errors.ts";
import { LAW_NAMES, type LawName, lawFitter } from "./laws.ts";
import { condense, type Observations, readSample, type Sample, subSample } from "./observations.ts";
import { inUnitsOfGreatest, rollingForecasts, stackWeights } from "./rollingOrigin.ts";
import type { FittedLaw } from "./separableLaw.ts";

/** One law among others. */
export interface LawScore {
  readonly law: LawName;
  readonly fitted: FittedLaw;
  /** Root mean square of y − curve over the rows. */
  readonly rmse: number;
  /**
   * Root mean square error at points left out one at a time, weighted as the points are in a fit: by 1/s² where standard errors are
   * known, else by their rows; null where a law cannot be fitted without one.
   */
  readonly leaveOneOut: number | null;
  /** The same of forecasts from the first points to all later ones; null where too few points are left. */
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
  /** Weighted mean of the laws' curves, by their skill at the rolling origins; −∞ at x = 0 where one of them has no value. */
  readonly stacked: (x: number) => number;
}

/** Points beyond which neighbours are condensed: every point is left out once. */
const MOST_POINTS = 45;

/**
 * Compare laws of growth by AICc, by leaving points out one at a time, and by rolling-origin forecasts: trained on the
 * first half of the points or more, asked for all that follow. The stack weighs the laws so that their combined
 * rolling-origin forecasts have the least squared error, weights ≥ 0 with sum 1 [Breiman1996, "Stacked regressions"]. Errors at points
 * that are better known, by standard errors or more rows, count for as much more.
 *
 * @param laws - default all of {@link LAW_NAMES}
 * @throws {DomainError} if the observations cannot be read or no law can be fitted
 * @remarks A fit of every law for every point and origin: about five seconds for 36 points and all laws.
 */
export function compareLaws(observations: Observations, laws: readonly LawName[] = LAW_NAMES): LawComparison {
  const { x, y } = observations;
  const rows = readSample(observations);
  const sample = condense(rows, MOST_POINTS);
  const fitOf = lawFitter(sample, rows);
  const refused: { law: LawName; reason: string }[] = [];
  const fits = laws.flatMap((law) => {
    const fitted = fitOf(law);
    if (fitted instanceof DomainError) refused.push({ law, reason: fitted.message });
    return fitted instanceof DomainError ? [] : [{ law, fitted }];
  });
  if (fits.length === 0) throw new DomainError("x", sample.x.length, "enough points for at least one law");
  const names = fits.map(({ law }) => law);
  const { origins, errors, weights } = rollingForecasts(sample, names);
  const shares = stackWeights(errors, weights);
  const left = leaveOneOut(sample, names);
  const leftWeights = inUnitsOfGreatest(sample.weight);
  const scores = fits.map(
    ({ law, fitted }, i): LawScore => ({
      law,
      fitted,
      rmse: rootMeanSquare(Array.from(y, (value, row) => value - fitted.predict(x[row]!))),
      leaveOneOut: left[i] ? rootMeanSquare(left[i], leftWeights) : null,
      rollingOrigin: errors[i] ? rootMeanSquare(errors[i], weights) : null,
      stackWeight: shares[i]!,
    }),
  );
  const ranked = [...scores].sort((a, b) => (a.rollingOrigin ?? Infinity) - (b.rollingOrigin ?? Infinity));
  return {
    scores: ranked,
    refused,
    origins,
    verdict: verdict(ranked),
    stacked: (x) =>
      scores.reduce(
        (sum, { fitted, stackWeight }) => (stackWeight > 0 ? sum + stackWeight * fitted.predict(x) : sum),
        0,
      ),
  };
}

/** By law: y − prediction at every point left out; null for a law that cannot be fitted without one of them. */
function leaveOneOut(sample: Sample, laws: readonly LawName[]): (readonly number[] | null)[] {
  const errors = laws.map((): number[] => []);
  for (let left = 0; left < sample.x.length; left++) {
    const fitOf = lawFitter(subSample(sample, (j) => j !== left));
    laws.forEach((law, i) => {
      const fitted = fitOf(law);
      if (!(fitted instanceof DomainError))
        errors[i]!.push(sample.y[left]! - fitted.predict(sample.x[left]!));
    });
  }
  return errors.map((found) => (found.length === sample.x.length ? found : null));
}

function verdict(ranked: readonly LawScore[]): string {
  // The automatic number of terms is the best of them by the same criterion.
  const criteria = ranked.filter(({ law, fitted }) => law !== "exponential-auto" && fitted.aicc !== null);
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
  if (forecast.law === "exponential-auto" && forecast.fitted.aicc === inSample.fitted.aicc)
    return `${best}; what it chooses from all points, ${inSample.law}, is also best in sample by AICc.`;
  const own =
    inSample.rollingOrigin === null
      ? ""
      : ` but misses later points by ${inSample.rollingOrigin.toPrecision(3)}`;
  return `${inSample.law} fits the seen points best by AICc${own}; ${best}. A good fit is not a good forecast.`;
}

/** √(Σ weight·error²/Σ weight). */
function rootMeanSquare(errors: readonly number[], weights: readonly number[] = errors.map(() => 1)): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return Math.sqrt(errors.reduce((sum, error, j) => sum + weights[j]! * error * error, 0) / total);
}
