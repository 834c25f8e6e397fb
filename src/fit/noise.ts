import { DomainError, requireInteger } from "../errors.ts";

/**
 * Standard errors of accuracies measured on a number of questions: √(p̃(1 − p̃)/n) with p̃ = (correct + 2)/(n + 4)
 * [AgrestiCoull1998], so that 0 and 100 % are not taken for certain.
 *
 * Points measured on the same questions share part of this error: the paper's points scatter by 0.29 about their
 * curve where the binomial error is 0.73. Weights from here then overstate the scatter from point to point.
 *
 * @param y - accuracies, all as fractions in [0, 1] or all in percent in [0, 100]
 * @param questions - n, at least 1: one number for all, or one for each accuracy
 * @param unit - 1 for fractions, 100 for percent
 * @throws {DomainError} if an accuracy is outside its range
 */
export function binomialStandardErrors(
  y: ArrayLike<number>,
  questions: number | ArrayLike<number>,
  unit: 1 | 100,
): Float64Array {
  return Float64Array.from(y, (value, row) => {
    if (!(value >= 0 && value <= unit)) throw new DomainError(`y[${row}]`, value, `from 0 to ${unit}`);
    const n = typeof questions === "number" ? questions : questions[row]!;
    requireInteger("questions", n, 1);
    const share = ((value / unit) * n + 2) / (n + 4);
    return unit * Math.sqrt((share * (1 - share)) / n);
  });
}
