import { DomainError } from "../errors.ts";
import type { GrowthCurve } from "../growth/curve.ts";
import { explorationOrbits, fixedPointWithSlope, integrateSubtrees } from "./explorationOrbits.ts";
import { type RandomGraphModel, requireSupercritical, supercriticalModel } from "./randomGraphModel.ts";
import { reachableShare, survivalProbability } from "./survival.ts";

/** Below this λ the orbits that carry the quadrature become too long: their length grows like 1/(λ − 1). */
export const SMALLEST_EXPLORABLE = 1.001;

/** Where the quadrature of the limit begins. Earlier vertices are closed by their limit: see explorationLimit. */
const EARLIEST = 1e-30;

/**
 * The exploration limit: the exact limit, as V → ∞ with s = t/N held fixed, of the density of known links under the
 * tie rule `first`                                                         [this project, docs/theory.md §4],
 *
 *     Acc_∞(s) = (1 − ρ) ∫₀^{1−ρ} [1 − G(τ; e^{−s})] dτ,
 *     G(τ; z) = z·exp(λe^{−λτ}(G(f(τ); z) − 1)),   f(τ) = 1 − e^{−λτ},
 *
 * τ the share of vertices processed before, G the generating function of the size of a vertex's subtree.
 *
 * @param lambda - λ from 1.001; finite
 * @returns the curve over s = t/N, real and ≥ 0: density and slope to a relative error of 10⁻¹² for λ ≤ 50 and
 *   10⁻⁹ for λ ≤ 700, for s ≥ 10⁻¹⁸. It rises from 0 to C_λ; its slope at 0 is infinite, growth beginning like s·ln(1/s). After O(1/ln λ) preparation a
 *   point costs as much
 * @throws {DomainError} if λ is below 1.001, infinite or NaN; from the curve, if s is not ≥ 0
 * @example explorationLimit(3).density(0.1) // 0.22454
 */
export function explorationLimit(lambda: number): GrowthCurve {
  requireExplorable(lambda);
  const survival = survivalProbability(lambda);
  const orbits = explorationOrbits(lambda, EARLIEST);
  const integrate = (s: number) => {
    // Up to EARLIEST, U(τ) is U(0), the root for offspring λ, up to O(EARLIEST/s).
    const { value, slope } = integrateSubtrees(orbits, s);
    const start = fixedPointWithSlope(lambda, s);
    return {
      value: survival * (value + EARLIEST * start.value),
      slope: survival * (slope + EARLIEST * start.slope),
    };
  };
  return curveOfIntegral(0, 1, integrate, reachableShare(lambda), Infinity);
}

/**
 * The exploration limit cut to V entities: source links are known from the start, so that the first λ vertices leave
 * the integral                                                             [this project, docs/theory.md §4],
 *
 *     Acc_V(t) ≈ λ/V + (1 − ρ) ∫_{λ/V}^{1−ρ} [1 − G(τ; e^{−t/N})] dτ.
 *
 * An approximation of the mean curve over directed Erdős–Rényi graphs under the tie rule `first`; how good it is at
 * which V and λ is measured in docs/theory-results.md.
 *
 * @param model - V, and λ from 1.001
 * @returns the curve over steps t, real and ≥ 0; errors as of {@link explorationLimit}. Constant if λ/V ≥ 1 − ρ
 * @throws {DomainError} if λ is below 1.001; from the curve, if t is not ≥ 0
 * @example explorationLimitFinite({ entities: 100, lambda: 3 }).density(990)
 */
export function explorationLimitFinite(model: RandomGraphModel): GrowthCurve {
  const { pairs, lambda, linkProbability } = supercriticalModel(model);
  requireExplorable(lambda);
  const survival = survivalProbability(lambda);
  const orbits = explorationOrbits(lambda, linkProbability);
  const integrate = (s: number) => {
    const { value, slope } = integrateSubtrees(orbits, s);
    return { value: survival * value, slope: survival * slope };
  };
  const gain = survival * Math.max(0, survival - linkProbability);
  return curveOfIntegral(linkProbability, pairs, integrate, gain, integrate(Number.MIN_VALUE).slope);
}

/** baseline + gained(t / pairs), given what is gained in s > 0 and, for s = ∞ and s = 0, its limits. */
export function curveOfIntegral(
  baseline: number,
  pairs: number,
  integrate: (s: number) => { value: number; slope: number },
  gain: number,
  initialSlope: number,
): GrowthCurve {
  return {
    density(time) {
      requireTime(time);
      if (time === 0) return baseline;
      return baseline + (time === Infinity ? gain : integrate(time / pairs).value);
    },
    slope(time) {
      requireTime(time);
      return (time === 0 ? initialSlope : integrate(time / pairs).slope) / pairs;
    },
  };
}

function requireTime(time: number): void {
  if (!(time >= 0)) throw new DomainError("time", time, ">= 0");
}

/** Check that λ is supercritical, and not so barely that the orbits would be too long. */
export function requireExplorable(lambda: number): void {
  requireSupercritical(lambda);
  if (lambda < SMALLEST_EXPLORABLE) {
    throw new DomainError("lambda", lambda, `at least ${SMALLEST_EXPLORABLE} for the exploration limit`);
  }
}
