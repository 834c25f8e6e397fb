import { DomainError, requireInteger } from "../errors.ts";
import type { Atoms, Signs } from "./atoms.ts";
import { certifyAtoms } from "./certify.ts";
import { informationCriterion } from "./informationCriterion.ts";
import { type BoundaryTerm, type Mixture, mixtureCurve } from "./mixture.ts";
import { condense, type Observations, readSample, type Sample } from "./observations.ts";
import {
  defaultRateRange,
  pointsSumOfSquares,
  type RateProblem,
  type RateRange,
  rateProblem,
} from "./rateProblem.ts";
import { fitSpectrum } from "./spectrumFit.ts";
import { fitAtoms, fitFreeAtoms, noAtoms } from "./termsFit.ts";

/** What to fit. */
export interface MixtureOptions {
  /**
   * Number of exponentials, at least 1; `spectrum` for as many as lower the sum of squares (the convex fit); `auto` for
   * the number up to 5 with the least AICc.
   */
  readonly terms: number | "spectrum" | "auto";
  /** Rates allowed, per unit of x; default 0.01/(largest x) to 10/(smallest positive x). */
  readonly rateRange?: RateRange | undefined;
  /** `growth` (default): amplitudes ≥ 0, the curve never falls. `free`: amplitudes of either sign. */
  readonly signs?: Signs | undefined;
  /**
   * Prove the optimum by branch and bound: `gap` then goes down to a millionth of `sse`, or as far as
   * `mostNodes` convex problems lead. Not for free signs.
   */
  readonly certify?: boolean | undefined;
  /** Convex problems solved at most with `certify`; default 2000. */
  readonly mostNodes?: number | undefined;
  /** Value at x = ∞, where it is known. */
  readonly plateau?: number | undefined;
  /** Value at x = 0, where it is known. Beside `plateau` the amplitudes then sum to `plateau` − `atZero`. */
  readonly atZero?: number | undefined;
  /** Nothing exceeds it: plateau ≤ ceiling, such as 100 percent. Not for free signs. */
  readonly ceiling?: number | undefined;
  /** Nothing falls below it: the curve at x = 0 is ≥ floor, such as 25 percent for four choices. Not for free signs. */
  readonly floor?: number | undefined;
  /**
   * Standard error τ, in the unit of y, of an error that all rows share, such as that of the questions they were asked;
   * `standardErrors` are then those of each row alone. A free level takes it in whole and nothing changes; a known
   * `plateau` or `atZero` is then that of the curve without this error [docs/fitting.md, §10]. Default 0.
   */
  readonly sharedError?: number | undefined;
}

/** A mixture of exponentials fitted by least squares. */
export interface MixtureFit extends Mixture {
  /** Number of terms asked for; the optimum may need fewer, and then `terms` is shorter. */
  readonly asked: number | "spectrum";
  /**
   * Σ (y − curve)², divided by the squared standard errors where they are given; with a shared error beside a known
   * level the generalised sum of squares, rᵀ(D + τ²·11ᵀ)⁻¹r.
   */
  readonly sse: number;
  /** Root mean square of y − curve over the rows, in the unit of y. */
  readonly rmse: number;
  /**
   * Akaike's criterion with the correction for small samples, counting every parameter and, where no standard
   * errors are given, σ; null where the sample is too small for it or the fit is exact.
   */
  readonly aicc: number | null;
  /** Free parameters of the curve: 2K + 1 less the known levels. */
  readonly parameters: number;
  /** Rows fitted. */
  readonly points: number;
  /** Terms whose rate stands at an end of the range: they describe the curve over the data and have no meaning. */
  readonly boundary: readonly BoundaryTerm[];
  /** Range of rates the fit was allowed. */
  readonly rateRange: RateRange;
  /**
   * Upper bound on `sse` − the least sum of squares of any mixture with so many terms and rates in the range: the
   * distance to the convex fit over all measures on rates, which bounds every mixture from below, or with `certify`
   * what branch and bound left of it. 0 means certainly optimal, up to rounding. Null for free signs, where there is no such bound.
   * Beyond {@link MOST_POINTS} different x it is that of the points to which rows are merged, and not a bound for the rows themselves.
   */
  readonly gap: number | null;
  /** Convex problems solved by branch and bound; 0 without `certify`. */
  readonly nodes: number;
  /** Bounds that the fit stands on: without them it would be a better one. */
  readonly held: readonly ("ceiling" | "floor")[];
}

/** A fit to merged rows. */
export type SampleFit = Omit<MixtureFit, "rmse">;

/** Different x beyond which neighbours are condensed before fitting. */
export const MOST_POINTS = 1000;

/**
 * The best mixture of K exponentials,
 *
 *     y(x) = plateau − Σ_{i ≤ K} amplitude_i·e^{−rate_i·x},   amplitude_i ≥ 0,
 *
 * by least squares over the whole range of rates, without start values [this project, docs/fitting.md].
 *
 * The convex problem over all non-negative measures on rates is solved first; it is the answer for `spectrum`, the
 * optimum for K where it has at most K atoms, and otherwise gives starting points and the lower bound for `gap`.
 *
 * @param observations - rows in any order, repeated x allowed
 * @returns terms slowest first; deterministic
 * @throws {DomainError} naming the argument: lengths that differ, values that are not finite, fewer points than
 *   parameters, fewer than one term, an empty range of rates
 * @remarks More than 1000 different x are condensed to that many, see {@link condense}; `sse` is of all rows. Sums of squares and gap do not depend on the order of rows; the fit is equivariant under affine maps of
 *   y and scaling of x. Cost for 36 points: about 10 ms at K = 3.
 * @example fitMixture({ x: [1, 2, 3, 5, 7, 10], y: [109, 149, 149, 191, 213, 224] }, { terms: 1, atZero: 0 })
 */
export function fitMixture(observations: Observations, options: MixtureOptions): MixtureFit {
  const fit = fitMixtureSample(readSample(observations), options);
  return { ...fit, rmse: rootMeanSquare(observations, fit) };
}

/** {@link fitMixture} to rows that have been read, without what only the rows can tell. */
export function fitMixtureSample(sample: Sample, options: MixtureOptions): SampleFit {
  const { terms } = options;
  if (terms === "auto") return fitByCriterion(sample, options);
  if (terms !== "spectrum") requireInteger("terms", terms, 1);
  requireSigns(options);
  requireBounds(options);
  requireOwnErrors(options, sample);
  if (options.ceiling !== undefined || options.floor !== undefined) return fitWithinBounds(sample, options);
  const parameters = terms === "spectrum" ? 1 : parameterCount(options, terms);
  requireEnoughPoints(sample, parameters);
  const range = requireRange(options.rateRange ?? defaultRateRange(sample), sample.x.at(-1)!);
  const problem = rateProblem(condense(sample, MOST_POINTS), range, options);
  const { atoms, gap, nodes } = solve(problem, terms, options);
  const mixture = toMixture(problem, atoms);
  const scoredParameters = terms === "spectrum" ? parameterCount(options, atoms.thetas.length) : parameters;
  const sse =
    sample.x.length > MOST_POINTS
      ? sumOfSquares(sample, mixture, problem)
      : pointsSumOfSquares(problem, atoms.loss) + sample.pureError;
  return {
    ...mixture,
    asked: terms,
    sse,
    aicc: informationCriterion(sample, sse, scoredParameters),
    parameters: scoredParameters,
    points: sample.rows,
    boundary: boundaryTerms(problem, atoms),
    rateRange: range,
    gap:
      gap === null
        ? null
        : pointsSumOfSquares(problem, atoms.loss) -
          pointsSumOfSquares(problem, Math.max(0, atoms.loss - gap)),
    nodes,
    held: [],
  };
}

/** Most terms that `auto` tries. */
export const MOST_TERMS = 5;

/** The fit with the least AICc; the first where there are too few points for the criterion. */
export function leastCriterion<Fit extends { readonly aicc: number | null }>(fits: readonly Fit[]): Fit {
  return fits.reduce((best, next) =>
    next.aicc !== null && (best.aicc === null || next.aicc < best.aicc) ? next : best,
  );
}

function fitByCriterion(sample: Sample, options: MixtureOptions): SampleFit {
  const fits = [fitMixtureSample(sample, { ...options, terms: 1, certify: false })];
  for (let terms = 2; terms <= MOST_TERMS && parameterCount(options, terms) <= sample.x.length; terms++)
    fits.push(fitMixtureSample(sample, { ...options, terms, certify: false }));
  const best = leastCriterion(fits);
  return options.certify ? fitMixtureSample(sample, { ...options, terms: best.asked }) : best;
}

/**
 * The best fit below the ceiling and above the floor: without them where it keeps to them, else the best that does with one
 * or both of the ends held there [docs/fitting.md, §4]. Parameters are counted as without bounds.
 */
function fitWithinBounds(sample: Sample, { ceiling, floor, ...options }: MixtureOptions): SampleFit {
  const free = fitMixtureSample(sample, options);
  if (isWithin(free, ceiling, floor)) return free;
  const ends: (Pick<MixtureOptions, "plateau" | "atZero"> & Pick<MixtureFit, "held">)[] = [
    ...(ceiling === undefined ? [] : [{ plateau: ceiling, held: ["ceiling"] as const }]),
    ...(floor === undefined ? [] : [{ atZero: floor, held: ["floor"] as const }]),
    ...(ceiling === undefined || floor === undefined
      ? []
      : [{ plateau: ceiling, atZero: floor, held: ["ceiling", "floor"] as const }]),
  ];
  const fits = ends
    .map(({ held, ...levels }) => ({ ...fitMixtureSample(sample, { ...options, ...levels }), held }))
    .filter((fit) => isWithin(fit, ceiling, floor));
  const best = fits.reduce((a, b) => (b.sse < a.sse ? b : a));
  const parameters = options.terms === "spectrum" ? 2 * best.terms.length + 1 : free.parameters;
  return {
    ...best,
    parameters,
    aicc: informationCriterion(sample, best.sse, parameters),
    gap:
      options.terms === "spectrum"
        ? best.gap
        : best.sse - leastWithin(sample, free, { ...options, ceiling, floor }),
    nodes: free.nodes + best.nodes,
  };
}

/** No mixture with so many terms has a lower sum of squares within the bounds: neither without them nor with more terms. */
function leastWithin(sample: Sample, free: SampleFit, options: MixtureOptions): number {
  const { sse, gap } = fitMixtureSample(sample, { ...options, terms: "spectrum", certify: false });
  return Math.max(free.sse - free.gap!, sse - gap!);
}

/** Up to the rounding of a sum of amplitudes. */
function isWithin({ plateau, terms }: Mixture, ceiling = Infinity, floor = -Infinity): boolean {
  const rise = terms.reduce((sum, { amplitude }) => sum + amplitude, 0);
  const rounding = 1e-12 * (Math.abs(plateau) + rise);
  return plateau <= ceiling + rounding && plateau - rise >= floor - rounding;
}

/** Σ weight·(y − curve)² over the rows, less what is the points' common error. */
function sumOfSquares(
  { x, y, weight, pureError }: Sample,
  mixture: Mixture,
  { common }: RateProblem,
): number {
  let [sum, total, mean] = [pureError, 0, 0];
  for (let j = 0; j < x.length; j++) {
    const residual = y[j]! - mixtureCurve(mixture, x[j]!);
    sum += weight[j]! * residual ** 2;
    total += weight[j]!;
    mean += (weight[j]! / total) * (residual - mean);
  }
  return sum - common * (2 - common) * total * mean ** 2;
}

function solve(
  problem: RateProblem,
  terms: number | "spectrum",
  { signs = "growth", certify = false, mostNodes = 2000 }: MixtureOptions,
): { atoms: Atoms; gap: number | null; nodes: number } {
  if (problem.scale === 0) return { atoms: noAtoms(problem), gap: 0, nodes: 0 };
  if (signs === "free") return { atoms: fitFreeAtoms(problem, terms as number), gap: null, nodes: 0 };
  const spectrum = fitSpectrum(problem);
  if (terms === "spectrum") return { atoms: spectrum.atoms, gap: spectrum.gap, nodes: 0 };
  const atoms = fitAtoms(problem, spectrum, terms).at(-1)!;
  const gap = Math.min(atoms.loss, Math.max(0, atoms.loss - spectrum.atoms.loss) + spectrum.gap);
  const solved = spectrum.atoms.thetas.length <= terms;
  return certify && !solved ? certifyAtoms(problem, terms, atoms, mostNodes) : { atoms, gap, nodes: 0 };
}

/** Back to the units of the observations. */
function toMixture(problem: RateProblem, { thetas, betas }: Atoms): Mixture {
  const { origin, unit, offset, root, distance, common, decays, ends } = problem;
  const rise = betas.reduce((sum, beta) => sum + beta, 0);
  const scale = ends ? problem.scale / rise : problem.scale;
  const terms = thetas.map((theta, i) => {
    const rate = Math.exp(theta) / unit;
    return { rate, amplitude: scale * betas[i]! * Math.exp(rate * origin) };
  });
  if (decays) return { plateau: offset, terms };
  if (common < 1) return { plateau: offset + scale * rise, terms };
  // The offset is the mean of y, so the mean of the rising terms comes off.
  let mean = 0;
  for (let j = 0; j < root.length; j++) {
    thetas.forEach((theta, i) => {
      mean -= root[j]! ** 2 * betas[i]! * Math.expm1(-Math.exp(theta) * distance[j]!);
    });
  }
  return { plateau: offset + scale * (rise - mean), terms };
}

function boundaryTerms({ slowest, fastest }: RateProblem, { thetas }: Atoms): BoundaryTerm[] {
  // A clamped rate equals its bound exactly.
  return thetas.flatMap((theta, term): BoundaryTerm[] => {
    if (theta <= slowest) return [{ term, edge: "slow" }];
    return theta >= fastest ? [{ term, edge: "fast" }] : [];
  });
}

function rootMeanSquare({ x, y }: Observations, mixture: Mixture): number {
  let sum = 0;
  for (let row = 0; row < x.length; row++) sum += (y[row]! - mixtureCurve(mixture, x[row]!)) ** 2;
  return Math.sqrt(sum / x.length);
}

function parameterCount({ plateau, atZero }: MixtureOptions, terms: number): number {
  const known = [plateau, atZero].filter((level) => level !== undefined).length;
  return 2 * terms + 1 - known;
}

function requireSigns({ signs, terms, certify, plateau, atZero, sharedError }: MixtureOptions): void {
  if (signs === "free" && certify) throw new DomainError("certify", certify, "false where signs are free");
  if (signs === "free" && terms === "spectrum") {
    throw new DomainError("terms", terms, "a number where signs are free");
  }
  for (const [name, value] of Object.entries({ plateau, atZero })) {
    if (value !== undefined && !Number.isFinite(value)) throw new DomainError(name, value, "finite");
  }
  if (sharedError !== undefined && !(sharedError >= 0 && sharedError < Infinity))
    throw new DomainError("sharedError", sharedError, "finite and >= 0");
  if (plateau === undefined || atZero === undefined) return;
  if (signs === "free" && atZero === plateau)
    throw new DomainError("atZero", atZero, "other than the plateau");
  if (signs !== "free" && !(atZero < plateau))
    throw new DomainError("atZero", atZero, `below the plateau, ${plateau}, unless signs are free`);
}

function requireBounds({ ceiling, floor, signs, plateau, atZero }: MixtureOptions): void {
  for (const [name, bound, end, level] of [
    ["ceiling", ceiling, "plateau", plateau],
    ["floor", floor, "atZero", atZero],
  ] as const) {
    if (bound === undefined) continue;
    if (!Number.isFinite(bound)) throw new DomainError(name, bound, "finite");
    if (signs === "free") throw new DomainError(name, bound, "left out where signs are free");
    if (level !== undefined) throw new DomainError(name, bound, `left out where ${end} is given`);
  }
  if (ceiling !== undefined && floor !== undefined && !(floor < ceiling))
    throw new DomainError("floor", floor, `below the ceiling, ${ceiling}`);
}

/** A shared error moves a known level by a share that depends on the errors of the rows. */
function requireOwnErrors({ plateau, atZero, sharedError = 0 }: MixtureOptions, { known }: Sample): void {
  if (known || sharedError === 0 || (plateau === undefined && atZero === undefined)) return;
  throw new DomainError(
    "sharedError",
    sharedError,
    "given together with standardErrors, those of each row alone, where a level is known",
  );
}

function requireEnoughPoints({ rows, x }: Sample, parameters: number): void {
  const fewest = Math.max(2, parameters);
  if (rows < fewest)
    throw new DomainError("x", `${rows} rows`, `at least ${fewest} rows, as many as there are parameters`);
  if (x.length < fewest) {
    throw new DomainError(
      "x",
      `${x.length}`,
      `at least ${fewest} different values, as many as there are parameters`,
    );
  }
}

function requireRange(range: RateRange, largest: number): RateRange {
  const [slowest, fastest] = range;
  if (!(slowest > 0 && fastest < Infinity && slowest < fastest)) {
    throw new DomainError("rateRange", range.join(" to "), "from a positive rate to a greater one");
  }
  if (!(slowest * largest > 0 && fastest * largest < Infinity)) {
    const domain = `within the range of doubles when multiplied by the largest x, ${largest}`;
    throw new DomainError("rateRange", range.join(" to "), domain);
  }
  return range;
}
