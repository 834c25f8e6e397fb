import type { DatasetSource } from "../datasets/dataset.ts";
import { InputError } from "../errors.ts";
import { compareLaws } from "../fit/compareLaws.ts";
import { DEFAULT_GAIN_SCALE } from "../fit/conditionalDraw.ts";
import { type PlateauInterval, plateauInterval } from "../fit/forecast.ts";
import { type Adequacy, mixtureAdequacy } from "../fit/mixtureAdequacy.ts";
import { planTraining, type TrainingPlan } from "../fit/plan.ts";
import {
  type CurvePrediction,
  type MixturePosterior,
  mixturePosterior,
  predictAllQuestions,
  predictCurve,
  predictRun,
  withGainScale,
} from "../fit/posterior.ts";
import { about, type FitData, lastStandardError, type SharedNoise } from "./fitData.ts";
import { naming } from "./naming.ts";
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
  /** Error that all points share; null where nothing is known of it. */
  readonly noise: SharedNoise | null;
  /** The plateau's interval for all questions of the kind; null without a shared error. */
  readonly plateauAllQuestions: { readonly lower: number; readonly upper: number | null } | null;
  /** Posterior probability of 1, 2, … terms. */
  readonly termProbabilities: readonly number[];
  readonly effectiveSampleSize: number;
  /** Whether a mixture of exponentials can describe these points at all, and why not. */
  readonly adequacy: Adequacy;
}

/** A forecast, as `entigraph forecast --json` prints it. */
export interface ForecastResult extends Outlook {
  readonly predictions: readonly CurvePrediction[];
  /** The same intervals for all questions of the kind; null without a shared error. */
  readonly allQuestions:
    | readonly { readonly x: number; readonly lower: number; readonly upper: number }[]
    | null;
  /** What one further run would measure, on the same questions, with the same probability. */
  readonly runs: readonly { readonly x: number; readonly lower: number; readonly upper: number }[];
  /** Standard error of the further run where the data have standard errors: that of their rows with the largest x. */
  readonly runStandardError: number | null;
  /** The same predictions with the prior scale of the gains halved and doubled; `gainScale` in units of the range of y. */
  readonly sensitivity: readonly {
    readonly gainScale: number;
    readonly predictions: readonly CurvePrediction[];
  }[];
}

/** An amount of training in every unit that is known. */
export interface TrainingAmount {
  readonly x: number;
  /** Null where it is not known how many tokens a unit of x has. */
  readonly tokens: number | null;
  /** Null where the tokens of the source are not given. */
  readonly timesSource: number | null;
}

/** A plan, as `entigraph plan --json` prints it. */
export interface PlanResult extends Outlook, TrainingPlan {
  /** The amounts of the plan in tokens and in multiples of the source; null where the plan has none. */
  readonly amounts: {
    readonly now: TrainingAmount;
    readonly target: Readonly<Record<"median" | "lower" | "upper", TrainingAmount | null>> | null;
    readonly afforded: TrainingAmount | null;
    readonly diminishing: TrainingAmount | null;
    readonly nextRun: TrainingAmount;
  };
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
    readonly predictions: readonly ValueAt[];
  }[];
  readonly refused: readonly { readonly law: string; readonly reason: string }[];
  readonly origins: readonly number[];
  readonly stacked: readonly ValueAt[];
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
  return namingOptions(data.place, () => {
    const posterior = mixturePosterior(data, options);
    const { level } = options;
    const predictions = (of: MixturePosterior) => at.map((x) => predictCurve(of, x, level));
    const runStandardError = lastStandardError(data);
    const { noise } = data;
    return {
      ...outlook("forecast", data, { at, ...options }, posterior, level),
      predictions: predictions(posterior),
      allQuestions:
        noise && at.map((x) => ({ x, ...predictAllQuestions(posterior, x, level, noise.shared) })),
      runs: at.map((x) => ({ x, ...predictRun(posterior, x, level, runStandardError) })),
      runStandardError: runStandardError ?? null,
      sensitivity: [0.5, 2].map((factor) => ({
        gainScale: factor * DEFAULT_GAIN_SCALE,
        predictions: predictions(withGainScale(posterior, factor)),
      })),
    };
  });
}

/** The forecast at any x, as {@link forecastResult} makes it: for a curve that is drawn. */
export function forecastCurve(data: FitData, options: OutlookOptions): (x: number) => CurvePrediction {
  return namingOptions(data.place, () => {
    const posterior = mixturePosterior(data, options);
    return (x) => predictCurve(posterior, x, options.level);
  });
}

/** What a plan is asked for; amounts in the unit of x, money in any currency. */
export interface PlanRequest {
  readonly target: number | undefined;
  readonly budget: number | undefined;
  readonly pricePerMillion: number | undefined;
  /** Tokens in a unit of x; default: what the column's name says, else the source's, else unknown. */
  readonly tokensPerX: number | undefined;
  readonly sourceTokens: number | undefined;
  /** Default: 1 for percentages and all else, 0.01 for fractions. */
  readonly leastGain: number | undefined;
}

/**
 * Plan further training.
 *
 * @throws {InputError} naming the file, dataset or option that cannot be used
 */
export function planResult(data: FitData, request: PlanRequest, options: OutlookOptions): PlanResult {
  const { target, budget, pricePerMillion, sourceTokens } = request;
  const leastGain = request.leastGain ?? (data.whole === 1 ? 0.01 : 1);
  const tokensPerX = request.tokensPerX ?? data.tokensPerUnit ?? sourceTokens ?? null;
  if (budget !== undefined && pricePerMillion === undefined)
    throw new InputError("--budget", "needs a price: give --price-per-million");
  if (pricePerMillion !== undefined && tokensPerX === null) {
    const problem = `needs tokens, and "${data.xColumn}" does not say how many there are in a unit of x`;
    throw new InputError("--price-per-million", `${problem}; give --tokens-per-x, such as 1M`);
  }
  if (data.whole === 1 && target !== undefined && target > 1)
    throw new InputError("--target", `is ${target}, but y is a fraction from 0 to 1; give ${target / 100}`);
  const unitPrice = pricePerMillion === undefined ? undefined : (pricePerMillion * tokensPerX!) / 1e6;
  return namingOptions(data.place, () => {
    const posterior = mixturePosterior(data, options);
    const more = budget === undefined ? undefined : ((budget / pricePerMillion!) * 1e6) / tokensPerX!;
    const runStandardError = lastStandardError(data);
    const plan = planTraining(posterior, { target, more, leastGain, level: options.level, runStandardError });
    const price = (x: number | null) => (x === null ? null : Math.max(0, x - plan.now.x) * unitPrice!);
    const amount = (x: number | null): TrainingAmount | null => (x === null ? null : known(x));
    const known = (x: number): TrainingAmount => {
      const tokens = tokensPerX === null ? null : x * tokensPerX;
      return {
        x,
        tokens,
        timesSource: tokens === null || sourceTokens === undefined ? null : tokens / sourceTokens,
      };
    };
    const reached = plan.target;
    const each = <T>(measure: (x: number | null) => T) =>
      reached && {
        median: measure(reached.median),
        lower: measure(reached.lower),
        upper: measure(reached.upper),
      };
    return {
      ...outlook("plan", data, { ...request, leastGain, tokensPerX, ...options }, posterior, options.level),
      ...plan,
      cost: unitPrice === undefined ? null : each(price),
      amounts: {
        now: known(plan.now.x),
        target: each(amount),
        afforded: amount(plan.afforded?.x ?? null),
        diminishing: amount(plan.diminishing.x),
        nextRun: known(plan.nextRun.x),
      },
    };
  });
}

/** Null where there is no value: log-linear and power at x = 0. */
type ValueAt = { readonly x: number; readonly mean: number | null };

function valuesAt(at: readonly number[], curve: (x: number) => number): ValueAt[] {
  return at.map((x) => {
    const mean = curve(x);
    return { x, mean: Number.isFinite(mean) ? mean : null };
  });
}

/**
 * Compare laws of growth.
 *
 * @throws {InputError} naming the file or dataset that cannot be used
 */
export function compareResult(data: FitData, at: readonly number[]): CompareResult {
  return namingOptions(data.place, () => {
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
        predictions: valuesAt(at, fitted.predict),
      })),
      refused,
      origins,
      stacked: valuesAt(at, stacked),
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
  const { noise } = data;
  const interval = plateauInterval(posterior, level);
  return {
    provenance: provenance(command, { ...about(data), ...input }, data.files),
    model: "Bayesian average over mixtures of 1 to 4 exponentials",
    x: data.xColumn,
    y: data.yColumn,
    points: data.x.length,
    source: data.source,
    plateauInterval: interval,
    noise,
    plateauAllQuestions: noise && plateauAllQuestions(posterior, interval, noise.shared),
    termProbabilities: posterior.termProbabilities,
    effectiveSampleSize: posterior.effectiveSampleSize,
    adequacy: mixtureAdequacy(data),
  };
}

/** Open above where the plateau for the questions asked is. */
function plateauAllQuestions(posterior: MixturePosterior, known: PlateauInterval, sharedError: number) {
  const { lower, upper } = predictAllQuestions(posterior, Infinity, known.level, sharedError);
  return { lower, upper: known.upper === null ? null : upper };
}

/** Options by the name of the argument they set. */
const OPTIONS: Readonly<Record<string, string>> = {
  ceiling: "--ceiling",
  floor: "--floor",
  level: "--level",
  target: "--target",
  leastGain: "--least-gain",
  draws: "--draws",
};

function namingOptions<T>(place: string, action: () => T): T {
  return naming(place, action, OPTIONS);
}
