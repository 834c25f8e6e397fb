import { requireInteger, requireNonNegative } from "../errors.ts";
import { stirlingError } from "../random/stirling.ts";
import { logarithmExcess } from "./artanh.ts";

/**
 * Borel law: probability that a branching process with Poisson(λ) offspring and one ancestor has k members in all,
 *
 *     P[k] = e^{−λk}(λk)^{k−1}/k!,   k ≥ 1                      [Borel1942; docs/theory.md §3]
 *
 * It adds up to the extinction probability, which is 1 for λ ≤ 1 and less above.
 *
 * @param lambda - mean offspring; finite, ≥ 0
 * @param size - k; integer ≥ 1
 * @returns relative error below (8 + 4|ln P|)·2⁻⁵³
 * @throws {DomainError} outside these ranges
 */
export function borelProbability(lambda: number, size: number): number {
  return borelTannerProbability(lambda, 1, size);
}

/**
 * Borel–Tanner law: the same for r ancestors,
 *
 *     P[k] = (r/k)·e^{−λk}(λk)^{k−r}/(k − r)!,   k ≥ r          [Tanner1961; Haight1960; docs/theory.md §3]
 *
 * @param lambda - mean offspring; finite, ≥ 0
 * @param ancestors - r; integer ≥ 1
 * @param size - k; integer ≥ 1; below r the probability is 0
 * @returns relative error below (8 + 4|ln P|)·2⁻⁵³
 * @throws {DomainError} outside these ranges
 */
export function borelTannerProbability(lambda: number, ancestors: number, size: number): number {
  requireNonNegative("lambda", lambda);
  requireInteger("ancestors", ancestors, 1);
  requireInteger("size", size, 1);
  if (size < ancestors) return 0;
  return (ancestors / size) * poissonProbability(size - ancestors, lambda * size);
}

/**
 * e^{−m}m^k/k! by Loader's saddle-point form exp(−δ(k) − k·D(m/k))/√(2πk), in which the large terms of the
 * logarithm have cancelled beforehand [Loader2000, eq. (5)].
 */
function poissonProbability(count: number, mean: number): number {
  if (count === 0) return Math.exp(-mean);
  const excess = count * logarithmExcess((mean - count) / count);
  return Math.exp(-stirlingError(count) - excess) / Math.sqrt(2 * Math.PI * count);
}
