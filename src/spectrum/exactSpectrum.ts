import type { Digraph } from "../graph/digraph.ts";
import { treeStreams } from "../graph/randomTree.ts";
import type { TieRule } from "../graph/tieRule.ts";
import type { GraphSpectrum } from "../growth/rateSpectrum.ts";
import { KERNEL_ENTITIES, placeGraph } from "../kernel/placedGraph.ts";
import { firstKernelSweep, uniformKernelSweep } from "./kernelSweep.ts";
import { randomTreeSweep, type SearchRule } from "./randomTreeSpectrum.ts";
import { type Resolution, type Sweep, spectrumBySource } from "./spectrumPart.ts";
import { firstTextbookSweep, uniformTextbookSweep } from "./textbookSweep.ts";

/** Up to this many ordered pairs, fractional sizes are kept one by one: at most 32 MB of them. */
const EXACT_PAIRS = 4_000_000;

/**
 * The exact rate spectrum of a graph [docs/theory.md, eqs. (2) and (3)].
 *
 * A link (x, z) with dist(x, z) ≥ 2 becomes known in a step with probability s_x(z)/N, where s_x(z) is
 * - `first`: the size of the subtree of z, with z, in the breadth-first tree of x;
 * - `uniform`: 1 + δ_x(z), δ the dependency of x on z of [Brandes2001].
 *
 * Runs a compiled kernel [docs/engine.md], or where there is no WebAssembly the same sweep in TypeScript.
 *
 * @param graph - M₀
 * @param ties - the tie rule
 * @param resolution - of the fractional sizes of `uniform`: `exact` keeps each of them; `binned` keeps them in bins
 *   of relative width 2⁻¹⁰ with their means, which moves a curve by less than 6.5·10⁻⁸ and is said in the result
 *   (`binWidth`). Default: exact up to 4·10⁶ ordered pairs, binned above
 * @returns sizes and counts over pairs at distance 2 or more. Cost O(V(V + E)) time; memory O(V + E) and, for
 *   `uniform` and `exact`, 8 bytes for each fractional size
 * @example exactSpectrum(graph, "first").sizes
 */
export function exactSpectrum(
  graph: Digraph,
  ties: TieRule,
  resolution: Resolution = defaultResolution(graph),
): GraphSpectrum {
  const sources = exactSpectrumBySource(graph, ties, resolution);
  for (;;) {
    const next = sources.next();
    if (next.done) return next.value;
  }
}

/**
 * The same as {@link exactSpectrum}, one source at a time: for callers that report progress, stay responsive or
 * may have to stop.
 *
 * @returns a generator that yields the number of sources done and returns the spectrum
 */
export function* exactSpectrumBySource(
  graph: Digraph,
  ties: TieRule,
  resolution: Resolution = defaultResolution(graph),
): Generator<number, GraphSpectrum, void> {
  return yield* spectrumBySource(graph, sweepOf(graph, ties, resolution));
}

/** Whether fractional sizes are kept or binned where the caller does not say. */
export function defaultResolution({ vertexCount }: Digraph): Resolution {
  return vertexCount * (vertexCount - 1) <= EXACT_PAIRS ? "exact" : "binned";
}

/** The fastest sweep there is here for a graph. */
export function sweepOf(graph: Digraph, ties: SearchRule, resolution: Resolution): Sweep {
  if (typeof ties === "object") return randomTreeSweep(graph, treeStreams(ties.seed));
  const placed = graph.vertexCount < KERNEL_ENTITIES ? undefined : placeGraph(graph, ties, 1);
  if (ties === "first") return placed ? firstKernelSweep(placed, 0) : firstTextbookSweep(graph);
  return placed ? uniformKernelSweep(placed, 0, resolution) : uniformTextbookSweep(graph, resolution);
}
