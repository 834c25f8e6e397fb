import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/errors.ts";
import { breadthFirstTree } from "../../src/graph/breadthFirst.ts";
import { type Digraph, hasLink, linkCount } from "../../src/graph/digraph.ts";
import { sampleErdosRenyi } from "../../src/graph/erdosRenyi.ts";
import type { TreeOf } from "../../src/graph/randomTree.ts";
import { placeGraph } from "../../src/kernel/placedGraph.ts";
import { kernelRanks, textbookRanks } from "../../src/process/rankSweep.ts";
import { sampleTrajectory, trajectoryRows } from "../../src/process/trajectory.ts";
import { stream } from "../../src/random/stream.ts";
import { ALPHA } from "../support/bounds.ts";
import { finished } from "../support/generators.ts";
import { graphOf, type Link } from "../support/graphs.ts";

/** Four entities, N = 12, with a branch and a cycle. */
const SMALL = graphOf(4, [
  [0, 1],
  [1, 2],
  [1, 3],
  [2, 0],
]);
const TIMES = [0, 2, 5, 12, 30];
const WATCHED: readonly Link[] = [
  [0, 2],
  [2, 1],
  [0, 1],
  [3, 0],
];

const firstTrees =
  (graph: Digraph): TreeOf =>
  (source) =>
    breadthFirstTree(graph, source);

/** Ordered pairs of different entities, and for each the links that drawing it makes known. */
function lessons({ vertexCount, ...rest }: Digraph, wholePath: boolean): Link[][] {
  const graph = { vertexCount, ...rest };
  const pairs: Link[][] = [];
  for (let x = 0; x < vertexCount; x++) {
    const { parents } = breadthFirstTree(graph, x);
    for (let y = 0; y < vertexCount; y++) {
      if (y === x) continue;
      const path: Link[] = [];
      for (let v = y; parents[v]! >= 0; v = parents[v]!) path.push([x, v]);
      pairs.push(wholePath ? path : path.slice(0, 1));
    }
  }
  return pairs;
}

/** P[number of different pairs among t draws = k]. */
function drawnMass(pairs: number, time: number): number[] {
  let mass = [1, ...new Array<number>(pairs).fill(0)];
  for (let step = 0; step < time; step++) {
    mass = mass.map((stay, k) => (stay * k + (k > 0 ? mass[k - 1]! * (pairs - k + 1) : 0)) / pairs);
  }
  return mass;
}

/** The exact law of a number that depends on the set of pairs drawn so far, by going through all 2ᴺ sets. */
function exactLaw(
  pairs: number,
  time: number,
  value: (drawn: (pair: number) => boolean) => number,
): number[] {
  const mass = drawnMass(pairs, time);
  const law: number[] = new Array(pairs + 1).fill(0);
  const setsOfSize = new Array(pairs + 1).fill(1);
  for (let k = 1; k <= pairs; k++) setsOfSize[k] = (setsOfSize[k - 1] * (pairs - k + 1)) / k;
  for (let set = 0; set < 2 ** pairs; set++) {
    let size = 0;
    for (let bits = set; bits > 0; bits &= bits - 1) size++;
    law[value((pair) => (set & (1 << pair)) !== 0)]! += mass[size]! / setsOfSize[size];
  }
  return law;
}

function knownLinks(taught: Link[][]): (drawn: (pair: number) => boolean) => number {
  const index = ([x, z]: Link) => x * 4 + z;
  return (drawn) => {
    const known = new Set<number>();
    for (let x = 0; x < 4; x++)
      for (let z = 0; z < 4; z++) if (hasLink(SMALL, x, z)) known.add(index([x, z]));
    taught.forEach((links, pair) => {
      if (drawn(pair)) for (const link of links) known.add(index(link));
    });
    return known.size;
  };
}

/** Largest distance between the distribution functions of a sample and of a law. */
function distance(sample: readonly number[], law: readonly number[]): number {
  const counts = law.map(() => 0);
  for (const value of sample) counts[value]!++;
  let gap = 0;
  let largest = 0;
  law.forEach((mass, k) => {
    gap += counts[k]! / sample.length - mass;
    largest = Math.max(largest, Math.abs(gap));
  });
  return largest;
}

/** [Massart1990]: P[distance > radius] ≤ 2·exp(−2n·radius²). */
const radius = (count: number) => Math.sqrt(Math.log(2 / ALPHA) / (2 * count));

describe("a sampled trajectory", () => {
  const REPLICATES = 20_000;
  const sampled = Array.from({ length: REPLICATES }, (_, i) =>
    sampleTrajectory(stream(1, "trajectory", i), SMALL, TIMES, { watch: WATCHED }),
  );

  it.each(TIMES.map((time, i) => [time, i]))("has the exact law of ‖M_t‖ at t = %d", (time, i) => {
    const sample = sampled.map((trajectory) => trajectory.knownLinks[i]!);
    const law = exactLaw(12, time!, knownLinks(lessons(SMALL, true)));
    expect(distance(sample, law)).toBeLessThan(radius(REPLICATES));
  });

  it("would be told from one in which a pair teaches its own link only", () => {
    const sample = sampled.map((trajectory) => trajectory.knownLinks[2]!);
    const wrong = exactLaw(12, TIMES[2]!, knownLinks(lessons(SMALL, false)));
    expect(distance(sample, wrong)).toBeGreaterThan(2 * radius(REPLICATES));
  });

  it("has the exact first passage of watched links", () => {
    // (0, 2) is taught by one of the 12 pairs, (2, 1) by its own and by those behind it, (0, 1) is a source link and
    // (3, 0) cannot be reached.
    const taught = lessons(SMALL, true);
    WATCHED.forEach(([x, z], link) => {
      const teachers = taught.filter((links) =>
        links.some(([tail, head]) => tail === x && head === z),
      ).length;
      const later = TIMES.map((time) => (hasLink(SMALL, x, z) ? 0 : (1 - teachers / 12) ** time));
      const law = [...later, 0].map((survival, i) => (i === 0 ? 1 : later[i - 1]!) - survival);
      const sample = sampled.map((trajectory) => trajectory.watched[link]!);
      expect(distance(sample, law)).toBeLessThan(radius(REPLICATES));
    });
    expect(taught.filter((links) => links.some(([tail, head]) => tail === 2 && head === 1)).length).toBe(2);
  });

  it("starts from the links and ends at the reachable pairs, in either clock", () => {
    for (const clock of ["steps", "poisson"] as const) {
      const { knownLinks } = sampleTrajectory(stream(1, "t"), SMALL, [0, 1e6], { clock });
      expect([...knownLinks]).toEqual([linkCount(SMALL), 9]);
    }
  });

  it("in the Poisson clock knows a link with probability 1 − e^(−st/N)", () => {
    const rng = stream(9, "trajectory");
    const known = Array.from({ length: 5000 }, () => {
      const { watched } = sampleTrajectory(rng, SMALL, [7.5], { clock: "poisson", watch: [[2, 1]] });
      return watched[0]!;
    });
    expect(distance(known, [-Math.expm1((-2 * 7.5) / 12), Math.exp((-2 * 7.5) / 12)])).toBeLessThan(
      radius(5000),
    );
  });

  it.each([
    ["λ = 1.5", 300, 1.5],
    ["λ = 3", 300, 3],
    ["λ = 10", 300, 10],
    ["λ = 60", 120, 60],
  ])("is the same, bit for bit, from the kernel and from the textbook, %s", (_, vertexCount, lambda) => {
    const graph = sampleErdosRenyi(stream(2, "graph"), vertexCount, lambda / vertexCount);
    const times = Float64Array.of(0, 100, 1e4, 1e6);
    const watch: Link[] = [
      [0, 1],
      [3, 7],
      [5, 2],
    ];
    const rngs = [stream(6, "t"), stream(6, "t")] as const;
    const kernel = kernelRanks(placeGraph(graph, "ranks", 1, times.length)!, rngs[0]);
    const textbook = textbookRanks(firstTrees(graph), vertexCount, times.length, rngs[1]);
    const results = [kernel, textbook].map((sweep, i) =>
      finished(trajectoryRows(rngs[i]!, graph, times, "poisson", watch, sweep)),
    );
    expect(results[0]).toEqual(results[1]);
  });

  it("is the same with 32-bit ids", () => {
    const graph = sampleErdosRenyi(stream(2, "graph"), 66_000, 3 / 66_000);
    const kernel = kernelRanks(placeGraph(graph, "ranks", 1, 2)!, stream(6, "t"));
    const textbook = textbookRanks(firstTrees(graph), 66_000, 2, stream(6, "t"));
    for (const sweep of [kernel, textbook]) {
      for (const source of [0, 1, 65_999]) sweep.run(source, Uint32Array.of(500, 40_000));
    }
    expect(kernel.known()).toEqual(textbook.known());
    expect(kernel.known()[1]).toBeGreaterThan(0);
  });

  it("refuses what is no time", () => {
    const rng = stream(1, "t");
    expect(() => sampleTrajectory(rng, SMALL, [1, 0])).toThrow(DomainError);
    expect(() => sampleTrajectory(rng, SMALL, [0.5])).toThrow(DomainError);
    expect(() => sampleTrajectory(rng, SMALL, [Number.NaN], { clock: "poisson" })).toThrow(DomainError);
    expect(() => sampleTrajectory(rng, graphOf(1, []), [1])).toThrow(DomainError);
  });
});
