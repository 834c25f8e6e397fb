import { DomainError, requireInteger, requireProbability } from "../errors.ts";

/**
 * The directed Erdős–Rényi model of the paper's source graph [Yang2025, §6.1]: V entities, every ordered pair a
 * link with probability p = λ/V. Say either λ or p.
 */
export type RandomGraphModel =
  | { readonly entities: number; readonly lambda: number }
  | { readonly entities: number; readonly linkProbability: number };

/** The same model with everything that follows from it. */
export interface ModelNumbers {
  /** V. */
  readonly entities: number;
  /** N = V(V − 1). */
  readonly pairs: number;
  /** λ = pV. */
  readonly lambda: number;
  /** p. */
  readonly linkProbability: number;
}

/** The largest V for which V(V − 1) is exact in a double. */
const MAX_ENTITIES = 94_906_266;

/**
 * Check a model and complete it.
 *
 * @throws {DomainError} unless V is an integer from 2 to 94 906 266 and p = λ/V is in [0, 1]
 */
export function modelNumbers(model: RandomGraphModel): ModelNumbers {
  const { entities } = model;
  requireInteger("entities", entities, 2, MAX_ENTITIES);
  const pairs = entities * (entities - 1);
  if ("linkProbability" in model) {
    const { linkProbability } = model;
    requireProbability("linkProbability", linkProbability);
    return { entities, pairs, lambda: linkProbability * entities, linkProbability };
  }
  const { lambda } = model;
  if (!(lambda >= 0 && lambda <= entities)) {
    throw new DomainError("lambda", lambda, `from 0 to the number of entities (${entities})`);
  }
  return { entities, pairs, lambda, linkProbability: lambda / entities };
}

/**
 * Check a model for theory that needs ln λ > 0, and complete it.
 *
 * @throws {DomainError} as {@link modelNumbers}, and if λ ≤ 1: without a giant component there is nothing to say
 */
export function supercriticalModel(model: RandomGraphModel): ModelNumbers {
  const numbers = modelNumbers(model);
  requireSupercritical(numbers.lambda);
  return numbers;
}

/** Throw {@link DomainError} unless λ is finite and above 1. */
export function requireSupercritical(lambda: number): void {
  if (!(lambda > 1 && lambda < Infinity)) {
    throw new DomainError("lambda", lambda, "finite and > 1 (supercritical)");
  }
}
