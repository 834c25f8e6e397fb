import { DomainError, requireInteger } from "../errors.ts";
import { MAX_ENTITIES } from "../graph/digraph.ts";
import { type RateSpectrum, rateSpectrum } from "../growth/rateSpectrum.ts";
import { sampleBinomial } from "../random/binomial.ts";
import type { Rng } from "../random/stream.ts";

/** What a search from one source of a directed Erdős–Rényi graph finds, drawn without the graph. */
export interface AnnealedRow {
  /** V. */
  readonly entities: number;
  /** Links of the source. */
  readonly links: number;
  /** Vertices reached, the source among them. */
  readonly reached: number;
  /** Distinct subtree sizes at distance 2 or more, ascending, with their counts. */
  readonly sizes: Float64Array;
  readonly counts: Float64Array;
}

/**
 * Draw the breadth-first tree of a source together with the graph it runs on, directed Erdős–Rényi G(V, p), tie rule
 * `first` [docs/engine.md, Trajectories]: the i-th vertex in the queue finds Binomial(unvisited, p) new ones, whatever was found
 * before. No graph is kept, so that V = 10⁷ takes a few hundred megabytes.
 *
 * @param rng - consumed once per vertex reached, more often where (1 − p)ⁿ would underflow
 * @param vertexCount - V; integer in [2, {@link MAX_ENTITIES}]
 * @param linkProbability - p; in [0, 1] and such that pV ≤ 700: the law of the new ones is walked up from zero
 * @returns cost O(reached·(1 + pV)); memory 12 bytes per vertex
 * @throws {DomainError} outside these ranges
 */
export function sampleAnnealedRow(rng: Rng, vertexCount: number, linkProbability: number): AnnealedRow {
  requireInteger("vertexCount", vertexCount, 2, MAX_ENTITIES);
  if (!(linkProbability >= 0 && linkProbability <= 1 && linkProbability * vertexCount <= 700)) {
    throw new DomainError("linkProbability", linkProbability, "in [0, 1], with p·V at most 700");
  }
  const ends = new Uint32Array(vertexCount);
  const newOnes = discoveries(linkProbability);
  let reached = 1;
  for (let head = 0; head < reached; head++) {
    reached += newOnes(rng, vertexCount - reached);
    ends[head] = reached;
  }
  return { entities: vertexCount, links: ends[0]! - 1, reached, ...subtreeSizes(ends, reached) };
}

/** Logarithm of the smallest (1 − p)ⁿ to walk up from: far enough above the least double for its terms to be exact. */
const LEAST_LOG = -700;

/** Binomial(n, p) by inversion, for n that falls slowly: (1 − p)ⁿ is kept while n stays. */
function discoveries(p: number): (rng: Rng, n: number) => number {
  if (p === 1) return (_, n) => n;
  const odds = p / (1 - p);
  const logFailure = Math.log1p(-p);
  let knownFor = -1;
  let none = 1;
  return (rng, n) => {
    if (n * logFailure < LEAST_LOG) return sampleBinomial(rng, n, p);
    if (n !== knownFor) {
      none = Math.exp(n * logFailure);
      knownFor = n;
    }
    let left = rng.nextFloat() - none;
    let mass = none;
    let k = 0;
    while (left >= 0 && k < n && mass > 0) {
      mass *= (odds * (n - k)) / (k + 1);
      k++;
      left -= mass;
    }
    return k;
  };
}

/** By suffix sums: the children of a queue position are contiguous, so a size is 1 plus a difference of sums. */
function subtreeSizes(ends: Uint32Array, reached: number): { sizes: Float64Array; counts: Float64Array } {
  const sums = new Float64Array(reached + 1);
  const countBySize = new Map<number, number>();
  let ones = 0;
  for (let i = reached - 1; i >= ends[0]!; i--) {
    const size = 1 + sums[ends[i - 1]!]! - sums[ends[i]!]!;
    sums[i] = sums[i + 1]! + size;
    if (size === 1) ones++;
    else countBySize.set(size, (countBySize.get(size) ?? 0) + 1);
  }
  if (ones > 0) countBySize.set(1, ones);
  const sizes = Float64Array.from(countBySize.keys()).sort();
  return { sizes, counts: sizes.map((size) => countBySize.get(size)!) };
}

/**
 * An unbiased estimate of the spectrum averaged over graphs, from annealed rows: links have their expectation p, and
 * every row stands for all sources, which are alike.
 *
 * @param rows - at least one, of the same V
 * @param linkProbability - p, as the rows were drawn with
 */
export function annealedSpectrum(rows: readonly AnnealedRow[], linkProbability: number): RateSpectrum {
  requireInteger("number of rows", rows.length, 1);
  const { entities } = rows[0]!;
  const counts = new Map<number, number>();
  for (const row of rows) {
    if (row.entities !== entities)
      throw new DomainError("entities", row.entities, `${entities}, as in the first row`);
    row.sizes.forEach((size, i) => {
      counts.set(size, (counts.get(size) ?? 0) + row.counts[i]!);
    });
  }
  const sizes = Float64Array.from(counts.keys()).sort();
  const pairs = entities * (entities - 1);
  const scale = rows.length * (entities - 1);
  return rateSpectrum(
    "steps",
    linkProbability,
    sizes.map((size) => size / pairs),
    sizes.map((size) => counts.get(size)! / scale),
  );
}
