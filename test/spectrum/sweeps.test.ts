import { describe, expect, it } from "vitest";
import type { Digraph } from "../../src/graph/digraph.ts";
import { sampleErdosRenyi } from "../../src/graph/erdosRenyi.ts";
import { treeStreams } from "../../src/graph/randomTree.ts";
import { placeGraph } from "../../src/kernel/placedGraph.ts";
import { stream } from "../../src/random/stream.ts";
import { defaultResolution, sweepOf } from "../../src/spectrum/exactSpectrum.ts";
import { firstKernelSweep, uniformKernelSweep } from "../../src/spectrum/kernelSweep.ts";
import { randomTreeSweep } from "../../src/spectrum/randomTreeSpectrum.ts";
import { type Sweep, spectrumBySource, spectrumOfPart } from "../../src/spectrum/spectrumPart.ts";
import { firstTextbookSweep, uniformTextbookSweep } from "../../src/spectrum/textbookSweep.ts";
import { graphOf } from "../support/graphs.ts";

const SWEEPS: Record<string, (graph: Digraph) => Sweep> = {
  "first, textbook": firstTextbookSweep,
  "first, compiled": (graph) => firstKernelSweep(placeGraph(graph, "first", 1)!, 0),
  "uniform, textbook, exact": (graph) => uniformTextbookSweep(graph, "exact"),
  "uniform, textbook, binned": (graph) => uniformTextbookSweep(graph, "binned"),
  "uniform, compiled, exact": (graph) => uniformKernelSweep(placeGraph(graph, "uniform", 1)!, 0, "exact"),
  "uniform, compiled, binned": (graph) => uniformKernelSweep(placeGraph(graph, "uniform", 1)!, 0, "binned"),
  random: (graph) => randomTreeSweep(graph, treeStreams(3)),
};

describe.each(Object.entries(SWEEPS))("a sweep, %s", (_, start) => {
  const graph = sampleErdosRenyi(stream(1, "graph"), 40, 3 / 40);
  const run = (sweep: Sweep, from: number, to: number) => {
    for (let source = from; source < to; source++) sweep.run(source);
    return sweep.part();
  };

  it("forgets on reset what it has counted", () => {
    const used = start(graph);
    run(used, 0, 20);
    used.reset();
    expect(run(used, 20, 30)).toEqual(run(start(graph), 20, 30));
  });

  it("gives parts that neither later sources nor their spectrum change", () => {
    const sweep = start(graph);
    const part = run(sweep, 0, 20);
    const copy = structuredClone(part);
    run(sweep, 20, 30);
    spectrumOfPart(graph, part);
    expect(part).toEqual(copy);
    expect(part.bySize.length).toBe(part.bins ? 0 : 41);
  });

  it("tells how many sources are done", () => {
    expect([...spectrumBySource(graph, start(graph))]).toEqual(Array.from({ length: 40 }, (__, i) => i + 1));
  });
});

describe("the sweep for a graph", () => {
  it("keeps sizes one by one up to four million pairs", () => {
    // 2000·1999 = 3 998 000 and 2001·2000 = 4 002 000.
    expect(defaultResolution(graphOf(2000, []))).toBe("exact");
    expect(defaultResolution(graphOf(2001, []))).toBe("binned");
  });

  it("draws the trees of a seed", () => {
    const graph = sampleErdosRenyi(stream(1, "graph"), 40, 3 / 40);
    const run = (sweep: Sweep) => {
      for (let source = 0; source < 40; source++) sweep.run(source);
      return sweep.part();
    };
    const drawn = run(sweepOf(graph, { seed: 3 }, "exact"));
    expect(drawn).toEqual(run(randomTreeSweep(graph, treeStreams(3))));
    expect(drawn).not.toEqual(run(sweepOf(graph, "first", "exact")));
  });
});
