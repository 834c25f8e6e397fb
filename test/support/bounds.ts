/** False alarms allowed over the whole suite. */
const SUITE_ALPHA = 1e-6;
/** Statistical comparisons in it; raise when adding some. */
const COMPARISONS = 2050;

/** Error probability of one statistical comparison (Bonferroni). */
export const ALPHA = SUITE_ALPHA / COMPARISONS;

/**
 * How far the mean of independent values in an interval may be from its expectation, by Bernstein's inequality:
 * the ε with 2·exp(−nε² / (2σ² + 2bε/3)) = ALPHA [Boucheron2013, Corollary 2.11].
 *
 * @param count - n
 * @param variance - σ² of one value, or an upper bound
 * @param range - b, length of the interval
 */
export function bernsteinRadius(count: number, variance: number, range: number): number {
  const log = Math.log(2 / ALPHA);
  const linear = (range * log) / (3 * count);
  return linear + Math.sqrt(linear ** 2 + (2 * variance * log) / count);
}
