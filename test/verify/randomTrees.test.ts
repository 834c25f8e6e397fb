import { describe, expect, it } from "vitest";
import { sampleErdosRenyi } from "../../src/graph/erdosRenyi.ts";
import { stream } from "../../src/random/stream.ts";
import { exactSpectrum } from "../../src/spectrum/exactSpectrum.ts";
import { drawEnsemble, estimate } from "../../src/verify/ensemble.ts";
import { randomTreeSizes } from "../../src/verify/randomTrees.ts";
import { bernsteinRadius } from "../support/bounds.ts";
import { graphOf } from "../support/graphs.ts";

describe("random shortest-path trees", () => {
  it("have sizes that add up to the distances, like every tree (identity 1)", () => {
    const graph = sampleErdosRenyi(stream(1, "graph"), 60, 0.05);
    const sizes = randomTreeSizes(stream(1, "tree"), graph);
    const { distanceSum, reachablePairs, links } = exactSpectrum(graph, "first");
    // Sizes at distance 1 add up to the reachable pairs; the others are counted.
    const total = sizes.reduce((sum, count, size) => sum + count * size, 0);
    expect(total).toBe(distanceSum - reachablePairs);
    expect(sizes.reduce((sum, count) => sum + count, 0)).toBe(reachablePairs - links);
  });

  it("are the tree where there are no ties", () => {
    const graph = graphOf(5, [
      [0, 1],
      [1, 2],
      [2, 3],
      [2, 4],
    ]);
    const { sizes, counts } = exactSpectrum(graph, "first");
    const found = randomTreeSizes(stream(1, "tree"), graph);
    sizes.forEach((size, i) => {
      expect(found[size]).toBe(counts[i]);
    });
  });

  it("choose each predecessor equally often", () => {
    // From 0: 4 has the predecessors 1, 2, 3 on level 2 of the source 5, and 5 links to 0 only.
    const graph = graphOf(6, [
      [5, 0],
      [0, 1],
      [0, 2],
      [0, 3],
      [1, 4],
      [2, 4],
      [3, 4],
    ]);
    // Sources 5 and 0 both see the tie; only from 5 do the candidates 1, 2, 3 count, one of them with size 2.
    const trees = Array.from({ length: 50 }, (_, i) => randomTreeSizes(stream(2, "tree", i), graph));
    for (const sizes of trees) expect([...sizes]).toEqual([0, 4, 1, 0, 0, 0, 0]);
    // With a chain behind 2, its share of the choices shows in sizes: 4 hangs below it in a third of the trees.
    const marked = graphOf(7, [
      ...[5, 0, 0, 0, 1, 2, 3, 2].map((tail, i) => [tail, [0, 1, 2, 3, 4, 4, 4, 6][i]!] as const),
    ]);
    const count = 6000;
    const hits = Array.from({ length: count }, (_, i) => randomTreeSizes(stream(3, "tree", i), marked)[3]!);
    const mean = hits.reduce((sum, hit) => sum + hit, 0) / count;
    const radius = bernsteinRadius(count, 2 / 9, 1);
    expect(Math.abs(mean - 1 / 3)).toBeLessThan(radius);
    expect(Math.abs(mean - 1 / 2)).toBeGreaterThan(radius);
  });
});

describe("an ensemble", () => {
  it("holds the same graphs under every tie rule, and the first of them for every number", () => {
    const [first, random, more] = [
      drawEnsemble(4, 40, 2, "first", 3),
      drawEnsemble(4, 40, 2, "random", 3),
      drawEnsemble(4, 40, 2, "first", 5),
    ];
    first.spectra.forEach((spectrum, i) => {
      expect(random.spectra[i]!.baseline).toBe(spectrum.baseline);
      expect(more.spectra[i]).toEqual(spectrum);
    });
    expect(drawEnsemble(5, 40, 2, "first", 1).spectra[0]).not.toEqual(first.spectra[0]);
  });

  it("has mean and standard error as in the books", () => {
    expect(estimate([1, 2, 3, 4])).toEqual({ mean: 2.5, standardError: Math.sqrt(5 / 3 / 4) });
    expect(estimate([7])).toEqual({ mean: 7, standardError: 0 });
  });
});
