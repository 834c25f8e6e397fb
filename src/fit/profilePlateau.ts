import { DomainError } from "../errors.ts";
import { fitMixture } from "./fitMixture.ts";
import { upperQuantile } from "./normal.ts";
import type { Observations } from "./observations.ts";

/** Interval of the plateaus that the data do not reject. */
export interface ProfileInterval {
  /** Null where every lower plateau down to the largest y serves. */
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
 * @remarks About 30 global fits.
 */
export function profilePlateau(
  observations: Observations,
  terms: number,
  level: number,
  ceiling?: number,
): ProfileInterval {
  if (!(level > 0 && level < 1)) throw new DomainError("level", level, "in (0, 1)");
  const fit = fitMixture(observations, { terms });
  const known = observations.standardErrors !== undefined;
  const freedom = fit.points - fit.parameters;
  if (!known && freedom < 1)
    throw new DomainError("terms", terms, "fewer, so that a point is left for the noise");
  const [least, most] = range(observations.y);
  const searched = ceiling ?? most + 10 * (most - least);
  const bound = known ? fit.sse + chiSquare(level) : fit.sse * (1 + fQuantile(level, freedom) / freedom);
  const excess = (plateau: number) => fitMixture(observations, { terms, plateau }).sse - bound;
  const start = Math.min(fit.plateau, searched);
  const upper = crossing(excess, start, searched);
  const lower = crossing(excess, start, least + 1e-9 * (most - least));
  return {
    lower,
    upper,
    estimate: fit.plateau,
    level,
    searched,
    identified: lower !== null && upper !== null,
    sse: fit.sse,
    sseBound: bound,
  };
}

/** Where a function that is negative at `inside` turns positive on the way to `outside`; null if it does not. */
function crossing(f: (value: number) => number, inside: number, outside: number): number | null {
  if (!(f(outside) > 0)) return null;
  // Outwards in growing steps first, so that the component around the estimate is the one that is measured.
  let [near, far] = [inside, outside];
  for (let share = 1 / 256; share < 1; share *= 2) {
    const value = inside + share * (outside - inside);
    if (f(value) > 0) {
      far = value;
      break;
    }
    near = value;
  }
  // 18 halvings of the step: five digits of it.
  for (let halving = 0; halving < 18; halving++) {
    const middle = (near + far) / 2;
    if (f(middle) > 0) far = middle;
    else near = middle;
  }
  return near;
}

function range(values: ArrayLike<number>): [number, number] {
  let [least, most] = [Infinity, -Infinity];
  for (let row = 0; row < values.length; row++) {
    least = Math.min(least, values[row]!);
    most = Math.max(most, values[row]!);
  }
  return [least, most];
}

/** Quantile of χ² with one degree of freedom: the square of a normal quantile. */
function chiSquare(level: number): number {
  return upperQuantile((1 - level) / 2) ** 2;
}

/**
 * Quantile of F(1, ν), the square of Student's: bisection on the exact tail probability, summed in closed form for
 * whole ν [Abramowitz1964, 26.7.3, 26.7.4].
 */
function fQuantile(level: number, freedom: number): number {
  let [low, high] = [0, 1];
  while (studentCoverage(high, freedom) < level) high *= 2;
  for (let halving = 0; halving < 60; halving++) {
    const middle = (low + high) / 2;
    if (studentCoverage(middle, freedom) < level) low = middle;
    else high = middle;
  }
  return high * high;
}

/** P[|T| ≤ t] for Student's T with ν degrees of freedom. */
export function studentCoverage(t: number, freedom: number): number {
  const angle = Math.atan(t / Math.sqrt(freedom));
  const cosine = Math.cos(angle);
  const odd = freedom % 2 === 1;
  let term = odd ? cosine : 1;
  let sum = freedom === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k < freedom; k += 2) {
    term *= ((k - 1) / k) * cosine * cosine;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
}
