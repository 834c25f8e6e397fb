import { DomainError } from "../errors.ts";
import type { Rng } from "../random/stream.ts";
import { logUpperTail, truncatedNormal, upperQuantile, upperTail } from "./normal.ts";
import type { Sample } from "./observations.ts";
import { defaultRateRange, rateProblem } from "./rateProblem.ts";
import { fitSpectrum } from "./spectrumFit.ts";

/** What is known of a curve before its rates are. */
export interface CurvePrior {
  readonly sample: Sample;
  /** Bounds of θ, the logarithm of the rate. */
  readonly slowest: number;
  readonly fastest: number;
  /**
   * Middle of the scales believed of what a term gains from the first x on for ever, in the unit of y: half-normal with
   * a scale, one for all terms, that is log-uniform within a factor {@link SCALE_FACTOR} of it.
   */
  readonly gainScale: number;
  /** Largest less smallest y. */
  readonly range: number;
  readonly ceiling: number;
  readonly floor: number;
  /** Bounds of σ: both 1 where standard errors are given, and the same where the scatter of repeated rows, or of merged neighbours about a line, tells it. */
  readonly noise: readonly [least: number, most: number];
}

/** One weighted draw of the curve start + Σ g_i·(1 − e^{−k_i (x − origin)})/(1 − e^{−k_i·span}). */
export interface CurveDraw {
  readonly rates: Float64Array;
  /** What each term gains between the first and the last x. */
  readonly gains: Float64Array;
  /** Prior scale of each gain in this draw. */
  readonly scales: Float64Array;
  /** Value at the first x. */
  readonly start: number;
  /** Noise of a single row of weight 1. */
  readonly sigma: number;
  readonly origin: number;
  readonly span: number;
  readonly logWeight: number;
}

/**
 * No training series is a mixture of exponentials to better than a thousandth of its range: noise is not believed to
 * be smaller, and where it is known, a point is not believed to lie closer to its curve however many rows it has.
 */
const LEAST_NOISE = 1e-3;

/** Squares of lesser differences in y, times a noise of a thousandth of them, leave the range of doubles. */
const LEAST_RANGE = 1e-145;

/** Degrees of freedom from which on the scatter within points is σ: its relative standard error is below 5 %. */
const ENOUGH_REPEATS = 200;

/** How far the prior scale of the gains may lie from its middle, either way. */
export const SCALE_FACTOR = 4;

/** Middle of the prior scales of the gains, in units of the range of y. */
export const DEFAULT_GAIN_SCALE = 1.5;

/** Values of σ tried for each draw of the rates, and how many of them are from the prior, so that none is ever lost. */
const NOISE_STRATA = 8;
const PRIOR_STRATA = 2;

/** Standard deviations of ln σ of the others, in units of what the sum of squares asks for. */
const NOISE_BREADTH = 1.5;

/** A stratum whose weight is less than e⁻²⁵ of the heaviest before it is not drawn from. */
const NEGLIGIBLE = 25;

/** Check and gather what the sampler needs. */
export function curvePrior(
  sample: Sample,
  options: { ceiling?: number | undefined; floor?: number | undefined; gainScale?: number | undefined },
): CurvePrior {
  const { ceiling = Infinity, floor = -Infinity, gainScale = DEFAULT_GAIN_SCALE } = options;
  const { x, y } = sample;
  if (x.length < 3) throw new DomainError("x", x.length, "at least 3 different values");
  const [least, most] = [Math.min(...y), Math.max(...y)];
  const range = most - least;
  if (!(range > 0)) throw new DomainError("y", y[0], "different in at least two rows");
  if (!(range >= LEAST_RANGE)) throw new DomainError("y", range, `spread over at least ${LEAST_RANGE}`);
  // Bounds are on the curve: a noisy y may lie beyond, but not most of them.
  const median = y.toSorted()[y.length >> 1]!;
  if (!(ceiling > floor)) throw new DomainError("ceiling", ceiling, `above the floor (${floor})`);
  if (!(ceiling > median)) throw new DomainError("ceiling", ceiling, `above most y (median ${median})`);
  if (!(floor < median)) throw new DomainError("floor", floor, `below most y (median ${median})`);
  if (!(gainScale > 0 && gainScale < Infinity))
    throw new DomainError("gainScale", gainScale, "finite and > 0");
  const noise: readonly [number, number] = sample.known ? [1, 1] : noiseRange(sample, range);
  return {
    sample: noise[0] === noise[1] ? withDiscrepancy(sample, (LEAST_NOISE * range) / noise[0]) : sample,
    slowest: Math.log(1 / (20 * x.at(-1)!)),
    fastest: Math.log(5 / x.find((value) => value > 0)!),
    gainScale: gainScale * range,
    range,
    ceiling,
    floor,
    noise,
  };
}

/**
 * Weights 1/(1/w + δ²): a point of weight w, whose mean has variance σ²/w, is off the curve by a further error of δ·σ.
 */
function withDiscrepancy(sample: Sample, discrepancy: number): Sample {
  return { ...sample, weight: sample.weight.map((weight) => 1 / (1 / weight + discrepancy ** 2)) };
}

/**
 * Where σ can lie: at the scatter within points, where it has degrees of freedom enough; else not far below what the convex fit
 * leaves, nor above half the range of y. A million rows leave a range of σ that no draw would hit.
 */
function noiseRange(sample: Sample, range: number): [number, number] {
  const repeats = sample.rows - sample.x.length;
  if (repeats >= ENOUGH_REPEATS) {
    const scatter = Math.max(LEAST_NOISE * range, Math.sqrt(sample.pureError / repeats));
    return [scatter, scatter];
  }
  const problem = rateProblem(sample, defaultRateRange(sample), {});
  const left = fitSpectrum(problem).atoms.loss * problem.sumOfSquares + sample.pureError;
  const least = Math.max(LEAST_NOISE * range, 0.6 * Math.sqrt(left / sample.rows));
  return [least, Math.max(0.5 * range, 4 * least)];
}

/**
 * Draw gains, level and σ given the rates, with the weight by which the draw estimates
 *
 *     p(data | rates) = ∫ p(data | α, g, σ) p(g | s) p(s) p(σ) dα dg ds dσ
 *
 * without bias: σ is drawn where the rates ask for it, once in each of some strata, and one of these draws is chosen in
 * proportion to weight; the prior scale s of the gains is drawn from its prior for every σ; g given σ and s is normal, truncated
 * to g ≥ 0, drawn one after the other [Geweke1989, Hajivassiliou1990, Keane1994: "GHK"]; α given g and σ is normal, truncated by
 * ceiling and floor.
 */
export function drawGivenRates(prior: CurvePrior, rates: Float64Array, rng: Rng): CurveDraw {
  const { sample, noise } = prior;
  const origin = sample.x[0]!;
  const span = sample.x.at(-1)! - origin;
  const model = linearModel(prior, rates, origin, span);
  const proposal = noiseProposal(prior, model);
  let total = 0;
  let top = -Infinity;
  let chosen: LinearDraw = {
    gains: new Float64Array(rates.length),
    scales: model.scales,
    start: model.meanY,
    sigma: noise[1],
    logWeight: -Infinity,
  };
  for (let stratum = 0; stratum < proposal.strata; stratum++) {
    const sigma = proposal.draw(stratum, rng.nextFloat());
    const logRatio = proposal.logRatio(sigma);
    const draw = drawGivenNoise(prior, model, sigma, top - NEGLIGIBLE - logRatio, rng);
    const logShare = draw.logWeight + logRatio;
    if (logShare === -Infinity) continue;
    // One-pass choice in proportion to the weights, in logarithms.
    if (logShare > top) {
      total *= Math.exp(top - logShare);
      top = logShare;
    }
    const weight = Math.exp(logShare - top);
    total += weight;
    if (rng.nextFloat() * total < weight) chosen = draw;
  }
  const logWeight = total > 0 ? top + Math.log(total / proposal.strata) : -Infinity;
  const { gains, scales, start, sigma } = chosen;
  return { rates, gains, scales, start, sigma, origin, span, logWeight };
}

/** Where values of σ are drawn for given rates, one in each stratum, and how to weigh them. */
interface NoiseProposal {
  readonly strata: number;
  draw(stratum: number, uniform: number): number;
  /** ln of prior over proposal density. */
  logRatio(sigma: number): number;
}

/**
 * Some strata of the prior, log-uniform, and the others of a normal of ln σ, cut to the same range. With K gains and the
 * level integrated over, n rows give σ about the likelihood σ^{−ν}·e^{−RSS/2σ²}, ν = n − 1 − K: in ln σ its mode is
 * at √(RSS/ν) and its curvature there 2ν. Weights are prior over the density of the whole mixture, at most 4.
 */
function noiseProposal({ sample, noise: [least, most] }: CurvePrior, model: LinearModel): NoiseProposal {
  if (least === most) return { strata: 1, draw: () => least, logRatio: () => 0 };
  const range = Math.log(most / least);
  const freedom = Math.max(1, sample.rows - 1 - model.help.length);
  const mode = Math.sqrt(leastSquare(model) / freedom);
  const centre = Math.log(Math.min(most, Math.max(least, mode)));
  const spread = NOISE_BREADTH / Math.sqrt(2 * freedom);
  const [from, to] = [(Math.log(least) - centre) / spread, (Math.log(most) - centre) / spread];
  const [above, beyond] = [upperTail(from), upperTail(to)];
  const peak = range / (spread * Math.sqrt(2 * Math.PI) * (above - beyond));
  const near = NOISE_STRATA - PRIOR_STRATA;
  return {
    strata: NOISE_STRATA,
    draw: (stratum, uniform) => {
      if (stratum < PRIOR_STRATA) return least * (most / least) ** ((stratum + uniform) / PRIOR_STRATA);
      const tail = above + ((beyond - above) * (stratum - PRIOR_STRATA + uniform)) / near;
      return Math.min(most, Math.max(least, Math.exp(centre + spread * upperQuantile(tail))));
    },
    logRatio: (sigma) => {
      const z = (Math.log(sigma) - centre) / spread;
      return -Math.log((PRIOR_STRATA + near * peak * Math.exp(-0.5 * z * z)) / NOISE_STRATA);
    },
  };
}

/** Least sum of squares over gains ≥ 0 and the level; gains that come out negative are left out, the most negative first. */
function leastSquare({ gram, help, square }: LinearModel): number {
  let kept = Array.from(help, (_, i) => i);
  for (;;) {
    const factor = cholesky(kept.map((i) => Float64Array.from(kept, (j) => gram[i]![j]!)));
    const half = forward(
      factor,
      Float64Array.from(kept, (i) => help[i]!),
    );
    const gains = backward(factor, half);
    const worst = gains.reduce((at, gain, i) => (gain < gains[at]! ? i : at), 0);
    if (!(gains[worst]! < 0))
      return Math.max(0, square - half.reduce((sum, value) => sum + value * value, 0));
    kept = kept.filter((_, i) => i !== worst);
  }
}

interface LinearDraw {
  readonly gains: Float64Array;
  readonly scales: Float64Array;
  readonly sigma: number;
  readonly start: number;
  readonly logWeight: number;
}

/** Everything about the linear part that does not depend on σ. */
interface LinearModel {
  readonly gram: Float64Array[];
  readonly help: Float64Array;
  readonly square: number;
  readonly meanY: number;
  readonly means: Float64Array;
  readonly weight: number;
  /** Plateau − start and start − y(0) for a unit of each gain. */
  readonly above: Float64Array;
  /** Middle of the prior scales of each gain: the share of `gainScale` that the term reveals within the data. */
  readonly scales: Float64Array;
  readonly below: Float64Array;
}

function linearModel(
  { sample, gainScale }: CurvePrior,
  rates: Float64Array,
  origin: number,
  span: number,
): LinearModel {
  const { x, y, weight } = sample;
  const total = weight.reduce((sum, value) => sum + value, 0);
  const meanOf = (column: Float64Array) =>
    column.reduce((sum, value, j) => sum + (weight[j]! / total) * value, 0);
  const columns = Array.from(rates, (rate) => {
    const whole = Math.expm1(-rate * span);
    return x.map((value) => Math.expm1(-rate * (value - origin)) / whole);
  });
  const means = Float64Array.from(columns, meanOf);
  const meanY = meanOf(y);
  columns.forEach((column, i) => {
    for (let j = 0; j < column.length; j++) column[j]! -= means[i]!;
  });
  const product = (a: Float64Array, b: Float64Array, offset: number) => {
    let sum = 0;
    for (let j = 0; j < a.length; j++) sum += weight[j]! * a[j]! * (b[j]! - offset);
    return sum;
  };
  const centred = y.map((value) => value - meanY);
  return {
    gram: columns.map((a) => Float64Array.from(columns, (b) => product(a, b, 0))),
    help: Float64Array.from(columns, (column) => product(column, y, meanY)),
    square: product(centred, centred, 0) + sample.pureError,
    meanY,
    means,
    weight: total,
    above: rates.map((rate) => -1 / Math.expm1(-rate * span)),
    scales: rates.map((rate) => -gainScale * Math.expm1(-rate * span)),
    below: rates.map((rate) => -Math.expm1(rate * origin) / Math.expm1(-rate * span)),
  };
}

function drawGivenNoise(
  prior: CurvePrior,
  model: LinearModel,
  sigma: number,
  leastLogWeight: number,
  rng: Rng,
): LinearDraw {
  const count = model.help.length;
  const factorOfScale = SCALE_FACTOR ** (2 * rng.nextFloat() - 1);
  const scales = model.scales.map((scale) => scale * factorOfScale);
  const precision = model.gram.map((row, i) =>
    row.map((value, j) => value / sigma ** 2 + (i === j ? scales[i]! ** -2 : 0)),
  );
  const factor = cholesky(precision);
  const half = forward(
    factor,
    model.help.map((value) => value / sigma ** 2),
  );
  const gains = new Float64Array(count);
  let logWeight = -(prior.sample.rows - 1) * Math.log(sigma) - (0.5 * model.square) / sigma ** 2;
  for (let i = 0; i < count; i++) {
    logWeight += 0.5 * half[i]! ** 2 + Math.log(2 / (scales[i]! * factor[i]![i]!));
  }
  // Truncation can only take from the weight.
  if (logWeight < leastLogWeight) return { gains, scales, start: 0, sigma, logWeight: -Infinity };
  // In the factor's coordinates the gains are independent normals: (Lᵀg)_i ~ N(half_i, 1), truncated so that g_i ≥ 0.
  for (let i = count - 1; i >= 0; i--) {
    let mean = half[i]!;
    for (let j = i + 1; j < count; j++) mean -= factor[j]![i]! * gains[j]!;
    const z = truncatedNormal(-mean, rng.nextFloat());
    gains[i] = Math.max(0, (mean + z) / factor[i]![i]!);
    logWeight += logUpperTail(-mean);
  }
  const level = drawLevel(prior, model, gains, sigma, rng);
  return { gains, scales, start: level.start, sigma, logWeight: logWeight + level.logWeight };
}

/** α given the gains: normal about the level that the mean of y asks for, between floor and ceiling. */
function drawLevel(
  { ceiling, floor }: CurvePrior,
  model: LinearModel,
  gains: Float64Array,
  sigma: number,
  rng: Rng,
): { start: number; logWeight: number } {
  let [centre, highest, lowest] = [model.meanY, ceiling, floor];
  gains.forEach((gain, i) => {
    centre -= gain * model.means[i]!;
    highest -= gain * model.above[i]!;
    lowest += gain * model.below[i]!;
  });
  const spread = sigma / Math.sqrt(model.weight);
  if (!(lowest < highest)) return { start: centre, logWeight: -Infinity };
  // Mirrored where the middle lies above, so that tails and not their complements are subtracted.
  const mirror = centre - lowest > highest - centre ? -1 : 1;
  const [from, to] = mirror > 0 ? [lowest, highest] : [-highest, -lowest];
  const [a, b] = [(from - mirror * centre) / spread, (to - mirror * centre) / spread];
  const logMass = logTailBetween(a, b);
  if (logMass < -700) return { start: centre, logWeight: -Infinity };
  const tail = upperTail(a) - rng.nextFloat() * Math.exp(logMass);
  const z = tail > 0 && tail < 1 ? upperQuantile(tail) : a;
  return { start: mirror * (mirror * centre + spread * z), logWeight: logMass };
}

/** ln(P[Z > a] − P[Z > b]), a < b; either may be infinite. */
function logTailBetween(a: number, b: number): number {
  const above = logUpperTail(a);
  return above + Math.log1p(-Math.exp(logUpperTail(b) - above));
}

/** Lower triangular L with LLᵀ = matrix; pivots lost to rounding are replaced by a tiny share of the diagonal. */
function cholesky(matrix: readonly Float64Array[]): Float64Array[] {
  const factor = matrix.map((row) => new Float64Array(row.length));
  matrix.forEach((row, i) => {
    for (let j = 0; j <= i; j++) {
      let entry = row[j]!;
      for (let k = 0; k < j; k++) entry -= factor[i]![k]! * factor[j]![k]!;
      factor[i]![j] = i === j ? Math.sqrt(Math.max(entry, 2 ** -48 * row[i]!)) : entry / factor[j]![j]!;
    }
  });
  return factor;
}

/** L⁻¹·vector: forward substitution with a lower triangular factor. */
export function forward(factor: readonly Float64Array[], vector: ArrayLike<number>): Float64Array {
  const solved = new Float64Array(vector.length);
  for (let i = 0; i < vector.length; i++) {
    let value = vector[i]!;
    for (let j = 0; j < i; j++) value -= factor[i]![j]! * solved[j]!;
    solved[i] = value / factor[i]![i]!;
  }
  return solved;
}

/** L⁻ᵀ·vector. */
function backward(factor: readonly Float64Array[], vector: Float64Array): Float64Array {
  const solved = new Float64Array(vector.length);
  for (let i = vector.length - 1; i >= 0; i--) {
    let value = vector[i]!;
    for (let j = i + 1; j < vector.length; j++) value -= factor[j]![i]! * solved[j]!;
    solved[i] = value / factor[i]![i]!;
  }
  return solved;
}
