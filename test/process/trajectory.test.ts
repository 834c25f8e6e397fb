import { describe, expect, it } from "vitest";
import { breadthFirstTree } from "../../src/graph/breadthFirst.ts";
import { type Digraph, hasLink, linkCount } from "../../src/graph/digraph.ts";
import { sampleErdosRenyi } from "../../src/graph/erdosRenyi.ts";
import type { TreeOf } from "../../src/graph/randomTree.ts";
import type { Clock } from "../../src/growth/rateSpectrum.ts";
import { placeGraph } from "../../src/kernel/placedGraph.ts";
import { firstAbove, kernelRanks, type RankSweep, textbookRanks } from "../../src/process/rankSweep.ts";
import {
  sampleTrajectory,
  sampleTrajectoryBySource,
  type TrajectoryOptions,
  trajectoryRows,
} from "../../src/process/trajectory.ts";
import { type Rng, stream } from "../../src/random/stream.ts";
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

function knownBy(taught: Link[][]): (drawn: (pair: number) => boolean) => number {
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

/** Each vertex below the source itself: every pair teaches its own link only. */
const flatTrees =
  (graph: Digraph): TreeOf =>
  (source) => {
    const { parents, ...tree } = breadthFirstTree(graph, source);
    return { ...tree, parents: parents.map((parent) => (parent < 0 ? parent : source)) };
  };

describe.each([
  ["the trees of rule first", undefined, true],
  ["trees of one's own", flatTrees(SMALL), false],
])("a sampled trajectory, %s", (_, trees, wholePath) => {
  const REPLICATES = 4000;
  const taught = lessons(SMALL, wholePath);
  const sample = () =>
    Array.from({ length: REPLICATES }, (_, i) =>
      sampleTrajectory(stream(1, "trajectory", i), SMALL, TIMES, {
        watch: WATCHED,
        ...(trees && { trees }),
      }),
    );

  it("has the exact law of ‖M_t‖ at five times, and not that of the other trees", () => {
    const sampled = sample();
    const gaps = (law: Link[][]) =>
      TIMES.map((time, i) =>
        distance(
          sampled.map(({ knownLinks }) => knownLinks[i]!),
          exactLaw(12, time, knownBy(law)),
        ),
      );
    for (const gap of gaps(taught)) expect(gap).toBeLessThan(radius(REPLICATES));
    expect(Math.max(...gaps(lessons(SMALL, !wholePath)))).toBeGreaterThan(2 * radius(REPLICATES));
  });

  it("has the exact first passage of watched links", () => {
    // (0, 2) is taught by one of the 12 pairs, (2, 1) by its own and by those behind it, (0, 1) is a source link and
    // (3, 0) cannot be reached.
    const sampled = sample();
    const teachers = WATCHED.map(
      ([x, z]) => taught.filter((links) => links.some(([tail, head]) => tail === x && head === z)).length,
    );
    expect(teachers).toEqual(wholePath ? [1, 2, 3, 0] : [1, 1, 1, 0]);
    WATCHED.forEach(([x, z], link) => {
      const later = TIMES.map((time) => (hasLink(SMALL, x, z) ? 0 : (1 - teachers[link]! / 12) ** time));
      const law = [...later, 0].map((survival, i) => (i === 0 ? 1 : later[i - 1]!) - survival);
      const passages = sampled.map(({ watched }) => watched[link]!);
      expect(distance(passages, law)).toBeLessThan(radius(REPLICATES));
    });
  });
});

/** What rows are told: how many of the targets of each row have been drawn by each time. */
function drawnByRow(rng: Rng, vertexCount: number, times: number[], clock: Clock): number[][] {
  const rows: number[][] = [];
  const sweep: RankSweep = {
    run: (source, drawn) => {
      rows[source] = [...drawn];
    },
    placeOf: () => Infinity,
    known: () => new Float64Array(times.length),
  };
  const yields = [
    ...trajectoryRows(rng, graphOf(vertexCount, []), Float64Array.from(times), clock, [], sweep),
  ];
  expect(yields).toEqual(Array.from({ length: vertexCount }, (_, x) => x + 1));
  return rows;
}

describe("the targets drawn in each row", () => {
  const total = (rows: number[][], time: number) => rows.reduce((sum, row) => sum + row[time]!, 0);

  it("in the clock of steps are none at 0, one of all after one step, and all in the end", () => {
    for (let seed = 0; seed < 50; seed++) {
      const rows = drawnByRow(stream(seed, "rows"), 5, [0, 0, 1, 1, 2, 1e6], "steps");
      expect([0, 1, 2, 3].map((time) => total(rows, time))).toEqual([0, 0, 1, 1]);
      expect([1, 2]).toContain(total(rows, 4));
      expect(rows.map((row) => row[5])).toEqual([4, 4, 4, 4, 4]);
      for (const row of rows) expect([...row].sort((a, b) => a - b)).toEqual(row);
    }
  });

  it("in the clock of steps fall to all rows alike, and twice on the same pair once in N", () => {
    const count = 3000;
    const runs = Array.from({ length: count }, (_, i) => drawnByRow(stream(i, "rows"), 3, [1, 2], "steps"));
    const firstIn = [0, 1, 2].map((x) => runs.filter((rows) => rows[x]![0] === 1).length);
    const again = runs.filter((rows) => total(rows, 1) === 1).length;
    // Second draws in the row of the first: of six pairs its own, which is not new, and one other.
    const together = runs.filter((rows) => rows.some((row) => row[1] === 2)).length;
    for (const share of firstIn) expect(Math.abs(share / count - 1 / 3)).toBeLessThan(radius(count));
    for (const share of [again, together])
      expect(Math.abs(share / count - 1 / 6)).toBeLessThan(radius(count));
  });

  it.each([0, 1])("in the Poisson clock are independent binomial numbers, row %d", (row) => {
    const count = 2000;
    const times = [2, 5];
    const runs = Array.from({ length: count }, (_, i) => drawnByRow(stream(i, "rows"), 3, times, "poisson"));
    times.forEach((time, i) => {
      const p = -Math.expm1(-time / 6);
      const law = [(1 - p) ** 2, 2 * p * (1 - p), p ** 2];
      expect(
        distance(
          runs.map((rows) => rows[row]![i]!),
          law,
        ),
      ).toBeLessThan(radius(count));
    });
    for (const rows of runs) expect(rows[row]![0]).toBeLessThanOrEqual(rows[row]![1]!);
  });
});

describe("a sampled trajectory", () => {
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

  it("counts steps where no clock is named", () => {
    const times = [3, 40];
    const named = sampleTrajectory(stream(1, "t"), SMALL, times, { clock: "steps" });
    expect(sampleTrajectory(stream(1, "t"), SMALL, times)).toEqual(named);
    expect(sampleTrajectory(stream(1, "t"), SMALL, times, { clock: "poisson" })).not.toEqual(named);
  });

  it("says how many sources are done, and is the same when it is run in one go", () => {
    for (const vertexCount of [4, 200]) {
      const graph = vertexCount === 4 ? SMALL : sampleErdosRenyi(stream(2, "graph"), 200, 3 / 200);
      const work = sampleTrajectoryBySource(stream(1, "t"), graph, [7, 900]);
      const done: number[] = [];
      for (;;) {
        const next = work.next();
        if (next.done) {
          expect(next.value).toEqual(sampleTrajectory(stream(1, "t"), graph, [7, 900]));
          break;
        }
        done.push(next.value);
      }
      expect(done).toEqual(Array.from({ length: vertexCount }, (_, x) => x + 1));
    }
  });

  it("takes equal times, the latest there is, and none", () => {
    const { knownLinks } = sampleTrajectory(stream(1, "t"), SMALL, [0, 5, 5, 2 ** 53 - 1]);
    expect(knownLinks[1]).toBe(knownLinks[2]);
    expect(knownLinks[3]).toBe(9);
    expect(sampleTrajectory(stream(1, "t"), SMALL, []).knownLinks).toEqual(new Float64Array());
    const { knownLinks: none } = sampleTrajectory(stream(1, "t"), graphOf(2, []), [0, 9]);
    expect(none).toEqual(new Float64Array(2));
  });

  it.each([
    ["falling times", "times", SMALL, [1, 0], {}],
    ["times before 0", "times", SMALL, [-1], {}],
    ["times before 0 in the Poisson clock", "times", SMALL, [-1], { clock: "poisson" }],
    ["a half step", "time", SMALL, [0.5], {}],
    ["no number", "times", SMALL, [Number.NaN], { clock: "poisson" }],
    ["too late a time", "times", SMALL, [2 ** 53], { clock: "poisson" }],
    ["one entity", "vertexCount", graphOf(1, []), [1], {}],
    ["a watched tail that is not there", "watched entity", SMALL, [1], { watch: [[4, 0]] }],
    ["a watched tail below 0", "watched entity", SMALL, [1], { watch: [[-1, 0]] }],
    ["a watched head that is not there", "watched entity", SMALL, [1], { watch: [[0, 4]] }],
    ["a watched head below 0", "watched entity", SMALL, [1], { watch: [[0, -1]] }],
  ] as [string, string, Digraph, number[], TrajectoryOptions][])(
    "refuses %s",
    (_, argument, graph, times, options) => {
      expect(() => sampleTrajectory(stream(1, "t"), graph, times, options)).toThrow(
        expect.objectContaining({ name: "DomainError", argument }),
      );
    },
  );

  it("takes half a time unit in the Poisson clock", () => {
    const { times } = sampleTrajectory(stream(1, "t"), SMALL, [0.5], { clock: "poisson" });
    expect(times).toEqual(Float64Array.of(0.5));
  });
});

describe("firstAbove", () => {
  it("is the first index above a place, by looking at each", () => {
    const drawn = [0, 0, 2, 2, 3, 7];
    for (let length = 0; length <= drawn.length; length++) {
      const some = drawn.slice(0, length);
      for (const place of [-1, 0, 1, 2, 3, 6, 7, Infinity]) {
        const first = some.findIndex((count) => count > place);
        expect(firstAbove(Uint32Array.from(some), place)).toBe(first < 0 ? length : first);
      }
    }
  });
});
