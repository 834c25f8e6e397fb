import { requireInteger } from "../errors.ts";
import { stirlingError } from "./stirling.ts";
import type { Rng } from "./stream.ts";

/**
 * Number of marked items among `draws` drawn without replacement from `items`, of which `marked` are marked.
 *
 * Inversion from the mode outwards: O(1 + standard deviation) steps.
 *
 * @param items - integer in [0, 2⁵³ − 1]
 * @param marked - integer in [0, items]
 * @param draws - integer in [0, items]
 * @throws {DomainError} outside these ranges
 */
export function sampleHypergeometric(rng: Rng, items: number, marked: number, draws: number): number {
  requireInteger("items", items, 0, Number.MAX_SAFE_INTEGER);
  requireInteger("marked", marked, 0, items);
  requireInteger("draws", draws, 0, items);
  const least = Math.max(0, draws - (items - marked));
  const most = Math.min(draws, marked);
  if (least === most) return least;
  const mode = Math.min(most, Math.floor(((draws + 1) / (items + 2)) * (marked + 1)));
  const atMode = hypergeometricMass(items, marked, draws, mode);
  for (;;) {
    let left = rng.nextFloat() - atMode;
    if (left < 0) return mode;
    let up = atMode;
    let down = atMode;
    for (let k = 1; mode + k <= most || mode - k >= least; k++) {
      const above = mode + k;
      up *= ((marked - above + 1) * (draws - above + 1)) / (above * (items - marked - draws + above));
      left -= above <= most ? up : 0;
      if (left < 0) return above;
      const below = mode - k;
      down *= ((below + 1) * (items - marked - draws + below + 1)) / ((marked - below) * (draws - below));
      left -= below >= least ? down : 0;
      if (left < 0) return below;
      // The rest of the mass is rounding of what was subtracted: draw again.
      if (up + down < 1e-30) break;
    }
  }
}

/** P[k marked], from three binomial probabilities with the same p, each to full relative accuracy [Loader2000]. */
function hypergeometricMass(items: number, marked: number, draws: number, k: number): number {
  const p = draws / items;
  return Math.exp(
    logBinomialMass(k, marked, p) +
      logBinomialMass(draws - k, items - marked, p) -
      logBinomialMass(draws, items, p),
  );
}

function logBinomialMass(k: number, n: number, p: number): number {
  if (k === 0) return n * Math.log1p(-p);
  if (k === n) return n * Math.log(p);
  const deviance = devianceTerm(k, n * p) + devianceTerm(n - k, n * (1 - p));
  const stirling = stirlingError(n) - stirlingError(k) - stirlingError(n - k);
  return stirling - deviance - 0.5 * Math.log(2 * Math.PI * k * (1 - k / n));
}

/** x·ln(x/m) + m − x, without cancellation where x is near m. */
function devianceTerm(x: number, m: number): number {
  const v = (x - m) / (x + m);
  if (Math.abs(v) >= 0.1) return x * Math.log(x / m) + m - x;
  let sum = (x - m) * v;
  let power = 2 * x * v;
  for (let j = 3; ; j += 2) {
    power *= v * v;
    const next = sum + power / j;
    if (next === sum) return sum;
    sum = next;
  }
}
