import { fitMixture, type MixtureFit } from "./fitMixture.ts";
import type { Observations } from "./observations.ts";
import { crossing, type Profile, profileOf } from "./profile.ts";
import { pointsSumOfSquares, rateProblem } from "./rateProblem.ts";
import { bestAtoms } from "./termsFit.ts";

/** Interval of the plateaus that the data do not reject. */
export interface ProfileInterval {
  /** Null where every lower plateau down to the least y serves. */
  readonly lower: number | null;
  /** Null where every higher plateau up to `searched` serves: the data give no upper limit. */
  readonly upper: number | null;
  readonly estimate: number;
  readonly level: number;
  /** Largest plateau that was tried. */
  readonly searched: number;
  /** Whether the data bound the plateau on both sides. */
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
 * plateau, and it is open where nothing bounds the plateau.
 *
 * @param terms - K, at least 1
 * @param level - confidence; in (0, 1)
 * @param ceiling - largest plateau that is tried; default the largest y + 10·(range of y)
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
  const searched = ceiling ?? most + 10 * (most - least);
  const leastSum = (plateau?: number) => {
    const problem = rateProblem(points, rateRange, { plateau });
    return pointsSumOfSquares(problem, bestAtoms(problem, terms).loss);
  };
  const bound = leastSum() + allowance;
  const excess = (plateau: number) => leastSum(plateau) - bound;
  const start = Math.min(estimate, searched);
  const upper = crossing(excess, start, searched);
  const lower = crossing(excess, start, least + 1e-9 * (most - least));
  return {
    lower,
    upper,
    estimate,
    level,
    searched,
    identified: lower !== null && upper !== null,
    sse,
    sseBound: sse + allowance,
  };
}
