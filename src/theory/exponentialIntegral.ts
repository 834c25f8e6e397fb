/** Euler's constant γ. */
const EULER_GAMMA = 0.577_215_664_901_532_9;

/**
 * Ein(x) = ∫₀^x (1 − e^{−t})/t dt = Σ_{n ≥ 1} (−1)^{n+1} xⁿ/(n·n!) [Abramowitz1964, 5.1.11], for x in [0, 1],
 * where nothing cancels.
 */
export function entireExponentialIntegral(x: number): number {
  let sum = 0;
  for (let n = 1, power = x; Math.abs(power) > n * 2 ** -54 * sum; n++, power *= -x / n) sum += power / n;
  return sum;
}

/**
 * The exponential integral E₁(x) = ∫_x^∞ e^{−t}/t dt for x > 0, relative error below 2⁻⁴⁹: −γ − ln x + Ein(x) up to
 * 1 and a continued fraction beyond [Abramowitz1964, 5.1.22, even part].
 */
export function exponentialIntegral(x: number): number {
  if (x <= 1) return entireExponentialIntegral(x) - EULER_GAMMA - Math.log(x);
  // From the back: 80 levels converge like e^{−4√(80x)}, far below rounding at x = 1.
  let tail = 0;
  for (let n = 80; n >= 1; n--) tail = (n * n) / (x + 2 * n + 1 - tail);
  return Math.exp(-x) / (x + 1 - tail);
}

/**
 * E₁(x) = −γ − ln x + Ein(x) for an x that may be so small that only its logarithm is known.
 *
 * @param logarithm - ln x; x at most 1
 */
export function exponentialIntegralAtExp(logarithm: number): number {
  return entireExponentialIntegral(Math.exp(logarithm)) - EULER_GAMMA - logarithm;
}
