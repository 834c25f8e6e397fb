import { sampleIndex } from "../random/draws.ts";
import { type Rng, stream } from "../random/stream.ts";
import { type BreadthFirstTree, breadthFirstTree } from "./breadthFirst.ts";
import type { Digraph } from "./digraph.ts";

/**
 * A tree of shortest paths from one source in which each vertex has one parent drawn uniformly from its predecessors on
 * shortest paths, for itself: the tree of tie rule `random` [docs/theory.md, §1.2].
 *
 * @param rng - drawn from once for each predecessor beyond a vertex's first
 * @param graph - the graph to search
 * @param source - vertex id in [0, V)
 * @returns order and distances are those of {@link breadthFirstTree}; cost O(V + links scanned)
 * @throws {DomainError} if the source is no vertex
 */
export function randomTree(rng: Rng, graph: Digraph, source: number): BreadthFirstTree {
  const { offsets, targets } = graph;
  const tree = breadthFirstTree(graph, source);
  const { order, parents, distances } = tree;
  const met = new Uint32Array(graph.vertexCount);
  for (const u of order) {
    for (let link = offsets[u]!; link < offsets[u + 1]!; link++) {
      const v = targets[link]!;
      if (distances[v] !== distances[u]! + 1) continue;
      met[v]!++;
      // The k-th predecessor takes over with probability 1/k, which leaves all of them equally likely.
      if (met[v]! > 1 && sampleIndex(rng, met[v]!) === 0) parents[v] = u;
    }
  }
  return tree;
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
  return (source) => randomTree(stream(seed, "ties", source), graph, source);
}
