import { describe, expect, it } from "vitest";
import { type BreadthFirstTree, breadthFirstTree } from "../../src/graph/breadthFirst.ts";
import { linkCount } from "../../src/graph/digraph.ts";
import { sampleErdosRenyi } from "../../src/graph/erdosRenyi.ts";
import { randomTrees, type TreeOf } from "../../src/graph/randomTree.ts";
import { literalProcess } from "../../src/process/literalProcess.ts";
import { sampleTrajectory } from "../../src/process/trajectory.ts";
import { stream } from "../../src/random/stream.ts";
import { ALPHA } from "../support/bounds.ts";
import type { Link } from "../support/graphs.ts";

/**
 * The trajectory sampler and the literal process on one graph: ‖M_t‖ at five times and the first passage of four links
 * have the same law. Distances are Kolmogorov's, each held to a bound that it exceeds with probability at most
 * {@link ALPHA} where the laws agree [Massart1990]; there are 2 rules × (5 + 2·4) comparisons.
 */

const V = 14;
const PAIRS = V * (V - 1);
const RUNS = 4000;
const LATER = [10, 40, 120, PAIRS, 3 * PAIRS];
/** Links are looked at at all these times: every step at first, then ever less often. */
const TIMES = [...new Set(Array.from({ length: 90 }, (_, i) => Math.round(1.08 ** i)))].filter(
  (t) => t <= 3 * PAIRS,
);
const GRID = [...new Set([...TIMES, ...LATER])].sort((a, b) => a - b);

const graph = sampleErdosRenyi(stream(8, "graph"), V, 2 / V);
const firstTrees: TreeOf = (source) => breadthFirstTree(graph, source);

/** Subtree size of z in the tree of x, the number of pairs (x, b) that teach (x, z). */
function subtreeSize({ order, parents }: BreadthFirstTree, z: number): number {
  const inside = new Set([z]);
  for (const v of order) if (inside.has(parents[v]!)) inside.add(v);
  return inside.size;
}

/** Four links at distance 2 or more: one with the largest subtree, one with size 3, one with 2, one with none below. */
function chosenLinks(treeOf: TreeOf): { link: Link; size: number }[] {
  const all = Array.from({ length: V }, (_, x) => {
    const tree = treeOf(x);
    return Array.from(tree.order)
      .filter((z) => tree.distances[z]! >= 2)
      .map((z) => ({ link: [x, z] as const, size: subtreeSize(tree, z) }));
  }).flat();
  const largest = all.reduce((a, b) => (b.size > a.size ? b : a));
  return [largest, ...[3, 2, 1].map((wanted) => all.find(({ size }) => size === wanted)!)];
}

interface Runs {
  /** For each run ‖M_t‖ at the times LATER. */
  readonly known: number[][];
  /** For each run and link the index in GRID of the first time at which it is known. */
  readonly passages: number[][];
}

function sampledRuns(purpose: string, trees: TreeOf, watch: readonly Link[]): Runs {
  const runs = Array.from({ length: RUNS }, (_, i) =>
    sampleTrajectory(stream(8, purpose, i), graph, GRID, { trees, watch }),
  );
  return {
    known: runs.map(({ knownLinks }) => LATER.map((time) => knownLinks[GRID.indexOf(time)]!)),
    passages: runs.map(({ watched }) => [...watched]),
  };
}

function literalRuns(purpose: string, trees: TreeOf, watch: readonly Link[]): Runs {
  const known: number[][] = [];
  const passages: number[][] = [];
  for (let i = 0; i < RUNS; i++) {
    const process = literalProcess(graph, trees);
    const rng = stream(8, purpose, i);
    const seen = watch.map(() => GRID.length);
    const counts: number[] = [];
    GRID.forEach((time, index) => {
      while (process.steps < time) process.step(rng);
      watch.forEach((link, l) => {
        if (process.isKnown(...link)) seen[l] = Math.min(seen[l]!, index);
      });
      if (LATER.includes(time)) counts.push(process.knownLinks);
    });
    known.push(counts);
    passages.push(seen);
  }
  return { known, passages };
}

/** Distribution function of whole numbers below `end` in a column of runs. */
function distribution(runs: readonly number[][], column: number, end: number): number[] {
  const counts = new Array<number>(end).fill(0);
  for (const run of runs) counts[run[column]!]!++;
  let sum = 0;
  return counts.map((count) => {
    sum += count;
    return sum / runs.length;
  });
}

function distance(a: readonly number[], b: readonly number[]): number {
  return Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));
}

/** P[distance of a sample from its law > radius] ≤ 2·exp(−2n·radius²) = alpha. */
const radius = (alpha: number) => Math.sqrt(Math.log(2 / alpha) / (2 * RUNS));
/** Two samples of one law: each is as near to it as a radius, at half the error probability. */
const TWO_SAMPLES = 2 * radius(ALPHA / 2);

describe.each([
  ["first", firstTrees],
  ["random", randomTrees(8, graph)],
])("trajectories and literal runs on 14 entities, rule %s", (rule, trees) => {
  const chosen = chosenLinks(trees);
  const watch = chosen.map(({ link }) => link);
  const literal = literalRuns(`literal ${rule}`, trees, watch);
  const sampled = sampledRuns(`trajectory ${rule}`, trees, watch);
  /** Every vertex its own: the least time of a subtree is replaced by the time of its root. */
  const broken = sampledRuns(
    `broken ${rule}`,
    (source) => {
      const { parents, ...tree } = trees(source);
      return { ...tree, parents: parents.map((parent) => (parent < 0 ? parent : source)) };
    },
    watch,
  );
  const knownDistances = (runs: Runs) =>
    LATER.map((_, i) =>
      distance(distribution(runs.known, i, PAIRS + 1), distribution(literal.known, i, PAIRS + 1)),
    );
  /** Distances from the exact law, geometric with the share of the pairs that teach the link. */
  const passageDistances = (runs: Runs) =>
    chosen.map(({ size }, l) =>
      distance(distribution(runs.passages, l, GRID.length + 1), [
        ...GRID.map((time) => 1 - (1 - size / PAIRS) ** time),
        1,
      ]),
    );

  it("the graph has something to tell apart", () => {
    expect(chosen.map(({ size }) => size)).toEqual([expect.any(Number), 3, 2, 1]);
    expect(chosen[0]!.size).toBeGreaterThan(3);
    expect(linkCount(graph)).toBeGreaterThan(V);
  });

  it("know as many links at five times", () => {
    for (const gap of knownDistances(sampled)) expect(gap).toBeLessThan(TWO_SAMPLES);
  });

  it("learn chosen links first at times of the exact law, both", () => {
    for (const runs of [sampled, literal])
      for (const gap of passageDistances(runs)) expect(gap).toBeLessThan(radius(ALPHA));
  });

  it("would be told from trajectories in which a link has its own time, not the least of its subtree", () => {
    expect(Math.max(...knownDistances(broken))).toBeGreaterThan(TWO_SAMPLES);
    const [largest, three, two, one] = passageDistances(broken);
    for (const gap of [largest, three, two]) expect(gap).toBeGreaterThan(radius(ALPHA));
    // A link with nothing below has its own time.
    expect(one).toBeLessThan(radius(ALPHA));
  });
});
