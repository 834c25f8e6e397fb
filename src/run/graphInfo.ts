import { mean as meanOf, sampleVariance } from "simple-statistics";
import { type Components, strongComponents, weakComponents } from "../graph/components.ts";
import { type Digraph, linkCount, pairCount } from "../graph/digraph.ts";
import type { Rng } from "../random/stream.ts";
import { sweepOf } from "../spectrum/exactSpectrum.ts";
import { sampleWithout } from "../spectrum/sourceSampling.ts";
import type { Provenance } from "./provenance.ts";
import { runResponsively, type Watch } from "./responsive.ts";

/** How the degrees on one side of the links are spread. */
export interface DegreeSummary {
  readonly max: number;
  /** Entities without a link on this side. */
  readonly zero: number;
  /** Sample variance over mean, near 1 in an Erdős–Rényi graph; null without links or with one entity. */
  readonly dispersion: number | null;
}

/** How the entities fall into components. */
export interface ComponentSummary {
  readonly count: number;
  readonly largest: number;
  /** Share of the entities in the largest. */
  readonly largestShare: number;
}

/** Distances over reachable ordered pairs, from all sources or from some. */
export interface DistanceSummary {
  /** Null if no pair is reachable from the sources. */
  readonly mean: number | null;
  /** Of `mean`; 0 if all sources were searched, null if nothing is known of it. */
  readonly standardError: number | null;
  /** Share of the ordered pairs with a path, an unbiased estimate; null with one entity. */
  readonly reachableShare: number | null;
  readonly sources: number;
}

/** What `entigraph graph info --json` prints. */
export interface GraphInfo {
  readonly provenance: Provenance;
  readonly entities: number;
  readonly links: number;
  readonly pairs: number;
  readonly meanDegree: number;
  readonly outDegrees: DegreeSummary;
  readonly inDegrees: DegreeSummary;
  readonly strongComponents: ComponentSummary;
  readonly weakComponents: ComponentSummary;
  readonly distances: DistanceSummary;
  /** The λ of the Erdős–Rényi graph that is alike in one respect; these agree where the graph is such a graph. */
  readonly lambda: {
    /** E/(V − 1), as p = λ/V is the share of pairs that are links; null with one entity. */
    readonly links: number | null;
    /** From the share of the largest strong component; null if that is one entity or all. */
    readonly strongComponent: number | null;
    /** From the share of the largest weak component; null if that is one entity or all. */
    readonly weakComponent: number | null;
  };
}

/** Up to this many steps of searching, V(V + E), all sources are searched: some two seconds. */
const EXACT_STEPS = 1e9;

/** Sources searched in larger graphs. */
const SAMPLED_SOURCES = 200;

/** Describe a graph. Cost O(V + E), and searches from all sources of a small graph or from some of a large one. */
export async function graphInfo(
  graph: Digraph,
  rng: Rng,
  from: Provenance,
  watch: Watch = {},
  exactSteps = EXACT_STEPS,
): Promise<GraphInfo> {
  const [entities, links] = [graph.vertexCount, linkCount(graph)];
  const sources =
    entities * (entities + links) <= exactSteps ? entities : Math.min(SAMPLED_SOURCES, entities);
  const distances = await runResponsively(
    searchedDistances(graph, rng, sources),
    sources,
    "searching",
    watch,
  );
  const strong = summaryOfComponents(strongComponents(graph));
  const weak = summaryOfComponents(weakComponents(graph));
  return {
    provenance: from,
    entities,
    links,
    pairs: pairCount(entities),
    meanDegree: links / entities,
    outDegrees: summaryOfDegrees(graph.offsets.subarray(1).map((end, x) => end - graph.offsets[x]!)),
    inDegrees: summaryOfDegrees(inDegrees(graph)),
    strongComponents: strong,
    weakComponents: weak,
    distances,
    lambda: {
      links: entities > 1 ? links / (entities - 1) : null,
      // Strong giant: those who reach many and are reached by many, (1 − ρ)². Weak giant: survival at mean 2λ.
      strongComponent: isGiant(strong) ? meanOfSurvival(Math.sqrt(strong.largestShare)) : null,
      weakComponent: isGiant(weak) ? meanOfSurvival(weak.largestShare) / 2 : null,
    },
  };
}

function inDegrees({ vertexCount, targets }: Digraph): Uint32Array {
  const degrees = new Uint32Array(vertexCount);
  for (const head of targets) degrees[head]!++;
  return degrees;
}

function summaryOfDegrees(degrees: Uint32Array): DegreeSummary {
  const list = Array.from(degrees);
  const mean = meanOf(list);
  return {
    max: degrees.reduce((most, degree) => Math.max(most, degree), 0),
    zero: degrees.reduce((count, degree) => (degree === 0 ? count + 1 : count), 0),
    dispersion: list.length > 1 && mean > 0 ? sampleVariance(list) / mean : null,
  };
}

function summaryOfComponents({ sizes }: Components): ComponentSummary {
  const entities = sizes.reduce((sum, size) => sum + size, 0);
  const largest = sizes.reduce((most, size) => Math.max(most, size), 0);
  return { count: sizes.length, largest, largestShare: largest / entities };
}

function isGiant({ largest, largestShare }: ComponentSummary): boolean {
  return largest > 1 && largestShare < 1;
}

/** The mean of the Poisson offspring with which a line survives with probability σ: σ = 1 − e^{−λσ}, solved for λ. */
function meanOfSurvival(survival: number): number {
  return -Math.log1p(-survival) / survival;
}

/** Search from a simple random sample of sources; the mean distance is a ratio of means [Cochran1977, §6.3]. */
function* searchedDistances(
  graph: Digraph,
  rng: Rng,
  sources: number,
): Generator<number, DistanceSummary, void> {
  const sweep = sweepOf(graph, "first", "exact");
  const all = Uint32Array.from({ length: graph.vertexCount }, (_, x) => x);
  const found: { reached: number; distance: number }[] = [];
  for (const source of sampleWithout(rng, all, sources)) {
    sweep.reset();
    sweep.run(source);
    const { reachablePairs, distanceSum } = sweep.part();
    found.push({ reached: reachablePairs, distance: distanceSum });
    yield found.length;
  }
  return summaryOfDistances(found, graph.vertexCount);
}

function summaryOfDistances(
  found: readonly { reached: number; distance: number }[],
  entities: number,
): DistanceSummary {
  const sources = found.length;
  const reached = found.reduce((sum, source) => sum + source.reached, 0);
  const distance = found.reduce((sum, source) => sum + source.distance, 0);
  const reachableShare = entities > 1 ? reached / (sources * (entities - 1)) : null;
  if (reached === 0) return { mean: null, standardError: null, reachableShare, sources };
  const mean = distance / reached;
  const squares = found.reduce((sum, source) => sum + (source.distance - mean * source.reached) ** 2, 0);
  const missing = 1 - sources / entities;
  const standardError =
    missing === 0 ? 0 : Math.sqrt((missing * squares * sources) / (sources - 1)) / reached;
  return { mean, standardError, reachableShare, sources };
}
