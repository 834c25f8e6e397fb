import { DomainError } from "../errors.ts";
import { linkDensity, linkDensitySlope } from "./growthCurve.ts";
import type { RateSpectrum } from "./rateSpectrum.ts";

/**
 * A growth curve of known links, wherever it comes from: a graph, a theory or a fit. Any two with the same unit of
 * time can be laid over each other.
 */
export interface GrowthCurve {
  /** Density at a real time ≥ 0; `Infinity` gives the plateau. Throws DomainError on a negative time or NaN. */
  density(time: number): number;
  /** Slope d density / d time at a real time ≥ 0, finite; may be `Infinity` at 0. */
  slope(time: number): number;
  /** The rate spectrum of the curve, where it is known as numbers. */
  readonly spectrum?: RateSpectrum;
}

/** The curve of a rate spectrum; the unit of time is that of its rates. */
export function spectrumCurve(spectrum: RateSpectrum): GrowthCurve {
  return {
    density: (time) => linkDensity(spectrum, time),
    slope: (time) => linkDensitySlope(spectrum, time),
    spectrum,
  };
}

/**
 * The same curve over another unit of time, so that it can be laid over others: the exploration limit, over s = t/N,
 * becomes a curve over steps with `unit` = N.
 *
 * @param unit - how many of the new units make one of the old; positive, finite
 * @returns density(time) = curve.density(time/unit). The spectrum goes along in the Poisson clock, where rates are
 *   divided by the unit; in the clock of steps there is none, for a fraction of a step has no rate
 * @throws {DomainError} if the unit is not positive and finite
 */
export function withTimeUnit(curve: GrowthCurve, unit: number): GrowthCurve {
  if (!(unit > 0 && unit < Infinity)) throw new DomainError("unit", unit, "positive and finite");
  const { spectrum } = curve;
  return {
    density: (time) => curve.density(time / unit),
    slope: (time) => curve.slope(time / unit) / unit,
    ...(spectrum?.clock === "poisson" && {
      spectrum: { ...spectrum, rates: spectrum.rates.map((rate) => rate / unit) },
    }),
  };
}
