import { DomainError, requireInteger } from "../errors.ts";
import { breadthFirstTree } from "../graph/breadthFirst.ts";
import { type Digraph, hasLink, linkCount, pairCount } from "../graph/digraph.ts";
import type { TreeOf } from "../graph/randomTree.ts";
import type { Clock } from "../growth/rateSpectrum.ts";
import { KERNEL_ENTITIES, placeGraph } from "../kernel/placedGraph.ts";
import { sampleBinomial } from "../random/binomial.ts";
import { sampleHypergeometric } from "../random/hypergeometric.ts";
import { sampleNewlyOccupied } from "../random/occupancy.ts";
import type { Rng } from "../random/stream.ts";
import { firstAbove, kernelRanks, type RankSweep, textbookRanks } from "./rankSweep.ts";

/** One random trajectory of the process at given times. */
export interface Trajectory {
  readonly times: Float64Array;
  /** ‖M_t‖₁ at each time. */
  readonly knownLinks: Float64Array;
  /** For each watched link the index of the first time at which it is known; `times.length` if none. */
  readonly watched: Int32Array;
}

/** Choices of {@link sampleTrajectory}. */
export interface TrajectoryOptions {
  /**
   * `steps` (default): t counts steps, as the paper defines the process; `poisson`: steps come at the times of a
   * Poisson clock of rate 1, which makes rows independent.
   */
  readonly clock?: Clock;
  /**
   * The tree of each source, whose paths the steps take; default: those of rule `first`. Rule `uniform` has none. With
   * trees of its own a trajectory needs no compiled kernel, and takes a few times as long.
   */
  readonly trees?: TreeOf;
  /** Links (x, z) whose first passage is wanted. */
  readonly watch?: readonly (readonly [number, number])[];
}

/**
 * Draw one random trajectory of ‖M_t‖₁ for all times at once [docs/theory.md, §2.4]: exact in law, as a step-by-step
 * run of the process with a tree for each source, at about the cost of an exact spectrum.
 *
 * A link (x, z) becomes known when the first pair (x, b) with b in the subtree of z is drawn. Within row x, the order
 * in which the targets b are first drawn is uniform, so that the places in this order are dealt at random and their
 * minima taken over subtrees. How many targets of each row have been drawn by each time is drawn beforehand: the
 * number of different pairs among t draws, divided among rows without replacement; in the Poisson clock a binomial
 * number for each row.
 *
 * @param rng - drawn from O(V·times) times
 * @param graph - M₀, with at least two entities
 * @param times - t, ascending, ≥ 0, at most 2⁵³ − 1; integers for the clock `steps`
 * @throws {DomainError} outside these ranges
 * @returns cost O(V(V + E) + V·times); memory O(V + E)
 * @example sampleTrajectory(stream(1, "trajectory"), graph, [0, 10, 100, 1000]).knownLinks
 */
export function sampleTrajectory(
  rng: Rng,
  graph: Digraph,
  times: ArrayLike<number>,
  options: TrajectoryOptions = {},
): Trajectory {
  const sources = sampleTrajectoryBySource(rng, graph, times, options);
  for (;;) {
    const next = sources.next();
    if (next.done) return next.value;
  }
}

/**
 * The same as {@link sampleTrajectory}, one source at a time: for callers that report progress, stay responsive or may
 * have to stop.
 *
 * @returns a generator that yields the number of sources done and returns the trajectory
 */
export function* sampleTrajectoryBySource(
  rng: Rng,
  graph: Digraph,
  times: ArrayLike<number>,
  { clock = "steps", watch = [], trees }: TrajectoryOptions = {},
): Generator<number, Trajectory, void> {
  requireInteger("vertexCount", graph.vertexCount, 2);
  checkTimes(times, clock);
  for (const [x, z] of watch) {
    requireInteger("watched entity", x, 0, graph.vertexCount - 1);
    requireInteger("watched entity", z, 0, graph.vertexCount - 1);
  }
  const sweep = rankSweep(rng, graph, times.length, trees);
  return yield* trajectoryRows(rng, graph, Float64Array.from(times), clock, watch, sweep);
}

/** The fastest sweep there is here for a graph and trees. */
function rankSweep(rng: Rng, graph: Digraph, timeCount: number, trees: TreeOf | undefined): RankSweep {
  const { vertexCount } = graph;
  if (trees) return textbookRanks(trees, vertexCount, timeCount, rng);
  const placed = vertexCount < KERNEL_ENTITIES ? undefined : placeGraph(graph, "ranks", 1, timeCount);
  if (placed) return kernelRanks(placed, rng);
  return textbookRanks((source) => breadthFirstTree(graph, source), vertexCount, timeCount, rng);
}

/** The rows of a trajectory on either sweep. */
export function* trajectoryRows(
  rng: Rng,
  graph: Digraph,
  times: Float64Array,
  clock: Clock,
  watch: readonly (readonly [number, number])[],
  sweep: RankSweep,
): Generator<number, Trajectory, void> {
  const drawRow =
    clock === "steps" ? stepRows(rng, graph.vertexCount, times) : poissonRows(rng, graph.vertexCount, times);
  const watched = new Int32Array(watch.length);
  for (let x = 0; x < graph.vertexCount; x++) {
    const drawn = drawRow();
    sweep.run(x, drawn);
    watch.forEach(([tail, head], i) => {
      if (tail !== x) return;
      const place = hasLink(graph, x, head) ? -1 : sweep.placeOf(head);
      watched[i] = firstAbove(drawn, place);
    });
    yield x + 1;
  }
  const links = linkCount(graph);
  return { times, knownLinks: sweep.known().map((known) => known + links), watched };
}

function checkTimes(times: ArrayLike<number>, clock: Clock): void {
  let previous = 0;
  for (let i = 0; i < times.length; i++) {
    const time = times[i]!;
    if (!(time >= previous && time <= Number.MAX_SAFE_INTEGER))
      throw new DomainError("times", time, "ascending, from 0 to 2^53 - 1");
    if (clock === "steps") requireInteger("time", time, 0);
    previous = time;
  }
}

/** For one row after the other: how many of its V − 1 targets have been drawn by each time. The array is reused. */
type DrawRow = () => Uint32Array;

function stepRows(rng: Rng, vertexCount: number, times: Float64Array): DrawRow {
  let pairsLeft = pairCount(vertexCount);
  const newPairs = newPairsByTime(rng, pairsLeft, times);
  const drawn = new Uint32Array(times.length);
  return () => {
    let items = pairsLeft;
    let targets = vertexCount - 1;
    for (let i = 0; i < times.length; i++) {
      // The pairs first drawn in this stretch of time, of those left, are as likely to be any others.
      const here = sampleHypergeometric(rng, items, newPairs[i]!, targets);
      items -= newPairs[i]!;
      newPairs[i]! -= here;
      targets -= here;
      drawn[i] = vertexCount - 1 - targets;
    }
    pairsLeft -= vertexCount - 1;
    return drawn;
  };
}

/** How many different pairs are drawn for the first time between one time and the next. */
function newPairsByTime(rng: Rng, pairs: number, times: Float64Array): Float64Array {
  let undrawn = pairs;
  return times.map((time, i) => {
    const found = sampleNewlyOccupied(rng, pairs, undrawn, time - (i > 0 ? times[i - 1]! : 0));
    undrawn -= found;
    return found;
  });
}

function poissonRows(rng: Rng, vertexCount: number, times: Float64Array): DrawRow {
  const pairs = pairCount(vertexCount);
  const drawn = new Uint32Array(times.length);
  return () => {
    let targets = vertexCount - 1;
    for (let i = 0; i < times.length; i++) {
      const elapsed = times[i]! - (i > 0 ? times[i - 1]! : 0);
      targets -= sampleBinomial(rng, targets, -Math.expm1(-elapsed / pairs));
      drawn[i] = vertexCount - 1 - targets;
    }
    return drawn;
  };
}
