import { DomainError, requireInteger } from "../errors.ts";
import { stream } from "../random/stream.ts";
import { fitMixtureSample, type MixtureOptions } from "./fitMixture.ts";
import { centralInterval, normalMixtureInterval, requireRunError } from "./intervals.ts";
import { type Mixture, mixtureCurve } from "./mixture.ts";
import { sampleChiSquare, sampleNormal } from "./normal.ts";
import { condense, type Observations, readSample } from "./observations.ts";

/** How to fit, and how often again. */
export interface BootstrapOptions extends MixtureOptions {
  /** Number of series drawn and fitted; at least 20. Default 200. */
  readonly replicates?: number | undefined;
  /** Of the random stream. Default 1. */
  readonly seed?: number | undefined;
}

/** What fits to series like the observed one would have been. */
export interface BootstrapFits {
  readonly curves: readonly Mixture[];
  /** Standard deviation of the noise of one row, as estimated; null where standard errors are known. */
  readonly sigma: number | null;
  /** That with which the series of each curve was drawn; null where standard errors are known. */
  readonly sigmas: readonly number[] | null;
}

/** Points beyond which neighbours are condensed: a curve bends by 6·10⁻⁴ of its rise within an evenly filled bin over four decades. */
const MOST_POINTS = 60;

/**
 * The parametric bootstrap of a fit [EfronTibshirani1993, §6.5]: series drawn about the fitted curve with normal noise, and
 * fitted in the same way. A number of terms that is chosen by AICc is chosen anew each time. The noise has the standard errors
 * where they are known; else each series has a σ of its own, as far from the estimate as the estimate can be from the truth,
 *
 *     σ* = σ·√(ν/χ²_ν),   σ² = SSE/ν,   ν = rows − parameters:
 *
 * about a straight line bands are then Student's [this project, docs/fitting.md, §4].
 *
 * @param observations - rows in any order
 * @returns the same for the same seed
 * @throws {DomainError} as {@link fitMixture} does; if no row is left to tell the noise
 * @remarks One fit for each replicate: 200 take about two seconds for 36 points and three terms.
 */
export function bootstrapFits(
  observations: Observations,
  { replicates = 200, seed = 1, ...options }: BootstrapOptions,
): BootstrapFits {
  requireInteger("replicates", replicates, 20);
  const sample = condense(readSample(observations), MOST_POINTS);
  const asked = { ...options, certify: false };
  const fit = fitMixtureSample(sample, asked);
  const freedom = fit.points - fit.parameters;
  if (!sample.known && freedom < 1)
    throw new DomainError("terms", options.terms, "fewer, so that a point is left for the noise");
  const sigma = sample.known ? 1 : Math.sqrt(fit.sse / freedom);
  const means = sample.x.map((x) => mixtureCurve(fit, x));
  const spreads = sample.weight.map((weight) => sigma / Math.sqrt(weight));
  const drawn = Array.from({ length: replicates }, (_, replicate) => {
    const rng = stream(seed, "bootstrap", replicate);
    const factor = sample.known ? 1 : Math.sqrt(freedom / sampleChiSquare(rng, freedom));
    const y = means.map((mean, j) => mean + factor * spreads[j]! * sampleNormal(rng));
    const { plateau, terms } = fitMixtureSample({ ...sample, y }, asked);
    return { curve: { plateau, terms }, sigma: factor * sigma };
  });
  return {
    curves: drawn.map(({ curve }) => curve),
    sigma: sample.known ? null : sigma,
    sigmas: sample.known ? null : drawn.map((series) => series.sigma),
  };
}

/**
 * Pointwise band of the fitted curve: the central share of the bootstrap's curves at x.
 *
 * @param x - ≥ 0; `Infinity` for the plateau
 * @param level - in (0, 1)
 */
export function bootstrapBand(
  { curves }: BootstrapFits,
  x: number,
  level: number,
): { readonly lower: number; readonly upper: number } {
  requireLevel(level);
  const weight = 1 / curves.length;
  const values = curves.map((curve) => ({ value: mixtureCurve(curve, x), weight }));
  const { lower, upper } = centralInterval(values, level);
  return { lower, upper };
}

/**
 * Where a further run at x would be measured: the central interval of normals about the bootstrap's curves.
 *
 * @param standardError - of the run; needed where the data have standard errors, else the σ with which each curve's series was drawn
 */
export function bootstrapRun(
  fits: BootstrapFits,
  x: number,
  level: number,
  standardError?: number,
): { readonly lower: number; readonly upper: number } {
  const { curves, sigma, sigmas } = fits;
  requireLevel(level);
  requireRunError(standardError, sigma === null);
  // An exact fit has no noise to add.
  if (standardError === undefined && sigma === 0) return bootstrapBand(fits, x, level);
  return normalMixtureInterval(
    curves.map((curve, replicate) => ({
      weight: 1 / curves.length,
      centre: mixtureCurve(curve, x),
      spread: standardError ?? sigmas![replicate]!,
    })),
    level,
  );
}

function requireLevel(level: number): void {
  if (!(level > 0 && level < 1)) throw new DomainError("level", level, "in (0, 1)");
}
