import type { Digraph } from "../graph/digraph.ts";

/**
 * Out-neighbours in blocks of equal length, for searches without a loop over a row [docs/engine.md].
 *
 * A vertex has as many consecutive blocks as its links need, at least one; its id is the number of its first block.
 * Vertices with one block come first, then those with two, then the others, so that comparing an id tells which.
 * Slots left over hold the sentinel, the id after the last, whose own block follows and is never searched.
 */
export interface BlockLayout {
  /** K, the slots of a block. */
  readonly slots: 3 | 4 | 8;
  /** Bytes of an id: 2 while the sentinel is below 2¹⁶. */
  readonly idBytes: 2 | 4;
  /** Number of blocks; the id of the sentinel. */
  readonly blocks: number;
  /** First id of a vertex with more than one block. */
  readonly two: number;
  /** First id of a vertex with more than two. */
  readonly many: number;
}

/** Number of links from `x`. */
function outDegree({ offsets }: Digraph, x: number): number {
  return offsets[x + 1]! - offsets[x]!;
}

/**
 * The layout for a graph. Slots follow the mean number of links: more of them waste reads on the sentinel, fewer send
 * more vertices through the loop over further blocks. The limits are measured, on random graphs.
 */
export function blockLayout(graph: Digraph): BlockLayout {
  const { vertexCount, targets } = graph;
  const mean = targets.length / vertexCount;
  const slots = mean < 2.2 ? 3 : mean < 6 ? 4 : 8;
  let one = 0;
  let exactlyTwo = 0;
  let longer = 0;
  for (let x = 0; x < vertexCount; x++) {
    const count = blocksOf(graph, x, slots);
    if (count === 1) one++;
    else if (count === 2) exactlyTwo++;
    else longer += count;
  }
  const many = one + 2 * exactlyTwo;
  const blocks = many + longer;
  return { slots, idBytes: blocks < 65_536 ? 2 : 4, blocks, two: one, many };
}

function blocksOf(graph: Digraph, x: number, slots: number): number {
  return Math.max(1, Math.ceil(outDegree(graph, x) / slots));
}

/** Give every vertex its id: `ids` has length V and is filled. Vertices of a class keep their order. */
export function assignIds(graph: Digraph, layout: BlockLayout, ids: Uint32Array): void {
  const next = [0, layout.two, layout.many];
  for (let x = 0; x < graph.vertexCount; x++) {
    const count = blocksOf(graph, x, layout.slots);
    const group = Math.min(count, 3) - 1;
    ids[x] = next[group]!;
    next[group]! += count;
  }
}

/**
 * Write the links of every vertex, in increasing order of the vertices they lead to, and the block counts of vertices
 * with more than two blocks.
 *
 * @param ids - from {@link assignIds}
 * @param rows - length (blocks + 1)·slots
 * @param lengths - length blocks − many, by id − many
 */
export function writeRows(
  graph: Digraph,
  layout: BlockLayout,
  ids: Uint32Array,
  rows: Uint16Array | Uint32Array,
  lengths: Uint32Array,
): void {
  const { vertexCount, offsets, targets } = graph;
  const { slots, blocks, many } = layout;
  rows.fill(blocks);
  for (let x = 0; x < vertexCount; x++) {
    const id = ids[x]!;
    if (id >= many) lengths[id - many] = blocksOf(graph, x, slots);
    let slot = id * slots;
    for (let link = offsets[x]!; link < offsets[x + 1]!; link++) rows[slot++] = ids[targets[link]!]!;
  }
}
