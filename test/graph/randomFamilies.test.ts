import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/errors.ts";
import { type Digraph, hasLink, linkCount } from "../../src/graph/digraph.ts";
import {
  sampleBlockModel,
  sampleConfigurationModel,
  samplePreferentialAttachment,
  sampleSmallWorld,
} from "../../src/graph/randomFamilies.ts";
import { type Rng, stream } from "../../src/random/stream.ts";
import { ALPHA } from "../support/bounds.ts";

const REPLICATES = 20_000;

/** Largest deviation of a relative frequency over pairs (x, y) of 8 entities from `expected`, and Hoeffding's bound. */
function deviation(draw: (rng: Rng) => Digraph, size: number, expected: (x: number, y: number) => number) {
  const rng = stream(1, "families");
  const counts = new Float64Array(size * size);
  for (let i = 0; i < REPLICATES; i++) {
    const graph = draw(rng);
    for (let x = 0; x < size; x++) {
      for (let y = 0; y < size; y++) counts[x * size + y]! += Number(hasLink(graph, x, y));
    }
  }
  const largest = Math.max(
    ...counts.map((count, i) => Math.abs(count / REPLICATES - expected(Math.floor(i / size), i % size))),
  );
  return { largest, bound: Math.sqrt(Math.log((2 * size * size) / ALPHA) / (2 * REPLICATES)) };
}

describe("the stochastic block model", () => {
  const table = [
    [0.3, 0.05],
    [0.6, 0.15],
  ];
  const draw = (rng: Rng) => sampleBlockModel(rng, [3, 5], table);
  const probability = (x: number, y: number) => (x === y ? 0 : table[x < 3 ? 0 : 1]![y < 3 ? 0 : 1]!);

  it("has each ordered pair with the probability of its blocks", () => {
    const { largest, bound } = deviation(draw, 8, probability);
    expect(largest).toBeLessThan(bound);
  });

  it("would be told from one with the table turned", () => {
    const { largest, bound } = deviation(draw, 8, (x, y) => probability(y, x));
    expect(largest).toBeGreaterThan(bound);
  });

  it("refuses a table that does not fit", () => {
    expect(() => sampleBlockModel(stream(1, "g"), [2, 2], [[0.5, 0.5]])).toThrow(DomainError);
    expect(() => sampleBlockModel(stream(1, "g"), [2], [[1.5]])).toThrow(DomainError);
  });
});

describe("the configuration model", () => {
  it("matches all ends that it does not drop", () => {
    const { graph, dropped } = sampleConfigurationModel(stream(1, "g"), [3, 1, 0, 2], [0, 2, 3, 1]);
    expect(linkCount(graph) + dropped.selfLoops + dropped.repeated).toBe(6);
  });

  it("matches ends uniformly: single ends meet with probability 1/E", () => {
    const draw = (rng: Rng) => sampleConfigurationModel(rng, [1, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1]).graph;
    const { largest, bound } = deviation(draw, 6, (x, y) => (x < 3 && y >= 3 ? 1 / 3 : 0));
    expect(largest).toBeLessThan(bound);
    const other = deviation(draw, 6, (x, y) => (x < 3 && y === x + 3 ? 1 : 0));
    expect(other.largest).toBeGreaterThan(bound);
  });

  it("refuses degrees that cannot be matched", () => {
    expect(() => sampleConfigurationModel(stream(1, "g"), [1, 1], [1, 0])).toThrow("sum of inDegrees");
    expect(() => sampleConfigurationModel(stream(1, "g"), [1], [1, 0])).toThrow(DomainError);
    expect(() => sampleConfigurationModel(stream(1, "g"), [-1, 1], [0, 0])).toThrow(DomainError);
  });
});

describe("preferential attachment", () => {
  it("favours entities by links received plus one", () => {
    const draw = (rng: Rng) => samplePreferentialAttachment(rng, 4, 1, 0).graph;
    // Entity 2 finds tickets 0, 1 and 0 again; entity 3 finds 0, 1, 2, 0 and where 2 went: 0 w.p. 2/3, 1 w.p. 1/3.
    const toFirst = [[0], [1], [2 / 3, 1 / 3], [(2 + 2 / 3) / 5, (1 + 1 / 3) / 5, 1 / 5]];
    const expected = (x: number, y: number) => toFirst[x]![y] ?? 0;
    const { largest, bound } = deviation(draw, 4, expected);
    expect(largest).toBeLessThan(bound);
    const uniform = deviation(draw, 4, (x, y) => (y < x ? 1 / x : 0));
    expect(uniform.largest).toBeGreaterThan(bound);
  });

  it("states every link both ways at reciprocity 1", () => {
    const { graph } = samplePreferentialAttachment(stream(1, "g"), 200, 3, 1);
    for (let x = 0; x < 200; x++) {
      for (const y of graph.targets.subarray(graph.offsets[x], graph.offsets[x + 1]))
        expect(hasLink(graph, y, x)).toBe(true);
    }
  });
});

describe("the small world", () => {
  it("is a ring without rewiring", () => {
    const { graph } = sampleSmallWorld(stream(1, "g"), 7, 2, 0);
    for (let x = 0; x < 7; x++)
      for (let y = 0; y < 7; y++) {
        expect(hasLink(graph, x, y)).toBe([1, 2].includes((y - x + 7) % 7));
      }
  });

  it("leads a rewired link anywhere with the same probability", () => {
    const draw = (rng: Rng) => sampleSmallWorld(rng, 6, 1, 0.4).graph;
    const expected = (x: number, y: number) => (x === y ? 0 : 0.4 / 5 + ((y - x + 6) % 6 === 1 ? 0.6 : 0));
    const { largest, bound } = deviation(draw, 6, expected);
    expect(largest).toBeLessThan(bound);
    expect(deviation(draw, 6, (x, y) => expected(y, x)).largest).toBeGreaterThan(bound);
  });

  it("takes links to all others, and refuses more", () => {
    expect(sampleSmallWorld(stream(1, "g"), 5, 4, 0).graph.targets.length).toBe(20);
    for (const linksEach of [0, 5, 1.5])
      expect(() => sampleSmallWorld(stream(1, "g"), 5, linksEach, 0)).toThrow("linksEach");
  });
});
