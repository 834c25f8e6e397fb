import ndarray from "ndarray";
import { mean, quantileSorted, sampleVariance } from "simple-statistics";
import type { Digraph } from "../graph/digraph.ts";
import { sampleErdosRenyi } from "../graph/erdosRenyi.ts";
import { randomTrees, type TreeOf } from "../graph/randomTree.ts";
import type { TieRule } from "../graph/tieRule.ts";
import { linkDensity } from "../growth/growthCurve.ts";
import {
  type Clock,
  type GraphSpectrum,
  meanGraphSpectrum,
  type RateSpectrum,
} from "../growth/rateSpectrum.ts";
import { type LiteralProcess, replicableProcess } from "../process/literalProcess.ts";
import { sampleTrajectoryBySource } from "../process/trajectory.ts";
import { stream } from "../random/stream.ts";
import type { SimulationClock } from "../spec/simulationSpec.ts";
import { type Provenance, provenance } from "./provenance.ts";
import type { ReadySimulation } from "./readySimulation.ts";
import { Interrupted, runResponsively, type Watch } from "./responsive.ts";
import { spectrumResponsively } from "./spectrumResult.ts";

/** One recorded time of a simulation. */
export interface SimulationPoint {
  /** t, in steps. */
  readonly step: number;
  /** Mean link density over all graphs and replicates. */
  readonly density: number;
  /** Standard error of `density` given the graphs, to be held against `exact`; null with one replicate. */
  readonly standardError: number | null;
  /** Standard error of `density` over the population of graphs; null with one graph. */
  readonly standardErrorOverGraphs: number | null;
  /** 5 % and 95 % quantiles over all replicates. */
  readonly lower: number;
  readonly upper: number;
  /** The exact curve of the same graphs. */
  readonly exact: number;
}

/** A finished simulation, as `entigraph simulate --json` prints it. */
export interface SimulationResult {
  readonly provenance: Provenance;
  readonly entities: number;
  readonly pairs: number;
  /** Mean over the graphs. */
  readonly links: number;
  /** Mean over the graphs. */
  readonly reachablePairs: number;
  readonly curve: readonly SimulationPoint[];
}

/** Known links of one replicate at the recorded steps. */
export interface ReplicateRecord {
  readonly graph: number;
  readonly replicate: number;
  readonly known: readonly number[];
}

/** Where finished replicates are kept, so that an interrupted run can go on. */
export interface ReplicateStore {
  /** The record of a replicate that is already there. */
  find(graph: number, replicate: number): ReplicateRecord | undefined;
  add(record: ReplicateRecord): Promise<void>;
}

/**
 * The graph of one simulation by its number: the graph of the file, or a draw from the stream
 * (seed, "graph", number).
 */
export function simulationGraph({ spec, graph }: ReadySimulation, number: number): Digraph {
  if (graph) return graph;
  if (spec.graph.model !== "erdos-renyi") throw new Error("a graph file must be read before it is simulated");
  const { entities, linkProbability } = spec.graph;
  return sampleErdosRenyi(stream(spec.seed, "graph", number), entities, linkProbability);
}

/**
 * The seed of the trees of rule `random` for one graph of a simulation: graph 0 has the trees that
 * `entigraph spectrum --ties random` grows from the same seed, further graphs have others.
 */
function treeSeed(seed: number, graphNumber: number): number {
  return graphNumber === 0 ? seed : stream(seed, "tree seed", graphNumber).nextFloat() * 2 ** 53;
}

/** The exact spectrum of one graph of a simulation, under its tie rule. */
export function simulationSpectrum(
  { ties, seed }: ReadySimulation["spec"],
  graph: Digraph,
  graphNumber: number,
  { signal }: Watch,
): Promise<GraphSpectrum> {
  const watch: Watch = { ...(signal && { signal }) };
  return ties === "random"
    ? spectrumResponsively(graph, { seed: treeSeed(seed, graphNumber) }, watch)
    : spectrumResponsively(graph, ties, watch);
}

/**
 * Run the process of a simulation, and beside it the exact curve of the same graphs.
 *
 * Replicate r of graph g draws from the stream (seed, "process", g, r), or (seed, "trajectory", g, r), only: the
 * result depends neither on the order of the replicates nor on how often the run was interrupted.
 *
 * @throws {Interrupted} if the watch's signal is aborted; finished replicates are in the store
 */
export async function simulate(
  ready: ReadySimulation,
  watch: Watch = {},
  store?: ReplicateStore,
): Promise<{ result: SimulationResult; spectrum: RateSpectrum }> {
  const { spec } = ready;
  const shape = [spec.graphs, spec.replicates, spec.at.length];
  const known = ndarray(new Float64Array(shape[0]! * shape[1]! * shape[2]!), shape);
  const spectra: GraphSpectrum[] = [];
  const runs = spec.graphs * spec.replicates;
  for (let g = 0; g < spec.graphs; g++) {
    const graph = simulationGraph(ready, g);
    spectra.push(await simulationSpectrum(spec, graph, g, watch));
    const runReplicate = replicates(spec, graph, g);
    for (let r = 0; r < spec.replicates; r++) {
      // Replicates may be shorter than the time between two looks at the signal.
      if (watch.signal?.aborted) throw new Interrupted(watch.signal.reason);
      const done = g * spec.replicates + r;
      const partly: Watch = {
        ...watch,
        onProgress: (share) => watch.onProgress?.((done + share) / runs, "simulating"),
      };
      const record = store?.find(g, r) ?? { graph: g, replicate: r, known: await runReplicate(r, partly) };
      await store?.add(record);
      for (const [time, links] of record.known.entries()) known.set(g, r, time, links);
    }
  }
  const spectrum: RateSpectrum = { ...meanGraphSpectrum(spectra), clock: CLOCK[spec.clock] };
  const pairs = spectra[0]!.pairs;
  return {
    spectrum,
    result: {
      provenance: provenance("simulate", spec, ready.files),
      entities: spectra[0]!.entities,
      pairs,
      links: mean(spectra.map(({ links }) => links)),
      reachablePairs: mean(spectra.map(({ reachablePairs }) => reachablePairs)),
      curve: spec.at.map((step, time) => ({
        step,
        ...summary(densitiesAt(known, time, pairs)),
        exact: linkDensity(spectrum, step),
      })),
    },
  };
}

/** The clocks of specs, as spectra call them. */
const CLOCK = { discrete: "steps", poisson: "poisson" } as const satisfies Record<SimulationClock, Clock>;

/** Runs of the process on one graph: known links of a replicate at the recorded steps. */
type RunReplicate = (replicate: number, watch: Watch) => Promise<readonly number[]>;

function replicates(spec: ReadySimulation["spec"], graph: Digraph, graphNumber: number): RunReplicate {
  const { seed, at } = spec;
  const ties: TieRule | TreeOf =
    spec.ties === "random" ? randomTrees(treeSeed(seed, graphNumber), graph) : spec.ties;
  if (spec.method === "trajectory") {
    const options = { clock: CLOCK[spec.clock], ...(typeof ties === "function" && { trees: ties }) };
    return async (replicate, watch) => {
      const rng = stream(seed, "trajectory", graphNumber, replicate);
      const rows = sampleTrajectoryBySource(rng, graph, at, options);
      return [...(await runResponsively(rows, graph.vertexCount, "simulating", watch)).knownLinks];
    };
  }
  const start = replicableProcess(graph, ties);
  return (replicate, watch) => {
    const rng = stream(seed, "process", graphNumber, replicate);
    return runResponsively(knownLinksAt(start(), at, rng), Math.max(at.at(-1)!, 1), "simulating", watch);
  };
}

/** Steps between two yields: many enough to cost nothing, few enough to stay responsive. */
const STEPS_PER_YIELD = 4096;

function* knownLinksAt(
  process: LiteralProcess,
  at: readonly number[],
  rng: ReturnType<typeof stream>,
): Generator<number, number[], void> {
  const known: number[] = [];
  for (const step of at) {
    while (process.steps < step) {
      process.step(rng);
      if (process.steps % STEPS_PER_YIELD === 0) yield process.steps;
    }
    known.push(process.knownLinks);
  }
  return known;
}

/** Densities at one time: a row of replicates for each graph. */
function densitiesAt(known: ndarray.NdArray<Float64Array>, time: number, pairs: number): number[][] {
  const [graphs, replicates] = known.shape as [number, number, number];
  return Array.from({ length: graphs }, (_, g) =>
    Array.from({ length: replicates }, (_, r) => known.get(g, r, time) / pairs),
  );
}

function summary(byGraph: readonly (readonly number[])[]): Omit<SimulationPoint, "step" | "exact"> {
  const graphMeans = byGraph.map((row) => mean([...row]));
  const replicates = byGraph[0]!.length;
  // Given the graphs: each graph's mean has variance s²/r, and the graphs' means are averaged.
  const withinVariance = () =>
    mean(byGraph.map((row) => sampleVariance([...row]) / replicates)) / byGraph.length;
  const sorted = byGraph.flat().sort((a, b) => a - b);
  return {
    density: mean(graphMeans),
    standardError: replicates > 1 ? Math.sqrt(withinVariance()) : null,
    standardErrorOverGraphs:
      byGraph.length > 1 ? Math.sqrt(sampleVariance(graphMeans) / byGraph.length) : null,
    lower: quantileSorted(sorted, 0.05),
    upper: quantileSorted(sorted, 0.95),
  };
}
