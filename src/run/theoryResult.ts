import { paperFormula } from "../theory/paperFormula.ts";
import { type RandomGraphModel, supercriticalModel } from "../theory/randomGraphModel.ts";
import { extinctionProbability, reachableShare } from "../theory/survival.ts";
import { theorem1Bounds } from "../theory/theorem1.ts";
import { type Provenance, provenance } from "./provenance.ts";

/** The theory's curves at one time. */
export interface TheoryPoint {
  /** t, in steps. */
  readonly step: number;
  readonly theorem1Lower: number;
  readonly theorem1Upper: number;
  readonly paperFormula: number;
}

/** What branching-process theory says of a random graph, as `entigraph theory --json` prints it. */
export interface TheoryResult {
  readonly provenance: Provenance;
  readonly entities: number;
  readonly lambda: number;
  readonly linkProbability: number;
  readonly epsilon: number;
  /** ρ. */
  readonly extinctionProbability: number;
  /** C_λ = (1 − ρ)². */
  readonly reachableShare: number;
  readonly points: readonly TheoryPoint[];
}

/**
 * Theorem 1's bounds and the paper's formula at the given times.
 *
 * @param model - V and λ > 1 or p
 * @param at - steps, real, ≥ 0
 * @param epsilon - ε of Theorem 1, ≥ 0
 * @throws {DomainError} outside the mathematics, such as λ ≤ 1
 */
export function theoryResult(model: RandomGraphModel, at: readonly number[], epsilon: number): TheoryResult {
  const { entities, lambda, linkProbability } = supercriticalModel(model);
  const bounds = theorem1Bounds(model, epsilon);
  const formula = paperFormula(model);
  return {
    provenance: provenance("theory", { entities, lambda, linkProbability, epsilon, at }),
    entities,
    lambda,
    linkProbability,
    epsilon,
    extinctionProbability: extinctionProbability(lambda),
    reachableShare: reachableShare(lambda),
    points: at.map((step) => {
      const { lower, upper } = bounds(step);
      return { step, theorem1Lower: lower, theorem1Upper: upper, paperFormula: formula.density(step) };
    }),
  };
}
