import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/errors.ts";
import type { Digraph } from "../../src/graph/digraph.ts";
import { TIE_RULES } from "../../src/graph/tieRule.ts";
import { linkDensity } from "../../src/growth/growthCurve.ts";
import { type GraphSpectrum, graphRateSpectrum, meanDistance } from "../../src/growth/rateSpectrum.ts";
import { exactSpectrum } from "../../src/spectrum/exactSpectrum.ts";
import { complete, cycle, disjointUnion, graphOf, path, star } from "../support/graphs.ts";

/** Sizes with their counts. */
function rates({ sizes, counts }: GraphSpectrum): [number, number][] {
  return Array.from(sizes, (size, i) => [size, counts[i]!]);
}

describe.each(TIE_RULES)("exactSpectrum, rule %s", (ties) => {
  const of = (graph: Digraph) => exactSpectrum(graph, ties);

  it("path of 6: s_x(z) = V − z", () => {
    const spectrum = of(path(6));
    // z = 2, …, 5 is at distance 2 or more from z − 1 sources.
    expect(rates(spectrum)).toEqual([
      [1, 4],
      [2, 3],
      [3, 2],
      [4, 1],
    ]);
    expect(spectrum).toMatchObject({ entities: 6, links: 5, pairs: 30, reachablePairs: 15, distanceSum: 35 });
  });

  it("cycle of 7: s_x(z) = V − dist(x, z)", () => {
    const spectrum = of(cycle(7));
    expect(rates(spectrum)).toEqual([
      [1, 7],
      [2, 7],
      [3, 7],
      [4, 7],
      [5, 7],
    ]);
    expect(spectrum).toMatchObject({ links: 7, pairs: 42, reachablePairs: 42, distanceSum: 7 * 21 });
  });

  it("star of 9: nothing to learn", () => {
    const spectrum = of(star(9));
    expect(rates(spectrum)).toEqual([]);
    expect(meanDistance(spectrum)).toBe(1);
    for (const t of [0, 1, 1e9]) expect(linkDensity(graphRateSpectrum(spectrum), t)).toBe(1 / 9);
  });

  it("complete graph: everything is known", () => {
    const spectrum = of(complete(6));
    expect(rates(spectrum)).toEqual([]);
    for (const t of [0, 1, 1e9]) expect(linkDensity(graphRateSpectrum(spectrum), t)).toBe(1);
  });

  it("two components: spectra add up", () => {
    const spectrum = of(disjointUnion(path(6), cycle(7)));
    expect(rates(spectrum)).toEqual([
      [1, 11],
      [2, 10],
      [3, 9],
      [4, 8],
      [5, 7],
    ]);
    expect(spectrum).toMatchObject({ entities: 13, links: 12, pairs: 156, reachablePairs: 57 });
  });

  it("two vertices and one link, and back", () => {
    expect(of(path(2))).toMatchObject({ links: 1, pairs: 2, reachablePairs: 1, distanceSum: 1 });
    expect(linkDensity(graphRateSpectrum(of(cycle(2))), 3)).toBe(1);
  });

  it("no links: nothing is reachable", () => {
    const spectrum = of(graphOf(5, []));
    expect(spectrum).toMatchObject({ links: 0, pairs: 20, reachablePairs: 0, distanceSum: 0 });
    expect(meanDistance(spectrum)).toBeNull();
    expect(linkDensity(graphRateSpectrum(spectrum), 100)).toBe(0);
  });

  it("one vertex: no pairs, nothing known", () => {
    const spectrum = of(graphOf(1, []));
    expect(spectrum).toMatchObject({ entities: 1, links: 0, pairs: 0, reachablePairs: 0 });
    expect(linkDensity(graphRateSpectrum(spectrum), 5)).toBe(0);
  });
});

describe("exactSpectrum, ties", () => {
  /** 0 → 1 → 3 and 0 → 2 → 3, then 3 → 4. */
  const diamond = graphOf(5, [
    [0, 1],
    [0, 2],
    [1, 3],
    [2, 3],
    [3, 4],
  ]);
  /** The same one step later: 5 → 0. */
  const behind = graphOf(6, [
    [0, 1],
    [0, 2],
    [1, 3],
    [2, 3],
    [3, 4],
    [5, 0],
  ]);

  it("diamond: both rules see 3 before 4 from the top", () => {
    // Source 0: s(3) = 2, s(4) = 1; sources 1 and 2: s(4) = 1.
    for (const ties of TIE_RULES)
      expect(rates(exactSpectrum(diamond, ties))).toEqual([
        [1, 3],
        [2, 1],
      ]);
  });

  it("diamond seen from one step away: `first` gives all to 1, `uniform` half to each", () => {
    // Source 5: s(1) = 3, s(2) = 1 under `first`, 2 each under `uniform`; s(3) = 2, s(4) = 1.
    expect(rates(exactSpectrum(behind, "first"))).toEqual([
      [1, 5],
      [2, 2],
      [3, 1],
    ]);
    expect(rates(exactSpectrum(behind, "uniform"))).toEqual([
      [1, 4],
      [2, 4],
    ]);
  });

  it("three ways: thirds add up to whole numbers again", () => {
    const links: [number, number][] = [
      [0, 1],
      ...[2, 3, 4].flatMap((z): [number, number][] => [
        [1, z],
        [z, 5],
      ]),
    ];
    const spectrum = exactSpectrum(graphOf(6, links), "uniform");
    // Source 0: s(2) = s(3) = s(4) = 4/3 and s(5) = 1; source 1: s(5) = 1.
    expect(rates(spectrum)).toEqual([
      [1, 2],
      [1 + 1 / 3, 3],
    ]);
  });

  it("counts more shortest paths than a double can hold", () => {
    // 400 layers of 8 vertices, each linked to all of the next: 8^400 = 2^1200 paths. By symmetry a vertex of
    // layer d ≥ 2 carries 1/8 of what its layer carries: s = 1 + (layers behind it).
    const layers = 400;
    const width = 8;
    const links: [number, number][] = [];
    for (let v = 0; v < width; v++) links.push([0, 1 + v]);
    for (let d = 0; d < layers - 1; d++) {
      for (let u = 0; u < width; u++) {
        for (let v = 0; v < width; v++) links.push([1 + d * width + u, 1 + (d + 1) * width + v]);
      }
    }
    const spectrum = exactSpectrum(graphOf(1 + layers * width, links), "uniform");
    // Layer d + k, k ≥ 2, as seen from the 8 vertices of layer d (1 vertex for d = 0): layers − (d + k) behind it.
    const expected = new Map<number, number>();
    for (let d = 0; d <= layers; d++) {
      for (let layer = d + 2; layer <= layers; layer++) {
        const size = 1 + layers - layer;
        expected.set(size, (expected.get(size) ?? 0) + width * (d === 0 ? 1 : width));
      }
    }
    expect(rates(spectrum)).toEqual([...expected].sort(([a], [b]) => a - b));
  });
});

describe("exactSpectrum, path counts far apart in one level", () => {
  /**
   * Beside `depth` complete layers of width 3, with 3^depth paths, a chain with one path and a branch with four,
   * which meet in one vertex behind the last layer: of its five paths one comes by the chain.
   */
  function chainBesideLayers(depth: number): Digraph {
    const links: [number, number][] = [];
    let next = 1;
    const vertices = (count: number) => Array.from({ length: count }, () => next++);
    const complete = (from: number[], to: number[]) => {
      for (const u of from) for (const v of to) links.push([u, v]);
    };
    let layer = [0];
    for (let d = 0; d < depth; d++) {
      const below = vertices(3);
      complete(layer, below);
      layer = below;
    }
    let [chain, branch] = [[0], [0]];
    for (let d = 0; d < depth; d++) {
      const [one, other] = [vertices(1), vertices(d === 1 ? 4 : 1)];
      complete(chain, one);
      complete(branch, other);
      [chain, branch] = [one, other];
    }
    complete([...chain, ...branch], vertices(1));
    return graphOf(next, links);
  }

  it("keeps their shares as long as doubles can tell them apart", () => {
    // 3^400 = 2^634 paths beside 1 and 4: the last vertex is shared 1 : 4, so that sizes below are 1.2 and 1.8.
    const spectrum = exactSpectrum(chainBesideLayers(400), "uniform", "exact");
    expect(spectrum.sizes.some((size) => Math.abs(size - 1.2) < 1e-12)).toBe(true);
    expect(spectrum.sizes.some((size) => Math.abs(size - 1.8) < 1e-12)).toBe(true);
  });

  it("refuses the graph when they cannot, rather than compute wrong shares", () => {
    expect(() => exactSpectrum(chainBesideLayers(1200), "uniform")).toThrow(DomainError);
    expect(() => exactSpectrum(chainBesideLayers(1200), "first")).not.toThrow();
  });
});
