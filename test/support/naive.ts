import type { Digraph } from "../../src/graph/digraph.ts";
import type { TieRule } from "../../src/graph/tieRule.ts";
import { linksOf } from "./graphs.ts";

/**
 * The definitions of docs/theory.md §1, written as plainly as possible and sharing nothing with src/: all simple
 * searches on adjacency lists, all shortest paths listed one by one.
 */

function neighbours(graph: Digraph): number[][] {
  const lists: number[][] = Array.from({ length: graph.vertexCount }, () => []);
  for (const [x, z] of linksOf(graph)) lists[x]!.push(z);
  for (const list of lists) list.sort((a, b) => a - b);
  return lists;
}

/** All shortest paths from x to y, as lists of vertices; empty if there is none. */
export function allShortestPaths(graph: Digraph, x: number, y: number): number[][] {
  const next = neighbours(graph);
  let paths = [[x]];
  for (let length = 0; length < graph.vertexCount; length++) {
    const found = paths.filter((path) => path.at(-1) === y);
    if (found.length > 0) return found;
    paths = paths.flatMap((path) =>
      next[path.at(-1)!]!.filter((z) => !path.includes(z)).map((z) => [...path, z]),
    );
  }
  return [];
}

/** The path from x to y in the breadth-first tree of rule `first`; empty if y is not reachable. */
function treePath(graph: Digraph, x: number, y: number): number[] {
  const next = neighbours(graph);
  const pathTo = new Map([[x, [x]]]);
  // A Map keeps the order of insertion, so that walking it while it grows is a queue.
  for (const [u, path] of pathTo) {
    for (const z of next[u]!) if (!pathTo.has(z)) pathTo.set(z, [...path, z]);
  }
  return pathTo.get(y) ?? [];
}

/** The paths a step may take for the pair (x, y), equally likely. */
export function possiblePaths(graph: Digraph, x: number, y: number, ties: TieRule): number[][] {
  if (ties === "uniform") return allShortestPaths(graph, x, y);
  const path = treePath(graph, x, y);
  return path.length === 0 ? [] : [path];
}
