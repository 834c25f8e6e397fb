/**
 * Σ_{j ≥ 1} y^{2j}/(2j + 1) = artanh(y)/y − 1 and its derivative, to rounding. What is left of a logarithm when its
 * leading term, which would cancel, has been taken away by hand.
 *
 * @param y - in [−0.7, 0.7]; at most 50 terms
 */
export function artanhTail(y: number): { value: number; slope: number } {
  const square = y * y;
  let value = 0;
  let slope = 0;
  // Terms of the derivative fall by at least 0.49·(1 + 1/j): sum until they no longer count.
  for (let j = 1, power = y; Math.abs(power) * 2 ** 54 > Math.abs(slope); j++, power *= square) {
    value += (power * y) / (2 * j + 1);
    slope += (2 * j * power) / (2 * j + 1);
  }
  return { value, slope };
}

/**
 * u − ln(1 + u), without cancellation around 0.
 *
 * @param u - at least −1
 * @returns ≥ 0, ∞ at −1; relative error a few 2⁻⁵³
 */
export function logarithmExcess(u: number): number {
  const y = u / (2 + u);
  if (Math.abs(y) > 0.7) return u - Math.log1p(u);
  // With u = 2y/(1 − y) and ln(1 + u) = 2 artanh(y) = 2y(1 + tail), and u − 2y = uy.
  return u * y - 2 * y * artanhTail(y).value;
}
