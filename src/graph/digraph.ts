import { DomainError, requireInteger } from "../errors.ts";

/**
 * The largest number of entities: the count V(V − 1) of ordered pairs must be exact in a double, and
 * 94 906 266 · 94 906 265 is the largest such product below 2⁵³.
 */
export const MAX_ENTITIES = 94_906_266;

/**
 * A directed graph without self-loops or repeated links, in compressed sparse rows: the out-neighbours of `x`
 * are `targets[offsets[x]] … targets[offsets[x + 1] − 1]`, in increasing order. Treat it as frozen.
 */
export interface Digraph {
  /** V, the number of entities; ids run from 0 to V − 1. */
  readonly vertexCount: number;
  /** Length V + 1, from 0 to the number of links. */
  readonly offsets: Uint32Array;
  /** The head of every link, grouped by tail. */
  readonly targets: Uint32Array;
  /** Names of the entities by id, where the source of the graph gave names; otherwise undefined. */
  readonly labels?: readonly string[];
}

/** What {@link digraphFromLinks} left out because a relation needs two entities and is stated once. */
export interface DroppedLinks {
  readonly selfLoops: number;
  readonly repeated: number;
}

/** Number of links |E|. */
export function linkCount(graph: Digraph): number {
  return graph.targets.length;
}

/**
 * Number of ordered pairs of different entities, N = V(V − 1).
 *
 * @param vertexCount - V; integer in [1, {@link MAX_ENTITIES}]
 */
export function pairCount(vertexCount: number): number {
  return vertexCount * (vertexCount - 1);
}

/** 1 for every entity that a link begins or ends at, by id. */
export function linkedEntities({ vertexCount, offsets, targets }: Digraph): Uint8Array {
  const linked = new Uint8Array(vertexCount);
  for (const head of targets) linked[head] = 1;
  for (let tail = 0; tail < vertexCount; tail++) if (offsets[tail + 1]! > offsets[tail]!) linked[tail] = 1;
  return linked;
}

/** Whether the link `(tail, head)` is in the graph; cost O(log out-degree). */
export function hasLink(graph: Digraph, tail: number, head: number): boolean {
  let low = graph.offsets[tail]!;
  let high = graph.offsets[tail + 1]!;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (graph.targets[middle]! < head) low = middle + 1;
    else high = middle;
  }
  return low < graph.offsets[tail + 1]! && graph.targets[low] === head;
}

/**
 * Build a graph from parallel arrays of link ends. Self-loops and repeated links are dropped and counted.
 *
 * Two stable counting sorts, by head and then by tail: O(V + E) time, no comparisons.
 *
 * @param vertexCount - V; integer in [1, {@link MAX_ENTITIES}]
 * @param tails - first ends, ids in [0, V)
 * @param heads - second ends, ids in [0, V); as long as `tails`
 * @param labels - names of the entities, length V, if they have names
 * @throws {DomainError} if V or an id is outside its range
 * @example digraphFromLinks(3, [0, 1], [1, 2]).graph
 */
export function digraphFromLinks(
  vertexCount: number,
  tails: ArrayLike<number>,
  heads: ArrayLike<number>,
  labels?: readonly string[],
): { graph: Digraph; dropped: DroppedLinks } {
  requireInteger("vertexCount", vertexCount, 1, MAX_ENTITIES);
  if (heads.length !== tails.length) {
    throw new DomainError("heads", heads.length, `as long as tails (${tails.length})`);
  }
  if (labels && labels.length !== vertexCount) {
    throw new DomainError("labels", labels.length, `as long as vertexCount (${vertexCount})`);
  }
  for (const ends of [tails, heads]) {
    for (let i = 0; i < ends.length; i++) requireInteger("entity id", ends[i]!, 0, vertexCount - 1);
  }
  const byHead = stableOrder(heads, identityOrder(heads.length), vertexCount);
  const byTailThenHead = stableOrder(tails, byHead, vertexCount);

  const offsets = new Uint32Array(vertexCount + 1);
  const targets = new Uint32Array(tails.length);
  let kept = 0;
  let selfLoops = 0;
  let previousTail = -1;
  let previousHead = -1;
  for (const link of byTailThenHead) {
    const tail = tails[link]!;
    const head = heads[link]!;
    if (tail === head) {
      selfLoops++;
    } else if (tail !== previousTail || head !== previousHead) {
      targets[kept++] = head;
      offsets[tail + 1]!++;
      previousTail = tail;
      previousHead = head;
    }
  }
  for (let x = 0; x < vertexCount; x++) offsets[x + 1]! += offsets[x]!;
  const graph = { vertexCount, offsets, targets: targets.slice(0, kept), ...(labels && { labels }) };
  return { graph, dropped: { selfLoops, repeated: tails.length - kept - selfLoops } };
}

function identityOrder(length: number): Uint32Array {
  return Uint32Array.from({ length }, (_, i) => i);
}

/** The items of `order`, sorted by `keys[item]` in [0, keyCount), items with equal keys in the order given. */
function stableOrder(keys: ArrayLike<number>, order: Uint32Array, keyCount: number): Uint32Array {
  const next = new Uint32Array(keyCount + 1);
  for (const item of order) next[keys[item]! + 1]!++;
  for (let key = 0; key < keyCount; key++) next[key + 1]! += next[key]!;
  const sorted = new Uint32Array(order.length);
  for (const item of order) sorted[next[keys[item]!]!++] = item;
  return sorted;
}
