import { requireProbability } from "../errors.ts";
import type { Rng } from "./stream.ts";

/**
 * Uniform on {0, …, count − 1}.
 *
 * @param count - number of outcomes; integer in [1, 2⁵³]
 * @returns an integer; each outcome has probability 1/count up to a relative error of count·2⁻⁵³
 */
export function sampleIndex(rng: Rng, count: number): number {
  return Math.floor(rng.nextFloat() * count);
}

/**
 * A sampler of the number of failures before the first success of independent trials, by inversion:
 * ⌊ln(1 − U) / ln(1 − p)⌋, with P[k] = p(1 − p)^k.
 *
 * @param probability - success probability p in [0, 1]; for p = 0 the result is Infinity
 * @throws {DomainError} if p is not a probability
 */
export function geometricSampler(probability: number): (rng: Rng) => number {
  requireProbability("probability", probability);
  const logFailure = Math.log1p(-probability);
  if (logFailure === 0) return () => Infinity;
  // U in [0, 1) makes 1 − U positive. For p = 1 the quotient is a zero of either sign.
  return (rng) => Math.floor(Math.log1p(-rng.nextFloat()) / logFailure) + 0;
}
