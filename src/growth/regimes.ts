import { linkDensity, linkDensitySlope } from "./growthCurve.ts";
import { type RateSpectrum, totalWeight } from "./rateSpectrum.ts";

/** The three regimes of a growth curve: see {@link regimes}. */
export interface Regimes {
  /** Slope at t = 0, Acc′(0); `Infinity` if something is learned in the first step for certain. */
  readonly initialSlope: number;
  /** t₁, to which growth is linear. */
  readonly linearUntil: number;
  /** t₂, from which growth saturates. */
  readonly plateauFrom: number;
  /** Where the slope against ln t is largest. */
  readonly steepestTime: number;
  /** Largest slope against log₁₀ t: density gained by a tenfold increase of t. */
  readonly gainPerDecade: number;
  /** The stretch of time around `steepestTime` in which the slope against log t is at least 80 % of its maximum. */
  readonly logLike: { readonly from: number; readonly to: number; readonly decades: number };
  /** Density as t → ∞. */
  readonly plateau: number;
}

/** The share of the largest slope against log t that still counts as growth in a straight line. */
const STRAIGHT = 0.8;

/**
 * When growth is linear, like a logarithm, and over           [Yang2025, Lemma G.3; docs/theory.md §6].
 *
 * With g(t) = t·Acc′(t), the slope against ln t, and T where g is largest:
 *
 * - **linear** up to t₁ = Acc′(0)/|Acc″(0)|. Acc′ is convex, hence Acc′(0)(1 − t/t₁) ≤ Acc′(t) ≤ Acc′(0): until εt₁
 *   the slope has lost no more than the share ε;
 * - **log-like** around T, over the decades in which g ≥ 80 % of g(T);
 * - **plateau** from t₂ = T·exp((Acc(∞) − Acc(T))/g(T)), where the tangent on the logarithmic axis at T would reach
 *   the plateau.
 *
 * For graphs t₁ is of the order of V (up to a logarithm) and t₂ of the order of N.
 *
 * @param spectrum - of a graph, of a theory or of a fit, in either clock
 * @returns times in the unit of the spectrum's; null if there is nothing left to learn. T is found to a relative
 *   10⁻⁶ on the largest hump of g; cost about 400 sums over the rates
 * @example regimes(graphRateSpectrum(exactSpectrum(graph, "first")))
 */
export function regimes(spectrum: RateSpectrum): Regimes | null {
  if (!(totalWeight(spectrum) > 0)) return null;
  const gained = withoutCertain(spectrum);
  const plateau = linkDensity(spectrum, Infinity);
  const initialSlope = linkDensitySlope(spectrum, 0);
  const intensities = gained.rates.map((rate) => intensity(gained, rate));
  if (intensities.length === 0) {
    // Everything is learned in the first step for certain: a jump, with no time between its ends.
    const logLike = { from: 0, to: 0, decades: 0 };
    return {
      initialSlope,
      linearUntil: 0,
      plateauFrom: 0,
      steepestTime: 0,
      gainPerDecade: Infinity,
      logLike,
      plateau,
    };
  }
  const logSlope = (logTime: number) => Math.exp(logTime) * linkDensitySlope(gained, Math.exp(logTime));
  // A single rate a has its hump at t = 1/a: all humps lie between those of the fastest and of the slowest.
  const earliest = -Math.log(intensities.at(-1)!);
  const latest = -Math.log(intensities[0]!);
  const steepest = highestPoint(logSlope, earliest, latest);
  const height = logSlope(steepest);
  const steepestTime = Math.exp(steepest);
  const threshold = (logTime: number) => logSlope(logTime) - STRAIGHT * height;
  // Below e^{−5}/a_max and above e^{5}/a_min, g is far below 80 % of its maximum: x·e^{−x} ≤ 0.02·e^{−1} there.
  const from = Math.exp(crossing(threshold, steepest, -1));
  const to = Math.exp(crossing(threshold, steepest, 1));
  return {
    initialSlope,
    linearUntil: initialSlope < Infinity ? initialSlope / curvature(gained, intensities) : 0,
    plateauFrom: steepestTime * Math.exp((plateau - linkDensity(spectrum, steepestTime)) / height),
    steepestTime,
    gainPerDecade: height * Math.LN10,
    logLike: { from, to, decades: Math.log10(to / from) },
    plateau,
  };
}

function intensity({ clock }: RateSpectrum, rate: number): number {
  return clock === "steps" ? -Math.log1p(-rate) : rate;
}

/** −Acc″(0). */
function curvature({ weights }: RateSpectrum, intensities: Float64Array): number {
  return weights.reduce((sum, weight, i) => sum + weight * intensities[i]! ** 2, 0);
}

/** The spectrum without weights of zero and without what is learned in the first step for certain. */
function withoutCertain(spectrum: RateSpectrum): RateSpectrum {
  const keep = (_: number, i: number) =>
    spectrum.weights[i]! > 0 && intensity(spectrum, spectrum.rates[i]!) < Infinity;
  if (spectrum.rates.every(keep)) return spectrum;
  return { ...spectrum, rates: spectrum.rates.filter(keep), weights: spectrum.weights.filter(keep) };
}

/** Humps of g are at least as wide as that of a single rate, 2.4 wide in ln t at half height: a grid of 0.1 sees them all. */
const GRID = 0.1;

/** Where a function is highest in [from, to]: on a grid, then by thirds around its best point. */
function highestPoint(f: (x: number) => number, from: number, to: number): number {
  const steps = Math.max(1, Math.ceil((to - from) / GRID));
  let best = from;
  let highest = f(from);
  for (let i = 1; i <= steps; i++) {
    const x = from + ((to - from) * i) / steps;
    const value = f(x);
    if (value > highest) {
      highest = value;
      best = x;
    }
  }
  let low = best - GRID;
  let high = best + GRID;
  while (high - low > 1e-7) {
    const third = (high - low) / 3;
    if (f(low + third) < f(high - third)) low += third;
    else high -= third;
  }
  return (low + high) / 2;
}

/** The first sign change of f when walking from a point where f > 0 in steps of the grid, by bisection. */
function crossing(f: (x: number) => number, start: number, direction: 1 | -1): number {
  let inside = start;
  let outside = start + direction * GRID;
  while (f(outside) > 0) {
    inside = outside;
    outside += direction * GRID;
  }
  while (Math.abs(outside - inside) > 1e-9) {
    const middle = (inside + outside) / 2;
    if (f(middle) > 0) inside = middle;
    else outside = middle;
  }
  return (inside + outside) / 2;
}
