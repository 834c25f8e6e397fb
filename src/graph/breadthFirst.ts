import { requireInteger } from "../errors.ts";
import type { Digraph } from "./digraph.ts";

/** Marks a vertex that a search did not reach; also the parent of the source. */
export const NONE = -1;

/** A tree of shortest paths from one source. */
export interface BreadthFirstTree {
  readonly source: number;
  /** Reached vertices in order of discovery, the source first. */
  readonly order: Uint32Array;
  /** Parent by vertex, length V; {@link NONE} for the source and for vertices not reached. */
  readonly parents: Int32Array;
  /** Distance from the source by vertex, length V; {@link NONE} for vertices not reached. */
  readonly distances: Int32Array;
}

/**
 * The breadth-first tree of one source under tie rule `first`: out-neighbours are scanned in increasing id from a
 * first-in-first-out queue, and a vertex keeps the parent that discovered it.
 *
 * @param graph - the graph to search
 * @param source - vertex id in [0, V)
 * @returns the tree; cost O(V + links scanned)
 * @throws {DomainError} if the source is no vertex
 */
export function breadthFirstTree(graph: Digraph, source: number): BreadthFirstTree {
  const { vertexCount, offsets, targets } = graph;
  requireInteger("source", source, 0, vertexCount - 1);
  const order = new Uint32Array(vertexCount);
  const parents = new Int32Array(vertexCount).fill(NONE);
  const distances = new Int32Array(vertexCount).fill(NONE);
  order[0] = source;
  distances[source] = 0;
  let reached = 1;
  for (let next = 0; next < reached; next++) {
    const u = order[next]!;
    for (let link = offsets[u]!; link < offsets[u + 1]!; link++) {
      const v = targets[link]!;
      if (distances[v] !== NONE) continue;
      distances[v] = distances[u]! + 1;
      parents[v] = u;
      order[reached++] = v;
    }
  }
  return { source, order: order.slice(0, reached), parents, distances };
}
