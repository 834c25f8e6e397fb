import type { Digraph } from "./digraph.ts";

/** A division of the entities into groups. */
export interface Components {
  /** Group by entity; groups are numbered from 0. */
  readonly groupOf: Uint32Array;
  /** Number of entities by group. */
  readonly sizes: Uint32Array;
}

/**
 * Strongly connected components: x and y belong together if each is reachable from the other [Tarjan1972]. Without
 * recursion, so that long paths do not overflow a stack.
 *
 * @returns groups in reverse topological order: links between groups lead to smaller numbers. Cost O(V + E)
 */
export function strongComponents({ vertexCount, offsets, targets }: Digraph): Components {
  const groupOf = new Uint32Array(vertexCount);
  /** Order of discovery, from 1; 0 for unseen. */
  const index = new Uint32Array(vertexCount);
  const low = new Uint32Array(vertexCount);
  const nextLink = offsets.slice(0, vertexCount);
  const isOpen = new Uint8Array(vertexCount);
  const open = new Uint32Array(vertexCount);
  const calls = new Uint32Array(vertexCount);
  const sizes: number[] = [];
  let openCount = 0;
  let found = 0;
  let depth = 0;
  const enter = (v: number) => {
    index[v] = low[v] = ++found;
    open[openCount++] = v;
    isOpen[v] = 1;
    calls[depth++] = v;
  };
  const close = (root: number) => {
    const start = openCount;
    do {
      openCount--;
      const v = open[openCount]!;
      isOpen[v] = 0;
      groupOf[v] = sizes.length;
    } while (open[openCount] !== root);
    sizes.push(start - openCount);
  };
  for (let start = 0; start < vertexCount; start++) {
    if (index[start] !== 0) continue;
    enter(start);
    while (depth > 0) {
      const v = calls[depth - 1]!;
      if (nextLink[v]! < offsets[v + 1]!) {
        const w = targets[nextLink[v]!++]!;
        if (index[w] === 0) enter(w);
        else if (isOpen[w] === 1) low[v] = Math.min(low[v]!, index[w]!);
        continue;
      }
      depth--;
      if (low[v] === index[v]) close(v);
      if (depth > 0) low[calls[depth - 1]!] = Math.min(low[calls[depth - 1]!]!, low[v]!);
    }
  }
  return { groupOf, sizes: Uint32Array.from(sizes) };
}

/** Weakly connected components: connected if links counted in both directions. Cost nearly O(V + E). */
export function weakComponents({ vertexCount, offsets, targets }: Digraph): Components {
  const leader = Uint32Array.from({ length: vertexCount }, (_, v) => v);
  const find = (v: number) => {
    let root = v;
    while (leader[root] !== root) {
      // Halving the path keeps later searches short.
      leader[root] = leader[leader[root]!]!;
      root = leader[root]!;
    }
    return root;
  };
  for (let x = 0; x < vertexCount; x++) {
    for (let link = offsets[x]!; link < offsets[x + 1]!; link++) {
      const [a, b] = [find(x), find(targets[link]!)];
      leader[Math.max(a, b)] = Math.min(a, b);
    }
  }
  const groupOf = new Uint32Array(vertexCount);
  const sizes: number[] = [];
  for (let v = 0; v < vertexCount; v++) {
    // A leader is the least of its group, so that its number is known when the others come.
    const root = find(v);
    if (root === v) groupOf[v] = sizes.push(0) - 1;
    else groupOf[v] = groupOf[root]!;
    sizes[groupOf[v]!]!++;
  }
  return { groupOf, sizes: Uint32Array.from(sizes) };
}

/** Number of the largest group, the first of them if there are several. */
export function largestComponent({ sizes }: Components): number {
  return sizes.reduce((best, size, group) => (size > sizes[best]! ? group : best), 0);
}

/** For every entity whether it reaches the given strong component (1) or not (0). Cost O(V + E). */
export function reachesComponent(
  { vertexCount, offsets, targets }: Digraph,
  components: Components,
  group: number,
): Uint8Array {
  const groupReaches = new Uint8Array(components.sizes.length);
  groupReaches[group] = 1;
  const members = membersByGroup(components);
  // Links lead to smaller numbers, so that what a group reaches is settled before the group comes.
  for (const v of members) {
    const own = components.groupOf[v]!;
    for (let link = offsets[v]!; link < offsets[v + 1]! && groupReaches[own] === 0; link++) {
      groupReaches[own] = groupReaches[components.groupOf[targets[link]!]!]!;
    }
  }
  return Uint8Array.from({ length: vertexCount }, (_, v) => groupReaches[components.groupOf[v]!]!);
}

/** Entities in ascending order of their groups. */
function membersByGroup({ groupOf, sizes }: Components): Uint32Array {
  const next = new Uint32Array(sizes.length + 1);
  sizes.forEach((size, group) => {
    next[group + 1] = next[group]! + size;
  });
  const members = new Uint32Array(groupOf.length);
  groupOf.forEach((group, v) => {
    members[next[group]!++] = v;
  });
  return members;
}
