import { describe, expect, it } from "vitest";
import { sampleErdosRenyi } from "../../src/graph/erdosRenyi.ts";
import type { GraphSpectrum } from "../../src/growth/rateSpectrum.ts";
import { stream } from "../../src/random/stream.ts";
import { exactSpectrum } from "../../src/spectrum/exactSpectrum.ts";
import { randomTreeSpectrumBySource } from "../../src/spectrum/randomTreeSpectrum.ts";
import { ALPHA } from "../support/bounds.ts";
import { graphOf } from "../support/graphs.ts";

function randomTreeSpectrum(seed: number, graph: Parameters<typeof exactSpectrum>[0]): GraphSpectrum {
  const work = randomTreeSpectrumBySource(seed, graph);
  for (;;) {
    const next = work.next();
    if (next.done) return next.value;
  }
}

describe("the spectrum under tie rule random", () => {
  it("is that of rule first where there are no ties", () => {
    const tree = graphOf(7, [
      [0, 1],
      [0, 2],
      [1, 3],
      [1, 4],
      [2, 5],
      [5, 6],
    ]);
    expect(randomTreeSpectrum(1, tree)).toEqual(exactSpectrum(tree, "first"));
  });

  it("keeps what no tie rule changes: pairs, distances, and the mean size at distance 2 or more", () => {
    const graph = sampleErdosRenyi(stream(1, "graph"), 80, 4 / 80);
    const random = randomTreeSpectrum(1, graph);
    const first = exactSpectrum(graph, "first");
    const { sizes, counts, ...rest } = random;
    expect(first).toMatchObject(rest);
    const sum = (spectrum: GraphSpectrum) =>
      spectrum.sizes.reduce((a, size, i) => a + size * spectrum.counts[i]!, 0);
    expect(sizes.length).toBe(counts.length);
    expect(sum(random)).toBe(sum(first));
  });

  it("takes each of three predecessors with probability 1/3", () => {
    // From 0 by 1 to 2, 3, 4, all of which lead to 5; 2 has a further child, so that a size 3 says that it got 5.
    const graph = graphOf(7, [
      [0, 1],
      [1, 2],
      [1, 3],
      [1, 4],
      [2, 5],
      [3, 5],
      [4, 5],
      [2, 6],
    ]);
    const count = 6000;
    const taken = Array.from({ length: count }, (_, seed) => randomTreeSpectrum(seed, graph)).filter(
      ({ sizes }) => sizes.includes(3),
    ).length;
    const radius = Math.sqrt(Math.log(2 / ALPHA) / (2 * count));
    expect(Math.abs(taken / count - 1 / 3)).toBeLessThan(radius);
    expect(Math.abs(taken / count - 1 / 2)).toBeGreaterThan(radius);
  });

  it("depends on the seed only", () => {
    const graph = sampleErdosRenyi(stream(1, "graph"), 80, 4 / 80);
    expect(randomTreeSpectrum(3, graph)).toEqual(randomTreeSpectrum(3, graph));
    expect(randomTreeSpectrum(3, graph)).not.toEqual(randomTreeSpectrum(4, graph));
  });
});
