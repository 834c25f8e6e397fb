import { requireInteger, requireNonNegative } from "../errors.ts";
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
  if (mean === 0) return count === 0 ? 1 : 0;
  if (count === 0) return Math.exp(-mean);
  const excess = count * logarithmExcess((mean - count) / count);
  return Math.exp(-stirlingError(count) - excess) / Math.sqrt(2 * Math.PI * count);
}

/** δ(n) = ln n! − ln(√(2πn)(n/e)^n) for n ≥ 1. */
function stirlingError(n: number): number {
  if (n < 16) return SMALL_STIRLING_ERRORS[n]!;
  // The asymptotic series; its next term, 691/(360360n¹¹), is 2⁻⁵³ at n = 16.
  const square = 1 / (n * n);
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - square / 1188) * square) * square) * square) / n;
}

/** For n < 16 the factorial is exact in a double, and the error is small enough to be found by subtraction. */
const SMALL_STIRLING_ERRORS = stirlingErrorsByFactorial(16);

function stirlingErrorsByFactorial(length: number): Float64Array {
  const errors = new Float64Array(length);
  for (let n = 1, factorial = 1; n < length; n++) {
    factorial *= n;
    // n!·e^n/n^n/√(2πn) is near 1, so that the logarithm has a small absolute error, which is what counts.
    errors[n] = Math.log((factorial * Math.exp(n)) / (n ** n * Math.sqrt(2 * Math.PI * n)));
  }
  return errors;
}
