import { DomainError } from "../errors.ts";
import type { GrowthCurve } from "../growth/curve.ts";
import type { Clock } from "../growth/rateSpectrum.ts";
import { progenyFixedPoint } from "./fixedPoint.ts";
import { type RandomGraphModel, supercriticalModel } from "./randomGraphModel.ts";
import { reachableShare } from "./survival.ts";

/** Largest relative error of what {@link paperFormula} adds to p, rounding apart (a few 2⁻⁵³ for each term summed). */
const TOLERANCE = 1e-13;

/**
 * The paper's closed formula for the link density [Yang2025, §6 and Appendix G; docs/theory.md §3],
 *
 *     Acc(t) ≈ p + C_λ(1 − Σ_{ℓ≥0} (λ − 1)/λ^{ℓ+1} · Σ_{k≥1} p_ℓ(k)(1 − k/N)^t),
 *
 * p_ℓ the law of the total progeny to generation ℓ of a branching process with Poisson(λ) offspring. An
 * approximation: unlike what the paper states, its ratio to the true curve does not tend to 1 (docs/theory.md §4),
 * and it counts p twice, so that its plateau p + C_λ can exceed 1.
 *
 * - `poisson` (default) reads (1 − k/N)^t as e^{−kt/N}. Then the inner sum is the generating function h_ℓ(e^{−s}),
 *   s = t/N, and u_ℓ = 1 − h_ℓ obeys u_ℓ = 1 − exp(−s − λu_{ℓ−1}) with u_{−1} = 0.
 * - `steps` takes the sum as printed. It exists at t = 0 only: a term k > N has a negative base, and for every
 *   integer t ≥ 1 the terms of the outer sum do not tend to 0 (at t = 1 they tend to −1/N).
 *
 * @param model - V and λ > 1
 * @param clock - which reading
 * @returns the curve over steps t, real and ≥ 0. What is added to p, and the slope, have relative error below
 *   10⁻¹², also for t ≪ 1; the slope at t = 0 is infinite, for the formula's rates have mean
 *   (1/N)·Σ_ℓ (1 − λ^{−ℓ−1}) = ∞. Cost O(min(log(1/s)/ln λ, 1/√s)) a point
 * @throws {DomainError} if λ ≤ 1; from the curve, if t is not ≥ 0, or not 0 in the clock `steps`
 * @example paperFormula({ entities: 10_000, lambda: 3 }).density(0.1 * 9999e4) // 0.1914
 */
export function paperFormula(model: RandomGraphModel, clock: Clock = "poisson"): GrowthCurve {
  const { pairs, lambda, linkProbability } = supercriticalModel(model);
  const share = reachableShare(lambda);
  const sample = (time: number) => requireTimeOf(clock, time) / pairs;
  return {
    density: (time) => linkProbability + share * learnedShare(lambda, sample(time)),
    slope: (time) => (share / pairs) * learnedShareSlope(lambda, sample(time)),
  };
}

function requireTimeOf(clock: Clock, time: number): number {
  if (!(time >= 0)) throw new DomainError("time", time, ">= 0");
  if (clock === "steps" && time > 0) {
    throw new DomainError("time", time, "0 in the clock of steps, where the printed sum diverges for t >= 1");
  }
  return time;
}

/**
 * Σ_ℓ (λ − 1)/λ^{ℓ+1}·u_ℓ(s). The u_ℓ increase to the fixed point u of u = 1 − exp(−s − λu), so that the terms
 * from L on add up to something between λ^{−L}·u_L and λ^{−L}·u: take the middle, and stop when half the gap is
 * within the tolerance.
 */
function learnedShare(lambda: number, s: number): number {
  if (s === 0) return 0;
  const limit = progenyFixedPoint(lambda, s);
  let sum = 0;
  let tail = 1;
  let u = -Math.expm1(-s);
  for (let previous = 0; u > previous && tail * (limit - u) > 2 * TOLERANCE * (sum + tail * u); ) {
    tail /= lambda;
    sum += (lambda - 1) * tail * u;
    previous = u;
    u = -Math.expm1(-s - lambda * u);
  }
  return sum + (tail * (limit + u)) / 2;
}

/**
 * Σ_ℓ (λ − 1)/λ^{ℓ+1}·u_ℓ′(s), with u_ℓ′ = E[Y_ℓ e^{−sY_ℓ}]. As Y ≥ 1, no u_ℓ′ exceeds the maximum of x·e^{−sx}
 * over x ≥ 1, and the terms from L on add up to no more than λ^{−L} times that. Near λ = 1 they settle sooner: they
 * approach their limit at least like qⁿ, q = λ(1 − u), and what they still lack is at most their last change/(1 − q).
 */
function learnedShareSlope(lambda: number, s: number): number {
  if (s === 0) return Infinity;
  const most = s < 1 ? 1 / (Math.E * s) : Math.exp(-s);
  let sum = 0;
  let tail = 1;
  let u = -Math.expm1(-s);
  let slope = Math.exp(-s);
  const ratio = lambda * Math.exp(-s - lambda * progenyFixedPoint(lambda, s));
  for (let change = slope; tail * most > TOLERANCE * sum; ) {
    if (Math.abs(change) <= TOLERANCE * (1 - ratio) * slope) return sum + tail * slope;
    tail /= lambda;
    sum += (lambda - 1) * tail * slope;
    const next = Math.exp(-s - lambda * u) * (1 + lambda * slope);
    change = next - slope;
    slope = next;
    u = -Math.expm1(-s - lambda * u);
  }
  return sum;
}
