import { beforeAll, describe, expect, it } from "vitest";
import { DomainError } from "../../src/errors.ts";
import { sampleErdosRenyi } from "../../src/graph/erdosRenyi.ts";
import { linkDensity } from "../../src/growth/growthCurve.ts";
import { graphRateSpectrum } from "../../src/growth/rateSpectrum.ts";
import { stream } from "../../src/random/stream.ts";
import { exactSpectrum } from "../../src/spectrum/exactSpectrum.ts";
import {
  kindsOfSources,
  type SampledCurve,
  sampledCurveBySource,
} from "../../src/spectrum/sourceSampling.ts";
import { ALPHA } from "../support/bounds.ts";

const TIMES = Float64Array.of(0, 10, 300, 3000, 12_000, 1e6);
const graph = sampleErdosRenyi(stream(1, "graph"), 120, 2.5 / 120);
const truth = TIMES.map((time) => linkDensity(graphRateSpectrum(exactSpectrum(graph, "first")), time));

function estimate(replicate: number, sources: number, ties: "first" | "uniform" = "first"): SampledCurve {
  const work = sampledCurveBySource(stream(2, "sources", replicate), graph, ties, sources, TIMES);
  for (;;) {
    const next = work.next();
    if (next.done) return next.value;
  }
}

describe("a curve from a sample of sources", () => {
  it("is the exact curve, without error, if all sources are taken", () => {
    for (const ties of ["first", "uniform"] as const) {
      const { density, standardErrors, lower, upper } = estimate(1, 120, ties);
      const exact = graphRateSpectrum(exactSpectrum(graph, ties, "binned"));
      // Sums of 120 rows against one sum: rounding only, and for `uniform` bins of single rows.
      const tolerance = ties === "first" ? 1e-12 : 2e-7;
      TIMES.forEach((time, i) => {
        expect(Math.abs(density[i]! - linkDensity(exact, time))).toBeLessThan(tolerance);
      });
      expect(Math.max(...standardErrors)).toBe(0);
      expect(lower).toEqual(density);
      expect(upper).toEqual(density);
    }
  });

  it("knows the links exactly: no error at t = 0", () => {
    const { density, standardErrors } = estimate(1, 5);
    expect([density[0], standardErrors[0]]).toEqual([truth[0], 0]);
  });

  describe("over many samples", () => {
    const REPLICATES = 2000;
    let estimates: readonly SampledCurve[];
    beforeAll(() => {
      estimates = Array.from({ length: REPLICATES }, (_, i) => estimate(i, 12));
    });

    it("has no bias, and standard errors of the right size", () => {
      TIMES.forEach((_, i) => {
        const deviations = estimates.map(({ density }) => density[i]! - truth[i]!);
        const mean = deviations.reduce((a, b) => a + b, 0) / REPLICATES;
        const variance = deviations.reduce((a, b) => a + b * b, 0) / REPLICATES;
        const claimed =
          estimates.reduce((sum, { standardErrors }) => sum + standardErrors[i]! ** 2, 0) / REPLICATES;
        // The mean of 2000 is normal to well within 6 standard errors.
        expect(Math.abs(mean)).toBeLessThanOrEqual(6 * Math.sqrt(variance / REPLICATES) + 1e-15);
        // Relative error of a variance from 2000 values of kurtosis below 10: √(9/2000) = 0.067; five of them.
        if (i > 0) expect(Math.abs(variance / claimed - 1)).toBeLessThan(0.34);
      });
    });

    it("covers the whole curve as often as it says", () => {
      const covered = (widening: number) =>
        estimates.filter(({ density, standardErrors, criticalValue }) =>
          TIMES.every(
            (_, i) =>
              Math.abs(density[i]! - truth[i]!) <= widening * criticalValue * standardErrors[i]! + 1e-15,
          ),
        ).length / REPLICATES;
      // Hoeffding; 0.02 for the band being right for large samples only, and this one has 12 of each kind.
      const radius = Math.sqrt(Math.log(2 / ALPHA) / (2 * REPLICATES));
      expect(covered(1)).toBeGreaterThan(0.95 - 0.02 - radius);
      // Negative control: half as wide a band is found out.
      expect(covered(0.5)).toBeLessThan(0.95 - 0.02 - radius);
    });
  });

  it("divides the sources that have links by whether they reach the largest strong component", () => {
    const [large, small] = kindsOfSources(graph);
    const linked = [...Array(120).keys()].filter((x) => graph.offsets[x + 1]! > graph.offsets[x]!);
    expect([...large!, ...small!].sort((a, b) => a - b)).toEqual(linked);
    expect(large!.length).toBeGreaterThan(small!.length);
  });

  it("refuses fewer than two sources", () => {
    expect(() => estimate(1, 1)).toThrow(DomainError);
  });
});
