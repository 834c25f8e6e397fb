import { requireInteger } from "../errors.ts";
import { sampleIndex } from "../random/draws.ts";
import { type Rng, stream } from "../random/stream.ts";
import { type BreadthFirstTree, NONE } from "./breadthFirst.ts";
import type { Digraph } from "./digraph.ts";

/**
 * A tree of shortest paths from one source in which each vertex has one parent drawn uniformly from its predecessors on
 * shortest paths, for itself: the tree of tie rule `random` [docs/theory.md, §1.2].
 *
 * @param rng - drawn from once for each predecessor beyond a vertex's first
 * @param graph - the graph to search
 * @param source - vertex id in [0, V)
 * @returns order and distances are those of `breadthFirstTree`; cost O(V + links scanned)
 * @throws {DomainError} if the source is no vertex
 */
export function randomTree(rng: Rng, graph: Digraph, source: number): BreadthFirstTree {
  requireInteger("source", source, 0, graph.vertexCount - 1);
  const tree = noTree(graph.vertexCount);
  const reached = growRandomTree(rng, graph, source, tree);
  const { order, parents, distances } = tree;
  return { source, order: order.slice(0, reached), parents, distances };
}

/** Room for one tree after the other: see {@link growRandomTree}. All by vertex but the order. */
export interface GrowingTree {
  readonly order: Uint32Array;
  readonly parents: Int32Array;
  readonly distances: Int32Array;
  /** Predecessors on shortest paths met so far, of those reached. */
  readonly met: Uint32Array;
}

/** A tree without vertices in a graph of so many. */
export function noTree(vertexCount: number): GrowingTree {
  return {
    order: new Uint32Array(vertexCount),
    parents: new Int32Array(vertexCount).fill(NONE),
    distances: new Int32Array(vertexCount).fill(NONE),
    met: new Uint32Array(vertexCount),
  };
}

/**
 * The search behind {@link randomTree}, in arrays of the caller's that serve for many.
 *
 * @param tree - where it grows; all its distances are NONE before
 * @returns how many vertices are reached: so many are in the order
 */
export function growRandomTree(
  rng: Rng,
  { offsets, targets }: Digraph,
  source: number,
  { order, parents, distances, met }: GrowingTree,
): number {
  order[0] = source;
  distances[source] = 0;
  let reached = 1;
  for (let next = 0; next < reached; next++) {
    const u = order[next]!;
    const below = distances[u]! + 1;
    for (let link = offsets[u]!; link < offsets[u + 1]!; link++) {
      const v = targets[link]!;
      if (distances[v] === NONE) {
        distances[v] = below;
        parents[v] = u;
        met[v] = 1;
        order[reached++] = v;
      } else if (distances[v] === below && sampleIndex(rng, ++met[v]!) === 0) {
        // The k-th predecessor takes over with probability 1/k, which leaves all of them equally likely.
        parents[v] = u;
      }
    }
  }
  return reached;
}

/** The tree of each source: rule `first` or `random`, or trees of one's own. */
export type TreeOf = (source: number) => BreadthFirstTree;

/**
 * The trees of rule `random` that belong to a seed: that of source x is drawn from the stream (seed, "ties", x), so
 * that it is the same in every process, trajectory and spectrum of the graph with this seed.
 *
 * @param seed - non-negative safe integer
 */
export function randomTrees(seed: number, graph: Digraph): TreeOf {
  const streamOf = treeStreams(seed);
  return (source) => randomTree(streamOf(source), graph, source);
}

/** The stream from which the tree of each source is drawn, by a seed. */
export function treeStreams(seed: number): (source: number) => Rng {
  return (source) => stream(seed, "ties", source);
}
