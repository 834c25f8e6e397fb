import type { Observations } from "./observations.ts";
import {
  type CurvePrediction,
  type MixturePosterior,
  mixturePosterior,
  type PosteriorOptions,
  predictCurve,
  withGainScale,
} from "./posterior.ts";

/** What to forecast. */
export interface ForecastOptions extends PosteriorOptions {
  /** Amounts of training; ≥ 0; `Infinity` asks for the plateau. */
  readonly at: readonly number[];
  /** Probability of the intervals; in (0, 1); default 0.9. */
  readonly level?: number | undefined;
}

/**
 * Forecast the noise-free curve: mean and central interval at every x asked for, from the posterior distribution over
 * mixtures of 1 … 4 exponentials ({@link mixturePosterior}). The intervals cover the curve, not a further noisy run.
 *
 * @param observations - rows in any order; at least 3 different x
 * @returns one prediction for each `at`, in its order; the same for the same seed
 * @throws {DomainError} naming the argument
 * @remarks Measured in docs/fitting.md, §5: on 360 generated series seen up to x = 100 of 1000, coverage and scores.
 * @example forecast(results, { at: [1000], level: 0.9, ceiling: 100 })
 */
export function forecast(observations: Observations, options: ForecastOptions): CurvePrediction[] {
  const posterior = mixturePosterior(observations, options);
  return options.at.map((x) => predictCurve(posterior, x, options.level ?? 0.9));
}

/** What the data and the prior say about the plateau. */
export interface PlateauInterval {
  readonly lower: number;
  /** Null where the data give no upper limit: the ceiling, or nothing, is the only one. */
  readonly upper: number | null;
  readonly level: number;
  /** Whether the data, and not the prior, bound the plateau from above. */
  readonly identified: boolean;
}

/**
 * Share by which the width of the plateau's interval may change when the scale of the gains is halved or doubled if
 * the data are to be said to determine it.
 */
const STABLE = 0.25;

/**
 * Central interval of the plateau. It counts as identified where its width, when the prior scale of the gains is
 * halved and doubled, stays within a quarter, and where it is not wider than the range of the data.
 *
 * @param level - in (0, 1)
 */
export function plateauInterval(posterior: MixturePosterior, level: number): PlateauInterval {
  const width = (of: MixturePosterior) => {
    const { lower, upper } = predictCurve(of, Infinity, level);
    return upper - lower;
  };
  const { lower, upper } = predictCurve(posterior, Infinity, level);
  const whole = upper - lower;
  const stable = [0.5, 2].every(
    (factor) => Math.abs(width(withGainScale(posterior, factor)) / whole - 1) <= STABLE,
  );
  const identified = stable && whole <= posterior.prior.range;
  return { lower, upper: identified ? upper : null, level, identified };
}
