import { findDataset } from "../datasets/catalogue.ts";
import type { DatasetSource } from "../datasets/dataset.ts";
import { InputError } from "../errors.ts";
import { bootstrapBand, bootstrapFits, bootstrapRun } from "../fit/bootstrap.ts";
import { fitMixture, type MixtureFit, type MixtureOptions } from "../fit/fitMixture.ts";
import { mixtureCurve } from "../fit/mixture.ts";
import { type Adequacy, mixtureAdequacy } from "../fit/mixtureAdequacy.ts";
import { forAllQuestions } from "../fit/noise.ts";
import { type ParameterIntervals, profileParameters } from "../fit/profileParameters.ts";
import type { ProfileInterval } from "../fit/profilePlateau.ts";
import { about, datasetFitData, type FitData, lastStandardError, type SharedNoise } from "./fitData.ts";
import { naming } from "./naming.ts";
import { type Provenance, provenance } from "./provenance.ts";

/** A fitted mixture of exponentials, as `entigraph fit --json` prints it. */
export interface FitResult {
  readonly provenance: Provenance;
  readonly model: string;
  readonly x: string;
  readonly y: string;
  /** Value for x → ∞. */
  readonly plateau: number;
  /** Plateaus that the points do not reject (profile likelihood); null where that was not asked for, none can be, or the fit stands on a bound. */
  readonly plateauInterval: ProfileInterval | null;
  /** Error that all points share; null where nothing is known of it. */
  readonly noise: SharedNoise | null;
  /** The plateau's interval for all questions of the kind; null without a shared error or an interval. */
  readonly plateauAllQuestions: { readonly lower: number; readonly upper: number | null } | null;
  /** Amplitudes and rates that the points do not reject, term by term; null where the plateau's interval is. */
  readonly intervals: ParameterIntervals["terms"] | null;
  /** Slowest first: y = plateau − Σ amplitude·ratio^x, ratio = e^{−rate}. */
  readonly terms: readonly { readonly amplitude: number; readonly rate: number; readonly ratio: number }[];
  readonly sse: number;
  readonly rmse: number;
  /** Null where the points are too few for it. */
  readonly aicc: number | null;
  /** Number of points fitted. */
  readonly points: number;
  /** Bounds that the fit stands on: without them it would be a better one. */
  readonly held: MixtureFit["held"];
  /** Terms whose rate stands at an end of the range allowed: they have no meaning of their own. */
  readonly boundary: readonly { readonly term: number; readonly edge: "slow" | "fast" }[];
  /** How far `sse` can be above the least of any mixture with as many terms. */
  readonly gap: number | null;
  /** Convex problems solved to prove the optimum; 0 if that was not asked for. */
  readonly nodes: number;
  /** Whether a mixture of exponentials can describe these points at all, and why not. */
  readonly adequacy: Adequacy;
  readonly source: DatasetSource | null;
  /** The fitted curve with a pointwise band of probability `level`; null ends without a bootstrap. */
  readonly predictions: readonly {
    readonly x: number;
    readonly mean: number;
    readonly lower: number | null;
    readonly upper: number | null;
  }[];
  /** Where a further run would be measured, with the same probability; null without a bootstrap. */
  readonly runs: readonly { readonly x: number; readonly lower: number; readonly upper: number }[] | null;
  /** The bootstrap that the bands come from; null where none was asked for, or no row is left to tell the noise. */
  readonly bootstrap: {
    readonly replicates: number;
    readonly seed: number;
    readonly level: number;
    /** Standard deviation of the noise of a row; null where standard errors are known. */
    readonly sigma: number | null;
  } | null;
}

/** How many terms: a number, as many as lower the sum of squares, or the number with the least AICc. */
export type TermsChoice = number | "spectrum" | "auto";

/** How to fit, beside the number of terms. */
export interface FitOptions extends Pick<MixtureOptions, "certify" | "rateRange" | "ceiling" | "floor"> {
  /** Confidence of the plateau's interval, without which there is none, and of the bands; theirs is 0.95 then. */
  readonly level?: number | undefined;
  /** Series drawn for the bands where the curve is evaluated, see {@link bootstrapFits}; default none. */
  readonly replicates?: number | undefined;
  readonly seed?: number | undefined;
}

/**
 * Fit a mixture of exponentials to loaded numbers.
 *
 * @param at - where to evaluate the fitted curve
 * @param options - prove the optimum by branch and bound; rates allowed; the interval of the plateau
 * @throws {InputError} if the points are too few for so many terms
 */
export function fitResult(
  data: FitData,
  terms: TermsChoice,
  at: readonly number[],
  options: FitOptions = {},
): FitResult {
  const { certify = false, rateRange, level, ceiling, floor } = options;
  if (typeof terms === "number") requireEnoughPoints(data, terms);
  const fit = naming(
    data.place,
    () => fitMixture(data, { terms, certify, rateRange, ceiling, floor }),
    BOUNDS,
  );
  const count = typeof fit.asked === "number" ? fit.asked : fit.terms.length;
  const { xColumn, yColumn, noise } = data;
  const profiled = level === undefined || fit.held.length > 0 ? null : profiles(data, fit, level, ceiling);
  const plateauInterval = profiled?.plateau ?? null;
  const bands = at.length > 0 ? fitBands(data, fit, terms, options) : null;
  return {
    provenance: provenance(
      "fit",
      {
        ...about(data),
        terms,
        certify,
        ...(rateRange && { rateRange }),
        ...(level && { level }),
        ...(ceiling !== undefined && { ceiling }),
        ...(floor !== undefined && { floor }),
        at,
        ...(bands && { replicates: bands.replicates, seed: bands.seed }),
      },
      data.files,
    ),
    model: `mixture of exponentials, ${count === 1 ? "1 term" : `${count} terms`}`,
    x: xColumn,
    y: yColumn,
    plateau: fit.plateau,
    plateauInterval,
    noise,
    plateauAllQuestions:
      plateauInterval && noise && forAllQuestions(plateauInterval, noise.shared, { ceiling, floor }),
    intervals: profiled?.terms ?? null,
    terms: fit.terms.map(({ amplitude, rate }) => ({ amplitude, rate, ratio: Math.exp(-rate) })),
    sse: fit.sse,
    rmse: fit.rmse,
    aicc: fit.aicc,
    points: fit.points,
    held: fit.held,
    boundary: fit.boundary,
    gap: fit.gap,
    nodes: fit.nodes,
    adequacy: mixtureAdequacy(data),
    source: data.source,
    predictions: at.map((x) => ({
      x,
      mean: mixtureCurve(fit, x),
      lower: null,
      upper: null,
      ...(bands && bootstrapBand(bands.fits, x, bands.level)),
    })),
    runs:
      bands && at.map((x) => ({ x, ...bootstrapRun(bands.fits, x, bands.level, lastStandardError(data)) })),
    bootstrap: bands && {
      replicates: bands.replicates,
      seed: bands.seed,
      level: bands.level,
      sigma: bands.fits.sigma,
    },
  };
}

/** Options by the name of the argument they set. */
const BOUNDS = { ceiling: "--ceiling", floor: "--floor" };

/** None for a spectrum, which has no number of parameters, or where no point is left for the noise. */
function profiles(data: FitData, fit: MixtureFit, level: number, ceiling: number | undefined) {
  if (fit.asked === "spectrum" || (fit.points <= fit.parameters && !data.standardErrors)) return null;
  return naming(data.place, () => profileParameters(data, fit, { level, ceiling }));
}

/** Nothing where no row is left to tell the noise. */
function fitBands(
  data: FitData,
  { points, parameters }: MixtureFit,
  terms: TermsChoice,
  { rateRange, ceiling, floor, level = 0.95, replicates = 0, seed = 1 }: FitOptions,
) {
  if (replicates === 0 || (points <= parameters && !data.standardErrors)) return null;
  const bounds = { rateRange, ceiling, floor };
  const fits = naming(data.place, () => bootstrapFits(data, { terms, ...bounds, replicates, seed }));
  return { fits, replicates, seed, level };
}

function requireEnoughPoints({ place, x }: FitData, terms: number): void {
  const parameters = 2 * terms + 1;
  if (x.length >= parameters) return;
  const most = Math.floor((x.length - 1) / 2);
  const remedy =
    most >= 1 ? `ask for ${most === 1 ? "1 term" : `at most ${most} terms`}` : "three are the least";
  const demand = `a fit with ${terms === 1 ? "1 term" : `${terms} terms`} has ${parameters} parameters`;
  throw new InputError(place, `${demand} and needs as many points, got ${x.length}; ${remedy}`);
}

/** The fit of a dataset by its usual columns, with its proof. */
export function certifiedFit(name: string, terms: number): FitResult {
  const data = datasetFitData(findDataset(name), { where: [] });
  return fitResult(data, terms, [], { certify: true });
}
