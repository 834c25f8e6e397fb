import { describe, expect, it } from "vitest";
import { breadthFirstTree } from "../../src/graph/breadthFirst.ts";
import { sampleErdosRenyi } from "../../src/graph/erdosRenyi.ts";
import { placeGraph } from "../../src/kernel/placedGraph.ts";
import { kernelRanks, type RankSweep, textbookRanks } from "../../src/process/rankSweep.ts";
import { type Rng, stream } from "../../src/random/stream.ts";
import { graphOf } from "../support/graphs.ts";

const V = 300;
const DRAWN = Uint32Array.of(0, 20, 20, 150, V - 1);

/**
 * A draw below 299 by the word w looks again where 299 w mod 2³² is below 299, and refuses w where that is below 2³² mod 299 = 35:
 * these w give 34, 35 and 298.
 */
const [REFUSED, BARELY_ACCEPTED, ACCEPTED] = [1335892838, 4280602857, 1350257278] as const;

/** The state of a generator whose first word is `word`. */
function firstWord(word: number): Rng {
  const state = [word / 2 ** 32, 0, 0, 0];
  return { nextFloat: () => state.shift()! };
}

/** Every place of every entity in the rows of some sources, and what is known after them. */
function placesAndKnown(sweep: RankSweep): { places: number[][]; known: number[] } {
  const places = [0, 7, V - 1].map((source) => {
    sweep.run(source, DRAWN);
    return Array.from({ length: V }, (_, head) => sweep.placeOf(head));
  });
  return { places, known: [...sweep.known()] };
}

describe("rows by the kernel and by the textbook", () => {
  it.each([
    ["λ = 1.5", 1.5, () => stream(1, "ranks")],
    ["λ = 4", 4, () => stream(1, "ranks")],
    ["a first word that is refused", 4, () => firstWord(REFUSED)],
    ["a first word that is barely accepted", 4, () => firstWord(BARELY_ACCEPTED)],
    ["a first word that is accepted on a second look", 4, () => firstWord(ACCEPTED)],
  ])("are the same in every place, %s", (_, lambda, rng) => {
    const graph = sampleErdosRenyi(stream(3, "graph"), V, lambda / V);
    const kernel = placesAndKnown(kernelRanks(placeGraph(graph, "ranks", 1, DRAWN.length)!, rng()));
    const trees = (source: number) => breadthFirstTree(graph, source);
    expect(kernel).toEqual(placesAndKnown(textbookRanks(trees, V, DRAWN.length, rng())));
    expect(kernel.places.flat()).toContain(Infinity);
    expect(kernel.known[0]).toBe(0);
    expect(kernel.known[1]).toBe(kernel.known[2]);
    expect(kernel.known[3]).toBeGreaterThan(kernel.known[2]!);
  });
});

describe("kernelRanks", () => {
  it("gives a copy of what is known, that later rows leave alone", () => {
    const graph = sampleErdosRenyi(stream(3, "graph"), V, 4 / V);
    const sweep = kernelRanks(placeGraph(graph, "ranks", 1, 1)!, stream(1, "ranks"));
    sweep.run(0, Uint32Array.of(V - 1));
    const after = sweep.known();
    const [first] = after;
    sweep.run(1, Uint32Array.of(V - 1));
    expect(after[0]).toBe(first);
    expect(sweep.known()[0]).toBeGreaterThan(first!);
  });
});

describe("textbookRanks", () => {
  // 0 → 1 → 2 → 3, and 0 → 4.
  const graph = graphOf(5, [
    [0, 1],
    [1, 2],
    [2, 3],
    [0, 4],
  ]);
  const trees = (source: number) => breadthFirstTree(graph, source);

  it("gives each target one place, and each link the least place of its subtree", () => {
    const seen = new Set<string>();
    const sweep = textbookRanks(trees, 5, 1, stream(2, "ranks"));
    for (let run = 0; run < 400; run++) {
      sweep.run(0, Uint32Array.of(0));
      const [one, two, three, four] = [1, 2, 3, 4].map((head) => sweep.placeOf(head));
      expect(one).toBeLessThanOrEqual(two!);
      expect(two).toBeLessThanOrEqual(three!);
      expect([0, 1, 2, 3]).toContain(three);
      expect(four).not.toBe(three);
      seen.add(String([three, four]));
    }
    // 12 pairs of different places, each missed with probability (11/12)⁴⁰⁰ < 10⁻¹⁵.
    expect(seen.size).toBe(12);
    expect(sweep.known()).toEqual(Float64Array.of(0));
  });

  it("adds up over rows what is known at distance 2 or more, and forgets the row before", () => {
    const sweep = textbookRanks(trees, 5, 3, stream(2, "ranks"));
    sweep.run(0, Uint32Array.of(0, 4, 4));
    const after = sweep.known();
    expect([...after]).toEqual([0, 2, 2]);
    sweep.run(1, Uint32Array.of(0, 0, 4));
    expect([...after]).toEqual([0, 2, 2]);
    expect([...sweep.known()]).toEqual([0, 2, 3]);
    expect([0, 4].map((head) => sweep.placeOf(head))).toEqual([Infinity, Infinity]);
  });
});
