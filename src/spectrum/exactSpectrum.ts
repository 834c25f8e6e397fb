import { type Digraph, linkCount, pairCount } from "../graph/digraph.ts";
import type { TieRule } from "../graph/tieRule.ts";
import type { GraphSpectrum } from "../growth/rateSpectrum.ts";

/**
 * The exact rate spectrum of a graph [docs/theory.md, eqs. (2) and (3)].
 *
 * A link (x, z) with dist(x, z) ≥ 2 becomes known in a step with probability s_x(z)/N, where s_x(z) is
 * - `first`: the size of the subtree of z, with z, in the breadth-first tree of x;
 * - `uniform`: 1 + δ_x(z), δ the dependency of x on z of [Brandes2001].
 *
 * @param graph - M₀
 * @param ties - the tie rule
 * @returns sizes and counts over pairs at distance 2 or more. Cost O(V(V + E)) time; memory O(V + E) and, for
 *   `uniform`, 8 bytes for each fractional size
 * @example exactSpectrum(graph, "first").sizes
 */
export function exactSpectrum(graph: Digraph, ties: TieRule): GraphSpectrum {
  const sources = exactSpectrumBySource(graph, ties);
  for (;;) {
    const next = sources.next();
    if (next.done) return next.value;
  }
}

/**
 * The same as {@link exactSpectrum}, one source at a time: for callers that report progress, stay responsive or
 * may have to stop.
 *
 * @returns a generator that yields the number of sources done and returns the spectrum
 */
export function* exactSpectrumBySource(
  graph: Digraph,
  ties: TieRule,
): Generator<number, GraphSpectrum, void> {
  const sweep = ties === "first" ? firstSweep(graph) : uniformSweep(graph);
  for (let source = 0; source < graph.vertexCount; source++) {
    sweep.run(source);
    yield source + 1;
  }
  const { sizes, counts } = sweep.histogram();
  return {
    entities: graph.vertexCount,
    links: linkCount(graph),
    pairs: pairCount(graph.vertexCount),
    reachablePairs: sweep.reachablePairs(),
    distanceSum: sweep.distanceSum(),
    sizes,
    counts,
  };
}

interface Sweep {
  run(source: number): void;
  reachablePairs(): number;
  distanceSum(): number;
  histogram(): { sizes: Float64Array; counts: Float64Array };
}

/** Subtree sizes by one reverse sweep over the queue: a vertex stands behind its parent. */
function firstSweep({ vertexCount, offsets, targets }: Digraph): Sweep {
  const queue = new Uint32Array(vertexCount);
  // Distance plus one, zero for unseen: one array says both.
  const level = new Uint32Array(vertexCount);
  const parent = new Uint32Array(vertexCount);
  const size = new Uint32Array(vertexCount);
  const countBySize = new Float64Array(vertexCount + 1);
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
        if (level[v]! > 2) countBySize[size[v]!]!++;
        size[parent[v]!]! += size[v]!;
        // Identity 1 of docs/theory.md: the sizes of a source add up to its distances.
        distances += size[v]!;
        level[v] = 0;
      }
      level[source] = 0;
      reachable += reached - 1;
    },
    reachablePairs: () => reachable,
    distanceSum: () => distances,
    histogram: () => compact(countBySize, new Float64Array()),
  };
}

/**
 * Brandes' dependencies: path counts forwards, dependencies backwards, level by level.
 *
 * Path counts grow like a product over levels and would overflow. A level with a count above 2⁹⁰⁰ hands scaled
 * counts on; shares of a vertex among its predecessors are ratios of handed counts, so they stay as they are.
 */
function uniformSweep({ vertexCount, offsets, targets }: Digraph): Sweep {
  const queue = new Uint32Array(vertexCount);
  const level = new Uint32Array(vertexCount);
  /** Shortest paths from the source, in the scale of the counts handed on by the level before. */
  const paths = new Float64Array(vertexCount);
  /** The same in the scale handed on to the next level. */
  const handed = new Float64Array(vertexCount);
  /** s(w) / paths(w), once everything behind w is done. */
  const share = new Float64Array(vertexCount);
  const countBySize = new Float64Array(vertexCount + 1);
  const fractional = growingFloats();
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
        const count = Math.max(paths[u]! * scale, SMALLEST_COUNT);
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
      if (below === 3) continue;
      const whole = Math.round(size);
      if (Math.abs(size - whole) <= ROUNDING * size) countBySize[whole]!++;
      else fractional.push(size);
    }
  }

  return {
    run(source) {
      const reached = forwards(source);
      backwards(reached);
      for (let i = 0; i < reached; i++) level[queue[i]!] = 0;
      reachable += reached - 1;
    },
    reachablePairs: () => reachable,
    distanceSum: () => distances,
    histogram: () => compact(countBySize, fractional.values()),
  };
}

const LARGEST_COUNT = 2 ** 900;
const SMALLEST_COUNT = 2 ** -900;

/** Sizes this close, relatively, are the same rational number computed in another order. */
const ROUNDING = 1e-12;

/** Distinct sizes in ascending order with their counts, from integer sizes by count and single other sizes. */
function compact(
  countBySize: Float64Array,
  fractional: Float64Array,
): { sizes: Float64Array; counts: Float64Array } {
  fractional.sort();
  const sizes: number[] = [];
  const counts: number[] = [];
  let next = 0;
  const takeFractionalBelow = (bound: number) => {
    for (let first = next; next < fractional.length && fractional[next]! < bound; first = next) {
      while (next < fractional.length && fractional[next]! <= fractional[first]! * (1 + ROUNDING)) next++;
      sizes.push(fractional[first]!);
      counts.push(next - first);
    }
  };
  countBySize.forEach((count, size) => {
    if (count === 0) return;
    takeFractionalBelow(size);
    sizes.push(size);
    counts.push(count);
  });
  takeFractionalBelow(Infinity);
  return { sizes: Float64Array.from(sizes), counts: Float64Array.from(counts) };
}

function growingFloats(): { push(value: number): void; values(): Float64Array } {
  let buffer = new Float64Array(1024);
  let length = 0;
  return {
    push(value) {
      if (length === buffer.length) {
        const larger = new Float64Array(2 * length);
        larger.set(buffer);
        buffer = larger;
      }
      buffer[length++] = value;
    },
    values: () => buffer.slice(0, length),
  };
}
