import { progenyFixedPoint } from "./fixedPoint.ts";
import { gaussLegendre, type Quadrature } from "./gaussLegendre.ts";
import { extinctionProbability, survivalProbability } from "./survival.ts";

/**
 * Quadrature for ∫ F(τ) dτ over [from, 1 − ρ], for functions F that are known at τ once they are known at
 * f(τ) = 1 − e^{−λτ}. The map f carries [from, f(from)] onto the next such interval and so on up to the fixed point
 * 1 − ρ, hence
 *
 *     ∫ F = ∫_{from}^{f(from)} Σ_{n ≥ 0} F(fⁿ(τ))·(fⁿ)′(τ) dτ,                               [docs/theory.md §4]
 *
 * and the nodes are the forward orbits of the Gauss–Legendre nodes of the first interval (in ln τ). F at all of them
 * takes one backward pass for each orbit.
 */
export interface ExplorationOrbits {
  /** Mean offspring λe^{−λτ} at each node; orbit after orbit, each towards 1 − ρ. */
  readonly offspring: Float64Array;
  /** Quadrature weight of each node. */
  readonly weights: Float64Array;
  /** Where orbits begin, and the number of nodes: orbit i is [starts[i], starts[i + 1]). */
  readonly starts: readonly number[];
  /** Where every orbit and the search end, 1 − ρ. */
  readonly end: number;
  /** Mean offspring at the end of every orbit, λρ. */
  readonly endOffspring: number;
  /** What the cut-off orbits leave to the value of F at 1 − ρ. */
  readonly endWeight: number;
}

/**
 * Gauss–Legendre order on panels at most this long in ln τ. Halving the panels moves the integral by less than 10⁻¹²
 * of itself for λ ≤ 50 and 10⁻¹⁰ for λ ≤ 700 (test/theory/explorationLimit.test.ts).
 */
const ORDER = 12;
const PANEL = 1;

/** On a panel this short, four nodes err by about (0.05/4)⁸ < 10⁻¹⁵. */
const SHORT = 0.05;

/** An orbit has arrived when a step moves it less than this; what it then still misses of 1 − ρ falls like (λρ)ⁿ. */
const ARRIVED = 1 + 2 ** -50;

/**
 * @param lambda - λ > 1
 * @param from - positive; at the end of the search and above there are no nodes
 * @param unvisited - a, in f(τ) = 1 − a·e^{−λτ}: 1 in the limit of many entities. Offspring at τ is λ(1 − f(τ)), and
 *   the search ends at the fixed point 1 − r, r the smallest root of r = a·exp(λ(r − 1))
 * @param refinement - panels for each one needed, to measure the error
 * @returns about (ln(1/from)/ln λ + 36/|ln λρ|)·(12 ln λ + 12) nodes
 */
export function explorationOrbits(
  lambda: number,
  from: number,
  unvisited = 1,
  refinement = 1,
): ExplorationOrbits {
  const left = unvisited === 1 ? extinctionProbability(lambda) : neverVisited(lambda, unvisited);
  const end = unvisited === 1 ? survivalProbability(lambda) : 1 - left;
  // 1 − a·e^{−λτ} without cancellation where a is near 1 and τ near 0.
  const next = (tau: number) => -Math.expm1(Math.log(unvisited) - lambda * tau);
  const endOffspring = lambda * left;
  const offspring: number[] = [];
  const weights: number[] = [];
  const starts = [0];
  let endWeight = 0;
  if (from < end) {
    const first = firstInterval(from, next(from), refinement);
    first.nodes.forEach((logarithm, i) => {
      let tau = Math.exp(logarithm);
      let weight = first.weights[i]! * tau;
      for (let image = next(tau); image > tau * ARRIVED; image = next(tau)) {
        offspring.push(lambda * unvisited * Math.exp(-lambda * tau));
        weights.push(weight);
        weight *= offspring.at(-1)!;
        tau = image;
      }
      starts.push(weights.length);
      // From here on weights fall by λρ a step: a geometric series.
      endWeight += weight / (1 - endOffspring);
    });
  }
  return {
    offspring: Float64Array.from(offspring),
    weights: Float64Array.from(weights),
    starts,
    end,
    endOffspring,
    endWeight,
  };
}

function firstInterval(from: number, to: number, refinement: number): Quadrature {
  const length = Math.log(to / from);
  const panels = refinement * Math.ceil(length / PANEL);
  return gaussLegendre(Math.log(from), Math.log(from) + length, length < SHORT ? 4 : ORDER, panels);
}

/** The smallest root of r = a·exp(λ(r − 1)), climbing from 0 by Newton's method as the extinction probability does. */
function neverVisited(lambda: number, unvisited: number): number {
  const step = (r: number) => {
    const image = unvisited * Math.exp(lambda * (r - 1));
    return r + (image - r) / (1 - lambda * image);
  };
  let r = 0;
  for (let next = step(r); next > r; next = step(r)) r = next;
  return r;
}

/**
 * ∫ [1 − G(τ; e^{−s})] dτ and its derivative with respect to s, G the generating function of the subtree of a vertex
 * that is processed at τ: U = 1 − G obeys U(τ) = 1 − exp(−s − λe^{−λτ}·U(f(τ)))            [docs/theory.md §4].
 *
 * @param s - positive, may be `Infinity`
 */
export function integrateSubtrees(orbits: ExplorationOrbits, s: number): { value: number; slope: number } {
  const { offspring, weights, starts, endOffspring, endWeight } = orbits;
  const end = fixedPointWithSlope(endOffspring, s);
  let value = endWeight * end.value;
  let slope = endWeight * end.slope;
  for (let orbit = 1; orbit < starts.length; orbit++) {
    let u = end.value;
    let v = end.slope;
    for (let node = starts[orbit]! - 1; node >= starts[orbit - 1]!; node--) {
      const exponent = -s - offspring[node]! * u;
      u = -Math.expm1(exponent);
      v = Math.exp(exponent) * (1 + offspring[node]! * v);
      value += weights[node]! * u;
      slope += weights[node]! * v;
    }
  }
  return { value, slope };
}

/** The root of u = 1 − exp(−s − mu) and du/ds, where m(1 − u) < 1. */
export function fixedPointWithSlope(mean: number, s: number): { value: number; slope: number } {
  const value = progenyFixedPoint(mean, s);
  const survival = Math.exp(-s - mean * value);
  return { value, slope: survival / (1 - mean * survival) };
}
