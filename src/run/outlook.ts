import type { DatasetSource } from "../datasets/dataset.ts";
import { DomainError, InputError } from "../errors.ts";
import { compareLaws } from "../fit/compareLaws.ts";
import { DEFAULT_GAIN_SCALE } from "../fit/conditionalDraw.ts";
import { type PlateauInterval, plateauInterval } from "../fit/forecast.ts";
import { type Adequacy, mixtureAdequacy } from "../fit/mixtureAdequacy.ts";
import { planTraining, type TrainingPlan } from "../fit/plan.ts";
import {
  type CurvePrediction,
  type MixturePosterior,
  mixturePosterior,
  predictCurve,
  withGainScale,
} from "../fit/posterior.ts";
import { about, type FitData } from "./fitData.ts";
import { type Provenance, provenance } from "./provenance.ts";

/** What is believed beforehand, and how sure the answer is to be. */
export interface OutlookOptions {
  readonly level: number;
  readonly ceiling: number | undefined;
  readonly floor: number | undefined;
  readonly seed: number;
  /** Draws for each number of terms. */
  readonly draws: number;
}

/** What forecasts and plans have in common. */
interface Outlook {
  readonly provenance: Provenance;
  readonly model: string;
  readonly x: string;
  readonly y: string;
  readonly points: number;
  readonly source: DatasetSource | null;
  readonly plateauInterval: PlateauInterval;
  /** Posterior probability of 1, 2, … terms. */
  readonly termProbabilities: readonly number[];
  readonly effectiveSampleSize: number;
  /** Whether a mixture of exponentials can describe these points at all, and why not. */
  readonly adequacy: Adequacy;
}

/** A forecast, as `entigraph forecast --json` prints it. */
export interface ForecastResult extends Outlook {
  readonly predictions: readonly CurvePrediction[];
  /** The same predictions with the prior scale of the gains halved and doubled; `gainScale` in units of the range of y. */
  readonly sensitivity: readonly {
    readonly gainScale: number;
    readonly predictions: readonly CurvePrediction[];
  }[];
}

/** A plan, as `entigraph plan --json` prints it. */
export interface PlanResult extends Outlook, TrainingPlan {
  /** Cost of reaching the target beyond what there is, and of the affordable amount; null without a price. */
  readonly cost: {
    readonly median: number | null;
    readonly lower: number | null;
    readonly upper: number | null;
  } | null;
}

/** A comparison of laws, as `entigraph compare --json` prints it. */
export interface CompareResult {
  readonly provenance: Provenance;
  readonly x: string;
  readonly y: string;
  readonly points: number;
  readonly source: DatasetSource | null;
  readonly laws: readonly {
    readonly law: string;
    readonly parameters: Readonly<Record<string, number>>;
    readonly sse: number;
    readonly rmse: number;
    readonly aicc: number | null;
    readonly leaveOneOut: number | null;
    readonly rollingOrigin: number | null;
    readonly stackWeight: number;
    readonly predictions: readonly { readonly x: number; readonly mean: number }[];
  }[];
  readonly refused: readonly { readonly law: string; readonly reason: string }[];
  readonly origins: readonly number[];
  readonly stacked: readonly { readonly x: number; readonly mean: number }[];
  readonly verdict: string;
  readonly adequacy: Adequacy;
}

/**
 * Forecast the curve behind training results.
 *
 * @param at - where to
 * @throws {InputError} naming the file, dataset or option that cannot be used
 */
export function forecastResult(
  data: FitData,
  at: readonly number[],
  options: OutlookOptions,
): ForecastResult {
  return naming(data.place, () => {
    const posterior = mixturePosterior(data, options);
    const predictions = (of: MixturePosterior) => at.map((x) => predictCurve(of, x, options.level));
    return {
      ...outlook("forecast", data, { at, ...options }, posterior, options.level),
      predictions: predictions(posterior),
      sensitivity: [0.5, 2].map((factor) => ({
        gainScale: factor * DEFAULT_GAIN_SCALE,
        predictions: predictions(withGainScale(posterior, factor)),
      })),
    };
  });
}

/** The forecast at any x, as {@link forecastResult} makes it: for a curve that is drawn. */
export function forecastCurve(data: FitData, options: OutlookOptions): (x: number) => CurvePrediction {
  return naming(data.place, () => {
    const posterior = mixturePosterior(data, options);
    return (x) => predictCurve(posterior, x, options.level);
  });
}

/** What a plan is asked for; amounts in the unit of x, money in any currency. */
export interface PlanRequest {
  readonly target: number | undefined;
  readonly budget: number | undefined;
  /** Price of one unit of x. */
  readonly unitPrice: number | undefined;
  readonly leastGain: number;
}

/**
 * Plan further training.
 *
 * @throws {InputError} naming the file, dataset or option that cannot be used
 */
export function planResult(data: FitData, request: PlanRequest, options: OutlookOptions): PlanResult {
  const { target, budget, unitPrice, leastGain } = request;
  if (budget !== undefined && unitPrice === undefined) {
    throw new InputError(
      "--budget",
      "needs a price: give --price-per-million (and --source-tokens if x is not millions)",
    );
  }
  return naming(data.place, () => {
    const posterior = mixturePosterior(data, options);
    const more = budget === undefined ? undefined : budget / unitPrice!;
    const plan = planTraining(posterior, { target, more, leastGain, level: options.level });
    const price = (x: number | null) => (x === null ? null : Math.max(0, x - plan.now.x) * unitPrice!);
    const reached = plan.target;
    return {
      ...outlook("plan", data, { ...request, ...options }, posterior, options.level),
      ...plan,
      cost:
        reached && unitPrice !== undefined
          ? { median: price(reached.median), lower: price(reached.lower), upper: price(reached.upper) }
          : null,
    };
  });
}

/**
 * Compare laws of growth.
 *
 * @throws {InputError} naming the file or dataset that cannot be used
 */
export function compareResult(data: FitData, at: readonly number[]): CompareResult {
  return naming(data.place, () => {
    const { scores, refused, origins, verdict, stacked } = compareLaws(data);
    return {
      provenance: provenance("compare", { ...about(data), at }, data.files),
      x: data.xColumn,
      y: data.yColumn,
      points: data.x.length,
      source: data.source,
      laws: scores.map(({ law, fitted, rmse, leaveOneOut, rollingOrigin, stackWeight }) => ({
        law,
        parameters: fitted.parameters,
        sse: fitted.sse,
        rmse,
        aicc: fitted.aicc,
        leaveOneOut,
        rollingOrigin,
        stackWeight,
        predictions: at.map((x) => ({ x, mean: fitted.predict(x) })),
      })),
      refused,
      origins,
      stacked: at.map((x) => ({ x, mean: stacked(x) })),
      verdict,
      adequacy: mixtureAdequacy(data),
    };
  });
}

function outlook(
  command: string,
  data: FitData,
  input: object,
  posterior: MixturePosterior,
  level: number,
): Outlook {
  return {
    provenance: provenance(command, { ...about(data), ...input }, data.files),
    model: "Bayesian average over mixtures of 1 to 4 exponentials",
    x: data.xColumn,
    y: data.yColumn,
    points: data.x.length,
    source: data.source,
    plateauInterval: plateauInterval(posterior, level),
    termProbabilities: posterior.termProbabilities,
    effectiveSampleSize: posterior.effectiveSampleSize,
    adequacy: mixtureAdequacy(data),
  };
}

/** Options by the name of the argument they set; anything else that is refused lies in the data. */
const OPTIONS: Readonly<Record<string, string>> = {
  ceiling: "--ceiling",
  floor: "--floor",
  level: "--level",
  target: "--target",
  draws: "--draws",
};

function naming<T>(place: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof DomainError) throw new InputError(OPTIONS[error.argument] ?? place, error.message);
    throw error;
  }
}
