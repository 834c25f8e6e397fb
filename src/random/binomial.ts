import { requireInteger, requireProbability } from "../errors.ts";
import { stirlingError } from "./stirling.ts";
import type { Rng } from "./stream.ts";

/** Below this mean, inversion is as fast as rejection. */
const INVERSION_MEAN = 10;

/**
 * Draw from the binomial law: the number of successes in n independent trials, each with probability p.
 *
 * @param trials - n; non-negative integer, up to 2⁵³
 * @param probability - p in [0, 1]
 * @returns an integer in [0, n]; cost O(min(np, n(1 − p), 10))
 * @throws {DomainError} outside these ranges
 */
export function sampleBinomial(rng: Rng, trials: number, probability: number): number {
  requireInteger("trials", trials, 0, Number.MAX_SAFE_INTEGER);
  requireProbability("probability", probability);
  if (probability > 0.5) return trials - draw(rng, trials, 1 - probability);
  return draw(rng, trials, probability);
}

function draw(rng: Rng, trials: number, probability: number): number {
  if (trials === 0 || probability === 0) return 0;
  return trials * probability < INVERSION_MEAN
    ? invert(rng, trials, probability)
    : reject(rng, trials, probability);
}

/** Walk up the distribution function; p ≤ 1/2 and np < 10, so that (1 − p)ⁿ > 10⁻⁷. */
function invert(rng: Rng, trials: number, probability: number): number {
  const odds = probability / (1 - probability);
  let mass = Math.exp(trials * Math.log1p(-probability));
  let left = rng.nextFloat() - mass;
  let successes = 0;
  while (left >= 0 && successes < trials && mass > 0) {
    mass *= (odds * (trials - successes)) / (successes + 1);
    successes++;
    left -= mass;
  }
  return successes;
}

/** Transformed rejection with squeeze, algorithm BTRS of [Hormann1993]; p ≤ 1/2 and np ≥ 10. */
function reject(rng: Rng, trials: number, probability: number): number {
  const failure = 1 - probability;
  const deviation = Math.sqrt(trials * probability * failure);
  const b = 1.15 + 2.53 * deviation;
  const a = -0.0873 + 0.0248 * b + 0.01 * probability;
  const centre = trials * probability + 0.5;
  const alpha = (2.83 + 5.1 / b) * deviation;
  const mode = Math.floor((trials + 1) * probability);
  const logOdds = Math.log(probability / failure);
  const modeWeight = logFactorial(mode) + logFactorial(trials - mode);
  for (;;) {
    const v = rng.nextFloat();
    const u = rng.nextFloat() - 0.5;
    const distance = 0.5 - Math.abs(u);
    const successes = Math.floor(((2 * a) / distance + b) * u + centre);
    if (distance >= 0.07 && v <= 0.92 - 4.2 / b) return successes;
    if (!(successes >= 0 && successes <= trials)) continue;
    const ratio = modeWeight - logFactorial(successes) - logFactorial(trials - successes);
    const height = ratio + (successes - mode) * logOdds;
    if (Math.log((v * alpha) / (a / (distance * distance) + b)) <= height) return successes;
  }
}

function logFactorial(n: number): number {
  return n === 0 ? 0 : (n + 0.5) * Math.log(n) - n + LOG_SQRT_TWO_PI + stirlingError(n);
}

const LOG_SQRT_TWO_PI = Math.log(2 * Math.PI) / 2;
