import type { Digraph } from "../graph/digraph.ts";

/**
 * Sources that need no search of their own [docs/engine.md]. From an entity with a single link one comes to one other,
 * and below that one the breadth-first trees of both are the same, but for the entity itself. It *follows* the other,
 * and so do those that come to it in turn through single links: their *leader*, the only one searched from.
 */
export interface Followers {
  /** By entity: its first follower, {@link NOBODY}, or {@link FOLLOWS} if it is a follower itself. */
  readonly first: Uint32Array;
  /** By follower: the next one with the same leader, or {@link NOBODY}. */
  readonly next: Uint32Array;
}

export const NOBODY = 2 ** 32 - 1;
export const FOLLOWS = NOBODY - 1;

/** Links from a follower to its leader, at most: what a follower costs grows with them, and few are further away. */
export const LONGEST_CHAIN = 8;

/** Not yet known, and being found out. */
const UNKNOWN = 255;
const PENDING = 254;

/**
 * Find who follows whom, and write it.
 *
 * @param most - followers that a leader may have; others are searched from themselves
 * @returns nothing; cost O(V)
 */
export function findFollowers(graph: Digraph, { first, next }: Followers, most: number): void {
  const links = linksToLeader(graph);
  const counts = new Uint32Array(graph.vertexCount);
  first.fill(NOBODY);
  for (let x = 0; x < graph.vertexCount; x++) {
    let leader = x;
    while (links[leader]! > 0) leader = onward(graph, leader);
    if (leader === x || counts[leader]! + 1 > most) continue;
    counts[leader]!++;
    next[x] = first[leader]!;
    first[leader] = x;
    first[x] = FOLLOWS;
  }
}

/** The end of the first link from `x`. */
function onward({ offsets, targets }: Digraph, x: number): number {
  return targets[offsets[x]!]!;
}

/** By entity: the number of single links to its leader; 0 for those that follow nobody. */
function linksToLeader(graph: Digraph): Uint8Array {
  const { vertexCount, offsets } = graph;
  const links = new Uint8Array(vertexCount).fill(UNKNOWN);
  const path: number[] = [];
  for (let x = 0; x < vertexCount; x++) {
    let end = x;
    while (links[end] === UNKNOWN) {
      if (offsets[end + 1]! - offsets[end]! !== 1) {
        links[end] = 0;
        break;
      }
      links[end] = PENDING;
      path.push(end);
      end = onward(graph, end);
    }
    // A cycle of single links has no end: where it was entered, it is led.
    if (links[end] === PENDING) links[end] = 0;
    for (let last = path.pop(); last !== undefined; last = path.pop()) {
      if (links[last] === PENDING) links[last] = (links[onward(graph, last)]! + 1) % (LONGEST_CHAIN + 1);
    }
  }
  return links;
}
