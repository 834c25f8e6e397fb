import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Digraph, digraphFromLinks } from "../../src/graph/digraph.ts";
import { sampleErdosRenyi } from "../../src/graph/erdosRenyi.ts";
import { type KernelTask, type PlacedGraph, placeGraph } from "../../src/kernel/placedGraph.ts";
import { stream } from "../../src/random/stream.ts";
import { firstKernelSweep, uniformKernelSweep } from "../../src/spectrum/kernelSweep.ts";
import type { Resolution, SpectrumPart, Sweep } from "../../src/spectrum/spectrumPart.ts";
import { firstTextbookSweep, uniformTextbookSweep } from "../../src/spectrum/textbookSweep.ts";

function links(vertexCount: number, pairs: readonly (readonly [number, number])[]): Digraph {
  return digraphFromLinks(
    vertexCount,
    pairs.map(([tail]) => tail),
    pairs.map(([, head]) => head),
  ).graph;
}

const range = (length: number) => Array.from({ length }, (_, i) => i);

/** Complete links between consecutive layers: the number of shortest paths is width^(layers − 1). */
function layered(layers: number, width: number): Digraph {
  const pairs = range((layers - 1) * width).flatMap((x) =>
    range(width).map((i) => [x, (Math.floor(x / width) + 1) * width + i] as const),
  );
  return links(layers * width, pairs);
}

const GRAPHS = new Map<string, Digraph>([
  ["one entity", links(1, [])],
  ["no links", links(5, [])],
  [
    "a path of 300",
    links(
      300,
      range(299).map((x) => [x, x + 1] as const),
    ),
  ],
  [
    "a cycle of 300",
    links(
      300,
      range(300).map((x) => [x, (x + 1) % 300] as const),
    ),
  ],
  [
    "a complete graph",
    links(
      40,
      range(1600).map((i) => [i % 40, Math.floor(i / 40)] as const),
    ),
  ],
  [
    "a star out and in",
    links(
      200,
      range(199).flatMap(
        (i) =>
          [
            [0, i + 1],
            [i + 1, 0],
          ] as const,
      ),
    ),
  ],
  ["random, λ = 0.7", sampleErdosRenyi(stream(1, "graph"), 400, 0.7 / 400)],
  ["random, λ = 1.5 (3 slots)", sampleErdosRenyi(stream(2, "graph"), 500, 1.5 / 500)],
  ["random, λ = 3 (4 slots)", sampleErdosRenyi(stream(3, "graph"), 500, 3 / 500)],
  ["random, λ = 10 (8 slots)", sampleErdosRenyi(stream(4, "graph"), 500, 10 / 500)],
  ["random, λ = 60 (long rows)", sampleErdosRenyi(stream(5, "graph"), 300, 60 / 300)],
  ["layers with 8^499 shortest paths, beyond the doubles", layered(500, 8)],
]);

function placed(graph: Digraph, task: KernelTask): PlacedGraph {
  const result = placeGraph(graph, task, 1);
  if (!result) throw new Error("no WebAssembly here");
  return result;
}

function partOf(sweep: Sweep, sources: Iterable<number>) {
  for (const source of sources) sweep.run(source);
  return sweep.part();
}

/** All sources under rule `first`, those that follow others counted with their leaders. */
function ledPart(graph: Digraph): SpectrumPart {
  const sweep = firstKernelSweep(placed(graph, "first"), 0);
  for (let source = 0; source < graph.vertexCount; source++) sweep.lead!(source);
  return sweep.part();
}

/** Equality of parts, without a printed difference of arrays of thousands of numbers. */
function expectSame(actual: SpectrumPart, expected: SpectrumPart): void {
  expect(actual.reachablePairs).toBe(expected.reachablePairs);
  expect(actual.distanceSum).toBe(expected.distanceSum);
  expect(firstDifference(actual.bySize, expected.bySize)).toBe("none");
  expect(firstDifference(actual.fractional.slice().sort(), expected.fractional.slice().sort())).toBe("none");
  expect(actual.bins === undefined).toBe(expected.bins === undefined);
  if (!actual.bins || !expected.bins) return;
  expect(firstDifference(actual.bins.counts, expected.bins.counts)).toBe("none");
  expect(firstDifference(actual.bins.sums, expected.bins.sums)).toBe("none");
}

function firstDifference(actual: Float64Array, expected: Float64Array): string {
  if (actual.length !== expected.length) return `length ${actual.length}, not ${expected.length}`;
  const at = actual.findIndex((value, i) => !Object.is(value, expected[i]));
  return at < 0 ? "none" : `[${at}] = ${actual[at]}, not ${expected[at]}`;
}

describe("the compiled kernel equals the textbook, bit for bit", () => {
  it.each([...GRAPHS.keys()])("rule first, %s", (name) => {
    const graph = GRAPHS.get(name)!;
    const kernel = firstKernelSweep(placed(graph, "first"), 0);
    const sources = range(graph.vertexCount);
    expectSame(partOf(kernel, sources), partOf(firstTextbookSweep(graph), sources));
  });

  it.each([...GRAPHS.keys()])("rule first with sources that follow others, %s", (name) => {
    const graph = GRAPHS.get(name)!;
    const sources = range(graph.vertexCount);
    expectSame(ledPart(graph), partOf(firstTextbookSweep(graph), sources));
  });

  it("has sources follow others through chains, trees and cycles of single links, in any graph", () => {
    const vertices = fc.integer({ min: 1, max: 24 });
    // Mostly single links, so that most sources follow; some entities have none or several.
    const rows = vertices.chain((count) => {
      const vertex = fc.nat({ max: count - 1 });
      const single = fc.array(vertex, { minLength: 1, maxLength: 1 });
      const row = fc.oneof({ weight: 5, arbitrary: single }, fc.array(vertex, { maxLength: 4 }));
      return fc.array(row, { minLength: count, maxLength: count });
    });
    fc.assert(
      fc.property(rows, (heads) => {
        const graph = links(
          heads.length,
          heads.flatMap((row, x) => row.map((y) => [x, y] as const)),
        );
        expectSame(ledPart(graph), partOf(firstTextbookSweep(graph), range(heads.length)));
      }),
      { seed: 20261126, numRuns: 2000 },
    );
  });

  it.each(
    [...GRAPHS.keys()].flatMap(
      (name) =>
        [
          [name, "exact"],
          [name, "binned"],
        ] as [string, Resolution][],
    ),
  )("rule uniform, %s, %s", (name, resolution) => {
    const graph = GRAPHS.get(name)!;
    const kernel = uniformKernelSweep(placed(graph, "uniform"), 0, resolution);
    const sources = range(graph.vertexCount);
    const expected = partOf(uniformTextbookSweep(graph, resolution), sources);
    expect(expected.distanceSum).toBeLessThan(Infinity);
    expectSame(partOf(kernel, sources), expected);
  });

  it.each([1.5, 3, 10])("with 32-bit ids, λ = %d, both rules", (lambda) => {
    const graph = sampleErdosRenyi(stream(6, "graph"), 66_000, lambda / 66_000);
    const sources = [0, 1, 2, 3, 65_999];
    const first = placed(graph, "first");
    expect(first.layout.idBytes).toBe(4);
    expectSame(partOf(firstKernelSweep(first, 0), sources), partOf(firstTextbookSweep(graph), sources));
    const uniform = uniformKernelSweep(placed(graph, "uniform"), 0, "exact");
    expectSame(partOf(uniform, sources), partOf(uniformTextbookSweep(graph, "exact"), sources));
  });

  it("gives a source the same part whatever ran before it", () => {
    const graph = GRAPHS.get("random, λ = 3 (4 slots)")!;
    const both = partOf(firstKernelSweep(placed(graph, "first"), 0), [7, 7]);
    const once = partOf(firstKernelSweep(placed(graph, "first"), 0), [7]);
    expect(
      firstDifference(
        both.bySize,
        once.bySize.map((count) => 2 * count),
      ),
    ).toBe("none");
  });
});
