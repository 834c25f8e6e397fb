import { DomainError, requireInteger } from "../errors.ts";
import { stream } from "../random/stream.ts";
import { type CurveDraw, type CurvePrior, curvePrior } from "./conditionalDraw.ts";
import { sampleRates } from "./importance.ts";
import { centralInterval, normalMixtureInterval, requireRunError } from "./intervals.ts";
import { condense, type Observations, readSample } from "./observations.ts";

/** What is believed before the data. */
export interface PosteriorOptions {
  /** Nothing can exceed it (100 for a percentage): upper bound of the plateau. */
  readonly ceiling?: number | undefined;
  /** Nothing can fall below it (25 for a four-choice question): lower bound of y(0). */
  readonly floor?: number | undefined;
  /**
   * Middle of the prior scales of what a term gains from the first x on for ever, in units of the range of y; default
   * 1.5.
   */
  readonly gainScale?: number | undefined;
  /** Most terms averaged over, 1 to 6; default 4. */
  readonly mostTerms?: number | undefined;
  /** Draws for each number of terms; default 1000. */
  readonly draws?: number | undefined;
  /** Seed of the random stream; default 1. */
  readonly seed?: number | undefined;
}

/** Posterior distribution of the curve, averaged over the number of terms: weighted draws. */
export interface MixturePosterior {
  readonly draws: readonly CurveDraw[];
  /** Posterior probability of 1, 2, … terms. */
  readonly termProbabilities: readonly number[];
  /** (Σw)²/Σw² of the importance weights: how many independent draws they are worth. */
  readonly effectiveSampleSize: number;
  readonly prior: CurvePrior;
}

/** Forecast of the noise-free curve at one x. */
export interface CurvePrediction {
  readonly x: number;
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * Points beyond which neighbours are condensed: every draw looks at every point, and each is believed to be off the curve
 * by an error of its own, however many rows it has.
 */
const MOST_POINTS = 60;

/**
 * Bayesian average over mixtures of 1 … 4 exponentials [docs/fitting.md, §5].
 *
 * Prior: the number of terms uniform; rates log-uniform on [1/(20·x_max), 5/x_min]; what each term gains from the first
 * x on for ever half-normal, whatever its rate, with one scale for all terms that is log-uniform between 3/8 and 6
 * times the range of y: a decade of x beyond the data is expected to bring what a decade within them does; the level flat; σ log-uniform where no standard
 * errors are given; plateau ≤ `ceiling`, y(0) ≥ `floor`. Gains and level are drawn from their conditional
 * distribution (sequential truncated normals), rates by adaptive importance sampling.
 *
 * @throws {DomainError} for observations that cannot be read, fewer than 3 different x, the same y in every row, or
 *   a ceiling or floor beyond most of the data
 */
export function mixturePosterior(
  observations: Observations,
  options: PosteriorOptions = {},
): MixturePosterior {
  const { mostTerms = 4, draws = 1000, seed = 1 } = options;
  requireInteger("mostTerms", mostTerms, 1, 6);
  requireInteger("draws", draws, 100);
  const prior = curvePrior(condense(readSample(observations), MOST_POINTS), options);
  const byTerms = Array.from({ length: mostTerms }, (_, i) =>
    sampleRates(prior, i + 1, draws, stream(seed, "posterior", i + 1)),
  );
  return weigh(prior, byTerms.flat());
}

/**
 * The same posterior under gains whose prior scale is `factor` times as great, by reweighting the draws: how much
 * the prior decides.
 *
 * @param factor - in [0.5, 2], so that the draws still cover it
 */
export function withGainScale({ draws, prior }: MixturePosterior, factor: number): MixturePosterior {
  if (!(factor >= 0.5 && factor <= 2)) throw new DomainError("factor", factor, "in [0.5, 2]");
  const reweighted = draws.map((draw) => {
    const square = draw.gains.reduce((sum, gain, i) => sum + (gain / draw.scales[i]!) ** 2, 0);
    const logRatio = 0.5 * square * (1 - factor ** -2) - draw.gains.length * Math.log(factor);
    const scales = draw.scales.map((scale) => scale * factor);
    return { ...draw, scales, logWeight: draw.logWeight + logRatio };
  });
  return weigh({ ...prior, gainScale: prior.gainScale * factor }, reweighted);
}

/**
 * Mean and central interval of the noise-free curve.
 *
 * @param x - ≥ 0; `Infinity` for the plateau
 * @param level - probability of the interval; in (0, 1)
 */
export function predictCurve({ draws }: MixturePosterior, x: number, level: number): CurvePrediction {
  if (!(x >= 0)) throw new DomainError("x", x, ">= 0");
  if (!(level > 0 && level < 1)) throw new DomainError("level", level, "in (0, 1)");
  return { x, ...summarise(draws, (draw) => curveAt(draw, x), level) };
}

/** Mean and central interval of a number that every draw has. */
export function summarise(
  draws: readonly CurveDraw[],
  measure: (draw: CurveDraw) => number,
  level: number,
): { mean: number; lower: number; upper: number } {
  const values = draws.map((draw) => ({ value: measure(draw), weight: Math.exp(draw.logWeight) }));
  return centralInterval(values, level);
}

/**
 * Central interval of what one further run at x would measure: of the mixture of N(f(x), s²) over the drawn curves f.
 * Where no standard errors are known, s is the σ of each draw; else it is the given one.
 *
 * @param x - ≥ 0
 * @param level - probability of the interval; in (0, 1)
 * @param standardError - s of the further run, > 0; for data with standard errors
 * @returns ends to 10⁻⁹ of the interval's width. Not cut at ceiling or floor, which bound the curve
 * @throws {DomainError} outside these ranges, and if the data have standard errors and none is given for the run
 */
export function predictRun(
  { draws, prior }: MixturePosterior,
  x: number,
  level: number,
  standardError?: number,
): { readonly lower: number; readonly upper: number } {
  requireRunError(standardError, prior.sample.known);
  return blurred(draws, x, level, (draw) => standardError ?? draw.sigma);
}

/**
 * Central interval of the curve for all questions of the kind, where {@link predictCurve} has that for the questions
 * asked: of the mixture of N(f(x), τ²) over the drawn curves f, cut at ceiling and floor [docs/fitting.md, §10]. What
 * another set of as many questions would have is off that by as much again.
 *
 * @param x - ≥ 0; `Infinity` for the plateau
 * @param level - probability of the interval; in (0, 1)
 * @param sharedError - τ, standard error that all points share, as of {@link splitNoise}; finite, ≥ 0
 * @returns ends to 10⁻⁹ of the interval's width
 */
export function predictAllQuestions(
  posterior: MixturePosterior,
  x: number,
  level: number,
  sharedError: number,
): { readonly lower: number; readonly upper: number } {
  if (!(sharedError >= 0 && sharedError < Infinity))
    throw new DomainError("sharedError", sharedError, "finite and >= 0");
  const { draws, prior } = posterior;
  const { lower, upper } =
    sharedError === 0 ? predictCurve(posterior, x, level) : blurred(draws, x, level, () => sharedError);
  return { lower: Math.max(lower, prior.floor), upper: Math.min(upper, prior.ceiling) };
}

/** Central interval of the mixture of N(f(x), spread²) over the drawn curves f. */
function blurred(
  draws: readonly CurveDraw[],
  x: number,
  level: number,
  spreadOf: (draw: CurveDraw) => number,
): { readonly lower: number; readonly upper: number } {
  if (!(x >= 0)) throw new DomainError("x", x, ">= 0");
  if (!(level > 0 && level < 1)) throw new DomainError("level", level, "in (0, 1)");
  return normalMixtureInterval(
    draws.map((draw) => ({
      weight: Math.exp(draw.logWeight),
      centre: curveAt(draw, x),
      spread: spreadOf(draw),
    })),
    level,
  );
}

/** Value of one drawn curve at x, in a form that keeps its digits where rates are slow. */
export function curveAt({ start, gains, rates, origin, span }: CurveDraw, x: number): number {
  let value = start;
  for (let i = 0; i < gains.length; i++) {
    value += (gains[i]! * Math.expm1(-rates[i]! * (x - origin))) / Math.expm1(-rates[i]! * span);
  }
  return value;
}

/** Normalise the weights and drop the draws that carry less than a millionth of a draw's share. */
function weigh(prior: CurvePrior, draws: readonly CurveDraw[]): MixturePosterior {
  const top = draws.reduce((most, { logWeight }) => Math.max(most, logWeight), -Infinity);
  if (top === -Infinity) {
    const bound = prior.floor > -Infinity ? `far enough above the floor (${prior.floor})` : "near the data";
    throw new DomainError("ceiling", prior.ceiling, `${bound} for a curve that the data allow`);
  }
  const total = draws.reduce((sum, { logWeight }) => sum + Math.exp(logWeight - top), 0);
  const scaled = draws.map((draw) => ({ ...draw, logWeight: draw.logWeight - top - Math.log(total) }));
  const termProbabilities: number[] = [];
  let squares = 0;
  for (const { logWeight, gains } of scaled) {
    const weight = Math.exp(logWeight);
    termProbabilities[gains.length - 1] = (termProbabilities[gains.length - 1] ?? 0) + weight;
    squares += weight * weight;
  }
  const least = Math.log(1e-6 / draws.length);
  return {
    draws: scaled.filter(({ logWeight }) => logWeight > least),
    termProbabilities: Array.from(termProbabilities, (probability) => probability ?? 0),
    effectiveSampleSize: 1 / squares,
    prior,
  };
}
