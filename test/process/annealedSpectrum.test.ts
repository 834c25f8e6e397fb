import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/errors.ts";
import { MAX_ENTITIES } from "../../src/graph/digraph.ts";
import { sampleErdosRenyi } from "../../src/graph/erdosRenyi.ts";
import { linkDensity } from "../../src/growth/growthCurve.ts";
import { graphRateSpectrum, meanGraphSpectrum } from "../../src/growth/rateSpectrum.ts";
import { annealedSpectrum, sampleAnnealedRow } from "../../src/process/annealedSpectrum.ts";
import { stream } from "../../src/random/stream.ts";
import { exactSpectrum } from "../../src/spectrum/exactSpectrum.ts";
import { ALPHA } from "../support/bounds.ts";

const rowsOf = (count: number, vertexCount: number, p: number) =>
  Array.from({ length: count }, (_, i) => sampleAnnealedRow(stream(1, "row", i), vertexCount, p));

/** A row as text: links, reached, sizes and counts. */
const named = (links: number, reached: number, sizes: Iterable<number>, counts: Iterable<number>) =>
  JSON.stringify([links, reached, [...sizes], [...counts]]);

describe("annealed rows", () => {
  it("have the law of searches from one source, by going through all 4096 graphs of four entities", () => {
    const p = 0.4;
    const law = new Map<string, number>();
    for (let set = 0; set < 4096; set++) {
      const pairs = [...Array(16).keys()].filter((i) => i >> 2 !== (i & 3));
      const links = pairs.filter((_, bit) => (set >> bit) & 1);
      const tree = rowByHand(links.map((i) => [i >> 2, i & 3] as const));
      law.set(tree, (law.get(tree) ?? 0) + p ** links.length * (1 - p) ** (12 - links.length));
    }
    const count = 20_000;
    const seen = new Map<string, number>();
    for (const { links, reached, sizes, counts } of rowsOf(count, 4, p)) {
      const row = named(links, reached, sizes, counts);
      seen.set(row, (seen.get(row) ?? 0) + 1);
    }
    // Hoeffding for each of the kinds of row.
    const radius = Math.sqrt(Math.log((2 * law.size) / ALPHA) / (2 * count));
    expect([...seen.keys()].filter((row) => !law.has(row))).toEqual([]);
    for (const [row, mass] of law) expect(Math.abs((seen.get(row) ?? 0) / count - mass)).toBeLessThan(radius);
    // Negative control: the same rows against p 10 % off.
    expect(Math.abs((seen.get(named(0, 1, [], [])) ?? 0) / count - 0.56 ** 3)).toBeGreaterThan(radius);
  });

  it("give the curve averaged over graphs", () => {
    const rows = rowsOf(4000, 100, 0.03);
    const graphs = Array.from({ length: 400 }, (_, i) =>
      exactSpectrum(sampleErdosRenyi(stream(2, "graph", i), 100, 0.03), "first"),
    );
    const time = 9900;
    const annealed = linkDensity(annealedSpectrum(rows, 0.03), time);
    const curves = graphs.map((graph) => linkDensity(graphRateSpectrum(graph), time));
    expect(linkDensity(meanGraphSpectrum(graphs), time)).toBeCloseTo(
      curves.reduce((a, b) => a + b, 0) / curves.length,
      12,
    );
    // Both are means of independent values in [0, 1]; Hoeffding for the sum of both deviations.
    const radius = Math.sqrt((Math.log(2 / ALPHA) / 2) * (1 / rows.length + 1 / graphs.length));
    const exact = curves.reduce((a, b) => a + b, 0) / curves.length;
    expect(Math.abs(annealed - exact)).toBeLessThan(radius);
    const other = linkDensity(annealedSpectrum(rowsOf(4000, 100, 0.015), 0.015), time);
    expect(Math.abs(other - exact)).toBeGreaterThan(radius);
  });

  it.each([0.3, 0.7, 0.99])(
    "have a binomial number of links, also where (1 - p)^V underflows, p = %d",
    (p) => {
      const count = 1000;
      const links = rowsOf(count, 700, p).map((row) => row.links);
      // The law of the 699 possible links, by its own recurrence of logarithms; Massart's bound for the distance.
      const logMass = [699 * Math.log1p(-p)];
      for (let k = 1; k < 700; k++) logMass.push(logMass[k - 1]! + Math.log(((700 - k) * p) / (k * (1 - p))));
      let sum = 0;
      let largest = 0;
      logMass.forEach((log, k) => {
        sum += Math.exp(log);
        largest = Math.max(largest, Math.abs(links.filter((link) => link <= k).length / count - sum));
      });
      expect(sum).toBeCloseTo(1, 9);
      expect(largest).toBeLessThan(Math.sqrt(Math.log(2 / ALPHA) / (2 * count)));
    },
  );

  it("walk up from nothing: the next number of links begins where the mass of those below ends", () => {
    // Of three possible links none has mass 1/8, one 3/8, two 3/8.
    const links = (number: number) => sampleAnnealedRow({ nextFloat: () => number }, 4, 0.5).links;
    // Masses are exact but for a few units of the last place.
    const near = 2 ** -50;
    const ends = [1 / 8, 4 / 8, 7 / 8].flatMap((end) => [end - near, end + near]);
    expect([0, ...ends, 1 - 2 ** -53].map(links)).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
  });

  it("have at most as many links as there are entities, whatever is left by rounding", () => {
    for (const p of [0.1, 0.03, 0.7]) {
      const { links, reached } = sampleAnnealedRow({ nextFloat: () => 1 - 2 ** -53 }, 40, p);
      expect(links).toBeLessThanOrEqual(39);
      expect(reached).toBeLessThanOrEqual(40);
      expect(links).toBeGreaterThan(39 * p);
    }
  });

  it("add up to the rates and weights of their sizes", () => {
    const row = { entities: 5, links: 2, reached: 5 };
    const rows = [
      { ...row, sizes: Float64Array.of(2, 3), counts: Float64Array.of(1, 2) },
      { ...row, sizes: Float64Array.of(1, 3, 10), counts: Float64Array.of(4, 1, 1) },
    ];
    const { clock, baseline, rates, weights } = annealedSpectrum(rows, 0.3);
    expect({ clock, baseline }).toEqual({ clock: "steps", baseline: 0.3 });
    expect([...rates]).toEqual([1 / 20, 2 / 20, 3 / 20, 10 / 20]);
    // Two rows of V − 1 = 4 pairs.
    expect([...weights]).toEqual([4 / 8, 1 / 8, 3 / 8, 1 / 8]);
    expect(() => annealedSpectrum([rows[0]!, { ...rows[1]!, entities: 6 }], 0.3)).toThrow(DomainError);
  });

  it("reach nothing at p = 0 and everything at once at p = 1", () => {
    expect(sampleAnnealedRow(stream(1, "row"), 5, 0)).toMatchObject({ links: 0, reached: 1 });
    expect(sampleAnnealedRow(stream(1, "row"), 5, 1)).toMatchObject({ links: 4, reached: 5 });
  });

  it("refuse what is outside their domain", () => {
    for (const [vertexCount, p] of [
      [1, 0.5],
      [2.5, 0.5],
      [MAX_ENTITIES + 1, 0],
      [5, 1.1],
      [5, -0.1],
      [5, Number.NaN],
      [10_000, 0.5],
    ] as const)
      expect(() => sampleAnnealedRow(stream(1, "row"), vertexCount, p)).toThrow(DomainError);
    expect(sampleAnnealedRow(stream(1, "row"), 2, 1)).toMatchObject({ links: 1, reached: 2 });
    expect(sampleAnnealedRow(stream(1, "row"), 1400, 0.5).reached).toBe(1400);
    expect(() => annealedSpectrum([], 0.5)).toThrow(DomainError);
  });
});

/** Breadth-first search from 0 over a list of links, by the definition. */
function rowByHand(links: readonly (readonly [number, number])[]): string {
  const parent = new Map<number, number>([[0, -1]]);
  for (const [u] of parent) {
    for (let v = 0; v < 4; v++) {
      if (!parent.has(v) && links.some(([x, y]) => x === u && y === v)) parent.set(v, u);
    }
  }
  const count = new Map<number, number>();
  const far = [...parent.keys()].filter((v) => v !== 0 && parent.get(v) !== 0);
  for (const z of far) {
    let size = 0;
    for (let v of parent.keys()) {
      while (v !== z && v !== -1) v = parent.get(v)!;
      if (v === z) size++;
    }
    count.set(size, (count.get(size) ?? 0) + 1);
  }
  const sizes = [...count.keys()].sort((a, b) => a - b);
  const near = [...parent.values()].filter((u) => u === 0).length;
  return named(
    near,
    parent.size,
    sizes,
    sizes.map((size) => count.get(size)!),
  );
}
