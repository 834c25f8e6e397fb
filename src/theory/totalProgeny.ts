import { DomainError, requireInteger, requireNonNegative } from "../errors.ts";

/**
 * Mean and variance of Y_ℓ, the members of generations 0 to ℓ of a branching process with Poisson(λ) offspring and
 * one ancestor [docs/theory.md §3]. From Y_ℓ = 1 + Σ_{i ≤ X} Y_{ℓ−1}^{(i)} with X ~ Poisson(λ):
 *
 *     E[Y_ℓ] = 1 + λE[Y_{ℓ−1}] = (λ^{ℓ+1} − 1)/(λ − 1),   Var[Y_ℓ] = λ·E[Y_{ℓ−1}²].
 *
 * @param lambda - λ; finite, ≥ 0
 * @param generations - ℓ; integer ≥ 0
 * @returns relative error below (ℓ + 1)·2⁻⁵¹; `Infinity` where it overflows. Cost O(ℓ)
 * @throws {DomainError} outside these ranges
 */
export function progenyMoments(lambda: number, generations: number): { mean: number; variance: number } {
  requireProgeny(lambda, generations);
  let mean = 1;
  let variance = 0;
  for (let generation = 1; generation <= generations; generation++) {
    variance = lambda * (variance + mean * mean);
    mean = 1 + lambda * mean;
  }
  return { mean, variance };
}

/**
 * 1 − h_ℓ(e^{−s}) = E[1 − e^{−sY_ℓ}], h_ℓ the probability generating function of Y_ℓ, by
 * u_ℓ = 1 − exp(−s − λu_{ℓ−1}) [docs/theory.md §3]: the complement keeps relative accuracy as s falls to 0.
 *
 * @param lambda - λ; finite, ≥ 0
 * @param generations - ℓ; integer ≥ 0
 * @param s - ≥ 0; may be `Infinity`
 * @returns in [0, 1]; relative error below (ℓ + 1)·2⁻⁵¹. Cost O(ℓ)
 * @throws {DomainError} outside these ranges
 */
export function progenyTransform(lambda: number, generations: number, s: number): number {
  requireProgeny(lambda, generations);
  if (s !== Infinity) requireNonNegative("s", s);
  let u = -Math.expm1(-s);
  for (let generation = 1; generation <= generations; generation++) u = -Math.expm1(-s - lambda * u);
  return u;
}

/**
 * The law of Y_ℓ: P[Y_ℓ = k] for k = 0 … `largest` [docs/theory.md §3]. For k ≤ ℓ it is the Borel law.
 *
 * The coefficients of h_ℓ(z) = z·exp(λ(h_{ℓ−1}(z) − 1)), one generation after the other. All terms of the sums are
 * positive, so that nothing cancels.
 *
 * @param lambda - λ; in [0, 700], so that e^{−λ} does not underflow
 * @param generations - ℓ; integer ≥ 0
 * @param largest - K; integer ≥ 1
 * @returns index k, length K + 1; relative error below (ℓ + 1)(K + 1)·2⁻⁵¹. Cost O(ℓK²)
 * @throws {DomainError} outside these ranges
 */
export function progenyProbabilities(lambda: number, generations: number, largest: number): Float64Array {
  requireProgeny(lambda, generations);
  if (lambda > 700) throw new DomainError("lambda", lambda, "at most 700, or e^(-lambda) underflows");
  requireInteger("largest", largest, 1);
  let probabilities: Float64Array = new Float64Array(largest + 1);
  probabilities[1] = 1;
  for (let generation = 1; generation <= generations; generation++) {
    probabilities = offspringSeries(probabilities, lambda);
  }
  return probabilities;
}

/**
 * Coefficients of z·exp(m(A(z) − 1)) up to the degree of A, for a series A(z) = Σ a_k z^k with a_0 = 0: the law of a
 * tree whose root has Poisson(m) children that bear independent trees of law A. With B = exp(m(A − 1)),
 * n·b_n = m Σ_{j=1}^{n} j·a_j·b_{n−j} and b_0 = e^{−m}. Cost O(degree²).
 */
export function offspringSeries(series: Float64Array, mean: number): Float64Array {
  const next = new Float64Array(series.length);
  const weighted = series.map((value, j) => mean * j * value);
  if (next.length > 1) next[1] = Math.exp(-mean);
  for (let n = 1; n + 1 < next.length; n++) {
    let sum = 0;
    for (let j = 1; j <= n; j++) sum += weighted[j]! * next[n - j + 1]!;
    next[n + 1] = sum / n;
  }
  return next;
}

function requireProgeny(lambda: number, generations: number): void {
  requireNonNegative("lambda", lambda);
  requireInteger("generations", generations, 0);
}
