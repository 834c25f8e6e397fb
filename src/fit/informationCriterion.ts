import type { Sample } from "./observations.ts";

/**
 * Akaike's information criterion of a least-squares fit, up to a constant of the data.
 *
 * - σ unknown: n·ln(SSE/n) + 2q + 2q(q + 1)/(n − q − 1) with q = parameters + 1, σ being one
 *   [HurvichTsai1989, AICc];
 * - standard errors known: SSE + 2q with q = parameters, the sum of squares being whitened.
 *
 * @param sumOfSquares - SSE over all rows
 * @param parameters - free parameters of the curve
 * @returns null where n ≤ q + 1 or the fit is exact
 */
export function informationCriterion(
  { rows, known }: Pick<Sample, "rows" | "known">,
  sumOfSquares: number,
  parameters: number,
): number | null {
  if (known) return sumOfSquares + 2 * parameters;
  const q = parameters + 1;
  if (rows <= q + 1 || !(sumOfSquares > 0)) return null;
  return rows * Math.log(sumOfSquares / rows) + 2 * q + (2 * q * (q + 1)) / (rows - q - 1);
}
