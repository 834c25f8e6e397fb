import { DomainError, requireInteger } from "../errors.ts";
import { fitMixture, type MixtureFit } from "./fitMixture.ts";
import type { Observations } from "./observations.ts";

/** How well a mixture fits with its plateau held at values, and the interval that follows. */
export interface PlateauProfile {
  /** The best fit of all. */
  readonly fit: MixtureFit;
  /** Twice the loss of log-likelihood against the best fit, by plateau, ascending. */
  readonly profile: readonly { readonly plateau: number; readonly deviance: number }[];
  readonly interval: {
    /** Null where the data set no lower limit. */
    readonly lower: number | null;
    /** Null where the data set no upper limit below `farthest`. */
    readonly upper: number | null;
    readonly level: number;
    /** The deviance at which the interval ends. */
    readonly threshold: number;
  };
}

/** 95 % quantile of χ² with one degree of freedom, 1.959964². */
const THRESHOLD = 3.841459;
const LEVEL = 0.95;

/**
 * Profile likelihood of the plateau of a mixture of K exponentials with normal errors [docs/fitting.md]: with
 * SSE(a) the least sum of squares with the plateau held at a, the deviance is n·ln(SSE(a)/SSE) where the errors'
 * standard deviation is estimated too, and SSE(a) − SSE where standard errors are given. The interval holds the
 * plateaus with a deviance below the 95 % quantile of χ² with one degree of freedom; it is asymptotic.
 *
 * @param observations - rows in any order
 * @param terms - K ≥ 1
 * @param values - how many plateaus between the last observation and `farthest`
 * @param farthest - the largest plateau to think of, such as 100 for percent; above the data
 * @returns a profile on an even grid from a little below the interval to `farthest`, and the interval, its ends to
 *   a relative 10⁻⁶; an end that does not come is null
 * @throws {DomainError} as {@link fitMixture}, or if `farthest` is not above the data
 */
export function plateauProfile(
  observations: Observations,
  terms: number,
  values: number,
  farthest: number,
): PlateauProfile {
  requireInteger("values", values, 2);
  const fit = fitMixture(observations, { terms });
  const deviance = devianceFrom(observations, terms, fit);
  const top = largest(observations.y);
  if (!(farthest > top && farthest < Infinity)) {
    throw new DomainError("farthest", farthest, `above the largest observation (${top})`);
  }
  const lower = crossing(deviance, fit.plateau, nearestBelow(deviance, fit.plateau, top));
  // A little below the interval, so that the profile is seen to leave it.
  const start = lower === null ? top : lower - (fit.plateau - lower) / 5;
  const profile = Array.from({ length: values }, (_, i) => {
    const plateau = start + ((farthest - start) * i) / (values - 1);
    return { plateau, deviance: deviance(plateau) };
  });
  const upper = crossing(deviance, fit.plateau, farthest);
  return { fit, profile, interval: { lower, upper, level: LEVEL, threshold: THRESHOLD } };
}

function devianceFrom(observations: Observations, terms: number, best: MixtureFit) {
  const known = observations.standardErrors !== undefined;
  return (plateau: number): number => {
    const { sse } = fitMixture(observations, { terms, plateau });
    // The free optimum bounds every held one from below; rounding may say otherwise.
    const loss = known ? sse - best.sse : best.points * Math.log(sse / best.sse);
    return Math.max(0, loss);
  };
}

/** A plateau below the best one with a deviance above the threshold, no lower than needed. */
function nearestBelow(deviance: (plateau: number) => number, best: number, top: number): number {
  for (let gap = (best - top) / 8 || 1; ; gap *= 2) {
    const candidate = best - gap;
    if (deviance(candidate) > THRESHOLD || !(gap < 1e9 * (1 + Math.abs(best)))) return candidate;
  }
}

/** Where the deviance crosses the threshold between `inside` and `outside`; null if it does not. */
function crossing(deviance: (plateau: number) => number, inside: number, outside: number): number | null {
  if (!(deviance(outside) > THRESHOLD)) return null;
  let [low, high] = [inside, outside];
  while (Math.abs(high - low) > 1e-6 * (1 + Math.abs(inside))) {
    const middle = (low + high) / 2;
    if (deviance(middle) > THRESHOLD) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}

function largest(values: ArrayLike<number>): number {
  let most = -Infinity;
  for (let i = 0; i < values.length; i++) most = Math.max(most, values[i]!);
  return most;
}
