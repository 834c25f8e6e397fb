import { describe, expect, it } from "vitest";
import { breadthFirstTree } from "../../src/graph/breadthFirst.ts";
import { type Digraph, hasLink, linkCount } from "../../src/graph/digraph.ts";
import { sampleErdosRenyi } from "../../src/graph/erdosRenyi.ts";
import type { TieRule } from "../../src/graph/tieRule.ts";
import { literalProcess } from "../../src/process/literalProcess.ts";
import { stream } from "../../src/random/stream.ts";
import { exactSpectrum } from "../../src/spectrum/exactSpectrum.ts";
import { levelChain, sampleLevels } from "../../src/theory/levelChain.ts";
import { descendantLosses, independentLosses, type LevelLosses } from "../../src/theory/subtreeLosses.ts";
import { bernsteinRadius } from "../support/bounds.ts";
import { digraphNumber } from "../support/graphs.ts";

/**
 * All 4 096 digraphs on 4 entities. The mean density over the graphs with p is the polynomial
 *
 *     E[Acc(t)] = Σ_e p^e(1 − p)^{12 − e} · Σ_graphs with e links Acc(t),
 *
 * whose coefficients are counted exactly: how many pairs, over all graphs with e links, have each size.
 */
const V = 4;
const N = V * (V - 1);
const GRAPHS = Array.from({ length: 2 ** N }, (_, code) => digraphNumber(V, code));

/** counts[e] maps size to the number of pairs, over all graphs with e links; links themselves apart. */
type Census = { links: number[]; counts: Map<number, number>[] };

function census(sizesOf: (graph: Digraph) => Iterable<readonly [size: number, count: number]>): Census {
  const links = new Array<number>(N + 1).fill(0);
  const counts = links.map(() => new Map<number, number>());
  for (const graph of GRAPHS) {
    const e = linkCount(graph);
    links[e]! += e;
    for (const [size, count] of sizesOf(graph)) counts[e]!.set(size, (counts[e]!.get(size) ?? 0) + count);
  }
  return { links, counts };
}

function polynomial({ links, counts }: Census, p: number, learned: (size: number) => number): number {
  let density = 0;
  links.forEach((known, e) => {
    let total = known;
    for (const [size, count] of counts[e]!) total += count * learned(size);
    density += p ** e * (1 - p) ** (N - e) * total;
  });
  return density / N;
}

const spectrumSizes = (ties: TieRule) => (graph: Digraph) => {
  const { sizes, counts } = exactSpectrum(graph, ties);
  return Array.from(sizes, (size, i) => [size, counts[i]!] as const);
};

/** Tie rule `random`: every combination of parents has the same probability. */
function randomTreeSizes(graph: Digraph): [number, number][] {
  const found: [number, number][] = [];
  for (let source = 0; source < V; source++) {
    const { order, distances } = breadthFirstTree(graph, source);
    const below = [...order.subarray(1)];
    const choices = below.map((z) =>
      [...order].filter((u) => distances[u] === distances[z]! - 1 && hasLink(graph, u, z)),
    );
    const trees = choices.reduce<number[][]>(
      (all, parents) => all.flatMap((tree) => parents.map((u) => [...tree, u])),
      [[]],
    );
    for (const tree of trees) {
      const size = new Map([...order].map((v) => [v, 1]));
      for (let i = below.length - 1; i >= 0; i--)
        size.set(tree[i]!, size.get(tree[i]!)! + size.get(below[i]!)!);
      for (const z of below) if (distances[z]! >= 2) found.push([size.get(z)!, 1 / trees.length]);
    }
  }
  return found;
}

const random = census(randomTreeSizes);
const first = census(spectrumSizes("first"));
const uniform = census(spectrumSizes("uniform"));

/** E[known] over all sequences of levels from here on, by the law of the level chain. */
function enumerateLevels(
  levels: number[],
  unreached: number,
  p: number,
  value: (levels: number[]) => number,
): number {
  const reach = 1 - (1 - p) ** levels.at(-1)!;
  let sum = 0;
  for (let next = 0; next <= unreached; next++) {
    const probability = binomial(unreached, next) * reach ** next * (1 - reach) ** (unreached - next);
    if (next === 0) sum += probability * value(levels);
    else sum += probability * enumerateLevels([...levels, next], unreached - next, p, value);
  }
  return sum;
}

const binomial = (n: number, k: number): number => (k === 0 ? 1 : (binomial(n - 1, k - 1) * n) / k);

const chainDensity = (p: number, s: number, losses: LevelLosses) =>
  enumerateLevels([1], V - 1, p, (levels) => {
    const { values } = losses(levels, s);
    return levels.reduce((sum, size, d) => sum + (d === 0 ? 0 : d === 1 ? size : size * values[d]!), 0);
  }) /
  (V - 1);

const poisson = (s: number) => (size: number) => -Math.expm1(-size * s);
const steps = (t: number) => (size: number) => 1 - (1 - size / N) ** t;

const PS = [0.1, 0.25, 0.5, 0.9];

describe("all digraphs on four entities", () => {
  it("start at p, and end at the same plateau under every tie rule", () => {
    for (const p of PS) {
      expect(polynomial(random, p, () => 0)).toBeCloseTo(p, 14);
      const plateau = polynomial(random, p, () => 1);
      for (const rule of [first, uniform]) expect(polynomial(rule, p, () => 1)).toBeCloseTo(plateau, 13);
    }
  });

  it("know no ties that matter: that takes five entities, two of them on level 2 with a common successor", () => {
    for (const p of PS) {
      for (const t of [1, 2, 12, 40]) {
        const values = [first, random, uniform].map((rule) => polynomial(rule, p, steps(t)));
        expect(values[1]).toBeCloseTo(values[0]!, 14);
        expect(values[2]).toBeCloseTo(values[0]!, 14);
      }
    }
  });

  it("average to the level chain with its exact law of descendants", () => {
    for (const p of PS) {
      for (const s of [1e-3, 0.1, 0.7, 3]) {
        // Sums of a few thousand positive terms.
        expect(
          Math.abs(chainDensity(p, s, descendantLosses) - polynomial(random, p, poisson(s))),
        ).toBeLessThan(1e-13);
      }
    }
  });

  it("leave nothing to approximate: subtrees of a level have one root of descendants", () => {
    for (const p of PS) {
      for (const s of [0.1, 0.7, 3]) {
        expect(
          Math.abs(chainDensity(p, s, independentLosses) - polynomial(random, p, poisson(s))),
        ).toBeLessThan(1e-13);
      }
    }
  });

  it("are what the sampled level chain estimates", () => {
    const samples = 20_000;
    const curve = levelChain(stream(3, "levels"), { entities: V, linkProbability: 0.25 }, samples, "exact");
    for (const s of [0.1, 1]) {
      const exact = polynomial(random, 0.25, poisson(s));
      const radius = bernsteinRadius(samples, samples * curve.standardError(s * N) ** 2, 1);
      expect(Math.abs(curve.density(s * N) - exact)).toBeLessThan(radius);
      // The negative control: p off by 10 %.
      expect(Math.abs(curve.density(s * N) - polynomial(random, 0.275, poisson(s)))).toBeGreaterThan(radius);
    }
  });

  it("have the levels that are sampled", () => {
    const rng = stream(4, "levels");
    const p = 0.3;
    const samples = 20_000;
    const model = { entities: V, pairs: N, lambda: p * V, linkProbability: p };
    const seen = new Map<string, number>();
    for (let i = 0; i < samples; i++) {
      const key = sampleLevels(rng, model).join();
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
    enumerateLevels([1], V - 1, p, (levels) => {
      const probability = enumerateLevels([1], V - 1, p, (other) => (other.join() === levels.join() ? 1 : 0));
      const frequency = (seen.get(levels.join()) ?? 0) / samples;
      const radius = bernsteinRadius(samples, probability * (1 - probability), 1);
      expect(Math.abs(frequency - probability)).toBeLessThan(radius);
      return 0;
    });
  });

  it("are what the literal process on random graphs estimates", () => {
    const replicates = 4000;
    const [p, t] = [0.3, 9];
    const densities = Array.from({ length: replicates }, (_, replicate) => {
      const rng = stream(5, "all digraphs", replicate);
      const process = literalProcess(sampleErdosRenyi(rng, V, p), "first");
      while (process.steps < t) process.step(rng);
      return process.knownLinks / N;
    });
    const mean = densities.reduce((sum, x) => sum + x, 0) / replicates;
    const exact = polynomial(first, p, steps(t));
    const radius = bernsteinRadius(replicates, exact * (1 - exact), 1);
    expect(Math.abs(mean - exact)).toBeLessThan(radius);
    // The negative control: p off by 20 %.
    expect(Math.abs(mean - polynomial(first, 1.2 * p, steps(t)))).toBeGreaterThan(radius);
  });
});
