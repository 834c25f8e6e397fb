import type { Digraph } from "../graph/digraph.ts";
import { binCount } from "../kernel/placedGraph.ts";
import { binner, emptyBins } from "./sizeBins.ts";
import {
  countSize,
  countsTooFarApart,
  fractionalSizes,
  type Resolution,
  type Sweep,
} from "./spectrumPart.ts";

/*
 * The sweeps as a textbook has them: what the compiled kernel must equal, and what runs where it cannot.
 */

/** Subtree sizes by one reverse sweep over the queue: a vertex stands behind its parent. */
export function firstTextbookSweep({ vertexCount, offsets, targets }: Digraph): Sweep {
  const queue = new Uint32Array(vertexCount);
  // Distance plus one, zero for unseen: one array says both.
  const level = new Uint32Array(vertexCount);
  const parent = new Uint32Array(vertexCount);
  const size = new Uint32Array(vertexCount);
  const bySize = new Float64Array(vertexCount + 1);
  let reachable = 0;
  let distances = 0;
  return {
    run(source) {
      queue[0] = source;
      level[source] = 1;
      size[source] = 1;
      let reached = 1;
      for (let next = 0; next < reached; next++) {
        const u = queue[next]!;
        const below = level[u]! + 1;
        for (let link = offsets[u]!; link < offsets[u + 1]!; link++) {
          const v = targets[link]!;
          if (level[v] !== 0) continue;
          level[v] = below;
          parent[v] = u;
          size[v] = 1;
          queue[reached++] = v;
        }
      }
      for (let last = reached - 1; last > 0; last--) {
        const v = queue[last]!;
        if (level[v]! > 2) bySize[size[v]!]!++;
        size[parent[v]!]! += size[v]!;
        // Identity 1 of docs/theory.md: the sizes of a source add up to its distances.
        distances += size[v]!;
        level[v] = 0;
      }
      level[source] = 0;
      reachable += reached - 1;
    },
    part: () => ({
      reachablePairs: reachable,
      distanceSum: distances,
      bySize: bySize.slice(),
      fractional: new Float64Array(),
      bins: undefined,
    }),
    reset() {
      bySize.fill(0);
      reachable = 0;
      distances = 0;
    },
  };
}

/**
 * Brandes' dependencies: path counts forwards, dependencies backwards, level by level.
 *
 * Path counts grow like a product over levels and would overflow. A level with a count above 2⁹⁰⁰ hands scaled
 * counts on; shares of a vertex among its predecessors are ratios of handed counts, so they stay as they are. Counts
 * of one level that are too far apart to be scaled together are refused.
 */
export function uniformTextbookSweep(
  { vertexCount, offsets, targets }: Digraph,
  resolution: Resolution,
): Sweep {
  const queue = new Uint32Array(vertexCount);
  const level = new Uint32Array(vertexCount);
  /** Shortest paths from the source, in the scale of the counts handed on by the level before. */
  const paths = new Float64Array(vertexCount);
  /** The same in the scale handed on to the next level. */
  const handed = new Float64Array(vertexCount);
  /** s(w) / paths(w), once everything behind w is done. */
  const share = new Float64Array(vertexCount);
  const bySize = new Float64Array(resolution === "binned" ? 0 : vertexCount + 1);
  const fractional = fractionalSizes();
  const bins = resolution === "binned" ? emptyBins(binCount(vertexCount)) : undefined;
  const keep = bins ? binner(bins) : (size: number) => countSize(size, bySize, fractional.push);
  let reachable = 0;
  let distances = 0;

  function forwards(source: number): number {
    queue[0] = source;
    level[source] = 1;
    paths[source] = 1;
    let reached = 1;
    for (let start = 0, end = 1, depth = 2; start < end; start = end, end = reached, depth++) {
      const scale = handedScale(start, end);
      for (let next = start; next < end; next++) {
        const u = queue[next]!;
        if (scale !== 1 && paths[u]! < 1) throw countsTooFarApart();
        const count = paths[u]! * scale;
        handed[u] = count;
        for (let link = offsets[u]!; link < offsets[u + 1]!; link++) {
          const v = targets[link]!;
          if (level[v] === 0) {
            level[v] = depth;
            paths[v] = 0;
            queue[reached++] = v;
          }
          if (level[v] === depth) paths[v]! += count;
        }
      }
    }
    return reached;
  }

  function handedScale(start: number, end: number): number {
    for (let next = start; next < end; next++) {
      if (paths[queue[next]!]! > LARGEST_COUNT) return 1 / LARGEST_COUNT;
    }
    return 1;
  }

  function backwards(reached: number): void {
    for (let last = reached - 1; last > 0; last--) {
      const v = queue[last]!;
      const below = level[v]! + 1;
      let behind = 0;
      for (let link = offsets[v]!; link < offsets[v + 1]!; link++) {
        const w = targets[link]!;
        if (level[w] === below) behind += share[w]!;
      }
      const size = 1 + handed[v]! * behind;
      share[v] = size / paths[v]!;
      distances += below - 2;
      if (below > 3) keep(size);
    }
  }

  return {
    run(source) {
      const reached = forwards(source);
      backwards(reached);
      for (let i = 0; i < reached; i++) level[queue[i]!] = 0;
      reachable += reached - 1;
    },
    part: () => ({
      reachablePairs: reachable,
      distanceSum: distances,
      bySize: bySize.slice(),
      fractional: fractional.values(),
      bins: bins && { counts: bins.counts.slice(), sums: bins.sums.slice() },
    }),
    reset() {
      bySize.fill(0);
      fractional.clear();
      bins?.counts.fill(0);
      bins?.sums.fill(0);
      reachable = 0;
      distances = 0;
    },
  };
}

const LARGEST_COUNT = 2 ** 900;
