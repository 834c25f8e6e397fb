import { beforeAll, describe, expect, it } from "vitest";
import { DomainError } from "../../src/errors.ts";
import { type Digraph, digraphFromLinks, pairCount } from "../../src/graph/digraph.ts";
import { sampleErdosRenyi } from "../../src/graph/erdosRenyi.ts";
import { linkDensity } from "../../src/growth/growthCurve.ts";
import { graphRateSpectrum } from "../../src/growth/rateSpectrum.ts";
import { stream } from "../../src/random/stream.ts";
import { exactSpectrum, sweepOf } from "../../src/spectrum/exactSpectrum.ts";
import { curveOfSource } from "../../src/spectrum/sourceCurve.ts";
import {
  estimateToError,
  kindsOfSources,
  relativeError,
  type SampledCurve,
  type SourceRequest,
  sampledCurveBySource,
} from "../../src/spectrum/sourceSampling.ts";
import { ALPHA, bernsteinRadius } from "../support/bounds.ts";

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

describe("a curve to a given error", () => {
  const ERROR = 0.015;
  const large = sampleErdosRenyi(stream(1, "graph"), 600, 2.5 / 600);
  const exactCurve = (of: Digraph) =>
    TIMES.map((time) => linkDensity(graphRateSpectrum(exactSpectrum(of, "first")), time));
  const curvesOf = (of: Digraph) => {
    const sweep = sweepOf(of, "first", "binned");
    return Array.from({ length: of.vertexCount }, (_, x) =>
      curveOfSource(sweep, x, pairCount(of.vertexCount), TIMES),
    );
  };
  /** The estimate, and how many sources of each kind were asked for in turn. */
  function toError(of: Digraph, curves: Float64Array[], replicate: number, error: number) {
    const work = estimateToError(stream(3, "sources", replicate), of, error, TIMES, 0.95);
    const asked: number[] = [];
    for (let next = work.next(); ; ) {
      if (next.done) return { estimate: next.value, asked };
      asked.push(next.value.ofEachKind);
      next = work.next(Array.from(next.value.sources, (x) => curves[x]!));
    }
  }

  it("keeps to the error, and covers the whole curve as often as it says", () => {
    const REPLICATES = 250;
    const curves = curvesOf(large);
    const exact = exactCurve(large);
    const runs = Array.from({ length: REPLICATES }, (_, i) => toError(large, curves, i, ERROR));
    const covered = (widening: number) =>
      runs.filter(({ estimate: { density, standardErrors, criticalValue } }) =>
        TIMES.every(
          (_, i) =>
            Math.abs(density[i]! - exact[i]!) <= widening * criticalValue * standardErrors[i]! + 1e-15,
        ),
      ).length / REPLICATES;
    for (const { estimate, asked } of runs) {
      expect(relativeError(estimate)).toBeLessThanOrEqual(ERROR);
      // A pilot that does not do, and an end before all sources are searched.
      expect(asked[0]).toBe(50);
      expect(asked.length).toBeGreaterThan(1);
      expect(estimate.sourcesOfEachKind).toBe(asked.at(-1));
      expect(estimate.sources).toBeLessThan(500);
    }
    // Misses have a variance of at most 0.05·0.95; 0.02 for sources that are not normal.
    const least = 0.95 - 0.02 - bernsteinRadius(REPLICATES, 0.05 * 0.95, 1);
    expect(covered(1)).toBeGreaterThan(least);
    // Negative control: half as wide a band is found out.
    expect(covered(0.5)).toBeLessThan(least);
  });

  it("takes more sources for a smaller error, and all for one that needs them, without error", () => {
    const curves = curvesOf(large);
    const [rough, fine, all] = [0.02, 0.01, 1e-6].map((error) => toError(large, curves, 1, error).estimate);
    expect(rough!.sources).toBeLessThan(fine!.sources);
    expect(all!.sourcesOfEachKind).toBe(kindsOfSources(large)[0]!.length);
    expect(relativeError(all!)).toBe(0);
    exactCurve(large).forEach((value, i) => {
      // Sums of 600 rows against one sum: rounding only.
      expect(Math.abs(all!.density[i]! - value)).toBeLessThan(1e-12);
    });
  });

  it("never has a band below Stein's: the pilot's variances and critical value", () => {
    const curves = curvesOf(large);
    const kinds = kindsOfSources(large);
    const work = estimateToError(stream(3, "sources", 1), large, ERROR, TIMES, 0.95);
    const pilot = (work.next().value as SourceRequest).sources;
    const pilotOf = (members: Uint32Array) =>
      Array.from(
        pilot.filter((x) => members.includes(x)),
        (x) => curves[x]!,
      );
    const means = kinds.map((members) => {
      const own = pilotOf(members);
      return TIMES.map((_, i) => own.reduce((sum, curve) => sum + curve[i]!, 0) / own.length);
    });
    // Behind the pilot nothing varies: the variance of all falls, and the band must not.
    const { sources, ofEachKind } = work.next(Array.from(pilot, (x) => curves[x]!)).value as SourceRequest;
    const end = work.next(Array.from(sources, (x) => means[kinds[0]!.includes(x) ? 0 : 1]!));
    const { standardErrors, criticalValue } = end.value as SampledCurve;
    TIMES.forEach((_, i) => {
      const variance = kinds.reduce((sum, members, h) => {
        const own = pilotOf(members);
        const spread =
          own.reduce((total, curve) => total + (curve[i]! - means[h]![i]!) ** 2, 0) / (own.length - 1);
        const searched = Math.min(members.length, ofEachKind);
        return sum + (members.length / (600 * 599)) ** 2 * (1 / searched - 1 / members.length) * spread;
      }, 0);
      expect(standardErrors[i]).toBeCloseTo(Math.sqrt(variance), 15);
    });
    expect(criticalValue).toBe(toError(large, curves, 1, 0.5).estimate.criticalValue);
  });

  it("stops after the pilot where sources are alike", () => {
    const size = 300;
    const ring = Array.from({ length: size }, (_, x) => x);
    const cycle = digraphFromLinks(
      size,
      ring,
      ring.map((x) => (x + 1) % size),
    ).graph;
    const { estimate, asked } = toError(cycle, curvesOf(cycle), 1, 1e-9);
    expect(asked).toEqual([50]);
    expect(relativeError(estimate)).toBeLessThan(1e-12);
  });

  it.each([0, 1, -0.1, Number.NaN])("refuses the error %d", (error) => {
    expect(() => toError(large, [], 1, error)).toThrow(DomainError);
  });
});
