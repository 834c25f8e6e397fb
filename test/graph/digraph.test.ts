import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/errors.ts";
import { breadthFirstTree, NONE } from "../../src/graph/breadthFirst.ts";
import {
  digraphFromLinks,
  hasLink,
  linkCount,
  linkedEntities,
  MAX_ENTITIES,
  pairCount,
} from "../../src/graph/digraph.ts";
import { anyDigraph, graphOf, linksOf, orderedPairs } from "../support/graphs.ts";
import { allShortestPaths } from "../support/naive.ts";

describe("linkedEntities", () => {
  it("are those at either end of a link", () => {
    fc.assert(
      fc.property(anyDigraph(), (graph) => {
        const ends = new Set(linksOf(graph).flat());
        const expected = Array.from({ length: graph.vertexCount }, (_, x) => (ends.has(x) ? 1 : 0));
        expect([...linkedEntities(graph)]).toEqual(expected);
      }),
    );
  });
});

describe("digraphFromLinks", () => {
  it("keeps each link once, sorted, and counts what it drops", () => {
    const links = fc
      .integer({ min: 1, max: 9 })
      .chain((n) =>
        fc.tuple(fc.constant(n), fc.array(fc.tuple(fc.nat(n - 1), fc.nat(n - 1)), { maxLength: 40 })),
      );
    fc.assert(
      fc.property(links, ([n, given]) => {
        const tails = given.map(([x]) => x);
        const heads = given.map(([, z]) => z);
        const { graph, dropped } = digraphFromLinks(n, tails, heads);
        const kept = new Set(given.filter(([x, z]) => x !== z).map(([x, z]) => x * n + z));
        const expected = [...kept].sort((a, b) => a - b).map((code) => [Math.floor(code / n), code % n]);
        expect(linksOf(graph)).toEqual(expected);
        expect(dropped.selfLoops).toBe(given.filter(([x, z]) => x === z).length);
        expect(dropped.repeated).toBe(given.length - dropped.selfLoops - kept.size);
        for (const [x, z] of orderedPairs(n)) expect(hasLink(graph, x, z)).toBe(kept.has(x * n + z));
      }),
    );
  });

  it("refuses ids outside the graph and sizes outside the mathematics", () => {
    expect(() => digraphFromLinks(3, [0], [3])).toThrow("entity id must be an integer from 0 to 2, got 3");
    expect(() => digraphFromLinks(3, [-1], [0])).toThrow(DomainError);
    expect(() => digraphFromLinks(0, [], [])).toThrow(DomainError);
    expect(() => digraphFromLinks(2.5, [], [])).toThrow(DomainError);
    expect(() => digraphFromLinks(2, [0, 1], [1])).toThrow(DomainError);
    expect(() => digraphFromLinks(2, [0], [1], ["only one"])).toThrow(DomainError);
  });

  it("allows as many entities as their pairs can be counted exactly", () => {
    expect(Number.isSafeInteger(pairCount(MAX_ENTITIES))).toBe(true);
    expect(Number.isSafeInteger(pairCount(MAX_ENTITIES + 1))).toBe(false);
  });
});

describe("breadthFirstTree", () => {
  it("finds all that is reachable, along shortest paths", () => {
    fc.assert(
      fc.property(anyDigraph(9), (graph) => {
        for (let x = 0; x < graph.vertexCount; x++) {
          const tree = breadthFirstTree(graph, x);
          for (let y = 0; y < graph.vertexCount; y++) {
            const [shortest] = allShortestPaths(graph, x, y);
            expect(tree.distances[y]).toBe(shortest ? shortest.length - 1 : NONE);
            if (!shortest || y === x) continue;
            expect(hasLink(graph, tree.parents[y]!, y)).toBe(true);
            expect(tree.distances[tree.parents[y]!]).toBe(tree.distances[y]! - 1);
          }
          expect(tree.parents[x]).toBe(NONE);
          expect(new Set(tree.order).size).toBe(tree.order.length);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("gives a vertex to the parent that was queued first, not to the smallest", () => {
    // 3 is queued before 1 (0 → 2 → 3, 0 → 4 → 1), so that 5 belongs to 3.
    const graph = graphOf(6, [
      [0, 2],
      [0, 4],
      [2, 3],
      [4, 1],
      [1, 5],
      [3, 5],
    ]);
    expect(breadthFirstTree(graph, 0).parents[5]).toBe(3);
    expect([...breadthFirstTree(graph, 0).order]).toEqual([0, 2, 4, 3, 1, 5]);
  });

  it("refuses a source outside the graph", () => {
    expect(() => breadthFirstTree(graphOf(2, [[0, 1]]), 2)).toThrow(DomainError);
  });

  it("counts links", () => {
    expect(
      linkCount(
        graphOf(3, [
          [0, 1],
          [1, 2],
          [0, 1],
        ]),
      ),
    ).toBe(2);
  });
});
