import type { Digraph } from "../graph/digraph.ts";
import type { GraphSpectrum } from "../growth/rateSpectrum.ts";
import { sampleIndex } from "../random/draws.ts";
import { stream } from "../random/stream.ts";
import { type SpectrumPart, spectrumOfPart } from "./spectrumPart.ts";

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
  const bySize = new Float64Array(graph.vertexCount + 1);
  const search = randomTrees(graph, bySize);
  let reachablePairs = 0;
  let distanceSum = 0;
  for (let source = 0; source < graph.vertexCount; source++) {
    const { reached, distances } = search(seed, source);
    reachablePairs += reached - 1;
    distanceSum += distances;
    yield source + 1;
  }
  const part: SpectrumPart = {
    reachablePairs,
    distanceSum,
    bySize,
    fractional: new Float64Array(),
    bins: undefined,
  };
  return spectrumOfPart(graph, part);
}

/** A search that counts the subtree sizes at distance 2 or more into `bySize`. */
function randomTrees({ vertexCount, offsets, targets }: Digraph, bySize: Float64Array) {
  const queue = new Uint32Array(vertexCount);
  const level = new Uint32Array(vertexCount);
  const parent = new Uint32Array(vertexCount);
  /** Predecessors met so far. */
  const met = new Uint32Array(vertexCount);
  const size = new Uint32Array(vertexCount);
  return (seed: number, source: number) => {
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
    let distances = 0;
    for (let last = reached - 1; last > 0; last--) {
      const v = queue[last]!;
      if (level[v]! > 2) bySize[size[v]!]!++;
      size[parent[v]!]! += size[v]!;
      distances += level[v]! - 1;
      level[v] = 0;
    }
    level[source] = 0;
    return { reached, distances };
  };
}
