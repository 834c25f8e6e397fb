import { requireInteger } from "../errors.ts";
import { largestComponent, reachesComponent, strongComponents } from "../graph/components.ts";
import { type Digraph, linkCount, pairCount } from "../graph/digraph.ts";
import type { TieRule } from "../graph/tieRule.ts";
import { learnedProbability } from "../growth/growthCurve.ts";
import { sampleIndex } from "../random/draws.ts";
import type { Rng } from "../random/stream.ts";
import { sweepOf } from "./exactSpectrum.ts";
import { type Sweep, sizesOfPart } from "./spectrumPart.ts";

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
}

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
  ties: TieRule,
  sources: number,
  times: Float64Array,
  confidence = 0.95,
): Generator<number, SampledCurve, void> {
  requireInteger("sources", sources, 2);
  const sweep = sweepOf(graph, ties, "binned");
  const strata: Stratum[] = [];
  let done = 0;
  for (const members of kindsOfSources(graph)) {
    const chosen = sampleWithout(rng, members, sources);
    const curves: Float64Array[] = [];
    for (const source of chosen) {
      curves.push(curveOfSource(sweep, source, pairCount(graph.vertexCount), times));
      yield ++done;
    }
    strata.push({ size: members.length, curves });
  }
  return combined(rng, graph, strata, times, confidence);
}

interface Stratum {
  readonly size: number;
  /** For each source searched, its expected number of links gained by each time. */
  readonly curves: readonly Float64Array[];
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

function curveOfSource(sweep: Sweep, source: number, pairs: number, times: Float64Array): Float64Array {
  sweep.reset();
  sweep.run(source);
  const { sizes, counts } = sizesOfPart(sweep.part());
  return times.map((time) =>
    sizes.reduce((sum, size, i) => sum + counts[i]! * learnedProbability("steps", size / pairs, time), 0),
  );
}

function combined(
  rng: Rng,
  graph: Digraph,
  strata: readonly Stratum[],
  times: Float64Array,
  confidence: number,
): SampledCurve {
  const pairs = pairCount(graph.vertexCount);
  const density = new Float64Array(times.length).fill(linkCount(graph) / pairs);
  const variance = new Float64Array(times.length);
  const deviations: Float64Array[] = [];
  for (const { size, curves } of strata) {
    if (curves.length === 0) continue;
    const mean = times.map((_, i) => curves.reduce((sum, curve) => sum + curve[i]!, 0) / curves.length);
    const missing = 1 - curves.length / size;
    const scale = (size / pairs) * Math.sqrt(missing / (curves.length * Math.max(1, curves.length - 1)));
    for (const curve of curves) deviations.push(curve.map((value, i) => scale * (value - mean[i]!)));
    mean.forEach((value, i) => {
      density[i]! += (size / pairs) * value;
    });
  }
  for (const deviation of deviations) {
    deviation.forEach((value, i) => {
      variance[i]! += value * value;
    });
  }
  const standardErrors = variance.map(Math.sqrt);
  const freedom = Math.max(1, Math.min(...strata.filter(isSampled).map(({ curves }) => curves.length - 1)));
  const criticalValue = largestDeviation(rng, deviations, standardErrors, confidence, freedom);
  return {
    times,
    density,
    standardErrors,
    lower: density.map((value, i) => Math.max(0, value - criticalValue * standardErrors[i]!)),
    upper: density.map((value, i) => Math.min(1, value + criticalValue * standardErrors[i]!)),
    criticalValue,
    sources: deviations.length,
  };
}

function isSampled({ size, curves }: Stratum): boolean {
  return curves.length < size;
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
