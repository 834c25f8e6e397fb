import { DomainError, requireInteger } from "../errors.ts";
import { type BreadthFirstTree, breadthFirstTree, NONE } from "../graph/breadthFirst.ts";
import { type Digraph, linkCount } from "../graph/digraph.ts";
import type { TreeOf } from "../graph/randomTree.ts";
import type { TieRule } from "../graph/tieRule.ts";
import { sampleIndex } from "../random/draws.ts";
import type { Rng } from "../random/stream.ts";

/** What one step did, for those who want to watch. */
export interface ProcessStep {
  /** The sampled pair (x, y). */
  readonly source: number;
  readonly target: number;
  /** x, z₁, …, z_k, y; empty if y is not reachable from x. */
  readonly path: readonly number[];
  /** Links that this step made known, as heads z of (x, z). */
  readonly learned: readonly number[];
}

/** The process of one graph, step by step. */
export interface LiteralProcess {
  /** Steps taken so far, t. */
  readonly steps: number;
  /** ‖M_t‖₁, the number of links known. */
  readonly knownLinks: number;
  /** Whether the link (x, z) is known. */
  isKnown(x: number, z: number): boolean;
  /** Take one step. */
  step(rng: Rng): ProcessStep;
}

/**
 * The literal process keeps, for each of the V² pairs, a byte that says whether it is known and what the searches have
 * found: 2 bytes where there are trees, 10 under `uniform`. At this size, that is 0.3 and 1.1 gigabytes.
 */
export const MAX_LITERAL_ENTITIES = 10_000;

/**
 * The stochastic process of the paper, literally [Yang2025, §6.1; docs/theory.md, §1]: start from M₀; at each step
 * draw an ordered pair (x, y), x ≠ y, uniformly; if y is reachable from x in M₀, take a shortest path
 * x, z₁, …, z_k, y in M₀ and mark (x, z₁), …, (x, z_k), (x, y) as known.
 *
 * It is the definition against which everything faster is tested.
 *
 * @param graph - M₀, with at least two entities
 * @param ties - which shortest path, where there are several: a rule, or the tree of each source, such as those of
 *   `randomTrees` for rule `random`
 * @returns a process at t = 0. Memory O(V²), see {@link MAX_LITERAL_ENTITIES}; a step costs O(path length), after one
 *   search for each source drawn
 * @throws {DomainError} if the graph has fewer than two entities, so that there is no pair to draw, or more than
 *   {@link MAX_LITERAL_ENTITIES}
 */
export function literalProcess(graph: Digraph, ties: TieRule | TreeOf): LiteralProcess {
  return replicableProcess(graph, ties)();
}

/**
 * Replicates of {@link literalProcess} on one graph: each call of the result gives a process at t = 0. They are
 * independent but for the searches, which are made once for all of them.
 */
export function replicableProcess(graph: Digraph, ties: TieRule | TreeOf): () => LiteralProcess {
  requireInteger("vertexCount", graph.vertexCount, 2, MAX_LITERAL_ENTITIES);
  const findPath =
    ties === "uniform"
      ? uniformPaths(graph)
      : treePaths(ties === "first" ? (source) => breadthFirstTree(graph, source) : ties);
  return () => startProcess(graph, findPath);
}

function startProcess(graph: Digraph, findPath: FindPath): LiteralProcess {
  const { vertexCount, offsets, targets } = graph;
  const known = new Uint8Array(vertexCount * vertexCount);
  for (let x = 0; x < vertexCount; x++) {
    for (let link = offsets[x]!; link < offsets[x + 1]!; link++) known[x * vertexCount + targets[link]!] = 1;
  }
  let steps = 0;
  let knownLinks = linkCount(graph);
  return {
    get steps() {
      return steps;
    },
    get knownLinks() {
      return knownLinks;
    },
    isKnown: (x, z) => known[x * vertexCount + z] === 1,
    step(rng) {
      const source = sampleIndex(rng, vertexCount);
      const other = sampleIndex(rng, vertexCount - 1);
      const target = other < source ? other : other + 1;
      const path = findPath(source, target, rng);
      const learned: number[] = [];
      for (let i = 1; i < path.length; i++) {
        const pair = source * vertexCount + path[i]!;
        if (known[pair] === 1) continue;
        known[pair] = 1;
        learned.push(path[i]!);
      }
      steps++;
      knownLinks += learned.length;
      return { source, target, path, learned };
    },
  };
}

type FindPath = (source: number, target: number, rng: Rng) => number[];

/** {@link NONE} in two bytes; no entity, as there are at most {@link MAX_LITERAL_ENTITIES}. */
const NO_PARENT = 0xffff;

function treePaths(treeOf: TreeOf): FindPath {
  // Two bytes hold every entity of a literal process; NONE wraps to NO_PARENT.
  const parentsOf = remembered((source) => new Uint16Array(treeOf(source).parents));
  return (source, target) => {
    const parents = parentsOf(source);
    if (parents[target] === NO_PARENT) return [];
    const path = [target];
    for (let v = target; v !== source; ) {
      v = parents[v]!;
      path.push(v);
    }
    return path.reverse();
  };
}

/** Walk back from the target; a predecessor u on shortest paths is taken with probability σ(u) / Σ σ. */
function uniformPaths(graph: Digraph): FindPath {
  const predecessors = predecessorLists(graph);
  const searchOf = remembered((source) => {
    const tree = breadthFirstTree(graph, source);
    // Distances are below V, which two bytes hold.
    const distances = new Int16Array(tree.distances);
    return { distances, pathCounts: shortestPathCounts(tree, predecessors) };
  });
  return (source, target, rng) => {
    const { distances, pathCounts } = searchOf(source);
    if (distances[target] === NONE) return [];
    const path = [target];
    for (let v = target; v !== source; ) {
      const candidates = predecessors[v]!.filter((u) => distances[u] === distances[v]! - 1);
      v = sampleWeighted(rng, candidates, pathCounts);
      path.push(v);
    }
    return path.reverse();
  };
}

function remembered<Value>(compute: (source: number) => Value): (source: number) => Value {
  const values = new Map<number, Value>();
  return (source) => {
    const known = values.get(source);
    if (known !== undefined) return known;
    const value = compute(source);
    values.set(source, value);
    return value;
  };
}

function predecessorLists({ vertexCount, offsets, targets }: Digraph): number[][] {
  const lists: number[][] = Array.from({ length: vertexCount }, () => []);
  for (let x = 0; x < vertexCount; x++) {
    for (let link = offsets[x]!; link < offsets[x + 1]!; link++) lists[targets[link]!]!.push(x);
  }
  return lists;
}

function shortestPathCounts(tree: BreadthFirstTree, predecessors: readonly number[][]): Float64Array {
  const counts = new Float64Array(tree.parents.length);
  counts[tree.source] = 1;
  for (const v of tree.order.subarray(1)) {
    for (const u of predecessors[v]!)
      if (tree.distances[u] === tree.distances[v]! - 1) counts[v]! += counts[u]!;
  }
  if (!Number.isFinite(counts.reduce((sum, count) => sum + count, 0))) {
    throw new DomainError(
      "graph",
      "more than 10^308 shortest paths",
      "such that its shortest paths can be counted",
    );
  }
  return counts;
}

function sampleWeighted(rng: Rng, candidates: readonly number[], weights: Float64Array): number {
  let total = 0;
  for (const candidate of candidates) total += weights[candidate]!;
  let left = rng.nextFloat() * total;
  for (const candidate of candidates) {
    left -= weights[candidate]!;
    if (left < 0) return candidate;
  }
  // Rounding of the running difference may leave a crumb behind the last candidate.
  return candidates.at(-1)!;
}
