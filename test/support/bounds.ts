/** False alarms allowed over the whole suite. */
const SUITE_ALPHA = 1e-6;
/** Statistical comparisons in it; raise when adding some. */
const COMPARISONS = 2066;

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

/**
 * The least and the greatest number of successes that are to be expected of independent trials: below and above lie at
 * most ALPHA / 2 each.
 *
 * @param count - number of trials
 * @param probability - of success, in (0, 1)
 */
export function binomialLimits(count: number, probability: number): [least: number, greatest: number] {
  return [leastSuccesses(count, probability), count - leastSuccesses(count, 1 - probability)];
}

function leastSuccesses(count: number, probability: number): number {
  let logTerm = count * Math.log1p(-probability);
  let below = 0;
  for (let successes = 0; ; successes++) {
    below += Math.exp(logTerm);
    if (below > ALPHA / 2) return successes;
    logTerm += Math.log(((count - successes) / (successes + 1)) * (probability / (1 - probability)));
  }
}
