import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/errors.ts";
import { hasLink, linkCount, pairCount } from "../../src/graph/digraph.ts";
import { sampleErdosRenyi } from "../../src/graph/erdosRenyi.ts";
import { geometricSampler } from "../../src/random/draws.ts";
import { stream } from "../../src/random/stream.ts";
import { bernsteinRadius } from "../support/bounds.ts";
import { linksOf, orderedPairs } from "../support/graphs.ts";

describe("sampleErdosRenyi", () => {
  it("makes each ordered pair a link with probability p, whatever its position", () => {
    const graphs = 40_000;
    const p = 0.3;
    const pairs = orderedPairs(8);
    const hits = pairs.map(() => 0);
    for (let r = 0; r < graphs; r++) {
      const graph = sampleErdosRenyi(stream(11, "graph", r), 8, p);
      pairs.forEach(([x, z], i) => {
        if (hasLink(graph, x, z)) hits[i]!++;
      });
    }
    const radius = bernsteinRadius(graphs, p * (1 - p), 1);
    for (const hit of hits) expect(Math.abs(hit / graphs - p)).toBeLessThanOrEqual(radius);
    // Negative control: p off by 10 % is outside for every pair.
    for (const hit of hits) expect(Math.abs(hit / graphs - 1.1 * p)).toBeGreaterThan(radius);
  });

  it("would be told from a sampler that always skips the first pair, or steps by the gap alone", () => {
    const graphs = 40_000;
    const p = 0.3;
    const gap = geometricSampler(p);
    const radius = bernsteinRadius(graphs, p * (1 - p), 1);
    /** Frequencies by position where links begin at `first` + a gap and follow at `step` + a gap. */
    const frequencies = (first: number, step: number) => {
      const hits = new Float64Array(56);
      for (let r = 0; r < graphs; r++) {
        const rng = stream(11, "graph", r);
        const linked = new Set<number>();
        for (let pair = first + gap(rng); pair < 56; pair += step + gap(rng)) linked.add(pair);
        for (const pair of linked) hits[pair]!++;
      }
      return hits.map((hit) => hit / graphs);
    };
    const outside = (values: Float64Array) => values.filter((value) => Math.abs(value - p) > radius).length;
    expect(outside(frequencies(0, 1))).toBe(0);
    expect(outside(frequencies(1, 1))).toBeGreaterThan(0);
    expect(outside(frequencies(0, 2))).toBeGreaterThan(0);
    expect(outside(frequencies(0, 0))).toBe(0);
  });

  it("places the links by the gaps it draws", () => {
    // p = 1/2: U in [1 − 2^−k, 1 − 2^−(k+1)) is a gap of k. Gaps 0, 2, 5, then beyond the 12 pairs of V = 4.
    const gaps = [0, 2, 5, 40];
    const rng = { nextFloat: () => 1 - 0.75 * 2 ** -gaps.shift()! };
    expect(linksOf(sampleErdosRenyi(rng, 4, 0.5))).toEqual([
      orderedPairs(4)[0],
      orderedPairs(4)[3],
      orderedPairs(4)[9],
    ]);
  });

  it("makes all pairs links for p = 1 and none for p = 0", () => {
    expect(linksOf(sampleErdosRenyi(stream(1, "g"), 7, 1))).toEqual(orderedPairs(7));
    expect(linkCount(sampleErdosRenyi(stream(1, "g"), 7, 0))).toBe(0);
    expect(linkCount(sampleErdosRenyi(stream(1, "g"), 1, 0.5))).toBe(0);
  });

  it("has room for more links than expected", () => {
    // A generator that always returns 0 makes every pair a link, far more than the 0.01 expected.
    const graph = sampleErdosRenyi({ nextFloat: () => 0 }, 40, 0.01);
    expect(linkCount(graph)).toBe(pairCount(40));
  });

  it("refuses what is no probability or no size", () => {
    const rng = stream(1, "g");
    expect(() => sampleErdosRenyi(rng, 10, 1.5)).toThrow(DomainError);
    expect(() => sampleErdosRenyi(rng, 10, Number.NaN)).toThrow(DomainError);
    expect(() => sampleErdosRenyi(rng, 0, 0.5)).toThrow(DomainError);
  });
});
