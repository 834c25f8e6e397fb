import { type Fraction, fraction } from "mathjs";
import { describe, expect, it } from "vitest";
import type { Digraph } from "../../src/graph/digraph.ts";
import { TIE_RULES, type TieRule } from "../../src/graph/tieRule.ts";
import { linkDensity } from "../../src/growth/growthCurve.ts";
import { graphRateSpectrum } from "../../src/growth/rateSpectrum.ts";
import { exactSpectrum } from "../../src/spectrum/exactSpectrum.ts";
import { digraphNumber, linksOf, orderedPairs } from "../support/graphs.ts";
import { possiblePaths } from "../support/naive.ts";

/**
 * Exact density after each step by carrying the whole law of M_t, with rational probabilities: a state is the set
 * of known links, and every pair and every path it may take is followed.
 */
function exactDensities(graph: Digraph, ties: TieRule, steps: number): Fraction[] {
  const n = graph.vertexCount;
  const pairs = orderedPairs(n);
  const code = (x: number, z: number) => 1 << (x * n + z);
  const outcomes = pairs.flatMap(([x, y]) => {
    const paths = possiblePaths(graph, x, y, ties);
    const learned = paths.map((path) => path.slice(1).reduce((set, z) => set | code(x, z), 0));
    const chance = fraction(1, pairs.length * Math.max(paths.length, 1));
    return (learned.length > 0 ? learned : [0]).map((set) => ({ set, chance }));
  });
  const start = linksOf(graph).reduce((set, [x, z]) => set | code(x, z), 0);
  let law = new Map([[start, fraction(1)]]);
  const densities = [density(law, pairs.length)];
  for (let t = 0; t < steps; t++) {
    const next = new Map<number, Fraction>();
    for (const [state, probability] of law) {
      for (const { set, chance } of outcomes) {
        const known = state | set;
        next.set(known, (next.get(known) ?? fraction(0)).add(probability.mul(chance)));
      }
    }
    law = next;
    densities.push(density(law, pairs.length));
  }
  return densities;
}

function density(law: Map<number, Fraction>, pairs: number): Fraction {
  let sum = fraction(0);
  for (const [state, probability] of law) sum = sum.add(probability.mul(popCount(state)));
  return sum.div(pairs);
}

function popCount(set: number): number {
  let count = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/**
 * Rounding of a curve in [0, 1] with at most 12 rates: size/N, log1p, the product with t ≤ 3, expm1, the weight and
 * the sum are each within a unit of 2⁻⁵³ or two, and the relative error of expm1's argument carries over by a factor
 * of at most 1. Twelve terms of at most 1/6 each with eight roundings, and eleven additions: below 32 units.
 */
const ROUNDING = 32 * 2 ** -53;

describe.each(TIE_RULES)("the exact curve, rule %s", (ties) => {
  it("is the exact law of the process on all 64 digraphs with 3 vertices, at t = 0, 1, 2, 3", () => {
    for (let number = 0; number < 64; number++) {
      const graph = digraphNumber(3, number);
      const curve = graphRateSpectrum(exactSpectrum(graph, ties));
      exactDensities(graph, ties, 3).forEach((exact, t) => {
        expect(Math.abs(linkDensity(curve, t) - exact.valueOf())).toBeLessThanOrEqual(ROUNDING);
      });
    }
  });

  it("is the exact law on digraphs with 4 vertices, which have ties, at t = 2", () => {
    // Every 29th of the 4096: 29 is prime to 4096, so that all link patterns are met.
    for (let number = 0; number < 4096; number += 29) {
      const graph = digraphNumber(4, number);
      const exact = exactDensities(graph, ties, 2)[2]!.valueOf();
      const curve = graphRateSpectrum(exactSpectrum(graph, ties));
      expect(Math.abs(linkDensity(curve, 2) - exact)).toBeLessThanOrEqual(ROUNDING);
    }
  });

  it("has the sizes of the definition on all 4096 digraphs with 4 vertices", () => {
    for (let number = 0; number < 4096; number++) {
      const graph = digraphNumber(4, number);
      const spectrum = exactSpectrum(graph, ties);
      const found = [...spectrum.sizes].flatMap((size, i) => Array<number>(spectrum.counts[i]!).fill(size));
      // With 4 vertices at most two shortest paths tie, so that sizes are multiples of 1/2, exact in a double.
      expect(found).toEqual(definedSizes(graph, ties));
    }
  });

  it("has the sizes of the definition on five vertices too", () => {
    for (let number = 1; number < 2 ** 20; number += 2 ** 20 / 512 + 1) {
      const graph = digraphNumber(5, number);
      const spectrum = exactSpectrum(graph, ties);
      const found = [...spectrum.sizes].flatMap((size, i) => Array<number>(spectrum.counts[i]!).fill(size));
      const defined = definedSizes(graph, ties);
      expect(found.length).toBe(defined.length);
      found.forEach((size, i) => {
        expect(Math.abs(size - defined[i]!)).toBeLessThanOrEqual(16 * 2 ** -53);
      });
    }
  });
});

/** s_x(z) for all z at distance 2 or more, ascending: the expected number of targets b whose path visits z. */
function definedSizes(graph: Digraph, ties: TieRule): number[] {
  const pairs = orderedPairs(graph.vertexCount);
  return pairs
    .filter(([x, z]) => (possiblePaths(graph, x, z, ties)[0]?.length ?? 0) > 2)
    .map(([x, z]) => {
      let size = 0;
      for (let b = 0; b < graph.vertexCount; b++) {
        if (b === x) continue;
        const paths = possiblePaths(graph, x, b, ties);
        size += paths.filter((path) => path.includes(z)).length / Math.max(paths.length, 1);
      }
      return size;
    })
    .sort((a, b) => a - b);
}
