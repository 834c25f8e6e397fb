import fc from "fast-check";
import { type Digraph, digraphFromLinks } from "../../src/graph/digraph.ts";

export type Link = readonly [number, number];

/** A graph from a list of links. */
export function graphOf(vertexCount: number, links: readonly Link[]): Digraph {
  const tails = links.map(([tail]) => tail);
  const heads = links.map(([, head]) => head);
  return digraphFromLinks(vertexCount, tails, heads).graph;
}

/** All links of a graph. */
export function linksOf({ vertexCount, offsets, targets }: Digraph): Link[] {
  return Array.from({ length: vertexCount }, (_, x) =>
    Array.from(targets.subarray(offsets[x], offsets[x + 1]), (z): Link => [x, z]),
  ).flat();
}

/** Links by name, in the order of the alphabet. */
export function namedLinks(graph: Digraph): string[] {
  const name = (id: number) => graph.labels?.[id] ?? String(id);
  return linksOf(graph)
    .map(([tail, head]) => `${name(tail)} → ${name(head)}`)
    .sort();
}

/** The same graph with vertex x called `name[x]`. */
export function relabelled(graph: Digraph, name: readonly number[]): Digraph {
  return graphOf(
    graph.vertexCount,
    linksOf(graph).map(([x, z]): Link => [name[x]!, name[z]!]),
  );
}

/** Both graphs side by side. */
export function disjointUnion(a: Digraph, b: Digraph): Digraph {
  const shifted = linksOf(b).map(([x, z]): Link => [x + a.vertexCount, z + a.vertexCount]);
  return graphOf(a.vertexCount + b.vertexCount, [...linksOf(a), ...shifted]);
}

/** Digraph number `code` on V vertices: bit i says whether the i-th ordered pair is a link. */
export function digraphNumber(vertexCount: number, code: number): Digraph {
  return graphOf(
    vertexCount,
    orderedPairs(vertexCount).filter((_, bit) => (code >> bit) & 1),
  );
}

/** All ordered pairs of different vertices. */
export function orderedPairs(vertexCount: number): Link[] {
  const ids = Array.from({ length: vertexCount }, (_, i) => i);
  return ids.flatMap((x) => ids.filter((y) => y !== x).map((y): Link => [x, y]));
}

export function path(vertexCount: number): Digraph {
  return graphOf(
    vertexCount,
    Array.from({ length: vertexCount - 1 }, (_, i): Link => [i, i + 1]),
  );
}

export function cycle(vertexCount: number): Digraph {
  return graphOf(
    vertexCount,
    Array.from({ length: vertexCount }, (_, i): Link => [i, (i + 1) % vertexCount]),
  );
}

export function star(vertexCount: number): Digraph {
  return graphOf(
    vertexCount,
    Array.from({ length: vertexCount - 1 }, (_, i): Link => [0, i + 1]),
  );
}

export function complete(vertexCount: number): Digraph {
  return graphOf(vertexCount, orderedPairs(vertexCount));
}

/**
 * Graphs of all kinds: sparse and dense random links (isolated vertices, ties, cycles and self-loops to be dropped
 * among them), layered graphs full of ties, and the standard shapes.
 */
export function anyDigraph(maxVertices = 14): fc.Arbitrary<Digraph> {
  const size = fc.integer({ min: 2, max: maxVertices });
  const random = size.chain((n) =>
    fc.array(fc.tuple(fc.nat(n - 1), fc.nat(n - 1)), { maxLength: 3 * n }).map((links) => graphOf(n, links)),
  );
  const layered = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 4 }).chain((widths) => {
    const starts = widths.map((_, i) => widths.slice(0, i).reduce((a, b) => a + b, 0));
    const links = widths
      .slice(1)
      .flatMap((width, i) =>
        Array.from({ length: widths[i]! }, (_, u) =>
          Array.from({ length: width }, (_, v): Link => [starts[i]! + u, starts[i + 1]! + v]),
        ).flat(),
      );
    const total = widths.reduce((a, b) => a + b, 0);
    // Renaming makes "increasing id" differ from the order of construction.
    return shuffledIds(total).map((name) => relabelled(graphOf(total, links), name));
  });
  const shapes = fc.tuple(fc.constantFrom(path, cycle, star, complete), size).map(([shape, n]) => shape(n));
  return fc.oneof({ weight: 4, arbitrary: random }, { weight: 2, arbitrary: layered }, shapes);
}

/** A permutation of 0 … n − 1. */
export function shuffledIds(n: number): fc.Arbitrary<number[]> {
  const ids = Array.from({ length: n }, (_, i) => i);
  return fc.shuffledSubarray(ids, { minLength: n, maxLength: n });
}
