import { DomainError } from "../errors.ts";
import { type RateSpectrum, rateSpectrum } from "../growth/rateSpectrum.ts";

/** One exponential of a mixture: amplitude·e^{−rate·x}. */
export interface MixtureTerm {
  /** In the unit of y; what this term still has to give at x = 0. */
  readonly amplitude: number;
  /** Per unit of x, > 0. */
  readonly rate: number;
}

/** A term whose rate stands at an end of the range of rates: the data do not say what its rate is. */
export interface BoundaryTerm {
  /** Index into `terms`. */
  readonly term: number;
  /** `slow`: a straight line serves as well; `fast`: the term has ended by the first positive x. */
  readonly edge: "slow" | "fast";
}

/** y = plateau − Σ amplitude·e^{−rate·x}. */
export interface Mixture {
  readonly plateau: number;
  /** Slowest first. */
  readonly terms: readonly MixtureTerm[];
}

/**
 * Value of a mixture, plateau − Σ amplitude·e^{−rate·x}.
 *
 * @param x - amount of training; ≥ 0; `Infinity` gives the plateau
 * @throws {DomainError} if x is negative or NaN
 * @example mixtureCurve(fitMixture(results, { terms: 3 }), 1000)
 */
export function mixtureCurve({ plateau, terms }: Mixture, x: number): number {
  if (!(x >= 0)) throw new DomainError("x", x, ">= 0");
  return terms.reduce((value, { amplitude, rate }) => value - amplitude * Math.exp(-rate * x), plateau);
}

/**
 * The mixture as a rate spectrum with a Poisson clock and baseline y(0): what the training results say about how
 * fast knowledge is learned, in the form in which graphs and theory say it.
 *
 * @throws {DomainError} if an amplitude is negative, as with free signs
 */
export function mixtureSpectrum(mixture: Mixture): RateSpectrum {
  return rateSpectrum(
    "poisson",
    mixtureCurve(mixture, 0),
    Float64Array.from(mixture.terms, ({ rate }) => rate),
    Float64Array.from(mixture.terms, ({ amplitude }) => amplitude),
  );
}
