import { DomainError, requireNonNegative } from "../errors.ts";
import { linkDensity } from "../growth/growthCurve.ts";
import { type RateSpectrum, rateSpectrum } from "../growth/rateSpectrum.ts";
import { type RandomGraphModel, supercriticalModel } from "./randomGraphModel.ts";
import { reachableShare } from "./survival.ts";

/**
 * Theorem 1 of the paper [Yang2025, Theorem 1; docs/theory.md §3]: for every ε > 0, with probability → 1 as V → ∞,
 *
 *     (p + C_λ(1 − C_LB^t))(1 − ε) ≤ Acc(t) ≤ (p + C_λ(1 − C_UB^t))(1 + ε),
 *     C_LB = 1 − 1/N,   C_UB = 1 − (1 + ε) ln V / (N ln λ).
 *
 * An asymptotic statement: at finite V single graphs violate it. Bounds that hold for every graph are
 * `quenchedBounds` in growth.
 *
 * @param model - V and λ > 1
 * @param epsilon - ε ≥ 0, finite; the theorem is about ε > 0, and ε = 0 gives the shapes without the slack
 * @returns the two bounds as a function of the step t, real and ≥ 0
 * @throws {DomainError} if λ ≤ 1, or V is so small that C_UB would be negative; from the result, if t is not ≥ 0
 * @example theorem1Bounds({ entities: 100, lambda: 3 }, 0.05)(1000).lower
 */
export function theorem1Bounds(
  model: RandomGraphModel,
  epsilon: number,
): (step: number) => { lower: number; upper: number } {
  const { lower, upper } = theorem1Spectra(model, epsilon);
  return (step) => ({ lower: linkDensity(lower, step), upper: linkDensity(upper, step) });
}

/** The two bounds of {@link theorem1Bounds} as the rate spectra that they are: one rate each, in steps. */
export function theorem1Spectra(
  model: RandomGraphModel,
  epsilon: number,
): { lower: RateSpectrum; upper: RateSpectrum } {
  const { entities, pairs, lambda, linkProbability } = supercriticalModel(model);
  requireNonNegative("epsilon", epsilon);
  const fastest = ((1 + epsilon) * Math.log(entities)) / (pairs * Math.log(lambda));
  if (fastest > 1) {
    throw new DomainError(
      "entities",
      entities,
      `so large that (1 + ε) ln V / (N ln λ) is at most 1, as it is for a greater λ (here ${lambda})`,
    );
  }
  const share = reachableShare(lambda);
  const bound = (rate: number, factor: number) =>
    rateSpectrum(
      "steps",
      linkProbability * factor,
      Float64Array.of(rate),
      // For ε > 1 the lower bound is negative and says nothing; 0 is the better bound.
      Float64Array.of(share * factor),
    );
  return { lower: bound(1 / pairs, Math.max(0, 1 - epsilon)), upper: bound(fastest, 1 + epsilon) };
}
