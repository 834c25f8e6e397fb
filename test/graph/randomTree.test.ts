import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/errors.ts";
import { breadthFirstTree } from "../../src/graph/breadthFirst.ts";
import { randomTree, randomTrees } from "../../src/graph/randomTree.ts";
import { type Rng, stream } from "../../src/random/stream.ts";
import { randomTreeSpectrumBySource } from "../../src/spectrum/randomTreeSpectrum.ts";
import { finished } from "../support/generators.ts";
import { anyDigraph, graphOf } from "../support/graphs.ts";
import { allShortestPaths } from "../support/naive.ts";

function scripted(...values: number[]): Rng {
  return {
    nextFloat() {
      const value = values.shift();
      if (value === undefined) throw new Error("drawn from more often than expected");
      return value;
    },
  };
}

describe("randomTree", () => {
  it("finds what every search finds, and a predecessor on a shortest path for each vertex", () => {
    fc.assert(
      fc.property(anyDigraph(8), fc.nat(), (graph, seed) => {
        for (let source = 0; source < graph.vertexCount; source++) {
          const { parents, ...found } = randomTree(stream(seed, "tree"), graph, source);
          const { parents: firstParents, ...first } = breadthFirstTree(graph, source);
          expect(found).toEqual(first);
          parents.forEach((parent, v) => {
            const predecessors = allShortestPaths(graph, source, v).map((path) => path.at(-2));
            if (firstParents[v] === -1) expect(parent).toBe(-1);
            else expect(predecessors).toContain(parent);
          });
        }
      }),
      { numRuns: 50 },
    );
  });

  it("refuses a source that is no vertex", () => {
    const graph = graphOf(2, [[0, 1]]);
    for (const source of [-1, 2, 3, 0.5])
      expect(() => randomTree(scripted(), graph, source)).toThrow(DomainError);
  });

  it("takes each of three predecessors as often, and draws for no vertex that has one", () => {
    // 0 → {1, 2, 3} → 4 → 5: two draws decide, the first of two equal parts, the second of three.
    const graph = graphOf(6, [
      [0, 1],
      [0, 2],
      [0, 3],
      [1, 4],
      [2, 4],
      [3, 4],
      [4, 5],
    ]);
    const taken = [1, 3].flatMap((second) =>
      [1, 3, 5].map((third) => randomTree(scripted(second / 4, third / 6), graph, 0).parents[4]!),
    );
    expect(taken.sort()).toEqual([1, 1, 2, 2, 3, 3]);
  });

  it("grows the very trees whose subtrees the spectrum of rule random counts", () => {
    fc.assert(
      fc.property(anyDigraph(10), fc.nat(), (graph, seed) => {
        const treeOf = randomTrees(seed, graph);
        const counts = new Map<number, number>();
        for (let source = 0; source < graph.vertexCount; source++) {
          const { order, parents, distances } = treeOf(source);
          const size = new Float64Array(graph.vertexCount).fill(1);
          for (const v of order.slice(1).reverse()) {
            size[parents[v]!]! += size[v]!;
            if (distances[v]! >= 2) counts.set(size[v]!, (counts.get(size[v]!) ?? 0) + 1);
          }
        }
        const spectrum = finished(randomTreeSpectrumBySource(seed, graph));
        expect([...counts].sort(([a], [b]) => a - b)).toEqual(
          Array.from(spectrum.sizes, (size, i) => [size, spectrum.counts[i]]),
        );
      }),
    );
  });
});
