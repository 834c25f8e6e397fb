import { DomainError, requireNonNegative } from "../errors.ts";
import type { CurveDraw } from "./conditionalDraw.ts";
import { requireRunError } from "./intervals.ts";
import {
  type CurvePrediction,
  curveAt,
  type MixturePosterior,
  predictCurve,
  summarise,
} from "./posterior.ts";

/** What more training is to achieve. x is in the unit of the observations. */
export interface PlanOptions {
  /** Value of y to be reached. */
  readonly target?: number | undefined;
  /** How much more x can be afforded beyond the largest x so far. */
  readonly more?: number | undefined;
  /** Gain per doubling of x below which doubling is not worth it, in the unit of y; default 1. */
  readonly leastGain?: number | undefined;
  /** Probability of the intervals; in (0, 1); default 0.9. */
  readonly level?: number | undefined;
  /** Standard error of a further run; > 0. Needed where the data have standard errors; else σ of every draw is the default. */
  readonly runStandardError?: number | undefined;
}

/** Amount of training at which the curve reaches a target; null where it never does. */
export interface TargetPlan {
  readonly target: number;
  /** Posterior probability that the plateau lies above the target. */
  readonly reachable: number;
  readonly median: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** An answer to "how much more should I generate, and what will it give?". */
export interface TrainingPlan {
  /** The largest x so far and the curve there. */
  readonly now: CurvePrediction;
  readonly target: TargetPlan | null;
  /** The curve after what can be afforded. */
  readonly afforded: CurvePrediction | null;
  /** What the next doubling of x gives. */
  readonly doubling: { readonly mean: number; readonly lower: number; readonly upper: number };
  /** x from which on every doubling is expected to give less than `leastGain`; null past a million times x. */
  readonly diminishing: { readonly leastGain: number; readonly x: number | null };
  /**
   * The single further run that narrows the answer most, and by which share of its standard deviation; where something can be
   * afforded, of the runs that can. The answer is the curve at `horizon`: after what can be afforded, where the target is
   * reached, or after the next doubling.
   */
  readonly nextRun: { readonly x: number; readonly narrowing: number; readonly horizon: number };
  /** Plain words. */
  readonly verdict: string;
}

/** A target is called out of reach where it is reached with less probability than this. */
const HOPELESS = 0.05;

/**
 * Plan further training from a posterior distribution of the curve [docs/fitting.md, §6].
 *
 * @throws {DomainError} naming the argument
 * @example planTraining(mixturePosterior(results, { ceiling: 100 }), { target: 60 })
 */
export function planTraining(posterior: MixturePosterior, options: PlanOptions): TrainingPlan {
  const { target, more, leastGain = 1, level = 0.9, runStandardError } = options;
  if (target !== undefined && !Number.isFinite(target)) throw new DomainError("target", target, "finite");
  if (more !== undefined) requireNonNegative("more", more);
  if (!(leastGain > 0 && leastGain < Infinity))
    throw new DomainError("leastGain", leastGain, "finite and > 0");
  requireRunError(runStandardError, posterior.prior.sample.known, "runStandardError");
  const last = posterior.prior.sample.x.at(-1)!;
  const now = predictCurve(posterior, last, level);
  const reached = target === undefined ? null : targetPlan(posterior, target, level);
  const doubling = summarise(posterior.draws, (draw) => curveAt(draw, 2 * last) - curveAt(draw, last), level);
  const horizon = more === undefined ? (reached?.median ?? 2 * last) : last + more;
  const plan = {
    now,
    target: reached,
    afforded: more === undefined ? null : predictCurve(posterior, last + more, level),
    doubling,
    diminishing: { leastGain, x: diminishingFrom(posterior, last, leastGain) },
    nextRun: mostTellingRun(posterior, runsWithin(last, more), Math.max(horizon, last), runStandardError),
  };
  return { ...plan, verdict: verdict(plan) };
}

function targetPlan({ draws, prior }: MixturePosterior, target: number, level: number): TargetPlan {
  const crossings = draws
    .map((draw) => ({ x: crossing(draw, target, prior.sample.x.at(-1)!), weight: Math.exp(draw.logWeight) }))
    .sort((a, b) => a.x - b.x);
  const reachable = crossings.reduce((sum, { x, weight }) => (x < Infinity ? sum + weight : sum), 0);
  const quantile = (share: number): number | null => {
    let below = 0;
    for (const { x, weight } of crossings) {
      below += weight;
      if (below >= share) return x < Infinity ? x : null;
    }
    return null;
  };
  return {
    target,
    reachable,
    median: quantile(0.5),
    lower: quantile((1 - level) / 2),
    upper: quantile((1 + level) / 2),
  };
}

/** x at which a drawn curve reaches the target: bisection in ln(1 + x/scale), since curves never fall. */
function crossing(draw: CurveDraw, target: number, scale: number): number {
  if (!(curveAt(draw, Infinity) > target)) return Infinity;
  if (curveAt(draw, 0) >= target) return 0;
  let [low, high] = [0, 1];
  const at = (u: number) => scale * Math.expm1(u);
  while (curveAt(draw, at(high)) < target && high < 600) [low, high] = [high, 2 * high];
  // 50 halvings leave a relative error of 10⁻¹⁵ of the scale.
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    if (curveAt(draw, at(middle)) < target) low = middle;
    else high = middle;
  }
  return at(high);
}

/**
 * Mean gain of a doubling falls under `leastGain` for good: looked for upwards in steps of 5 %. It may be small now and
 * greater later, where growth has hardly begun.
 */
function diminishingFrom({ draws }: MixturePosterior, last: number, leastGain: number): number | null {
  const gainFrom = (x: number) =>
    draws.reduce(
      (sum, draw) => sum + Math.exp(draw.logWeight) * (curveAt(draw, 2 * x) - curveAt(draw, x)),
      0,
    );
  let from: number | null = null;
  for (let x = last; x <= 1e6 * last; x *= 1.05) {
    if (gainFrom(x) >= leastGain) from = null;
    else from ??= x;
  }
  return from;
}

/** Candidate runs, in units of the largest x so far. */
const CANDIDATES = [0.5, 0.7, 1, 1.4, 2, 2.8, 4];

/** x of the runs that are compared: up to what can be afforded, and that. */
function runsWithin(last: number, more: number | undefined): number[] {
  const runs = CANDIDATES.map((factor) => factor * last);
  return more === undefined ? runs : [...runs.filter((x) => x < last + more), last + more];
}

/**
 * The run that lowers the variance of the curve at the horizon most: for a new point at x the linear estimate gives a
 * share cov²/((var + s²)·var_horizon) of it, s the standard error of the run.
 */
function mostTellingRun(
  { draws }: MixturePosterior,
  runs: readonly number[],
  horizon: number,
  runStandardError: number | undefined,
): TrainingPlan["nextRun"] {
  const weights = draws.map(({ logWeight }) => Math.exp(logWeight));
  const mean = (values: readonly number[]) => values.reduce((sum, value, i) => sum + weights[i]! * value, 0);
  const centred = (values: readonly number[]) => {
    const middle = mean(values);
    return values.map((value) => value - middle);
  };
  const answer = centred(draws.map((draw) => curveAt(draw, horizon)));
  const variance = mean(answer.map((value) => value * value));
  const noise = mean(draws.map(({ sigma }) => (runStandardError ?? sigma) ** 2));
  const options = runs.map((x) => {
    const point = centred(draws.map((draw) => curveAt(draw, x)));
    const covariance = mean(point.map((value, i) => value * answer[i]!));
    const spread = mean(point.map((value) => value * value)) + noise;
    // A product of ratios: squares of variances may leave the range of doubles.
    const share = variance > 0 && spread > 0 ? (covariance / spread) * (covariance / variance) : 0;
    return { x, narrowing: 1 - Math.sqrt(Math.max(0, 1 - share)), horizon };
  });
  return options.reduce((best, next) => (next.narrowing > best.narrowing ? next : best));
}

function verdict({ now, target, doubling, diminishing }: Omit<TrainingPlan, "verdict">): string {
  const gain = `The next doubling is expected to give ${short(doubling.mean)} (${short(doubling.lower)} to ${short(doubling.upper)}).`;
  if (target && target.reachable < HOPELESS) {
    return `More data of this kind will not get you to ${short(target.target)}: the chance that the plateau lies above it is ${percent(target.reachable)}. ${gain}`;
  }
  if (target?.median != null && target.median <= now.x)
    return `${short(target.target)} is most likely reached already. ${gain}`;
  if (target) {
    const where =
      target.median === null
        ? "it is more likely than not that it is never reached"
        : `at x of about ${short(target.median)} (at least ${short(target.lower!)}, ${target.upper === null ? "no upper limit" : `at most ${short(target.upper)}`})`;
    return `${short(target.target)} is within reach with a chance of ${percent(target.reachable)}: ${where}. ${gain}`;
  }
  const stop =
    diminishing.x === null
      ? ""
      : ` ${diminishing.x > now.x ? `From x = ${short(diminishing.x)} on` : "From now on"} a doubling is expected to give less than ${short(diminishing.leastGain)}.`;
  return `${gain}${stop}`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share < 0.01 ? 1 : 0)} %`;
}
