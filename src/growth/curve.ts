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
