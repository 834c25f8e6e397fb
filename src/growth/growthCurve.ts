import { DomainError } from "../errors.ts";
import { type Clock, meanRate, type RateSpectrum, totalWeight } from "./rateSpectrum.ts";

/**
 * Probability that something learned at rate `rate` is known by time t:
 * 1 − (1 − a)^t for the clock `steps`, 1 − e^{−at} for `poisson`.
 *
 * @param rate - a; in [0, 1] for `steps`, ≥ 0 for `poisson`
 * @param time - t; real, ≥ 0
 * @returns in [0, 1], relative error a few units of 2⁻⁵³ for t below 10¹⁵
 */
export function learnedProbability(clock: Clock, rate: number, time: number): number {
  // a = 1 has log1p(−1) = −∞, which t = 0 would turn into NaN.
  if (time === 0) return 0;
  const exponent = clock === "steps" ? time * Math.log1p(-rate) : -rate * time;
  return -Math.expm1(exponent);
}

/**
 * Expected density of known links at time t, baseline + Σ w_i·P(learned by t | a_i)   [docs/theory.md, eq. (4)].
 *
 * @param spectrum - of a graph, of a theory or of a fit
 * @param time - t; real, ≥ 0; `Infinity` gives the plateau
 * @returns in the unit of the spectrum's weights; cost O(number of rates)
 * @throws {DomainError} if t is negative or NaN
 * @example linkDensity(graphRateSpectrum(exactSpectrum(graph)), 1000)
 */
export function linkDensity(spectrum: RateSpectrum, time: number): number {
  requireTime(time);
  const { clock, baseline, rates, weights } = spectrum;
  let gained = 0;
  for (let i = 0; i < rates.length; i++) gained += weights[i]! * learnedProbability(clock, rates[i]!, time);
  return baseline + gained;
}

/**
 * Slope of the expected density, d density / dt.
 *
 * @param time - t; real, ≥ 0
 * @returns ≥ 0; cost O(number of rates)
 * @throws {DomainError} if t is negative, infinite or NaN
 */
export function linkDensitySlope(spectrum: RateSpectrum, time: number): number {
  requireTime(time);
  if (time === Infinity) throw new DomainError("time", time, "finite");
  const { clock, rates, weights } = spectrum;
  let slope = 0;
  for (let i = 0; i < rates.length; i++) {
    const intensity = clock === "steps" ? -Math.log1p(-rates[i]!) : rates[i]!;
    // A rate of one step is learned at once: an infinite slope at t = 0 and none after it.
    if (intensity === Infinity) slope += time === 0 && weights[i]! > 0 ? Infinity : 0;
    else slope += weights[i]! * intensity * Math.exp(-intensity * time);
  }
  return slope;
}

/**
 * Bounds that hold for every graph and number of entities [docs/theory.md, Proposition 4]: everything is learned at
 * least at the smallest rate, and by Jensen's inequality no faster than if all rates were the mean q̄.
 *
 * In the clock `steps`, 1 − (1 − a)^t is concave in a for t ≥ 1 only. For 0 < t < 1, between the start and the first
 * step, the mean of the intensities −ln(1 − a) takes the place of q̄.
 *
 * @param spectrum - of a graph; its smallest rate is 1/N wherever something is left to learn
 * @param time - t; real, ≥ 0
 * @returns lower and upper bound on {@link linkDensity}
 * @throws {DomainError} if t is negative or NaN
 */
export function quenchedBounds(spectrum: RateSpectrum, time: number): { lower: number; upper: number } {
  requireTime(time);
  const { clock, baseline, rates } = spectrum;
  const toLearn = totalWeight(spectrum);
  const bound = (rate: number, of: Clock = clock) => baseline + toLearn * learnedProbability(of, rate, time);
  const betweenSteps = clock === "steps" && time < 1;
  const upper = betweenSteps ? bound(meanIntensity(spectrum), "poisson") : bound(meanRate(spectrum));
  return { lower: bound(rates[0] ?? 0), upper };
}

function meanIntensity(spectrum: RateSpectrum): number {
  const rates = spectrum.rates.map((rate) => -Math.log1p(-rate));
  return meanRate({ ...spectrum, rates });
}

function requireTime(time: number): void {
  if (!(time >= 0)) throw new DomainError("time", time, ">= 0");
}
