import { linkDensity } from "../growth/growthCurve.ts";
import type { Chart } from "./claim.ts";
import { type Ensemble, type Estimate, estimate } from "./ensemble.ts";

/** Times at which curves are compared, as s = t/N: three a decade from 10⁻³ to 10. */
export const TIMES: readonly number[] = Array.from({ length: 13 }, (_, i) => 10 ** (-3 + i / 3));

/** This many standard errors are allowed before a difference counts: one false alarm in 5·10⁸. */
export const SIGMAS = 6;

/** The relative difference of a curve from the mean of an ensemble at one time. */
export interface CurveError {
  /** Signed: positive where the curve is above the graphs. */
  readonly error: number;
  /** s = t/N. */
  readonly s: number;
  /** Relative standard error of the comparison. */
  readonly standardError: number;
}

/** Mean density of the graphs at s = t/N. */
export function meanDensity({ entities, spectra }: Ensemble, s: number): Estimate {
  const step = s * entities * (entities - 1);
  return estimate(spectra.map((spectrum) => linkDensity(spectrum, step)));
}

/**
 * Compare a curve with the mean of an ensemble.
 *
 * @param density - over s = t/N, with the standard error of the curve itself if it is sampled
 * @param times - s
 */
export function curveErrors(
  ensemble: Ensemble,
  density: (s: number) => { readonly mean: number; readonly standardError?: number },
  times: readonly number[] = TIMES,
): CurveError[] {
  return times.map((s) => {
    const graphs = meanDensity(ensemble, s);
    const curve = density(s);
    return {
      error: curve.mean / graphs.mean - 1,
      s,
      standardError: Math.hypot(graphs.standardError, curve.standardError ?? 0) / graphs.mean,
    };
  });
}

/** The error that is largest in absolute value. */
export function largestError<Each extends { readonly error: number }>(errors: readonly Each[]): Each {
  return errors.reduce((worst, each) => (Math.abs(each.error) > Math.abs(worst.error) ? each : worst));
}

/** Errors over time, in per cent, a line for each case. */
export function errorChart(
  cases: readonly { readonly name: string; readonly errors: readonly CurveError[] }[],
): Chart {
  return {
    axis: "Time $s = t/N$ (log scale)",
    quantity: "Deviation (%)",
    lines: cases.map(({ name, errors }) => ({
      name,
      points: errors.map(({ s, error }) => ({ at: s, value: 100 * error })),
    })),
  };
}

/** How a random graph is called in a chart. */
export function modelName({ entities, lambda }: Ensemble): string {
  return `$V = ${entities}$, $λ = ${lambda}$`;
}

/** Whether an error exceeds a bound by more than chance. */
export function exceeds({ error, standardError }: CurveError, bound: number): boolean {
  return Math.abs(error) - SIGMAS * standardError > bound;
}

/** "−3.1 %". */
export function percent(share: number, digits = 2): string {
  return `${(100 * share).toFixed(digits).replace("-", "−")} %`;
}
