import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { digraphFromLinks } from "../../src/graph/digraph.ts";
import { sampleErdosRenyi } from "../../src/graph/erdosRenyi.ts";
import { placeGraph, workingBytes } from "../../src/kernel/placedGraph.ts";
import { stream } from "../../src/random/stream.ts";
import type * as Parallel from "../../src/run/workers/parallelSpectrum.ts";
import { exactSpectrum, sweepOf } from "../../src/spectrum/exactSpectrum.ts";
import { randomTreeSpectrumBySource } from "../../src/spectrum/randomTreeSpectrum.ts";
import { curvesBySource } from "../../src/spectrum/sourceCurve.ts";
import { builtPackage } from "../support/built.ts";

const built = builtPackage();
let parallelSpectrum: typeof Parallel.parallelSpectrum;
let parallelCurves: typeof Parallel.parallelCurves;

beforeAll(async () => {
  const file = pathToFileURL(join(built.folder, "run", "workers", "parallelSpectrum.js")).href;
  ({ parallelSpectrum, parallelCurves } = (await import(/* @vite-ignore */ file)) as typeof Parallel);
});
afterAll(built.remove);

function drained<Result>(work: Generator<number, Result, void>): Result {
  for (;;) {
    const next = work.next();
    if (next.done) return next.value;
  }
}

const graph = sampleErdosRenyi(stream(1, "graph"), 700, 3 / 700);

const DIVISIONS = [
  { workers: 1 },
  { workers: 2 },
  { workers: 2, chunk: 100 },
  { workers: 4, chunk: 1 },
  { workers: 4, chunk: 699 },
];

describe("the spectrum by worker threads", () => {
  it.each([
    ["first", "exact"],
    ["uniform", "exact"],
    ["uniform", "binned"],
  ] as const)("is the same for 1, 2 and 4 workers and any chunk, %s, %s", async (ties, resolution) => {
    const expected = exactSpectrum(graph, ties, resolution);
    for (const division of DIVISIONS) {
      expect(await parallelSpectrum(graph, ties, division, {}, resolution)).toEqual(expected);
    }
  });

  it("is the same for 1, 2 and 4 workers and any chunk, random trees", async () => {
    const expected = drained(randomTreeSpectrumBySource(5, graph));
    for (const division of DIVISIONS) {
      expect(await parallelSpectrum(graph, { seed: 5 }, division)).toEqual(expected);
    }
  });

  it("works where there are fewer sources than workers", async () => {
    const two = digraphFromLinks(2, [0], [1]).graph;
    expect(await parallelSpectrum(two, "first", { workers: 4 })).toEqual(exactSpectrum(two, "first"));
  });

  it("starts no more threads than there are chunks of sources", async () => {
    let started = 0;
    const count = () => void started++;
    process.on("worker", count);
    onTestFinished(() => void process.off("worker", count));
    const five = digraphFromLinks(5, [0, 1], [1, 2]).graph;
    await parallelSpectrum(five, "first", { workers: 64 });
    expect(started).toBe(5);
    await parallelCurves(five, "first", Float64Array.of(1), { workers: 64, chunk: 2 })(
      Uint32Array.of(0, 1, 2),
      {},
    );
    expect(started).toBe(5 + 2);
  });

  it("reports progress to the end", async () => {
    const shares: number[] = [];
    await parallelSpectrum(graph, "first", { workers: 2 }, { onProgress: (share) => shares.push(share) });
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual(shares.slice().sort((a, b) => a - b));
  });

  it("stops when it is told to", async () => {
    const large = sampleErdosRenyi(stream(1, "graph"), 30_000, 3 / 30_000);
    const controller = new AbortController();
    const running = parallelSpectrum(
      large,
      "first",
      { workers: 2, chunk: 20 },
      { signal: controller.signal },
    );
    setTimeout(() => controller.abort(), 50);
    await expect(running).rejects.toThrow("interrupted");
    const early = parallelSpectrum(large, "first", { workers: 2 }, { signal: AbortSignal.abort() });
    await expect(early).rejects.toThrow("interrupted");
  });

  it.each([0, 1.5, 2000])("refuses %d workers", async (workers) => {
    await expect(parallelSpectrum(graph, "first", { workers })).rejects.toThrow("workers must be an integer");
  });
});

describe("curves of single sources by worker threads", () => {
  const times = Float64Array.of(0, 1000, 50_000);
  const lists = [Uint32Array.of(699, 0, 17, 300), Uint32Array.of(5), new Uint32Array()];

  it.each(["first", "uniform", { seed: 5 }] as const)(
    "are the same for 1, 2 and 4 workers and any chunk, %s",
    async (ties) => {
      const sweep = sweepOf(graph, ties, "binned");
      const expected = lists.map((list) => drained(curvesBySource(sweep, list, 700 * 699, times)));
      expect(expected[0]![0]).not.toEqual(expected[0]![1]);
      for (const division of DIVISIONS) {
        const search = parallelCurves(graph, ties, times, division);
        for (const [i, list] of lists.entries()) expect(await search(list, {})).toEqual(expected[i]);
      }
    },
  );
});

describe("memory of a worker", () => {
  it.each([
    [1.5, "first"],
    [3, "first"],
    [10, "first"],
    [1.5, "uniform"],
    [3, "uniform"],
    [10, "uniform"],
  ] as const)("stays under 40 bytes an entity at λ = %d, rule %s", (lambda, task) => {
    const entities = 70_000;
    const large = sampleErdosRenyi(stream(1, "graph"), entities, lambda / entities);
    const { layout, groupCount } = placeGraph(large, task, 1)!;
    // The bins of `uniform` have a fixed number for each doubling of V: 140 kB here.
    const bins = task === "uniform" ? 17 * 1024 * 8 : 0;
    // Beside its area a sweep keeps a word for each strong component, and that of rule `first` a double for each size.
    const beside = 4 * groupCount + (task === "first" ? 8 * (entities + 1) : 0);
    expect((workingBytes(task, layout, entities) - bins + beside) / entities).toBeLessThan(40);
  });
});
