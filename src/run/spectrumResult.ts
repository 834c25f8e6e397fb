import { availableParallelism } from "node:os";
import { type Digraph, linkCount, pairCount } from "../graph/digraph.ts";
import type { SpectrumRule } from "../graph/tieRule.ts";
import { linkDensity } from "../growth/growthCurve.ts";
import { type GraphSpectrum, graphRateSpectrum, meanDistance } from "../growth/rateSpectrum.ts";
import { stream } from "../random/stream.ts";
import type { SearchRule } from "../spectrum/randomTreeSpectrum.ts";
import {
  type CurveEstimation,
  estimateFromSources,
  estimateToError,
  relativeError,
  type SampledCurve,
} from "../spectrum/sourceSampling.ts";
import type { Provenance } from "./provenance.ts";
import type { Watch } from "./responsive.ts";
import { type SearchPlan, searchBytes } from "./searchPlan.ts";
import { type CurveSearch, parallelCurves, parallelSpectrum } from "./workers/parallelSpectrum.ts";

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
 * @param ties - the tie rule, or the seed of random trees
 * @param workers - threads; default: {@link usefulWorkers}
 */
export function spectrumResponsively(
  graph: Digraph,
  ties: SearchRule,
  watch: Watch,
  workers: number = usefulWorkers(graph),
): Promise<GraphSpectrum> {
  return parallelSpectrum(graph, ties, { workers }, watch);
}

/**
 * Steps of searching, V + E for each source, that are worth a thread: at about 2 ns each some 0.1 s, a few times what
 * it takes to start one.
 */
const STEPS_PER_WORKER = 5e7;

/** As many threads as there are cores, but no more than have work enough to pay for their start. */
export function usefulWorkers(
  graph: Digraph,
  searches: number = graph.vertexCount,
  cores: number = availableParallelism(),
): number {
  const steps = searches * (graph.vertexCount + linkCount(graph));
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
    /** Sources searched. */
    readonly sources: number;
    /** m: so many of each of two kinds, or all there are [docs/engine.md]. */
    readonly sourcesOfEachKind: number;
    readonly confidence: number;
    /** Standard errors from the estimate to the band; 0 if all sources were searched. */
    readonly criticalValue: number;
    /** The half-width of the band relative to the estimate, at the worst of the steps. */
    readonly error: {
      /** Null if the number of sources was asked for. */
      readonly asked: number | null;
      readonly achieved: number;
    };
  };
}

/** How a curve is estimated: from how many sources of each kind, or to which relative half-width of the band. */
export type Sampling = ({ readonly sources: number } | { readonly error: number }) & {
  readonly confidence: number;
  /** Of the choice of sources. */
  readonly seed: number;
};

/** What further searches an estimate to a given error will take, and to how many sources of each kind they lead. */
export type FurtherSearches = SearchPlan & { readonly sourcesOfEachKind: number };

/**
 * Estimate the curve of a graph from some of its sources, the same to the last bit for any number of workers.
 *
 * @param rule - the tie rule, or the seed of random trees
 * @param onPlan - told what is ahead once a pilot has shown it, where the error is given
 */
export async function estimatedSpectrumResult(
  graph: Digraph,
  rule: SearchRule,
  sampling: Sampling,
  at: readonly number[],
  { from, workers }: { readonly from: Provenance; readonly workers: number },
  watch: Watch,
  onPlan: (plan: FurtherSearches) => void,
): Promise<EstimatedSpectrumResult> {
  const times = Float64Array.from(at);
  const { confidence, seed } = sampling;
  const rng = stream(seed, "sources");
  const estimation =
    "error" in sampling
      ? estimateToError(rng, graph, sampling.error, times, confidence)
      : estimateFromSources(rng, graph, sampling.sources, times, confidence);
  const memory = (sources: number) => searchBytes(graph, workers) + 8 * times.length * sources;
  const search = parallelCurves(graph, rule, times, { workers });
  const curve = await searched(estimation, search, watch, (plan) => {
    onPlan({ ...plan, bytes: memory(plan.sourcesOfEachKind) });
  });
  return {
    provenance: from,
    entities: graph.vertexCount,
    links: linkCount(graph),
    pairs: pairCount(graph.vertexCount),
    reachablePairs: null,
    meanDistance: null,
    tieRule: typeof rule === "object" ? "random" : rule,
    rates: null,
    curve: at.map((step, i) => ({
      step,
      density: curve.density[i]!,
      standardError: curve.standardErrors[i]!,
      lower: curve.lower[i]!,
      upper: curve.upper[i]!,
    })),
    estimate: {
      sources: curve.sources,
      sourcesOfEachKind: curve.sourcesOfEachKind,
      confidence,
      criticalValue: curve.criticalValue,
      error: { asked: "error" in sampling ? sampling.error : null, achieved: relativeError(curve) },
    },
  };
}

/** Search what an estimate wants searched; after the first searches it is known how long further ones take. */
async function searched(
  estimation: CurveEstimation,
  search: CurveSearch,
  watch: Watch,
  onPlan: (plan: Omit<FurtherSearches, "bytes">) => void,
): Promise<SampledCurve> {
  const start = performance.now();
  let done = 0;
  for (let next = estimation.next(); ; ) {
    if (next.done) return next.value;
    const { sources, ofEachKind: sourcesOfEachKind } = next.value;
    const seconds = ((performance.now() - start) / 1000 / done) * sources.length;
    if (done > 0) onPlan({ searches: sources.length, sourcesOfEachKind, seconds });
    const curves = await search(sources, watch);
    done += sources.length;
    next = estimation.next(curves);
  }
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
