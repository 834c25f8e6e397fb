import { paperFormula } from "../theory/paperFormula.ts";
import { modelNumbers } from "../theory/randomGraphModel.ts";
import type { ReadySimulation } from "./readySimulation.ts";
import { type SharperPoint, sharperTheory } from "./sharperTheory.ts";

/** Level sequences drawn for the level chain beside a simulation: a standard error of about half a per cent. */
const SAMPLES = 2000;

/** Theory of the random graph that a simulation draws its graphs from, at the recorded steps. */
export interface SimulationTheory {
  readonly lambda: number;
  /** Level sequences drawn for the level chain. */
  readonly samples: number;
  readonly points: readonly SimulationTheoryPoint[];
}

/** The theories at one recorded step. */
export interface SimulationTheoryPoint extends SharperPoint {
  /** t, in steps. */
  readonly step: number;
  readonly paperFormula: number;
}

/**
 * The paper's formula, the exploration limit in its forms and the level chain at the steps of a simulation.
 *
 * @returns null where there is no such theory: for a graph from a file, and for λ ≤ 1
 */
export function simulationTheory({ spec }: ReadySimulation): SimulationTheory | null {
  const { graph, at, seed } = spec;
  if (graph.model !== "erdos-renyi") return null;
  const { lambda } = modelNumbers(graph);
  if (lambda <= 1) return null;
  const formula = paperFormula(graph);
  const sharper = sharperTheory(graph, at, { samples: SAMPLES, seed });
  return {
    lambda,
    samples: SAMPLES,
    points: at.map((step, i) => ({ step, paperFormula: formula.density(step), ...sharper[i]! })),
  };
}
