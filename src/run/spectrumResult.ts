import { availableParallelism } from "node:os";
import { type Digraph, linkCount } from "../graph/digraph.ts";
import type { TieRule } from "../graph/tieRule.ts";
import { linkDensity } from "../growth/growthCurve.ts";
import { type GraphSpectrum, graphRateSpectrum, meanDistance } from "../growth/rateSpectrum.ts";
import type { Provenance } from "./provenance.ts";
import type { Watch } from "./responsive.ts";
import { parallelSpectrum } from "./workers/parallelSpectrum.ts";

/** A point of a curve of link density. */
export interface DensityPoint {
  /** t, in steps. */
  readonly step: number;
  /** Share of the V(V − 1) ordered pairs. */
  readonly density: number;
}

/** The exact rate spectrum of a graph and its growth curve, as `entigraph spectrum --json` prints it. */
export interface SpectrumResult {
  readonly provenance: Provenance;
  readonly entities: number;
  readonly links: number;
  readonly pairs: number;
  readonly reachablePairs: number;
  /** Over reachable pairs; null if there is none. */
  readonly meanDistance: number | null;
  readonly tieRule: TieRule;
  /** Ascending; pairs at distance 2 or more only. A pair of size s becomes known at rate s/pairs a step. */
  readonly rates: readonly { readonly size: number; readonly count: number }[];
  readonly curve: readonly DensityPoint[];
}

/**
 * The exact spectrum, computed without blocking the event loop, the same to the last bit for any number of workers.
 *
 * @param workers - threads; default: {@link usefulWorkers}
 */
export function spectrumResponsively(
  graph: Digraph,
  ties: TieRule,
  watch: Watch,
  workers: number = usefulWorkers(graph),
): Promise<GraphSpectrum> {
  return parallelSpectrum(graph, ties, { workers }, watch);
}

/**
 * Steps of searching, V(V + E), that are worth a thread: at about 2 ns each some 0.1 s, a few times what it takes to
 * start one.
 */
const STEPS_PER_WORKER = 5e7;

/** As many threads as there are cores, but no more than have work enough to pay for their start. */
export function usefulWorkers(graph: Digraph, cores = availableParallelism()): number {
  const steps = graph.vertexCount * (graph.vertexCount + linkCount(graph));
  return Math.max(1, Math.min(cores, Math.floor(steps / STEPS_PER_WORKER)));
}

/** Put an exact spectrum and its curve at the given times into one document. */
export function spectrumResult(
  spectrum: GraphSpectrum,
  tieRule: TieRule,
  at: readonly number[],
  from: Provenance,
): SpectrumResult {
  const rates = graphRateSpectrum(spectrum);
  return {
    provenance: from,
    entities: spectrum.entities,
    links: spectrum.links,
    pairs: spectrum.pairs,
    reachablePairs: spectrum.reachablePairs,
    meanDistance: meanDistance(spectrum),
    tieRule,
    rates: Array.from(spectrum.sizes, (size, i) => ({ size, count: spectrum.counts[i]! })),
    curve: at.map((step) => ({ step, density: linkDensity(rates, step) })),
  };
}
