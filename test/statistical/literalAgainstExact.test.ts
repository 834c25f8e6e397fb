import { describe, expect, it } from "vitest";
import type { Digraph } from "../../src/graph/digraph.ts";
import { sampleErdosRenyi } from "../../src/graph/erdosRenyi.ts";
import { TIE_RULES, type TieRule } from "../../src/graph/tieRule.ts";
import { linkDensity } from "../../src/growth/growthCurve.ts";
import { type GraphSpectrum, graphRateSpectrum } from "../../src/growth/rateSpectrum.ts";
import { literalProcess } from "../../src/process/literalProcess.ts";
import { stream } from "../../src/random/stream.ts";
import { exactSpectrum } from "../../src/spectrum/exactSpectrum.ts";
import { bernsteinRadius } from "../support/bounds.ts";
import { possiblePaths } from "../support/naive.ts";

const V = 30;
const PAIRS = V * (V - 1);
const LAMBDA = 3;
/** Recorded times, each with how many replicates run that far: the differences to be seen are smallest early. */
const PLAN = [
  { time: 30, replicates: 6000 },
  { time: 100, replicates: 6000 },
  { time: 300, replicates: 6000 },
  { time: 1000, replicates: 3000 },
  { time: 3000, replicates: 1000 },
  { time: 10_000, replicates: 500 },
];

/** Mean density of replicates of the literal process on one graph, at each of the times. */
function simulatedMeans(graph: Digraph, ties: TieRule): number[] {
  const sums = PLAN.map(() => 0);
  for (let r = 0; r < PLAN[0]!.replicates; r++) {
    const process = literalProcess(graph, ties);
    const rng = stream(17, "process", r);
    PLAN.forEach(({ time, replicates }, i) => {
      if (r >= replicates) return;
      while (process.steps < time) process.step(rng);
      sums[i]! += process.knownLinks / PAIRS;
    });
  }
  return sums.map((sum, i) => sum / PLAN[i]!.replicates);
}

/**
 * Variance of the density at t, exactly. A step covers (x, z) with probability s/N and (x, z) and (x, z') together
 * with probability `both`/N, the share of paths from x that visit both; links of different sources are never covered
 * together. Two links are unknown at t with probability (1 − (s + s' − both)/N)^t.
 */
function exactVariance(graph: Digraph, ties: TieRule): (t: number) => number {
  const links = Array.from({ length: V }, (_, x) => coverage(graph, x, ties));
  const all = links.flatMap((both, x) => both.map((row, i) => ({ x, i, size: row[i]! })));
  return (t) => {
    const unknown = (size: number) => (1 - size / PAIRS) ** t;
    let variance = 0;
    for (const a of all) {
      for (const b of all) {
        const together = a.x === b.x ? links[a.x]![a.i]![b.i]! : 0;
        variance += unknown(a.size + b.size - together) - unknown(a.size) * unknown(b.size);
      }
    }
    return variance / PAIRS ** 2;
  };
}

/** For z and z' at distance 2 or more from x: the expected number of targets whose path visits both. */
function coverage(graph: Digraph, x: number, ties: TieRule): number[][] {
  const paths = Array.from({ length: V }, (_, b) => (b === x ? [] : possiblePaths(graph, x, b, ties)));
  const far = paths.flatMap((list, z) => ((list[0]?.length ?? 0) > 2 ? [z] : []));
  const index = new Map(far.map((z, i) => [z, i]));
  const both = far.map(() => far.map(() => 0));
  for (const list of paths) {
    for (const path of list) {
      const visited = path.flatMap((z) => index.get(z) ?? []);
      for (const i of visited) for (const j of visited) both[i]![j]! += 1 / list.length;
    }
  }
  return both;
}

describe.each(TIE_RULES)("10 000 steps of the literal process on 30 entities, rule %s", (ties) => {
  const graph = sampleErdosRenyi(stream(17, "graph"), V, LAMBDA / V);
  const spectrum = exactSpectrum(graph, ties);
  const range = (spectrum.reachablePairs - spectrum.links) / PAIRS;
  const variance = exactVariance(graph, ties);
  const radii = PLAN.map(({ time, replicates }) => bernsteinRadius(replicates, variance(time), range));
  const means = simulatedMeans(graph, ties);
  const distances = (other: GraphSpectrum) =>
    PLAN.map(({ time }, i) => Math.abs(means[i]! - linkDensity(graphRateSpectrum(other), time)) / radii[i]!);

  it("agrees with the exact curve within Bernstein's bound", () => {
    for (const distance of distances(spectrum)) expect(distance).toBeLessThanOrEqual(1);
  });

  it("disagrees with the curve of a graph whose λ is 10 % larger", () => {
    const other = sampleErdosRenyi(stream(17, "graph"), V, (1.1 * LAMBDA) / V);
    for (const distance of distances(exactSpectrum(other, ties))) expect(distance).toBeGreaterThan(1);
  });

  it("disagrees with the curve of the other tie rule where they differ most", () => {
    const other = exactSpectrum(graph, ties === "first" ? "uniform" : "first");
    expect(Math.max(...distances(other))).toBeGreaterThan(1);
  });
});
