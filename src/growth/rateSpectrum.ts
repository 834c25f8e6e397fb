import { DomainError, requireInteger, requireNonNegative, requireProbability } from "../errors.ts";

/**
 * How repeated opportunities at a rate become knowledge by time t:
 * - `steps`: independent steps, each with probability `a`; unknown after t steps with probability (1 − a)^t;
 * - `poisson`: a Poisson clock of intensity `a`; unknown at time t with probability e^{−at}.
 */
export type Clock = "steps" | "poisson";

/**
 * A rate spectrum: a baseline that is known from the start and a non-negative measure on learning rates,
 *
 *     density(t) = baseline + Σ_i weights[i] · P(learned by t | rates[i]).          [docs/theory.md, eq. (4)]
 *
 * Graphs and branching-process theory produce spectra and fits to training results estimate them; curves,
 * bounds, regimes and forecasts consume them. Rates are ascending.
 */
export interface RateSpectrum {
  readonly clock: Clock;
  /** Value at t = 0. */
  readonly baseline: number;
  /** Per unit of time, ascending; in (0, 1] for the clock `steps`, positive for `poisson`. */
  readonly rates: Float64Array;
  /** Non-negative, as long as `rates`. */
  readonly weights: Float64Array;
}

/**
 * The rate spectrum of one graph, in exact counts [docs/theory.md, eq. (3)]. Of `pairs` = V(V − 1) ordered pairs,
 * `links` are known at the start, and `counts[i]` become known at rate `sizes[i] / pairs` a step.
 */
export interface GraphSpectrum {
  /** V. */
  readonly entities: number;
  /** |E|. */
  readonly links: number;
  /** N = V(V − 1). */
  readonly pairs: number;
  /** R, ordered pairs (x, y), x ≠ y, with a path from x to y; links are among them. */
  readonly reachablePairs: number;
  /** Sum of the distances of all reachable pairs. */
  readonly distanceSum: number;
  /** Distinct s_x(z) over dist(x, z) ≥ 2, ascending; integers for the tie rule `first`. */
  readonly sizes: Float64Array;
  /** How many pairs (x, z) have each size; integers. */
  readonly counts: Float64Array;
  /** Relative width of the bins whose mean each size is, where sizes were binned; otherwise absent. */
  readonly binWidth?: number;
}

/**
 * Check and freeze the parts of a rate spectrum.
 *
 * @throws {DomainError} if lengths differ, rates are not ascending or outside the clock's range, or a weight is
 *   negative
 */
export function rateSpectrum(
  clock: Clock,
  baseline: number,
  rates: Float64Array,
  weights: Float64Array,
): RateSpectrum {
  if (!Number.isFinite(baseline)) throw new DomainError("baseline", baseline, "finite");
  if (rates.length !== weights.length) {
    throw new DomainError("weights", weights.length, `as long as rates (${rates.length})`);
  }
  let previous = 0;
  for (const rate of rates) {
    if (clock === "steps") requireProbability("rate", rate);
    if (!(rate > previous && rate < Infinity)) throw new DomainError("rates", rate, "positive and ascending");
    previous = rate;
  }
  for (const weight of weights) requireNonNegative("weight", weight);
  return { clock, baseline, rates, weights };
}

/** The spectrum of a graph as densities: baseline |E|/N, rates s/N, weights count/N. Cost: one pass. */
export function graphRateSpectrum(spectrum: GraphSpectrum): RateSpectrum {
  const { pairs, links, sizes, counts } = spectrum;
  // A single entity has no pairs: nothing is known and nothing can be learned.
  if (pairs === 0) return rateSpectrum("steps", 0, new Float64Array(), new Float64Array());
  return spectrumOfSizes(links / pairs, pairs, sizes, counts, pairs);
}

/** Rates size/pairs with weights count/scale; neighbouring sizes may have the same rate, by rounding. */
function spectrumOfSizes(
  baseline: number,
  pairs: number,
  sizes: Float64Array,
  counts: Float64Array,
  scale: number,
): RateSpectrum {
  const rates = new Float64Array(sizes.length);
  const merged = new Float64Array(sizes.length);
  let distinct = 0;
  sizes.forEach((size, i) => {
    const rate = size / pairs;
    if (distinct === 0 || rates[distinct - 1] !== rate) rates[distinct++] = rate;
    merged[distinct - 1]! += counts[i]!;
  });
  const weights = merged.subarray(0, distinct).map((count) => count / scale);
  return rateSpectrum("steps", baseline, rates.slice(0, distinct), weights);
}

/** Mean distance L over reachable pairs; null if no pair is reachable. */
export function meanDistance({ distanceSum, reachablePairs }: GraphSpectrum): number | null {
  return reachablePairs === 0 ? null : distanceSum / reachablePairs;
}

/** Σ of the weights: what is left to learn at t = 0. */
export function totalWeight({ weights }: RateSpectrum): number {
  return weights.reduce((sum, weight) => sum + weight, 0);
}

/** Mean rate q̄ of what is left to learn at t = 0, Σ w·a / Σ w; zero if nothing is left. */
export function meanRate(spectrum: RateSpectrum): number {
  const total = totalWeight(spectrum);
  if (total === 0) return 0;
  return spectrum.weights.reduce((sum, weight, i) => sum + weight * spectrum.rates[i]!, 0) / total;
}

/**
 * The mean spectrum of several graphs with the same number of entities: its curve is the mean of their curves.
 *
 * @throws {DomainError} if there is none, or the numbers of pairs differ
 */
export function meanGraphSpectrum(spectra: readonly GraphSpectrum[]): RateSpectrum {
  requireInteger("number of spectra", spectra.length, 1);
  const pairs = spectra[0]!.pairs;
  const counts = new Map<number, number>();
  let links = 0;
  for (const spectrum of spectra) {
    if (spectrum.pairs !== pairs)
      throw new DomainError("pairs", spectrum.pairs, `${pairs}, as of the first spectrum`);
    links += spectrum.links;
    spectrum.sizes.forEach((size, i) => {
      counts.set(size, (counts.get(size) ?? 0) + spectrum.counts[i]!);
    });
  }
  if (pairs === 0) return graphRateSpectrum(spectra[0]!);
  const sizes = Float64Array.from(counts.keys()).sort();
  const scale = pairs * spectra.length;
  const counted = sizes.map((size) => counts.get(size)!);
  return spectrumOfSizes(links / scale, pairs, sizes, counted, scale);
}
