import { amplitudeSearch, type HeldFit } from "./amplitudeHeld.ts";
import { rateGrid } from "./atoms.ts";
import type { MixtureFit } from "./fitMixture.ts";
import type { Observations } from "./observations.ts";
import { crossing, type Profile, profileOf } from "./profile.ts";
import { type ProfileInterval, plateauInterval } from "./profilePlateau.ts";
import { pointsSumOfSquares, rateProblem } from "./rateProblem.ts";
import { fitSpectrum, GRID_DENSITY } from "./spectrumFit.ts";
import { fitAtoms, fitAtomsWith, noAtoms } from "./termsFit.ts";

/** Interval of the values of a parameter that the data do not reject. */
export interface ParameterInterval {
  /** Null where the data give no lower limit: amplitudes down to 0, rates down to the end of their range. */
  readonly lower: number | null;
  /** Null where the data give no upper limit; what only the range of rates ends counts as none. */
  readonly upper: number | null;
  readonly estimate: number;
  /** Whether the data bound the parameter on both sides. */
  readonly identified: boolean;
}

/** Profile-likelihood intervals of all parameters of a mixture. */
export interface ParameterIntervals {
  readonly level: number;
  readonly plateau: ProfileInterval;
  /** Of the terms of the fit, slowest first. */
  readonly terms: readonly { readonly amplitude: ParameterInterval; readonly rate: ParameterInterval }[];
}

/** What to profile. */
export interface ProfileOptions {
  /** Confidence of each interval by itself; in (0, 1). Default 0.95. */
  readonly level?: number | undefined;
  /** Largest plateau that is tried; default that of {@link profilePlateau}. Amplitudes and rates do not know of it. */
  readonly ceiling?: number | undefined;
}

/**
 * Profile-likelihood intervals of the plateau, of every amplitude and of every rate of a fitted K-term mixture. Each is
 * the connected set, around the estimate, of values v for which the best mixture with the parameter held at v has a sum of
 * squares within the bound of {@link profilePlateau}. What is held is
 *
 * - for a **rate**: one of the K terms, whichever, has the rate v, with any amplitude ≥ 0. So the sets of two terms are one
 *   where they meet, and each is the whole range where K − 1 terms fit within the bound;
 * - for the **amplitude** of term i: the i-th term, by rate, has the amplitude v; its rate is free between those of its
 *   neighbours. An end at which that rate stands at an end of the range of rates is open: the range ends it, not the data.
 *
 * Where the best fit has fewer terms than were asked for, the terms' intervals are of mixtures with as many as it has.
 *
 * @param fit - of these observations, by {@link fitMixture} with a number of terms, growth signs, no known level and no bound
 *   that holds it
 * @throws {DomainError} if level is not in (0, 1), no degree of freedom is left, or the fit is another one
 * @remarks The best mixture with a parameter held is sought globally, as `fitMixture` does without `certify`, with a held
 *   amplitude over a grid for the term's rate. More than 200 different x are condensed to that many. Intervals of
 *   amplitudes and rates come to about five digits.
 * @example profileParameters(results, fitMixture(results, { terms: 2 }), { level: 0.9 }).terms[0]!.rate
 */
export function profileParameters(
  observations: Observations,
  fit: MixtureFit,
  { level = 0.95, ceiling }: ProfileOptions = {},
): ParameterIntervals {
  const profile = profileOf(observations, fit, level);
  return { level, plateau: plateauInterval(profile, fit, ceiling), terms: termIntervals(profile, fit) };
}

/** Longest step in ln of a rate or amplitude on the way out: sets of rates that are further apart are told apart. */
const LONGEST_STEP = 0.5;

function termIntervals({ points, allowance }: Profile, { terms, rateRange }: MixtureFit) {
  const count = terms.length;
  const problem = rateProblem(points, rateRange, {});
  if (count === 0) return [];
  const fits = [noAtoms(problem), ...fitAtoms(problem, fitSpectrum(problem), count)];
  const [smaller, best] = [fits[count - 1]!, fits[count]!];
  const bound = pointsSumOfSquares(problem, best.loss) + allowance;
  const excess = (loss: number) => pointsSumOfSquares(problem, loss) - bound;
  const known = { grid: rateGrid(problem, 1 / GRID_DENSITY), best, smaller };
  const { slowest, fastest, unit, origin, scale } = problem;
  const withRate = (theta: number) => excess(fitAtomsWith(problem, theta, count, known).loss);

  const rateEnds = (start: number): Ends => {
    const [lower, upper] = [slowest, fastest].map((end) => {
      const theta = crossing(withRate, start, end, LONGEST_STEP);
      return theta === null ? null : Math.exp(theta) / unit;
    });
    return [lower!, upper!];
  };

  const amplitudeEnds = (start: number, slower: number): Ends => {
    const search = amplitudeSearch(problem, count, slower);
    // From the best mixture on: where its other terms gain little, the grid of the search alone may miss them.
    const own = best.thetas[slower];
    const free =
      own === undefined
        ? undefined
        : { theta: own, others: best.thetas.toSpliced(slower, 1), loss: best.loss };
    let warm: HeldFit | undefined = free;
    const withAmplitude = (amplitude: number) => {
      const found = search(amplitude, warm);
      const above = excess(found.loss);
      if (above > 0) return above;
      warm = found;
      // All that follows would be the work of the range of rates.
      return found.theta <= slowest || found.theta >= fastest ? -Infinity : above;
    };
    const lower = excess(smaller.loss) <= 0 ? null : crossing(withAmplitude, start, 0);
    warm = free;
    const most = Math.log(LARGEST_FACTOR);
    const upper = crossing((share) => withAmplitude(start * Math.exp(share)), 0, most, LONGEST_STEP);
    return [lower, upper === null ? null : start * Math.exp(upper)];
  };

  return terms.map(({ amplitude, rate }, slower) => {
    // The best mixture of the condensed points, which is not quite that of all rows.
    const theta = best.thetas[slower] ?? Math.log(rate * unit);
    const beta = best.betas[slower];
    const start = beta === undefined ? amplitude : scale * beta * Math.exp((Math.exp(theta) * origin) / unit);
    return {
      amplitude: interval(amplitude, amplitudeEnds(start, slower)),
      rate: interval(rate, rateEnds(theta)),
    };
  });
}

/** Multiple of its estimate up to which an amplitude is followed. */
const LARGEST_FACTOR = 1e6;

type Ends = readonly [lower: number | null, upper: number | null];

function interval(estimate: number, [lower, upper]: Ends): ParameterInterval {
  return {
    lower: lower === null ? null : Math.min(lower, estimate),
    upper: upper === null ? null : Math.max(upper, estimate),
    estimate,
    identified: lower !== null && upper !== null,
  };
}
