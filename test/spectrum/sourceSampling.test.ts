import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/errors.ts";
import { type Digraph, pairCount } from "../../src/graph/digraph.ts";
import { sampleErdosRenyi } from "../../src/graph/erdosRenyi.ts";
import { linkDensity } from "../../src/growth/growthCurve.ts";
import { graphRateSpectrum } from "../../src/growth/rateSpectrum.ts";
import { type Rng, stream } from "../../src/random/stream.ts";
import { exactSpectrum, sweepOf } from "../../src/spectrum/exactSpectrum.ts";
import { curveOfSource } from "../../src/spectrum/sourceCurve.ts";
import {
  type CurveEstimation,
  estimateFromSources,
  estimateToError,
  kindsOfSources,
  relativeError,
  type SampledCurve,
  type SourceRequest,
  sampledCurveBySource,
  sampleWithout,
} from "../../src/spectrum/sourceSampling.ts";
import { binomialLimits } from "../support/bounds.ts";
import { graphOf } from "../support/graphs.ts";

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

/** An estimate from sources whose curves are known, and how many sources of each kind were asked for in turn. */
function driven(work: CurveEstimation, curves: readonly Float64Array[]) {
  const asked: number[] = [];
  for (let next = work.next(); ; ) {
    if (next.done) return { estimate: next.value, asked };
    asked.push(next.value.ofEachKind);
    next = work.next(Array.from(next.value.sources, (x) => curves[x]!));
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

  it("has no bias over many samples, and standard errors of the right size", () => {
    const REPLICATES = 2000;
    const estimates = Array.from({ length: REPLICATES }, (_, i) => estimate(i, 12));
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

  it("divides the sources that have links by whether they reach the largest strong component", () => {
    const [large, small] = kindsOfSources(graph);
    const linked = [...Array(120).keys()].filter((x) => graph.offsets[x + 1]! > graph.offsets[x]!);
    expect([...large!, ...small!].sort((a, b) => a - b)).toEqual(linked);
    expect(large!.length).toBeGreaterThan(small!.length);
  });

  it("has a band of its critical value to either side, within [0, 1]", () => {
    const { density, standardErrors, criticalValue, lower, upper } = estimate(1, 12);
    TIMES.forEach((_, i) => {
      const width = criticalValue * standardErrors[i]!;
      expect(lower[i]).toBe(Math.max(0, density[i]! - width));
      expect(upper[i]).toBe(Math.min(1, density[i]! + width));
    });
    // Neither end is always at a bound.
    expect(Math.max(...lower)).toBeGreaterThan(0);
    expect(Math.min(...upper)).toBeLessThan(1);
  });

  it("refuses fewer than two sources", () => {
    expect(() => estimate(1, 1)).toThrow(DomainError);
  });
});

describe("sampleWithout", () => {
  const members = Uint32Array.of(7, 8, 9, 5);

  it("takes every ordered sample once, if its draws take every value once, and leaves the members as they are", () => {
    const samples = [0, 1, 2, 3].flatMap((first) =>
      [0, 1, 2].map((second) => {
        const numbers = [(first + 0.5) / 4, (second + 0.5) / 3];
        const sample = sampleWithout({ nextFloat: () => numbers.shift()! }, members, 2);
        expect(numbers).toEqual([]);
        return [...sample].join(" ");
      }),
    );
    const ordered = ["5 7", "5 8", "5 9", "7 5", "7 8", "7 9", "8 5", "8 7", "8 9", "9 5", "9 7", "9 8"];
    expect(samples.sort()).toEqual(ordered);
    expect([...members]).toEqual([7, 8, 9, 5]);
  });

  it("takes all if more are asked for", () => {
    const sample = sampleWithout(stream(1, "sources"), members, 9);
    expect([...sample].sort()).toEqual([5, 7, 8, 9]);
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
    return driven(estimateToError(stream(3, "sources", replicate), of, error, TIMES, 0.95), curves);
  }

  it("keeps to the error", () => {
    const curves = curvesOf(large);
    for (let replicate = 0; replicate < 20; replicate++) {
      const { estimate, asked } = toError(large, curves, replicate, ERROR);
      expect(relativeError(estimate)).toBeLessThanOrEqual(ERROR);
      // A pilot that does not do, and an end before all sources are searched.
      expect(asked[0]).toBe(50);
      expect(asked.length).toBeGreaterThan(1);
      // By a tenth at least, so that there are few rounds.
      asked.slice(1).forEach((now, i) => {
        expect(now).toBeGreaterThanOrEqual(1.1 * asked[i]!);
      });
      expect(estimate.sourcesOfEachKind).toBe(asked.at(-1));
      expect(estimate.sources).toBeLessThan(500);
    }
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
    const cycle = cycles([300]);
    const { estimate, asked } = toError(cycle, curvesOf(cycle), 1, 1e-9);
    expect(asked).toEqual([50]);
    expect(relativeError(estimate)).toBeLessThan(1e-12);
  });

  it("is known without links, as there is nothing to search", () => {
    const { estimate } = toError(graphOf(4, []), [], 1, 0.5);
    expect([estimate.sources, relativeError(estimate)]).toEqual([0, 0]);
    expect(estimate.density).toEqual(new Float64Array(TIMES.length));
  });

  it.each([0, 1, -0.1, Number.NaN])("refuses the error %d", (error) => {
    expect(() => toError(large, [], 1, error)).toThrow(DomainError);
  });
});

/**
 * Where curves of sources are normal and go together over time, theory says exactly how often a band holds: the
 * deviation of an estimate of one kind, in standard errors, is |t|, as is each of the 4000 draws whose quantile the
 * band takes, and the finite population changes nothing: the mean of the sample less that of all is
 * the mean less that of the others, scaled, so independent of the variance in the sample. The band goes to the 3801st
 * of the draws in order, and the deviation is as likely to be at any place among them: it holds with probability
 * 3801/4001.
 */
describe("a band over normal sources", () => {
  const HOLDS = 3801 / 4001;

  /** In how many of the runs bands hold if they are made wider; in each, new sources in cycles of the given sizes. */
  function held(
    runs: number,
    kinds: readonly { readonly size: number; readonly deviation: number }[],
    estimation: (rng: Rng, graph: Digraph, times: Float64Array) => CurveEstimation,
  ) {
    const sizes = kinds.map(({ size }) => size);
    const graph = cycles(sizes);
    const pairs = pairCount(graph.vertexCount);
    const deviations = kinds.flatMap(({ size, deviation }) => Array<number>(size).fill(deviation));
    const ratios = Array.from({ length: runs }, (_, run) => {
      const rng = stream(4, "normal sources", run);
      const gains = deviations.map((deviation) => deviation * normal(rng));
      const curves = gains.map((gain) => Float64Array.of(gain, -2 * gain));
      const { estimate } = driven(
        estimation(stream(4, "sources", run), graph, Float64Array.of(1, 2)),
        curves,
      );
      const gained = gains.reduce((sum, gain) => sum + gain, 0);
      const truths = [graph.vertexCount + gained, graph.vertexCount - 2 * gained].map(
        (known) => known / pairs,
      );
      const { density, standardErrors, criticalValue } = estimate;
      return Math.max(
        ...truths.map((truth, i) => Math.abs(density[i]! - truth) / (criticalValue * standardErrors[i]!)),
      );
    });
    return (widening: number) => ratios.filter((ratio) => ratio <= widening).length;
  }

  it("of one kind holds exactly as often as it says", () => {
    const RUNS = 1000;
    const holding = held(RUNS, [{ size: 40, deviation: 1 }], (rng, graph, times) =>
      estimateFromSources(rng, graph, 4, times, 0.95),
    );
    const [least, most] = binomialLimits(RUNS, HOLDS);
    expect(holding(1)).toBeGreaterThanOrEqual(least);
    expect(holding(1)).toBeLessThanOrEqual(most);
    // Negative controls: a critical value of the normal law (1.96 for 3.18), and one for 0.99 (5.84).
    expect(holding(1.96 / 3.18)).toBeLessThan(least);
    expect(holding(5.84 / 3.18)).toBeGreaterThan(most);
  });

  it("of two kinds holds at least as often: the t law of the smaller sample is the wider [MickeyBrown1966]", () => {
    const RUNS = 1000;
    const kinds = [
      { size: 40, deviation: 1 },
      { size: 30, deviation: 2 },
    ];
    const holding = held(RUNS, kinds, (rng, graph, times) => estimateFromSources(rng, graph, 4, times, 0.95));
    const [least] = binomialLimits(RUNS, HOLDS);
    expect(holding(1)).toBeGreaterThanOrEqual(least);
    // Negative control: half as wide a band is found out.
    expect(holding(0.5)).toBeLessThan(least);
  });

  it.each([
    { sources: 2, law: (x: number) => (2 / Math.PI) * Math.atan(x) },
    {
      sources: 4,
      law: (x: number) => (2 / Math.PI) * (Math.atan(x / Math.sqrt(3)) + x / Math.sqrt(3) / (1 + x ** 2 / 3)),
    },
  ])("of $sources sources has the critical value of a t law, at any confidence", ({ sources, law }) => {
    const graph = cycles([5]);
    const curves = [3, 1, 4, 1, 5].map((gain) => Float64Array.of(gain));
    for (const confidence of [0.5, 0.95]) {
      const rng = stream(5, "sources", sources);
      const work = estimateFromSources(rng, graph, sources, Float64Array.of(1), confidence);
      const { criticalValue } = driven(work, curves).estimate;
      const [least, most] = binomialLimits(4000, law(criticalValue));
      expect(confidence * 4000).toBeGreaterThanOrEqual(least);
      expect(confidence * 4000).toBeLessThanOrEqual(most);
    }
  });

  /**
   * How many sources there are depends on variances alone, of which means are independent [Stein1945]: what is gained is
   * 10⁻⁸ of what is known, so that the estimate, of which the band is a share, is the same in all runs. The band is at
   * least Stein's, which holds with the same probability for 49 degrees of freedom.
   */
  it("to a given error holds at least as often", () => {
    const RUNS = 250;
    const holding = held(RUNS, [{ size: 300, deviation: 1e-8 }], (rng, graph, times) =>
      estimateToError(rng, graph, 2.4e-9, times, 0.95),
    );
    const [least] = binomialLimits(RUNS, HOLDS);
    expect(holding(1)).toBeGreaterThanOrEqual(least);
    expect(holding(0.5)).toBeLessThan(least);
  });
});

/** Cycles of the given sizes, the largest first: sources of two kinds if there are two. */
function cycles(sizes: readonly number[]): Digraph {
  const links = sizes.flatMap((size, i) => {
    const first = sizes.slice(0, i).reduce((sum, before) => sum + before, 0);
    return Array.from({ length: size }, (_, x) => [first + x, first + ((x + 1) % size)] as const);
  });
  return graphOf(links.length, links);
}

/** A standard normal number, by the method of Box and Muller. */
function normal(rng: Rng): number {
  return Math.sqrt(-2 * Math.log1p(-rng.nextFloat())) * Math.cos(2 * Math.PI * rng.nextFloat());
}
