/**
 * Stirling's error δ(n) = ln n! − ln(√(2πn)(n/e)^n), with which laws of large counts are computed without cancelling
 * large logarithms [Loader2000].
 *
 * @param n - integer ≥ 1
 * @returns absolute error below 2⁻⁵⁰
 */
export function stirlingError(n: number): number {
  if (n < 16) return SMALL_STIRLING_ERRORS[n]!;
  // The asymptotic series; its next term, 691/(360360n¹¹), is 2⁻⁵³ at n = 16.
  const square = 1 / (n * n);
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - square / 1188) * square) * square) * square) / n;
}

/** For n < 16 the factorial is exact in a double. */
const SMALL_STIRLING_ERRORS = stirlingErrorsByFactorial(16);

function stirlingErrorsByFactorial(length: number): Float64Array {
  const errors = new Float64Array(length);
  for (let n = 1, factorial = 1; n < length; n++) {
    factorial *= n;
    // n!·e^n/n^n/√(2πn) is near 1, so that the logarithm has a small absolute error, which is what counts.
    errors[n] = Math.log((factorial * Math.exp(n)) / (n ** n * Math.sqrt(2 * Math.PI * n)));
  }
  return errors;
}
