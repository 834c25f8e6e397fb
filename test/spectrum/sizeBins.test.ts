import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { digraphFromLinks } from "../../src/graph/digraph.ts";
import { sampleErdosRenyi } from "../../src/graph/erdosRenyi.ts";
import { linkDensity } from "../../src/growth/growthCurve.ts";
import { graphRateSpectrum, totalWeight } from "../../src/growth/rateSpectrum.ts";
import { stream } from "../../src/random/stream.ts";
import { exactSpectrum } from "../../src/spectrum/exactSpectrum.ts";
import { BIN_WIDTH, binMeans, binner, emptyBins } from "../../src/spectrum/sizeBins.ts";

describe("bins of fractional sizes", () => {
  it("keep a single size to 2⁻²⁷ relatively, integers below 2²⁶ exactly", () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 65_535, noNaN: true }), (size) => {
        const bins = emptyBins(17 * 1024);
        binner(bins)(size);
        const { sizes, counts } = binMeans(bins);
        expect(counts).toEqual(Float64Array.of(1));
        // Half a unit of the 26th bit of the fraction.
        expect(Math.abs(sizes[0]! - size)).toBeLessThanOrEqual(size * 2 ** -27);
        if (Number.isInteger(size)) expect(sizes[0]).toBe(size);
      }),
      { seed: 1, examples: [[1], [1.9999999999], [65_535], [3]] },
    );
  });

  it("are emptied before their words are full", () => {
    const vertexCount = 4200;
    const leaf = Array.from({ length: vertexCount - 1 }, (_, i) => i + 1);
    const hub = leaf.map(() => 0);
    const { graph } = digraphFromLinks(vertexCount, [...leaf, ...hub], [...hub, ...leaf]);
    // Every leaf reaches every other in two steps, at the end of its only path.
    const pairs = (vertexCount - 1) * (vertexCount - 2);
    expect(pairs).toBeGreaterThan(2 ** 24);
    const { sizes, counts } = exactSpectrum(graph, "uniform", "binned");
    expect([sizes, counts]).toEqual([Float64Array.of(1), Float64Array.of(pairs)]);
  });

  it("keep sums beyond 32 bits", () => {
    // Seventy thousand entities have a link to one, which has three to as many that meet in a last one: a third of it each.
    const sources = 70_000;
    const [middle, last] = [sources, sources + 4];
    const thirds = [1, 2, 3].map((i) => middle + i);
    const { graph } = digraphFromLinks(
      sources + 5,
      [...Array.from({ length: sources }, (_, i) => i), middle, middle, middle, ...thirds],
      [...Array.from({ length: sources }, () => middle), ...thirds, last, last, last],
    );
    // The sixteen bits of 4/3 are about a third of 2¹⁶, and all of these sizes are in one bin.
    expect((3 * sources * 2 ** 16) / 3).toBeGreaterThan(2 ** 32);
    const { sizes, counts } = exactSpectrum(graph, "uniform", "binned");
    expect(counts).toEqual(Float64Array.of(sources + 1, 3 * sources));
    expect(Math.abs(sizes[1]! - 4 / 3)).toBeLessThanOrEqual((4 / 3) * 2 ** -27);
  });

  it("hold sizes no further apart than their width", () => {
    const bins = emptyBins(2 * 1024);
    for (const size of [1, 1 + BIN_WIDTH, 1 + 1.99 * BIN_WIDTH]) binner(bins)(size);
    expect(bins.counts.filter((count) => count > 0)).toEqual(Float64Array.of(1, 2));
  });

  it("move a curve by no more than 6.8e-8 of what is left to learn", () => {
    const graph = sampleErdosRenyi(stream(1, "graph"), 300, 5 / 300);
    const exactResult = exactSpectrum(graph, "uniform", "exact");
    const binnedResult = exactSpectrum(graph, "uniform", "binned");
    expect(binnedResult.binWidth).toBe(BIN_WIDTH);
    expect(exactResult.binWidth).toBeUndefined();
    expect(binnedResult.distanceSum).toBe(exactResult.distanceSum);
    const exact = graphRateSpectrum(exactResult);
    const binned = graphRateSpectrum(binnedResult);
    // ½·4e⁻²·h²/4 for the spread in a bin, h = 2⁻¹⁰, and e⁻¹·2⁻²⁷ for the rounding of its mean.
    const bound = (Math.exp(-2) / 2) * BIN_WIDTH ** 2 + Math.exp(-1) * 2 ** -27;
    expect(bound).toBeLessThan(6.8e-8);
    for (let time = 1; time < 1e8; time *= 3) {
      const moved = Math.abs(linkDensity(binned, time) - linkDensity(exact, time));
      expect(moved).toBeLessThanOrEqual(bound * totalWeight(exact) + 1e-15);
    }
  });
});
