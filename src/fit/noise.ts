import { DomainError, requireInteger } from "../errors.ts";
import { fitMixture, type MixtureOptions } from "./fitMixture.ts";
import { upperQuantile } from "./normal.ts";
import type { Observations } from "./observations.ts";
import type { ProfileInterval } from "./profilePlateau.ts";

/**
 * Standard errors of accuracies measured on a number of questions: √(p̃(1 − p̃)/n) with p̃ = (correct + 2)/(n + 4)
 * [AgrestiCoull1998], so that 0 and 100 % are not taken for certain.
 *
 * Points measured on the same questions share part of this error: the paper's points scatter by 0.29 about their
 * curve where the binomial error is 0.73. Weights from here then overstate the scatter from point to point; see
 * {@link splitNoise}.
 *
 * @param y - accuracies, all as fractions in [0, 1] or all in percent in [0, 100]
 * @param questions - n, at least 1: one number for all, or one for each accuracy
 * @param unit - 1 for fractions, 100 for percent
 * @throws {DomainError} if an accuracy is outside its range
 */
export function binomialStandardErrors(
  y: ArrayLike<number>,
  questions: number | ArrayLike<number>,
  unit: 1 | 100,
): Float64Array {
  return sharesOf(y, unit).map((share, row) => {
    const n = typeof questions === "number" ? questions : questions[row]!;
    requireInteger("questions", n, 1);
    const shrunk = (share * n + 2) / (n + 4);
    return unit * Math.sqrt((shrunk * (1 - shrunk)) / n);
  });
}

function sharesOf(y: ArrayLike<number>, unit: 1 | 100): Float64Array {
  return Float64Array.from(y, (value, row) => {
    if (!(value >= 0 && value <= unit)) throw new DomainError(`y[${row}]`, value, `from 0 to ${unit}`);
    return value / unit;
  });
}

/** Binomial noise of accuracies on the same questions, in two parts. Standard errors in the unit of y. */
export interface NoiseSplit {
  /** Scatter of each point about the curve for these questions. */
  readonly own: number;
  /** What all points share: how far the curve for these questions is off that for all questions of their kind. */
  readonly shared: number;
}

/**
 * Split the binomial noise of accuracies that were measured on the same questions at every x [docs/fitting.md, §10]:
 *
 *     own² = SSE/(rows − parameters) of the mixture with the least AICc,    shared² = max(0, mean of y(1 − y)/(n − 1) − own²).
 *
 * Cut at 0, shared² is above the truth on average.
 *
 * @param y - of the observations: fractions in [0, 1] or percentages in [0, 100]; standard errors are not used
 * @param questions - n, at least 1
 * @param unit - 1 for fractions, 100 for percent
 * @returns null where no row is left to tell the scatter, or one question tells no variance
 * @throws {DomainError} as {@link fitMixture} and {@link binomialStandardErrors} do
 * @remarks Five fits. Runs that scatter by more than sampling (seeds, order of data) raise own and so lower shared.
 */
export function splitNoise({ x, y }: Observations, questions: number, unit: 1 | 100): NoiseSplit | null {
  const shares = sharesOf(y, unit);
  requireInteger("questions", questions, 1);
  if (questions === 1 || new Set(Array.from(x)).size < 3) return null;
  const { sse, points, parameters } = fitMixture({ x, y }, { terms: "auto" });
  if (points <= parameters) return null;
  const own = sse / (points - parameters);
  const spread = shares.reduce((sum, share) => sum + (share * (1 - share)) / points, 0);
  const whole = (unit ** 2 * spread) / (questions - 1);
  return { own: Math.sqrt(own), shared: Math.sqrt(Math.max(0, whole - own)) };
}

/**
 * Interval of a level for all questions of the kind, from its interval for the questions asked: with z the normal
 * quantile, each end is carried out to √(distance² + (z·shared)²) from the estimate [ZouDonner2008], no further than ceiling
 * and floor. An open end stays open.
 *
 * @param shared - standard error that all points share; ≥ 0
 */
export function forAllQuestions(
  { lower, upper, estimate, level }: ProfileInterval,
  shared: number,
  { ceiling = Infinity, floor = -Infinity }: Pick<MixtureOptions, "ceiling" | "floor"> = {},
): { readonly lower: number; readonly upper: number | null } {
  const reach = upperQuantile((1 - level) / 2) * shared;
  return {
    lower: Math.max(floor, estimate - Math.hypot(estimate - lower, reach)),
    upper: upper === null ? null : Math.min(ceiling, estimate + Math.hypot(upper - estimate, reach)),
  };
}
