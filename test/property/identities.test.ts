import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Digraph } from "../../src/graph/digraph.ts";
import { linkCount } from "../../src/graph/digraph.ts";
import { TIE_RULES, type TieRule } from "../../src/graph/tieRule.ts";
import { linkDensity, linkDensitySlope, quenchedBounds } from "../../src/growth/growthCurve.ts";
import { graphRateSpectrum, meanDistance, totalWeight } from "../../src/growth/rateSpectrum.ts";
import { exactSpectrum } from "../../src/spectrum/exactSpectrum.ts";
import { anyDigraph, disjointUnion, relabelled, shuffledIds } from "../support/graphs.ts";
import { allShortestPaths } from "../support/naive.ts";

/**
 * The identities of docs/theory.md, §2.2, numbered as there.
 *
 * Roundings: a curve in [0, 1] is a sum of at most a few hundred terms, each within a few units of 2⁻⁵³; 2⁻⁴⁰ is a
 * hundred times the largest error that can build up, and a ten-thousandth of the smallest effect of a wrong size,
 * 1/N² for N = 14·13.
 */
const ROUNDING = 2 ** -40;

const time = fc.oneof(fc.constantFrom(0, 1, 2), fc.double({ min: 0, max: 1e6, noNaN: true }));
const curveOf = (graph: Digraph, ties: TieRule) => graphRateSpectrum(exactSpectrum(graph, ties));

/** Distances by listing shortest paths: shares nothing with the kernel. */
function naiveDistances(graph: Digraph): number[] {
  const distances: number[] = [];
  for (let x = 0; x < graph.vertexCount; x++) {
    for (let y = 0; y < graph.vertexCount; y++) {
      const [path] = allShortestPaths(graph, x, y);
      if (x !== y && path) distances.push(path.length - 1);
    }
  }
  return distances;
}

const sum = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0);

describe.each(TIE_RULES)("for every graph, rule %s", (ties) => {
  it("1: sizes add up to distances, and those at distance 1 to what is reachable", () => {
    fc.assert(
      fc.property(anyDigraph(9), (graph) => {
        const spectrum = exactSpectrum(graph, ties);
        const distances = naiveDistances(graph);
        expect(spectrum.reachablePairs).toBe(distances.length);
        expect(spectrum.distanceSum).toBe(sum(distances));
        // Sizes at distance 1 add up to R, and all sizes to Σ dist: so those at distance 2 or more to the rest.
        const beyond = sum(spectrum.sizes.map((size, i) => size * spectrum.counts[i]!));
        expect(beyond).toBeCloseTo(sum(distances) - distances.length, 9);
        expect(sum(spectrum.counts)).toBe(distances.length - linkCount(graph));
      }),
    );
  });

  it("2: the first step gains (L − 1)R/N²", () => {
    fc.assert(
      fc.property(anyDigraph(), (graph) => {
        const spectrum = exactSpectrum(graph, ties);
        const curve = graphRateSpectrum(spectrum);
        const L = meanDistance(spectrum) ?? 1;
        const gain = ((L - 1) * spectrum.reachablePairs) / spectrum.pairs ** 2;
        expect(Math.abs(linkDensity(curve, 1) - linkDensity(curve, 0) - gain)).toBeLessThan(ROUNDING);
      }),
    );
  });

  it("3: from |E|/N to R/N, increasing, concave, completely monotone in its increments", () => {
    fc.assert(
      fc.property(anyDigraph(), fc.double({ min: 0.5, max: 200, noNaN: true }), (graph, step) => {
        const spectrum = exactSpectrum(graph, ties);
        const curve = graphRateSpectrum(spectrum);
        expect(linkDensity(curve, 0)).toBe(spectrum.links / spectrum.pairs);
        const plateau = spectrum.reachablePairs / spectrum.pairs;
        expect(Math.abs(linkDensity(curve, Infinity) - plateau)).toBeLessThan(ROUNDING);
        // Differences of order k of a completely monotone function have the sign (−1)^k; of the increments,
        // (−1)^(k+1). Order k adds up 2^k roundings.
        let values = Array.from({ length: 7 }, (_, i) => linkDensity(curve, i * step));
        for (let order = 1; order <= 6; order++) {
          values = values.slice(1).map((value, i) => value - values[i]!);
          const sign = order % 2 === 1 ? 1 : -1;
          for (const value of values) expect(sign * value).toBeGreaterThan(-(2 ** order) * ROUNDING);
        }
      }),
    );
  });

  it("4: the quenched bounds hold at every time", () => {
    fc.assert(
      fc.property(anyDigraph(), time, (graph, t) => {
        const spectrum = exactSpectrum(graph, ties);
        const curve = graphRateSpectrum(spectrum);
        const { lower, upper } = quenchedBounds(curve, t);
        expect(linkDensity(curve, t)).toBeGreaterThan(lower - ROUNDING);
        expect(linkDensity(curve, t)).toBeLessThan(upper + ROUNDING);
        // The smallest size is 1 wherever something is left to learn: the bound is the one of the statement.
        if (spectrum.sizes.length > 0) expect(spectrum.sizes[0]).toBe(1);
        const L = meanDistance(spectrum) ?? 1;
        const C = (spectrum.reachablePairs - spectrum.links) / spectrum.pairs;
        const q = ((L - 1) * spectrum.reachablePairs) / (C * spectrum.pairs ** 2);
        const stated = spectrum.links / spectrum.pairs + (C > 0 ? C * (1 - (1 - q) ** t) : 0);
        // (1 − q)^t loses relative precision like t·2⁻⁵³, t up to 10⁶.
        if (t >= 1) expect(Math.abs(upper - stated)).toBeLessThan(1e6 * 2 ** -50);
      }),
    );
  });

  it("6: renaming vertices keeps the start, the first step and the end; under `uniform` everything", () => {
    const renamed = anyDigraph().chain((graph) =>
      fc.tuple(fc.constant(graph), shuffledIds(graph.vertexCount)),
    );
    fc.assert(
      fc.property(renamed, time, ([graph, name], t) => {
        const before = curveOf(graph, ties);
        const after = curveOf(relabelled(graph, name), ties);
        for (const each of ties === "uniform" ? [0, 1, Infinity, t] : [0, 1, Infinity]) {
          expect(Math.abs(linkDensity(after, each) - linkDensity(before, each))).toBeLessThan(ROUNDING);
        }
      }),
    );
  });

  it("7: two disjoint graphs: what they learn adds up", () => {
    fc.assert(
      fc.property(anyDigraph(8), anyDigraph(8), (a, b) => {
        const sizesOf = (graph: Digraph) => {
          const { sizes, counts } = exactSpectrum(graph, ties);
          return [...sizes].flatMap((size, i) => Array<number>(counts[i]!).fill(size));
        };
        const both = sizesOf(disjointUnion(a, b));
        const each = [...sizesOf(a), ...sizesOf(b)].sort((s, t) => s - t);
        expect(both.length).toBe(each.length);
        both.forEach((size, i) => {
          expect(size).toBeCloseTo(each[i]!, 9);
        });
      }),
    );
  });

  it("has the slope that the curve shows", () => {
    fc.assert(
      fc.property(anyDigraph(), fc.double({ min: 1, max: 500, noNaN: true }), (graph, t) => {
        const curve = curveOf(graph, ties);
        // The central difference is off by h²/6·f‴, and |f‴| ≤ Σ w·k³e^(−kt) ≤ total·(3/(e·t))³ for any rates k.
        const h = 1e-3 * t;
        const slope = (linkDensity(curve, t + h) - linkDensity(curve, t - h)) / (2 * h);
        const bound = (h ** 2 / 6) * totalWeight(curve) * (3 / (Math.E * (t - h))) ** 3 + ROUNDING / h;
        expect(Math.abs(linkDensitySlope(curve, t) - slope)).toBeLessThanOrEqual(bound);
      }),
    );
  });
});
