import type { Digraph } from "../graph/digraph.ts";
import type { TieRule } from "../graph/tieRule.ts";
import type { GraphSpectrum } from "../growth/rateSpectrum.ts";
import { sampleIndex } from "../random/draws.ts";
import { stream } from "../random/stream.ts";
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
  return yield* spectrumBySource(graph, randomTreeSweep(graph, seed));
}

/** Trees whose parents are drawn uniformly, one tree for each source, by a seed. */
export interface RandomTrees {
  readonly seed: number;
}

/** What decides the trees of a search: a tie rule of the process at every step, or a seed. */
export type SearchRule = TieRule | RandomTrees;

/** A search that draws the tree of each source. */
export function randomTreeSweep({ vertexCount, offsets, targets }: Digraph, seed: number): Sweep {
  const queue = new Uint32Array(vertexCount);
  // Distance plus one, zero for unseen.
  const level = new Uint32Array(vertexCount);
  const parent = new Uint32Array(vertexCount);
  /** Predecessors met so far. */
  const met = new Uint32Array(vertexCount);
  const size = new Uint32Array(vertexCount);
  const bySize = new Float64Array(vertexCount + 1);
  let reachable = 0;
  let distances = 0;
  return {
    run(source) {
      const rng = stream(seed, "ties", source);
      queue[0] = source;
      level[source] = 1;
      let reached = 1;
      for (let next = 0; next < reached; next++) {
        const u = queue[next]!;
        for (let link = offsets[u]!; link < offsets[u + 1]!; link++) {
          const v = targets[link]!;
          if (level[v] === 0) {
            level[v] = level[u]! + 1;
            met[v] = 0;
            size[v] = 1;
            queue[reached++] = v;
          }
          // The k-th predecessor takes over with probability 1/k, which leaves all of them equally likely.
          if (level[v] !== level[u]! + 1) continue;
          met[v]!++;
          if (met[v] === 1 || sampleIndex(rng, met[v]!) === 0) parent[v] = u;
        }
      }
      for (let last = reached - 1; last > 0; last--) {
        const v = queue[last]!;
        if (level[v]! > 2) bySize[size[v]!]!++;
        size[parent[v]!]! += size[v]!;
        distances += level[v]! - 1;
        level[v] = 0;
      }
      level[source] = 0;
      reachable += reached - 1;
    },
    part: () => ({
      reachablePairs: reachable,
      distanceSum: distances,
      bySize: bySize.slice(),
      fractional: new Float64Array(),
      bins: undefined,
    }),
    reset() {
      bySize.fill(0);
      reachable = 0;
      distances = 0;
    },
  };
}
