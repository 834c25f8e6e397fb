import { DomainError, requireInteger } from "../errors.ts";
import { type RateSpectrum, rateSpectrum } from "../growth/rateSpectrum.ts";
import { borelProbability } from "./borel.ts";
import { requireExplorable } from "./explorationLimit.ts";
import { explorationOrbits } from "./explorationOrbits.ts";
import { exponentialIntegral, exponentialIntegralAtExp } from "./exponentialIntegral.ts";
import { gaussLegendre } from "./gaussLegendre.ts";
import { requireSupercritical } from "./randomGraphModel.ts";
import { reachableShare, survivalProbability } from "./survival.ts";
import { offspringSeries } from "./totalProgeny.ts";

/** The measure μ of the exploration limit, up to a size. */
export interface ExplorationSpectrum {
  /** μ(k) for k = 0 … largest: the share of what is to be learned that is learned at rate k/N. */
  readonly shares: Float64Array;
  /** Σ_{k > largest} μ(k); near 1/(largest·ln λ), for μ has infinite mean. */
  readonly beyond: number;
}

/** Where the quadrature begins; earlier vertices have the sizes of Poisson(λ) trees that die out. */
const EARLIEST = 1e-16;

/** Most multiplications of one spectrum: some ten seconds. */
const MOST_WORK = 1e10;

/**
 * The spectrum of the exploration limit as numbers                       [this project, docs/theory.md §4],
 *
 *     Acc_∞(s) = C_λ Σ_k μ(k)(1 − e^{−ks}),   μ(k) = (1/(1 − ρ)) ∫₀^{1−ρ} [z^k] G(τ; z) dτ,
 *
 * [z^k]G(τ; z) the probability that the subtree of a vertex processed at τ has k members. Power series along the
 * orbits τ, f(τ), f(f(τ)), …; all terms are positive.
 *
 * @param lambda - λ from 1.001 to 700
 * @param largest - K; integer ≥ 1, with K² times the number of nodes up to 2·10¹⁰: at λ = 3, K up to about 4 000
 * @returns shares to a relative error of 10⁻⁹. Cost O(K²) for each of about 500 ln(λ)+ 700/ln(λ) nodes: 0.1 s for
 *   K = 200 at λ = 3
 * @throws {DomainError} outside these ranges
 * @example explorationSpectrum(3, 10).shares[1] // 0.46198
 */
export function explorationSpectrum(lambda: number, largest: number): ExplorationSpectrum {
  requireExplorable(lambda);
  requireInteger("largest", largest, 1);
  const survival = survivalProbability(lambda);
  const { offspring, weights, starts, endOffspring, endWeight } = explorationOrbits(lambda, EARLIEST);
  const most = Math.floor(Math.sqrt((2 * MOST_WORK) / weights.length));
  if (largest > most) throw new DomainError("largest", largest, `at most ${most} at λ = ${lambda}`);
  const end = borelSeries(endOffspring, largest);
  const start = borelSeries(lambda, largest);
  const shares = end.map((value, k) => endWeight * value + EARLIEST * start[k]!);
  for (let orbit = 1; orbit < starts.length; orbit++) {
    let series = end;
    for (let node = starts[orbit]! - 1; node >= starts[orbit - 1]!; node--) {
      series = offspringSeries(series, offspring[node]!);
      const weight = weights[node]!;
      for (let k = 1; k <= largest; k++) shares[k]! += weight * series[k]!;
    }
  }
  let beyond = 1;
  for (let k = 1; k <= largest; k++) {
    shares[k]! /= survival;
    beyond -= shares[k]!;
  }
  return { shares, beyond };
}

/**
 * The same as a rate spectrum over s = t/N, with all that is learned at rates above `largest` put at `largest` + 1.
 * Its curve is below the exploration limit, by no more than C_λ·beyond·e^{−(largest + 1)s}.
 */
export function explorationRateSpectrum(lambda: number, largest: number): RateSpectrum {
  const { shares, beyond } = explorationSpectrum(lambda, largest);
  const share = reachableShare(lambda);
  const weights = Float64Array.from([...shares.subarray(1), Math.max(0, beyond)], (value) => share * value);
  return rateSpectrum(
    "poisson",
    0,
    Float64Array.from(weights, (_, i) => i + 1),
    weights,
  );
}

function borelSeries(mean: number, largest: number): Float64Array {
  return Float64Array.from({ length: largest + 1 }, (_, k) => (k === 0 ? 0 : borelProbability(mean, k)));
}

/**
 * Share of leaves in the exploration limit, in closed form                [this project, docs/theory.md §4]:
 *
 *     μ(1) = [E₁(λρ) − E₁(λ)]/(λ(1 − ρ)),   E₁ the exponential integral.
 *
 * A leaf is learned only when its own pair is drawn, at the smallest rate 1/N: the share of leaves governs the
 * approach to the plateau.
 *
 * @param lambda - λ > 1, finite
 * @returns from 1/e (λ → 1) to 1 (λ → ∞); relative error below 10⁻¹⁴
 * @throws {DomainError} if λ is not finite and above 1
 * @example leafShare(3) // 0.4619835
 */
export function leafShare(lambda: number): number {
  requireSupercritical(lambda);
  const reached = lambda * survivalProbability(lambda);
  // ln(λρ) = ln λ − λ(1 − ρ), also where ρ has underflowed.
  const low = Math.log(lambda) - reached;
  if (lambda >= 1.5) return (exponentialIntegralAtExp(low) - exponentialIntegral(lambda)) / reached;
  // The difference is ∫ e^{−x}/x dx over [λρ, λ], in ln x the integral of exp(−e^y): it would cancel as λ falls to 1,
  // but then the interval, at most 0.88 long, is short and twelve nodes are exact.
  const { nodes, weights } = gaussLegendre(low, Math.log(lambda), 12);
  return weights.reduce((sum, weight, i) => sum + weight * Math.exp(-Math.exp(nodes[i]!)), 0) / reached;
}
