import { DomainError } from "../errors.ts";
import { type Digraph, linkCount, pairCount } from "../graph/digraph.ts";
import type { GraphSpectrum } from "../growth/rateSpectrum.ts";
import { BIN_WIDTH, binMeans, type SizeBins } from "./sizeBins.ts";

/**
 * What some sources contribute to a spectrum, in whole numbers where there are whole numbers. Parts add up in any
 * order to the same bits.
 */
export interface SpectrumPart {
  /** Ordered pairs (x, y) with a path, over the sources x of this part. */
  readonly reachablePairs: number;
  readonly distanceSum: number;
  /** How many pairs at distance 2 or more have an integer size, by size; length V + 1, or 0 where sizes are binned. */
  readonly bySize: Float64Array;
  /** The other sizes, in any order, where they are kept one by one. */
  readonly fractional: Float64Array;
  /** All sizes, where they are binned. */
  readonly bins: SizeBins | undefined;
}

/** A search from one source after the other. */
export interface Sweep {
  run(source: number): void;
  /**
   * Run a source and with it those that follow it (src/kernel/followers.ts), or nothing if it follows another: over
   * all sources the same as `run`, with fewer searches. Absent where every source needs its own.
   */
  lead?(source: number): void;
  /** What the sources since the start or the last reset contribute. */
  part(): SpectrumPart;
  reset(): void;
}

/** Search every source and yield how many are done; returns the spectrum. */
export function* spectrumBySource(graph: Digraph, sweep: Sweep): Generator<number, GraphSpectrum, void> {
  const search = sweep.lead ?? sweep.run;
  for (let source = 0; source < graph.vertexCount; source++) {
    search(source);
    yield source + 1;
  }
  return spectrumOfPart(graph, sweep.part());
}

/** How sizes that are no integers are kept. */
export type Resolution = "exact" | "binned";

/** Add parts of the same graph, rule and resolution. */
export function addParts(parts: readonly SpectrumPart[]): SpectrumPart {
  const [first, ...others] = parts;
  return others.reduce(addTwo, first!);
}

function addTwo(a: SpectrumPart, b: SpectrumPart): SpectrumPart {
  return {
    reachablePairs: a.reachablePairs + b.reachablePairs,
    distanceSum: a.distanceSum + b.distanceSum,
    bySize: sum(a.bySize, b.bySize),
    fractional: concatenation(a.fractional, b.fractional),
    bins: a.bins &&
      b.bins && { counts: sum(a.bins.counts, b.bins.counts), sums: sum(a.bins.sums, b.bins.sums) },
  };
}

function sum(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value + b[i]!);
}

function concatenation(a: Float64Array, b: Float64Array): Float64Array {
  const both = new Float64Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** The spectrum of a graph from the part of all its sources. */
export function spectrumOfPart(graph: Digraph, part: SpectrumPart): GraphSpectrum {
  const { reachablePairs, distanceSum, bins } = part;
  return {
    entities: graph.vertexCount,
    links: linkCount(graph),
    pairs: pairCount(graph.vertexCount),
    reachablePairs,
    distanceSum,
    ...sizesOfPart(part),
    ...(bins && { binWidth: BIN_WIDTH }),
  };
}

/** Distinct sizes of a part, ascending, with their counts. */
export function sizesOfPart({ bySize, fractional, bins }: SpectrumPart): {
  sizes: Float64Array;
  counts: Float64Array;
} {
  return bins ? binMeans(bins) : distinctSizes(bySize, fractional);
}

/** Sizes this close, relatively, are the same rational number computed in another order. */
export const ROUNDING = 1e-12;

/** Distinct sizes in ascending order with their counts, from integer sizes by count and single other sizes. */
function distinctSizes(
  countBySize: Float64Array,
  unsorted: Float64Array,
): { sizes: Float64Array; counts: Float64Array } {
  const fractional = unsorted.slice().sort();
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

/** Keeps sizes as {@link SpectrumPart} has them: integers counted, others one by one or all in bins. */
export function fractionalSizes(): { push(size: number): void; values(): Float64Array; clear(): void } {
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
    clear() {
      length = 0;
    },
  };
}

/** Count an integer size, or hand on one that is not. */
export function countSize(size: number, bySize: Float64Array, other: (size: number) => void): void {
  const whole = Math.round(size);
  if (Math.abs(size - whole) <= ROUNDING * size) bySize[whole]!++;
  else other(size);
}

/**
 * Thrown by rule `uniform` where the numbers of shortest paths from one source to vertices of one level differ by more
 * than a double can tell apart: shares among predecessors would come out wrong.
 */
export function countsTooFarApart(): DomainError {
  const domain =
    "such that its numbers of shortest paths within a level differ by less than 2^900; try rule first";
  return new DomainError("graph", "one with more", domain);
}
