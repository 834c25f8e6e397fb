import { fitMixture } from "./fitMixture.ts";
import { mixtureCurve } from "./mixture.ts";
import { upperQuantile } from "./normal.ts";
import { condense, type Observations, readSample, type Sample } from "./observations.ts";

/** Whether any mixture of exponentials can describe the points. */
export interface Adequacy {
  readonly adequate: boolean;
  /** What the points do that no mixture of exponentials does, as parts of a sentence; empty where adequate. */
  readonly reasons: readonly string[];
}

/** Points beyond which neighbours are condensed, so that a pattern is not lost in the noise of a million rows. */
const MOST_POINTS = 200;

/** False alarms allowed where a mixture is the truth. */
const ALARM = 0.001;

/**
 * Whether the convex fit, the best of all mixtures of exponentials, is good enough. It is not
 *
 * - where standard errors are known and its sum of squares exceeds the 99.9 % quantile of χ² with n − 1 degrees of
 *   freedom (conservative: the fit uses up more than one);
 * - where its residuals, in the order of x, follow one another: von Neumann's ratio Σ(r_{j+1} − r_j)²/Σr_j² is near 2
 *   for independent ones, with variance 4(n − 2)/(n² − 1) [vonNeumann1941], and too small with probability 0.001.
 * - where y falls from an earlier to a later point by a good part of its range: two fifths; or a fifth that is also two
 *   standard errors of the difference, where these are known. A rule of thumb: the pair is the worst of all pairs, so
 *   chance alone does this now and then to a curve that has long been flat.
 *
 * The reasons say what the points do: fall, or gain faster and faster. Every mixture rises, ever more slowly.
 *
 * @throws {DomainError} if the observations cannot be read or hold fewer than 2 different x
 */
export function mixtureAdequacy(observations: Observations): Adequacy {
  const sample = condense(readSample(observations), MOST_POINTS);
  const fit = fitMixture(observations, { terms: "spectrum" });
  const residuals = Array.from(sample.y, (y, j) => y - mixtureCurve(fit, sample.x[j]!));
  const misfit = sample.known && fit.sse > chiSquareQuantile(fit.points - 1);
  const serial = followOneAnother(sample, residuals);
  const fall = fallReason(sample);
  if (!misfit && !serial && fall.length === 0) return { adequate: true, reasons: [] };
  const evidence = [
    ...(misfit
      ? [
          `the best mixture misses the points by more than their standard errors allow (χ² = ${fit.sse.toPrecision(3)})`,
        ]
      : []),
    ...(serial ? ["the residuals of the best mixture follow one another"] : []),
    ...fall,
    ...(misfit || serial ? accelerationReason(sample) : []),
  ];
  return { adequate: false, reasons: evidence };
}

function followOneAnother({ weight, y }: Sample, residuals: readonly number[]): boolean {
  const n = residuals.length;
  const scaled = residuals.map((value, j) => value * Math.sqrt(weight[j]!));
  const square = scaled.reduce((sum, value) => sum + value * value, 0);
  // Residuals at the level of rounding follow one another for no reason in the data.
  const size = y.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (n < 8 || !residuals.some((value) => Math.abs(value) > 1e-9 * size)) return false;
  const steps = scaled.slice(1).reduce((sum, value, j) => sum + (value - scaled[j]!) ** 2, 0);
  const spread = Math.sqrt((4 * (n - 2)) / (n * n - 1));
  return (2 - steps / square) / spread > upperQuantile(ALARM);
}

/** Quantile of χ² that is exceeded with probability {@link ALARM} [WilsonHilferty1931], to about 1 %. */
function chiSquareQuantile(degrees: number): number {
  const share = 2 / (9 * degrees);
  return degrees * (1 - share + upperQuantile(ALARM) * Math.sqrt(share)) ** 3;
}

/** The deepest fall from an earlier to a later point. */
function fallReason({ x, y, weight, known }: Sample): string[] {
  let [peak, from, to] = [0, 0, 0];
  for (let j = 1; j < y.length; j++) {
    if (y[j]! > y[peak]!) peak = j;
    if (y[peak]! - y[j]! > y[from]! - y[to]!) [from, to] = [peak, j];
  }
  const fall = y[from]! - y[to]!;
  const range = spreadOf(y);
  const standardError = Math.sqrt(1 / weight[from]! + 1 / weight[to]!);
  const telling = known ? fall > 0.2 * range && fall > 2 * standardError : fall > 0.4 * range;
  if (!telling) return [];
  return [
    `it falls by ${fall.toPrecision(3)} between x = ${x[from]} and x = ${x[to]}, and a mixture never falls`,
  ];
}

/** Slopes over the sixths of the range of x: a later one that is greater than an earlier one means acceleration. */
function accelerationReason({ x, y }: Sample): string[] {
  const ends = [0, 1, 2, 3, 4, 5, 6].map((sixth) => nearest(x, x[0]! + (sixth / 6) * (x.at(-1)! - x[0]!)));
  const pieces = ends.slice(1).flatMap((end, i) => (end > ends[i]! ? [{ from: ends[i]!, to: end }] : []));
  const slopes = pieces.map(({ from, to }) => (y[to]! - y[from]!) / (x[to]! - x[from]!));
  const at = slopes.indexOf(Math.max(...slopes));
  const early = Math.min(...slopes.slice(0, at));
  const late = slopes[at]!;
  if (at <= 0 || !(late > 1.5 * Math.max(0, early))) return [];
  return [
    `it gains faster later (${late.toPrecision(3)} per unit of x after x = ${x[pieces[at]!.from]}) than earlier (${early.toPrecision(3)}): a sigmoid, where every mixture of exponentials slows down from the start`,
  ];
}

function nearest(x: Float64Array, value: number): number {
  let best = 0;
  for (let j = 1; j < x.length; j++) if (Math.abs(x[j]! - value) < Math.abs(x[best]! - value)) best = j;
  return best;
}

/** Largest less smallest value. A loop: a million arguments are too many for Math.max. */
function spreadOf(values: Float64Array): number {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) [least, most] = [Math.min(least, value), Math.max(most, value)];
  return most - least;
}
