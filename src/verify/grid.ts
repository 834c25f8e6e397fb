import type { Effort, EnsembleNeed } from "./claim.ts";
import type { EnsembleTies } from "./ensemble.ts";

/** Mean numbers of links on which claims are measured. */
const LAMBDAS = [2, 3, 10] as const;

/** V on which claims are measured for all λ. */
const ENTITIES: Record<Effort, readonly number[]> = { quick: [100], full: [100, 300, 1000] };

/** V to which claims about the limit go, at λ = 3. */
const LARGE_ENTITIES: Record<Effort, readonly number[]> = {
  quick: [100, 200],
  full: [100, 300, 1000, 3000, 10_000],
};

/** Every V with every λ, ascending in V. */
export function everyModel(effort: Effort, ties: EnsembleTies): EnsembleNeed[] {
  return ENTITIES[effort].flatMap((entities) => LAMBDAS.map((lambda) => ({ entities, lambda, ties })));
}

/** Growing V at λ = 3. */
export function growingModel(effort: Effort, ties: EnsembleTies): EnsembleNeed[] {
  return LARGE_ENTITIES[effort].map((entities) => ({ entities, lambda: 3, ties }));
}

/**
 * Graphs drawn for an ensemble: about the same work at every V, for fewer graphs are needed where each has more
 * sources.
 */
export function graphCount(effort: Effort, { entities }: EnsembleNeed): number {
  const atHundred = effort === "quick" ? 150 : 2000;
  return Math.max(3, Math.round(atHundred * (100 / entities) ** 1.7));
}
