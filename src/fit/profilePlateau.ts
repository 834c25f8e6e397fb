import { fitMixture, type MixtureFit } from "./fitMixture.ts";
import type { Observations } from "./observations.ts";
import { crossing, type Profile, profileOf } from "./profile.ts";
import { pointsSumOfSquares, type RateProblem, rateProblem } from "./rateProblem.ts";
import { bestAtoms } from "./termsFit.ts";

/** Interval of the plateaus that the data do not reject. */
export interface ProfileInterval {
  /** Below the points where a constant serves. */
  readonly lower: number;
  /** Null where every higher plateau up to `searched` serves: the data give no upper limit. */
  readonly upper: number | null;
  readonly estimate: number;
  readonly level: number;
  /** Largest plateau that was tried. */
  readonly searched: number;
  /** Whether the data bound the plateau above too. */
  readonly identified: boolean;
  /** Sum of squares of the best fit, and the one at which the interval ends. */
  readonly sse: number;
  readonly sseBound: number;
}

/**
 * Profile-likelihood interval of the plateau of a K-term mixture: all plateaus P for which the best mixture with
 * plateau P, found globally, has
 *
 *     SSE(P) ≤ SSE·(1 + F/(n − p))       F the quantile of F(1, n − p), σ unknown
 *     SSE(P) ≤ SSE + χ²                  χ² the quantile of χ²(1), standard errors known
 *
 * [BatesWatts1988, §6.1]. Unlike a standard error it does not pretend that the curve is a straight function of the
 * plateau, and it is open above where nothing bounds the plateau. No curve is above its plateau, so of all with one below
 * the points the constant is the best, and its sum of squares, SSE(P) = SSE(ȳ) + Σ weight·(P − ȳ)², ends the interval.
 *
 * @param terms - K, at least 1
 * @param level - confidence; in (0, 1)
 * @param ceiling - largest plateau that is tried; default the largest y + 10 times the range of y, or the width of the
 *   interval of a constant where that is more
 * @throws {DomainError} as {@link fitMixture} does; if level is not in (0, 1) or no degree of freedom is left
 * @remarks Some 25 global fits. More than 200 different x are condensed to that many for them, see
 *   docs/fitting.md, §4: a million rows take little more than their sorting.
 */
export function profilePlateau(
  observations: Observations,
  terms: number,
  level: number,
  ceiling?: number,
): ProfileInterval {
  const profile = profileOf(observations, fitMixture(observations, { terms }), level);
  return plateauInterval(profile, profile.fit, ceiling);
}

/** The plateau's interval of a profile that is open already. */
export function plateauInterval(
  { terms, points, allowance, extent: [least, most], level }: Profile,
  { plateau: estimate, rateRange, sse }: MixtureFit,
  ceiling: number | undefined,
): ProfileInterval {
  const leastSum = (problem: RateProblem) => pointsSumOfSquares(problem, bestAtoms(problem, terms).loss);
  const free = rateProblem(points, rateRange, {});
  const bound = leastSum(free) + allowance;
  const excess = (plateau: number) => leastSum(rateProblem(points, rateRange, { plateau })) - bound;
  const weight = points.weight.reduce((sum, value) => sum + value, 0);
  const searched = ceiling ?? most + 10 * Math.max(most - least, 2 * Math.sqrt(allowance / weight));
  const start = Math.min(estimate, searched);
  const upper = crossing(excess, start, searched);
  // The offset is the best constant, whose target has the length 1.
  const below = Math.sqrt(Math.max(0, bound - pointsSumOfSquares(free, 1)) / weight);
  const lower = crossing(excess, start, least + 1e-9 * (most - least)) ?? free.offset - below;
  return {
    lower,
    upper,
    estimate,
    level,
    searched,
    identified: upper !== null,
    sse,
    sseBound: sse + allowance,
  };
}
