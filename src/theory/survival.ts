import { requireNonNegative } from "../errors.ts";
import { artanhTail } from "./artanh.ts";

/**
 * Extinction probability of a branching process with Poisson(λ) offspring: the smallest root in [0, 1] of
 *
 *     ρ = exp(λ(ρ − 1))                                       [Yang2025, Definition 1; docs/theory.md §3]
 *
 * and 1 for λ ≤ 1.
 *
 * @param lambda - mean offspring; finite, ≥ 0
 * @returns ρ; relative error below 2⁻⁵⁰ while ρ is a normal double (λ ≤ 708)
 * @throws {DomainError} if λ is negative, infinite or NaN
 * @remarks For 1 − ρ call {@link survivalProbability}: subtracting loses everything as λ falls to 1.
 * @example extinctionProbability(3) // 0.0595202…
 */
export function extinctionProbability(lambda: number): number {
  requireNonNegative("lambda", lambda);
  if (lambda <= 1) return 1;
  if (lambda >= SWITCH) return smallExtinction(lambda);
  const y = mobiusSurvival(lambda);
  return (1 - y) / (1 + y);
}

/**
 * Survival probability 1 − ρ of a branching process with Poisson(λ) offspring; zero for λ ≤ 1.
 *
 * @param lambda - mean offspring; finite, ≥ 0
 * @returns 1 − ρ; relative error below 2⁻⁵⁰, also where it vanishes like 2(λ − 1)
 * @throws {DomainError} if λ is negative, infinite or NaN
 * @example survivalProbability(1 + 1e-9) // 2e-9, less 2.7e-18
 */
export function survivalProbability(lambda: number): number {
  requireNonNegative("lambda", lambda);
  if (lambda <= 1) return 0;
  if (lambda >= SWITCH) return 1 - smallExtinction(lambda);
  const y = mobiusSurvival(lambda);
  return (2 * y) / (1 + y);
}

/**
 * C_λ = (1 − ρ)²: the limit, as V → ∞, of the share of ordered pairs (x, y) with a path from x to y in a directed
 * Erdős–Rényi graph with p = λ/V [Yang2025, Lemma G.1; docs/theory.md §3]. The plateau of the theory's curves.
 *
 * @param lambda - λ = pV; finite, ≥ 0
 * @returns in [0, 1]; relative error below 2⁻⁴⁹
 * @throws {DomainError} if λ is negative, infinite or NaN
 * @example reachableShare(3) // 0.8845022…
 */
export function reachableShare(lambda: number): number {
  return survivalProbability(lambda) ** 2;
}

/** From here ρ is small enough to solve for itself: ρ(2) = 0.203. */
const SWITCH = 2;

/**
 * Solve ρ = e^{−λ}·e^{λρ} for λ ≥ 2. The difference of the sides is concave and rises to its first root, so that
 * Newton's method climbs from 0 and has arrived when rounding stops the climb.
 */
function smallExtinction(lambda: number): number {
  const scale = Math.exp(-lambda);
  const step = (rho: number) => {
    const image = scale * Math.exp(lambda * rho);
    return rho + (image - rho) / (1 - lambda * image);
  };
  let rho = 0;
  for (let next = step(rho); next > rho; next = step(rho)) rho = next;
  return rho;
}

/**
 * For 1 < λ < 2, the y in (0, 1) with 1 − ρ = 2y/(1 + y) and ρ = (1 − y)/(1 + y).
 *
 * The equation of ρ reads λ = −ln(1 − s)/s with s = 1 − ρ. Since −ln(1 − s) = 2 artanh(y) it becomes
 *
 *     λ − 1 = y + (1 + y)(y²/3 + y⁴/5 + y⁶/7 + …),
 *
 * where nothing cancels and λ − 1 is exact in floating point. The right side is increasing and convex and at least
 * y, so that Newton's method descends from λ − 1; at λ = 2, y = 0.662.
 */
function mobiusSurvival(lambda: number): number {
  const excess = lambda - 1;
  const step = (y: number) => {
    const { value, slope } = artanhTail(y);
    return y - (y + (1 + y) * value - excess) / (1 + value + (1 + y) * slope);
  };
  // From λ − 1 near 1 the tail would converge slowly; 0.7 is still above every root.
  let y = Math.min(excess, 0.7);
  for (let next = step(y); next < y; next = step(y)) y = next;
  return y;
}
