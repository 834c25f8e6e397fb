import type { Digraph } from "../graph/digraph.ts";
import { sampleIndex } from "../random/draws.ts";
import type { Rng } from "../random/stream.ts";

/**
 * Sizes of the subtrees of one random shortest-path tree for each source (tie rule `random`: every vertex keeps one
 * parent, uniform among its predecessors on shortest paths) [docs/theory.md §5].
 *
 * @param rng - consumed once for each predecessor beyond the first
 * @returns how many pairs at distance 2 or more have each size, length V + 1; their mean over trees is what the level
 *   chain is about. Cost O(V(V + E))
 */
export function randomTreeSizes(rng: Rng, { vertexCount, offsets, targets }: Digraph): Float64Array {
  const queue = new Uint32Array(vertexCount);
  const level = new Uint32Array(vertexCount);
  const parent = new Uint32Array(vertexCount);
  const candidates = new Uint32Array(vertexCount);
  const size = new Uint32Array(vertexCount);
  const countBySize = new Float64Array(vertexCount + 1);
  for (let source = 0; source < vertexCount; source++) {
    level[source] = 1;
    queue[0] = source;
    let reached = 1;
    for (let next = 0; next < reached; next++) {
      const u = queue[next]!;
      const below = level[u]! + 1;
      size[u] = 1;
      for (let link = offsets[u]!; link < offsets[u + 1]!; link++) {
        const v = targets[link]!;
        if (level[v] === 0) {
          level[v] = below;
          candidates[v] = 1;
          parent[v] = u;
          queue[reached++] = v;
        } else if (level[v] === below && sampleIndex(rng, ++candidates[v]!) === 0) {
          // The k-th candidate replaces the one before with probability 1/k: all are equally likely.
          parent[v] = u;
        }
      }
    }
    for (let last = reached - 1; last >= 0; last--) {
      const v = queue[last]!;
      if (level[v]! > 2) countBySize[size[v]!]!++;
      if (last > 0) size[parent[v]!]! += size[v]!;
      level[v] = 0;
    }
  }
  return countBySize;
}
