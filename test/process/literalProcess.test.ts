import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/errors.ts";
import { linkCount } from "../../src/graph/digraph.ts";
import { randomTrees } from "../../src/graph/randomTree.ts";
import { TIE_RULES } from "../../src/graph/tieRule.ts";
import {
  type LiteralProcess,
  literalProcess,
  MAX_LITERAL_ENTITIES,
  replicableProcess,
} from "../../src/process/literalProcess.ts";
import { type Rng, stream } from "../../src/random/stream.ts";
import { exactSpectrum } from "../../src/spectrum/exactSpectrum.ts";
import { anyDigraph, graphOf, linksOf, orderedPairs } from "../support/graphs.ts";
import { possiblePaths } from "../support/naive.ts";

/** A generator that makes the process draw the pair (x, y), then takes `then` for the choices of the path. */
function drawing(n: number, x: number, y: number, ...then: number[]): Rng {
  const values = [(x + 0.5) / n, ((y < x ? y : y - 1) + 0.5) / (n - 1), ...then];
  return { nextFloat: () => values.shift() ?? 0.5 };
}

describe.each(TIE_RULES)("literalProcess, rule %s", (ties) => {
  it("takes a path of the definition and learns the links from its source, once", () => {
    fc.assert(
      fc.property(anyDigraph(8), fc.nat(), (graph, seed) => {
        const process = literalProcess(graph, ties);
        const rng = stream(seed, "process");
        const known = new Set(linksOf(graph).map(String));
        for (let t = 1; t <= 60; t++) {
          const { source, target, path, learned } = process.step(rng);
          expect(source).not.toBe(target);
          const possible = possiblePaths(graph, source, target, ties);
          if (possible.length === 0) expect(path).toEqual([]);
          else expect(possible).toContainEqual(path);
          const fresh = path.slice(1).filter((z) => !known.has(String([source, z])));
          expect(learned).toEqual(fresh);
          for (const z of fresh) known.add(String([source, z]));
          expect(process.steps).toBe(t);
          expect(process.knownLinks).toBe(known.size);
        }
        for (const pair of orderedPairs(graph.vertexCount)) {
          expect(process.isKnown(...pair)).toBe(known.has(String(pair)));
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe.each(TIE_RULES)("replicableProcess, rule %s", (ties) => {
  it("takes the very steps of processes of their own, however replicates are interleaved", () => {
    fc.assert(
      fc.property(anyDigraph(8), fc.nat(), (graph, seed) => {
        const start = replicableProcess(graph, ties);
        const run = (begin: () => LiteralProcess) => {
          const replicates = [0, 1, 2].map((number) => ({
            process: begin(),
            rng: stream(seed, "process", number),
          }));
          return Array.from({ length: 40 }, () => replicates.map(({ process, rng }) => process.step(rng)));
        };
        expect(run(start)).toEqual(run(() => literalProcess(graph, ties)));
      }),
      { numRuns: 50 },
    );
  });

  it("searches each source once for all replicates", () => {
    // The only links lead out of 0. How often a search looks where they begin is how often it looks at 0.
    const { vertexCount, offsets, targets } = graphOf(3, [
      [0, 1],
      [0, 2],
    ]);
    let searches = 0;
    const counted = new Proxy(targets, {
      get(links, index) {
        if (index === "0") searches++;
        const value: unknown = Reflect.get(links, index, links);
        return value;
      },
    });
    const start = replicableProcess({ vertexCount, offsets, targets: counted }, ties);
    start().step(drawing(3, 0, 1));
    const afterOne = searches;
    start();
    const atStart = searches - afterOne;
    start().step(drawing(3, 0, 2));
    expect(atStart).toBeGreaterThan(0);
    // The second process that steps looks at its own first links, as one that does not step, and searches no more.
    expect(searches).toBe(afterOne + 2 * atStart);
  });
});

describe("literalProcess, trees of rule random", () => {
  it("takes the path of the source's tree at every step", () => {
    fc.assert(
      fc.property(anyDigraph(8), fc.nat(), (graph, seed) => {
        const trees = randomTrees(seed, graph);
        const process = literalProcess(graph, trees);
        for (const [x, y] of orderedPairs(graph.vertexCount)) {
          const { parents, distances } = trees(x);
          const { path } = process.step(drawing(graph.vertexCount, x, y));
          expect(path.length).toBe(distances[y]! < 0 ? 0 : distances[y]! + 1);
          expect(path.slice(0, -1)).toEqual(path.slice(1).map((v) => parents[v]));
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe("literalProcess, rule first", () => {
  it("gains in the first step, over all pairs, exactly what the spectrum says", () => {
    fc.assert(
      fc.property(anyDigraph(10), (graph) => {
        const n = graph.vertexCount;
        let gained = 0;
        for (const [x, y] of orderedPairs(n)) {
          gained += literalProcess(graph, "first").step(drawing(n, x, y)).learned.length;
        }
        const { sizes, counts } = exactSpectrum(graph, "first");
        expect(gained).toBe(sizes.reduce((sum, size, i) => sum + size * counts[i]!, 0));
      }),
    );
  });
});

describe("literalProcess, rule uniform", () => {
  // 0 → {1, 2, 3}; 1 → 4, 2 → 4 and 3 → 5; {4, 5} → 6: of three shortest paths from 0 to 6 two lead through 4.
  const graph = graphOf(7, [
    [0, 1],
    [0, 2],
    [0, 3],
    [1, 4],
    [2, 4],
    [3, 5],
    [4, 6],
    [5, 6],
  ]);

  it("takes each shortest path with the same probability", () => {
    const paths = new Map<string, number>();
    // 60 by 60 equal steps through the two choices of the walk back cover the unit square evenly.
    for (let i = 0; i < 60; i++) {
      for (let j = 0; j < 60; j++) {
        const rng = drawing(7, 0, 6, (i + 0.5) / 60, (j + 0.5) / 60);
        const path = String(literalProcess(graph, "uniform").step(rng).path);
        paths.set(path, (paths.get(path) ?? 0) + 1);
      }
    }
    expect(Object.fromEntries(paths)).toEqual({ "0,1,4,6": 1200, "0,2,4,6": 1200, "0,3,5,6": 1200 });
  });
});

describe("literalProcess, a walk back with two predecessors", () => {
  // 0 → {1, 2} → 3: the walk back takes 1 for a number below one half, else 2.
  const graph = graphOf(4, [
    [0, 1],
    [0, 2],
    [1, 3],
    [2, 3],
  ]);

  it.each([
    [0, 1],
    [0.5 - 2 ** -53, 1],
    [0.5, 2],
    [1 - 2 ** -53, 2],
    // As if the total had been rounded up to.
    [1, 2],
  ])("for %d goes over %d", (number, through) => {
    const { path } = literalProcess(graph, "uniform").step(drawing(4, 0, 3, number));
    expect(path).toEqual([0, through, 3]);
  });

  it("counts paths over entities that are nearer only", () => {
    // 1 → 2 joins two entities at distance 1: no shortest path from 0 goes over it.
    const joined = graphOf(4, [
      [0, 1],
      [0, 2],
      [1, 2],
      [1, 3],
      [2, 3],
    ]);
    for (const [number, through] of [
      [0.49, 1],
      [0.51, 2],
    ] as const) {
      const { path } = literalProcess(joined, "uniform").step(drawing(4, 0, 3, number));
      expect(path).toEqual([0, through, 3]);
    }
  });

  it("refuses more shortest paths than a double holds", () => {
    // Layers of two: 2^1023 paths reach the last but one, which can be counted one by one but not all together.
    const layered = (layers: number) =>
      graphOf(
        2 * layers + 1,
        Array.from({ length: layers }, (_, i) =>
          i === 0
            ? ([
                [0, 1],
                [0, 2],
              ] as const)
            : ([2 * i - 1, 2 * i] as const).flatMap((u) => [
                [u, 2 * i + 1] as const,
                [u, 2 * i + 2] as const,
              ]),
        ).flat(),
      );
    const step = (layers: number) =>
      literalProcess(layered(layers), "uniform").step(drawing(2 * layers + 1, 0, 2 * layers));
    expect(step(1000).path).toHaveLength(1001);
    expect(() => step(1200)).toThrow(DomainError);
  });
});

describe("literalProcess", () => {
  it("starts with the links of the graph and does nothing for a pair without a path", () => {
    const graph = graphOf(3, [
      [0, 1],
      [1, 2],
    ]);
    const process = literalProcess(graph, "first");
    expect(process.knownLinks).toBe(linkCount(graph));
    expect(process.step(drawing(3, 2, 0))).toEqual({ source: 2, target: 0, path: [], learned: [] });
    expect(process.step(drawing(3, 0, 2))).toEqual({ source: 0, target: 2, path: [0, 1, 2], learned: [2] });
    expect(process.step(drawing(3, 0, 2)).learned).toEqual([]);
    expect(process.isKnown(0, 2)).toBe(true);
    expect(process.isKnown(1, 0)).toBe(false);
  });

  it("searches the source graph only: what was learned makes no shortcut", () => {
    const graph = graphOf(4, [
      [0, 1],
      [1, 2],
      [2, 3],
    ]);
    const process = literalProcess(graph, "first");
    process.step(drawing(4, 0, 2));
    expect(process.step(drawing(4, 0, 3)).path).toEqual([0, 1, 2, 3]);
  });

  it("follows long paths: what is kept of a search has room for every entity", () => {
    const length = MAX_LITERAL_ENTITIES;
    const path = graphOf(
      length,
      Array.from({ length: length - 1 }, (_, x) => [x, x + 1]),
    );
    for (const ties of TIE_RULES) {
      const { path: taken } = literalProcess(path, ties).step(drawing(length, 0, length - 1));
      expect(taken).toEqual(Array.from({ length }, (_, x) => x));
      expect(literalProcess(path, ties).step(drawing(length, length - 1, 0)).path).toEqual([]);
    }
  });

  it("needs two entities, and not more than it can keep", () => {
    expect(literalProcess(graphOf(2, []), "first").knownLinks).toBe(0);
    expect(literalProcess(graphOf(MAX_LITERAL_ENTITIES, []), "first").knownLinks).toBe(0);
    expect(() => literalProcess(graphOf(1, []), "first")).toThrow(DomainError);
    expect(() => literalProcess(graphOf(10_001, []), "first")).toThrow(DomainError);
  });
});
