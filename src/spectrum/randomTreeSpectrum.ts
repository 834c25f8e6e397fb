import { NONE } from "../graph/breadthFirst.ts";
import type { Digraph } from "../graph/digraph.ts";
import { growRandomTree, noTree, treeStreams } from "../graph/randomTree.ts";
import type { TieRule } from "../graph/tieRule.ts";
import type { GraphSpectrum } from "../growth/rateSpectrum.ts";
import type { Rng } from "../random/stream.ts";
import { type Sweep, spectrumBySource } from "./spectrumPart.ts";

/**
 * The spectrum under tie rule `random`: each vertex keeps one parent drawn uniformly from its predecessors on shortest
 * paths, one tree for each source [docs/theory.md, §4.5]. Sizes are those of subtrees, as under rule `first`.
 *
 * @param seed - of the trees; the tree of source x belongs to the stream (seed, "ties", x), so that it does not depend
 *   on what else is searched
 * @returns a generator that yields the number of sources done and returns the spectrum. Cost O(V(V + E))
 * @throws {DomainError} if the seed is not a non-negative safe integer
 */
export function* randomTreeSpectrumBySource(
  seed: number,
  graph: Digraph,
): Generator<number, GraphSpectrum, void> {
  return yield* spectrumBySource(graph, randomTreeSweep(graph, treeStreams(seed)));
}

/** Trees whose parents are drawn uniformly, one tree for each source, by a seed. */
export interface RandomTrees {
  readonly seed: number;
}

/** What decides the trees of a search: a tie rule of the process at every step, or a seed. */
export type SearchRule = TieRule | RandomTrees;

/**
 * A search that draws the tree of each source.
 *
 * @param streamOf - from which stream, by source
 */
export function randomTreeSweep(graph: Digraph, streamOf: (source: number) => Rng): Sweep {
  const { vertexCount } = graph;
  const tree = noTree(vertexCount);
  const { order, parents, distances } = tree;
  const size = new Uint32Array(vertexCount);
  const bySize = new Float64Array(vertexCount + 1);
  let reachable = 0;
  let distanceSum = 0;
  return {
    run(source) {
      const reached = growRandomTree(streamOf(source), graph, source, tree);
      for (let last = reached - 1; last > 0; last--) {
        const v = order[last]!;
        // Its children have been here and left their sizes.
        const own = size[v]! + 1;
        size[v] = 0;
        size[parents[v]!]! += own;
        if (distances[v]! > 1) bySize[own]!++;
        distanceSum += distances[v]!;
        distances[v] = NONE;
      }
      size[source] = 0;
      distances[source] = NONE;
      reachable += reached - 1;
    },
    part: () => ({
      reachablePairs: reachable,
      distanceSum,
      bySize: bySize.slice(),
      fractional: new Float64Array(),
      bins: undefined,
    }),
    reset() {
      bySize.fill(0);
      reachable = 0;
      distanceSum = 0;
    },
  };
}
