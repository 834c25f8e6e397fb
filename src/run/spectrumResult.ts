import { availableParallelism } from "node:os";
import { type Digraph, linkCount, pairCount } from "../graph/digraph.ts";
import type { SpectrumRule, TieRule } from "../graph/tieRule.ts";
import { linkDensity } from "../growth/growthCurve.ts";
import { type GraphSpectrum, graphRateSpectrum, meanDistance } from "../growth/rateSpectrum.ts";
import { stream } from "../random/stream.ts";
import { randomTreeSpectrumBySource } from "../spectrum/randomTreeSpectrum.ts";
import { sampledCurveBySource } from "../spectrum/sourceSampling.ts";
import type { Provenance } from "./provenance.ts";
import { runResponsively, type Watch } from "./responsive.ts";
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
  readonly tieRule: SpectrumRule;
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

/** The spectrum under rule `random` for the trees of a seed, in this thread. */
export function randomSpectrumResponsively(
  graph: Digraph,
  seed: number,
  watch: Watch,
): Promise<GraphSpectrum> {
  return runResponsively(randomTreeSpectrumBySource(seed, graph), graph.vertexCount, "searching", watch);
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

/** A point of a curve that was estimated from some of the sources. */
export interface EstimatedPoint extends DensityPoint {
  readonly standardError: number;
  /** Band that holds at all these steps at once with the confidence of the estimate, for large samples. */
  readonly lower: number;
  readonly upper: number;
}

/**
 * A curve estimated from some of the sources, as `entigraph spectrum --sources --json` prints it: the keys of
 * {@link SpectrumResult}, null where only all sources would tell, and how good the estimate is.
 */
export interface EstimatedSpectrumResult extends Omit<SpectrumResult, "reachablePairs" | "rates" | "curve"> {
  readonly reachablePairs: null;
  readonly meanDistance: null;
  readonly rates: null;
  readonly curve: readonly EstimatedPoint[];
  readonly estimate: {
    /** Sources searched: at most the number asked for of each of two kinds [docs/engine.md]. */
    readonly sources: number;
    readonly confidence: number;
    /** Standard errors from the estimate to the band; 0 if all sources were searched. */
    readonly criticalValue: number;
  };
}

/** Estimate the curve of a graph from at most `sources` sources of each of two kinds. */
export async function estimatedSpectrumResult(
  graph: Digraph,
  ties: TieRule,
  { sources, confidence, seed }: { sources: number; confidence: number; seed: number },
  at: readonly number[],
  from: Provenance,
  watch: Watch,
): Promise<EstimatedSpectrumResult> {
  const rng = stream(seed, "sources");
  const work = sampledCurveBySource(rng, graph, ties, sources, Float64Array.from(at), confidence);
  const most = Math.min(graph.vertexCount, 2 * sources);
  const curve = await runResponsively(work, most, "searching", watch);
  return {
    provenance: from,
    entities: graph.vertexCount,
    links: linkCount(graph),
    pairs: pairCount(graph.vertexCount),
    reachablePairs: null,
    meanDistance: null,
    tieRule: ties,
    rates: null,
    curve: at.map((step, i) => ({
      step,
      density: curve.density[i]!,
      standardError: curve.standardErrors[i]!,
      lower: curve.lower[i]!,
      upper: curve.upper[i]!,
    })),
    estimate: { sources: curve.sources, confidence, criticalValue: curve.criticalValue },
  };
}

/** Put an exact spectrum and its curve at the given times into one document. */
export function spectrumResult(
  spectrum: GraphSpectrum,
  tieRule: SpectrumRule,
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
