import { type CurveDraw, curvePrior } from "../../src/fit/conditionalDraw.ts";
import { readSample } from "../../src/fit/observations.ts";
import type { MixturePosterior } from "../../src/fit/posterior.ts";

/** A curve start + gain·(1 − 2^{−x/halfLife}) with its share of the posterior. */
export interface HandmadeCurve {
  readonly share: number;
  readonly start: number;
  readonly gain: number;
  readonly halfLife: number;
}

/** x of the points behind {@link handmadePosterior}; the last is what plans start from. */
export const SEEN = [0, 1, 2, 4, 8, 16];

/** A posterior of a few known curves, whose forecasts and plans can be worked out by hand. σ is 0.5. */
export function handmadePosterior(curves: readonly HandmadeCurve[]): MixturePosterior {
  const sample = readSample({ x: SEEN, y: SEEN.map((x) => 40 + x) });
  const span = SEEN.at(-1)!;
  const draws = curves.map(({ share, start, gain, halfLife }): CurveDraw => {
    const rates = Float64Array.of(Math.LN2 / halfLife);
    const gains = Float64Array.of(-gain * Math.expm1((-span / halfLife) * Math.LN2));
    return { rates, gains, scales: gains, start, sigma: 0.5, origin: 0, span, logWeight: Math.log(share) };
  });
  return {
    draws,
    termProbabilities: [1],
    effectiveSampleSize: draws.length,
    prior: curvePrior(sample, { ceiling: 100 }),
  };
}
