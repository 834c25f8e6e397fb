import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Digraph } from "../../src/graph/digraph.ts";
import { linkDensity } from "../../src/growth/growthCurve.ts";
import { graphRateSpectrum, meanGraphSpectrum } from "../../src/growth/rateSpectrum.ts";
import { sampleIndex } from "../../src/random/draws.ts";
import { type Rng, stream } from "../../src/random/stream.ts";
import { exactSpectrum } from "../../src/spectrum/exactSpectrum.ts";
import { anyDigraph, graphOf, type Link, relabelled } from "../support/graphs.ts";
import { allShortestPaths } from "../support/naive.ts";

/**
 * Identity 5 of docs/theory.md, §2.2: the curve of rule `uniform` lies on or above the mean curve over random trees
 * in which z takes its predecessor u with probability σ(u)/σ(z), each vertex for itself.
 */

/** Numbers of shortest paths from x, and each vertex's predecessors on them. */
function shortestPathLattice(graph: Digraph, x: number) {
  const paths = Array.from({ length: graph.vertexCount }, (_, y) => allShortestPaths(graph, x, y));
  return paths.map((list, y) => ({
    reached: list.length > 0 && y !== x,
    distance: (list[0]?.length ?? 0) - 1,
    predecessors: list.map((path) => path.at(-2)!),
  }));
}

/** Density at t, averaged over all path-weighted trees of every source, by listing the trees. */
function meanTreeDensity(graph: Digraph, t: number): number {
  const n = graph.vertexCount;
  const pairs = n * (n - 1);
  let density = 0;
  for (let x = 0; x < n; x++) {
    const lattice = shortestPathLattice(graph, x);
    const vertices = lattice.flatMap(({ reached }, y) => (reached ? [y] : []));
    // A predecessor stands once for each path through it: a uniform choice among them is path-weighted.
    const trees = vertices.reduce<number[][]>(
      (partial, y) => partial.flatMap((parents) => lattice[y]!.predecessors.map((u) => [...parents, u])),
      [[]],
    );
    for (const parents of trees) {
      const size = new Map(vertices.map((y) => [y, 1]));
      const farthestFirst = [...vertices.keys()].sort(
        (i, j) => lattice[vertices[j]!]!.distance - lattice[vertices[i]!]!.distance,
      );
      for (const i of farthestFirst) {
        const parent = parents[i]!;
        if (parent !== x) size.set(parent, size.get(parent)! + size.get(vertices[i]!)!);
      }
      for (const y of vertices) {
        const known = lattice[y]!.distance === 1 ? 1 : 1 - (1 - size.get(y)! / pairs) ** t;
        density += known / trees.length / pairs;
      }
    }
  }
  return density;
}

describe("rule uniform against averages of trees", () => {
  it("5: lies on or above the mean over path-weighted random trees", () => {
    const few = anyDigraph(6).filter((graph) => treeCount(graph) <= 2000);
    fc.assert(
      fc.property(few, fc.integer({ min: 0, max: 60 }), (graph, t) => {
        const uniform = linkDensity(graphRateSpectrum(exactSpectrum(graph, "uniform")), t);
        expect(uniform).toBeGreaterThan(meanTreeDensity(graph, t) - 2 ** -40);
      }),
    );
  });

  it("does not lie above the mean of rule `first` over random scan orders: a counterexample", () => {
    // x → r → a and pᵢ; a reaches bᵢ over k vertices uᵢⱼ of its own, pᵢ over one. Of k + 1 shortest paths to bᵢ, k lead
    // through a, so that `uniform` piles nearly all on the one link (x, a); a random queue puts a before pᵢ half of
    // the time only, and spreads the load.
    const [m, k] = [6, 6];
    const links: Link[] = [
      [0, 1],
      [1, 2],
    ];
    let next = 3;
    for (let i = 0; i < m; i++) {
      const [p, v, b] = [next++, next++, next++] as const;
      links.push([1, p], [p, v], [v, b]);
      for (let j = 0; j < k; j++) links.push([2, next], [next++, b]);
    }
    const graph = graphOf(next, links);
    const t = (next * (next - 1)) / 5;
    const uniform = linkDensity(graphRateSpectrum(exactSpectrum(graph, "uniform")), t);
    const rng = stream(5, "scan orders");
    const orders = Array.from({ length: 400 }, () =>
      exactSpectrum(relabelled(graph, shuffled(rng, next)), "first"),
    );
    const densities = orders.map((spectrum) => linkDensity(graphRateSpectrum(spectrum), t));
    const mean = linkDensity(meanGraphSpectrum(orders), t);
    const variance = densities.reduce((sum, d) => sum + (d - mean) ** 2, 0) / (densities.length - 1);
    // 400 independent orders: eight standard errors, error probability below 10⁻¹⁴ under the normal law.
    expect(mean - 8 * Math.sqrt(variance / densities.length)).toBeGreaterThan(uniform);
  });
});

function treeCount(graph: Digraph): number {
  let most = 1;
  for (let x = 0; x < graph.vertexCount; x++) {
    const counts = shortestPathLattice(graph, x).map(({ predecessors }) => Math.max(predecessors.length, 1));
    most = Math.max(
      most,
      counts.reduce((product, count) => product * count, 1),
    );
  }
  return most;
}

function shuffled(rng: Rng, n: number): number[] {
  const ids = Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = sampleIndex(rng, i + 1);
    [ids[i], ids[j]] = [ids[j]!, ids[i]!];
  }
  return ids;
}
