import { DomainError, requireInteger } from "../errors.ts";
import { largestComponent, reachesComponent, strongComponents } from "../graph/components.ts";
import { type Digraph, linkCount, pairCount } from "../graph/digraph.ts";
import { sampleIndex } from "../random/draws.ts";
import type { Rng } from "../random/stream.ts";
import { sweepOf } from "./exactSpectrum.ts";
import type { SearchRule } from "./randomTreeSpectrum.ts";
import { curvesBySource } from "./sourceCurve.ts";

/** A growth curve estimated from some of the sources. */
export interface SampledCurve {
  readonly times: Float64Array;
  /** Unbiased estimate of Acc(t). */
  readonly density: Float64Array;
  readonly standardErrors: Float64Array;
  /** Band that holds at all times at once with the asked confidence, for large samples. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Number of standard errors from the estimate to the band. */
  readonly criticalValue: number;
  /** Sources searched. */
  readonly sources: number;
  /** The most sources searched of one kind: m. */
  readonly sourcesOfEachKind: number;
}

/** Sources to be searched next, after which there will be so many of each kind, or all. */
export interface SourceRequest {
  readonly sources: Uint32Array;
  readonly ofEachKind: number;
}

/**
 * An estimate at work: yields the sources it wants searched next, takes the curves of each (links gained by each time,
 * as `curveOfSource` gives them, in the order asked for) and returns the estimate. Who drives it decides how, and
 * in how many threads, sources are searched.
 */
export type CurveEstimation = Generator<SourceRequest, SampledCurve, readonly Float64Array[]>;

/** Draws of the largest deviation, for its quantile: its own error is then a few hundredths. */
const BAND_DRAWS = 4000;

/**
 * Estimate Acc(t) from a random sample of sources [docs/engine.md].
 *
 * The density is |E|/N, known exactly, and a mean over sources. Sources that reach the largest strong component are
 * alike and the others reach little, so both kinds are sampled apart, without replacement, at most `sources` of each:
 * Cochran's stratified estimate, with s²·(1/m − 1/M) for the error of each part [Cochran1977, §5.4].
 *
 * @param rng - chooses the sources and the draws behind the band
 * @param ties - the tie rule, or the seed of random trees
 * @param sources - at least 2 of each kind, or all
 * @param times - t, ≥ 0
 * @param confidence - of the simultaneous band; in (0, 1)
 * @returns a generator that yields the number of sources done and returns the estimate. Cost: a search each, and
 *   O(distinct sizes·times); memory 8 bytes for each source and time
 * @throws {DomainError} if `sources` is below 2
 */
export function* sampledCurveBySource(
  rng: Rng,
  graph: Digraph,
  ties: SearchRule,
  sources: number,
  times: Float64Array,
  confidence = 0.95,
): Generator<number, SampledCurve, void> {
  const estimation = estimateFromSources(rng, graph, sources, times, confidence);
  const sweep = sweepOf(graph, ties, "binned");
  for (let next = estimation.next(); ; ) {
    if (next.done) return next.value;
    const curves = yield* curvesBySource(sweep, next.value.sources, pairCount(graph.vertexCount), times);
    next = estimation.next(curves);
  }
}

/** The estimate of {@link sampledCurveBySource}, whoever searches. */
export function* estimateFromSources(
  rng: Rng,
  graph: Digraph,
  sources: number,
  times: Float64Array,
  confidence: number,
): CurveEstimation {
  requireInteger("sources", sources, 2);
  const strata = kindsOfSources(graph).map((members): Stratum => {
    return { size: members.length, chosen: sampleWithout(rng, members, sources), curves: [] };
  });
  yield* searchStrata(strata, sources);
  const moments = momentsOf(strata, times);
  return estimated(graph, moments, times, bandOf(rng, graph, strata, moments, confidence));
}

/** Sources of each kind that are searched before it is decided how many there will be. */
const PILOT = 50;

/** Each time the number of sources turns out too small it grows at least by this factor. */
const GROWTH = 1.1;

/**
 * Estimate Acc(t) from as many sources as it takes for the simultaneous band to be at most `error` times the estimate
 * to either side, at every time: a pilot of 50 sources of each kind, from which the number follows, as in
 * [Stein1945]; more if the band is then still too wide [docs/engine.md].
 *
 * The band is never narrower than Stein's: the number of standard errors is the pilot's, with the pilot's degrees of
 * freedom, and of the pilot's variance and that of all sources searched the greater counts. Where all sources are
 * needed the curve is exact.
 *
 * @param error - relative half-width of the band; in (0, 1)
 * @returns a generator; see {@link CurveEstimation}
 * @throws {DomainError} if `error` is outside its range
 */
export function* estimateToError(
  rng: Rng,
  graph: Digraph,
  error: number,
  times: Float64Array,
  confidence: number,
): CurveEstimation {
  if (!(error > 0 && error < 1)) throw new DomainError("error", error, "in (0, 1)");
  const strata = kindsOfSources(graph).map((members): Stratum => {
    return { size: members.length, chosen: sampleWithout(rng, members, members.length), curves: [] };
  });
  const most = Math.max(...strata.map(({ size }) => size));
  yield* searchStrata(strata, PILOT);
  const pilot = momentsOf(strata, times);
  const criticalValue = bandOf(rng, graph, strata, pilot, confidence);
  for (let sources = PILOT; ; ) {
    const moments = momentsOf(strata, times).map((now, h): Moments => {
      return { ...now, variance: now.variance.map((value, i) => Math.max(value, pilot[h]!.variance[i]!)) };
    });
    const estimate = estimated(graph, moments, times, criticalValue);
    if (sources >= most || relativeError(estimate) <= error) return estimate;
    // Fewer links than the lower end of the band are not expected, and those of the graph are there.
    const known = linkCount(graph) / pairCount(graph.vertexCount);
    const allowed = estimate.lower.map((value) => (error * Math.max(value, known)) / criticalValue);
    const grown = Math.ceil(GROWTH * sources);
    sources = Math.min(most, Math.max(grown, sourcesWithin(graph, moments, allowed)));
    yield* searchStrata(strata, sources);
  }
}

/** The greatest half-width of a band, relative to the estimate. */
export function relativeError({ density, standardErrors, criticalValue }: SampledCurve): number {
  return standardErrors.reduce(
    (most, value, i) => (value === 0 ? most : Math.max(most, (criticalValue * value) / density[i]!)),
    0,
  );
}

/** The least number of sources of each kind with which no standard error is above what is allowed for its time. */
function sourcesWithin(graph: Digraph, moments: readonly Moments[], allowed: Float64Array): number {
  let few = 0;
  let enough = Math.max(...moments.map(({ size }) => size));
  while (enough - few > 1) {
    const middle = Math.floor((few + enough) / 2);
    const planned = moments.map((kind) => ({ ...kind, searched: Math.min(kind.size, middle) }));
    const errors = standardErrorsOf(graph, planned, allowed.length);
    if (errors.every((value, i) => value <= allowed[i]!)) enough = middle;
    else few = middle;
  }
  return enough;
}

/** One kind of sources, in the order in which they are searched, and the curves of those that were. */
interface Stratum {
  readonly size: number;
  readonly chosen: Uint32Array;
  readonly curves: Float64Array[];
}

/** Have up to `ofEachKind` of each kind searched. */
function* searchStrata(
  strata: readonly Stratum[],
  ofEachKind: number,
): Generator<SourceRequest, void, readonly Float64Array[]> {
  const wanted = strata.map(({ chosen, curves }) => chosen.subarray(curves.length, ofEachKind));
  const sources = Uint32Array.from(wanted.flatMap((part) => [...part]));
  const found = yield { sources, ofEachKind };
  let next = 0;
  strata.forEach(({ curves }, h) => {
    for (const _ of wanted[h]!) curves.push(found[next++]!);
  });
}

/** Sources that reach the largest strong component, and the others that have links. */
export function kindsOfSources(graph: Digraph): Uint32Array[] {
  const components = strongComponents(graph);
  const reaches = reachesComponent(graph, components, largestComponent(components));
  const linked = Uint32Array.from(graph.offsets.keys()).filter(
    (x) => x < graph.vertexCount && graph.offsets[x + 1]! > graph.offsets[x]!,
  );
  return [linked.filter((x) => reaches[x] === 1), linked.filter((x) => reaches[x] === 0)];
}

/** A simple random sample of `count` members, or all, without replacement; draws one index each. */
export function sampleWithout(rng: Rng, members: Uint32Array, count: number): Uint32Array {
  const shuffled = members.slice();
  const size = Math.min(count, members.length);
  for (let i = 0; i < size; i++) {
    const j = i + sampleIndex(rng, members.length - i);
    [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!];
  }
  return shuffled.subarray(0, size);
}

/** Mean and variance over the sources of one kind, by time. */
interface Moments {
  readonly size: number;
  readonly searched: number;
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

function momentsOf(strata: readonly Stratum[], times: Float64Array): Moments[] {
  return strata.map(({ size, curves }) => {
    const searched = curves.length;
    const mean = times.map(
      (_, i) => curves.reduce((sum, curve) => sum + curve[i]!, 0) / Math.max(1, searched),
    );
    const variance = times.map(
      (_, i) =>
        curves.reduce((sum, curve) => sum + (curve[i]! - mean[i]!) ** 2, 0) / Math.max(1, searched - 1),
    );
    return { size, searched, mean, variance };
  });
}

/** By how much the standard deviation over the sources of a kind goes into the standard error of the density. */
function scaleOf(graph: Digraph, { size, searched }: Moments): number {
  if (searched === 0) return 0;
  return (size / pairCount(graph.vertexCount)) * Math.sqrt((1 - searched / size) / searched);
}

function standardErrorsOf(graph: Digraph, moments: readonly Moments[], times: number): Float64Array {
  const scales = moments.map((kind) => scaleOf(graph, kind));
  return Float64Array.from({ length: times }, (_, i) =>
    Math.sqrt(moments.reduce((sum, { variance }, h) => sum + scales[h]! ** 2 * variance[i]!, 0)),
  );
}

function estimated(
  graph: Digraph,
  moments: readonly Moments[],
  times: Float64Array,
  criticalValue: number,
): SampledCurve {
  const pairs = pairCount(graph.vertexCount);
  const density = times.map((_, i) =>
    moments.reduce((sum, { size, mean }) => sum + (size / pairs) * mean[i]!, linkCount(graph) / pairs),
  );
  const standardErrors = standardErrorsOf(graph, moments, times.length);
  return {
    times,
    density,
    standardErrors,
    lower: density.map((value, i) => Math.max(0, value - criticalValue * standardErrors[i]!)),
    upper: density.map((value, i) => Math.min(1, value + criticalValue * standardErrors[i]!)),
    criticalValue,
    sources: moments.reduce((sum, { searched }) => sum + searched, 0),
    sourcesOfEachKind: Math.max(...moments.map(({ searched }) => searched)),
  };
}

/** The number of standard errors from an estimate to its band. */
function bandOf(
  rng: Rng,
  graph: Digraph,
  strata: readonly Stratum[],
  moments: readonly Moments[],
  confidence: number,
): number {
  const deviations = strata.flatMap(({ curves }, h) => {
    const { mean, searched } = moments[h]!;
    const scale = scaleOf(graph, moments[h]!) / Math.sqrt(Math.max(1, searched - 1));
    return curves.map((curve) => curve.map((value, i) => scale * (value - mean[i]!)));
  });
  const standardErrors = standardErrorsOf(graph, moments, moments[0]!.mean.length);
  const sampled = moments.filter(({ size, searched }) => searched < size);
  const freedom = Math.max(1, Math.min(...sampled.map(({ searched }) => searched - 1)));
  return largestDeviation(rng, deviations, standardErrors, confidence, freedom);
}

/**
 * Quantile of the largest |estimate − truth| in standard errors over all times: Gaussian multipliers on the
 * deviations of single sources keep their correlation between times [Chernozhukov2013], and a χ² variable allows for
 * the standard errors being estimated, as in a t distribution.
 */
function largestDeviation(
  rng: Rng,
  deviations: readonly Float64Array[],
  standardErrors: Float64Array,
  confidence: number,
  freedom: number,
): number {
  const uncertain = [...standardErrors.keys()].filter((i) => standardErrors[i]! > 0);
  if (uncertain.length === 0) return 0;
  const normal = normalSampler(rng);
  const largest = Float64Array.from({ length: BAND_DRAWS }, () => {
    const weights = deviations.map(normal);
    let most = 0;
    for (const i of uncertain) {
      let sum = 0;
      for (let s = 0; s < weights.length; s++) sum += weights[s]! * deviations[s]![i]!;
      most = Math.max(most, Math.abs(sum) / standardErrors[i]!);
    }
    let chiSquare = 0;
    for (let k = 0; k < freedom; k++) chiSquare += normal() ** 2;
    return most / Math.sqrt(chiSquare / freedom);
  });
  return largest.sort()[Math.min(BAND_DRAWS - 1, Math.ceil(confidence * BAND_DRAWS))]!;
}

/** Standard normal numbers, by the method of Box and Muller. */
function normalSampler(rng: Rng): () => number {
  return () => Math.sqrt(-2 * Math.log1p(-rng.nextFloat())) * Math.cos(2 * Math.PI * rng.nextFloat());
}
