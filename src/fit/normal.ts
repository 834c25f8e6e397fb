/** The standard normal distribution in double precision, and χ². */

import type { Rng } from "../random/stream.ts";

const LOG_ROOT_TWO_PI = 0.9189385332046728;

/**
 * P[Z > z]: the series of Marsaglia (2004) within 3 of the middle, beyond it the continued fraction of Laplace for
 * the Mills ratio.
 *
 * @returns in [0, 1], relative error below 10⁻¹³ while it does not underflow (z < 38)
 */
export function upperTail(z: number): number {
  if (z < -3) return 1 - upperTail(-z);
  if (z > 3) return Math.exp(-0.5 * z * z - LOG_ROOT_TWO_PI) * millsRatio(z);
  let term = z;
  let sum = z;
  for (let k = 3; Math.abs(term) > 2 ** -54 * Math.abs(sum); k += 2) {
    term *= (z * z) / k;
    sum += term;
  }
  return 0.5 - sum * Math.exp(-0.5 * z * z - LOG_ROOT_TWO_PI);
}

/** ln P[Z > z], finite for every finite z below 10¹⁵⁰. */
export function logUpperTail(z: number): number {
  return z > 3 ? -0.5 * z * z - LOG_ROOT_TWO_PI + Math.log(millsRatio(z)) : Math.log(upperTail(z));
}

/** P[Z > z] / density(z) for z ≥ 3. The fraction converges geometrically, fast where z is large. */
function millsRatio(z: number): number {
  let fraction = z;
  for (let k = Math.ceil(20 + 500 / (z * z)); k > 0; k--) fraction = z + k / fraction;
  return 1 / fraction;
}

/**
 * z with P[Z > z] = p: the rational approximations of algorithm AS 241 [Wichura1988], relative error about 10⁻¹⁶.
 *
 * @param p - in (0, 1)
 */
export function upperQuantile(p: number): number {
  const q = 0.5 - p;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(CENTRE_TOP, r)) / polynomial(CENTRE_BOTTOM, r);
  }
  const r = Math.sqrt(-Math.log(Math.min(p, 1 - p)));
  const z =
    r <= 5
      ? polynomial(MIDDLE_TOP, r - 1.6) / polynomial(MIDDLE_BOTTOM, r - 1.6)
      : polynomial(FAR_TOP, r - 5) / polynomial(FAR_BOTTOM, r - 5);
  return q < 0 ? -z : z;
}

/** Σ coefficients_i·r^i. */
function polynomial(coefficients: readonly number[], r: number): number {
  let value = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) value = value * r + coefficients[i]!;
  return value;
}

// biome-ignore-start lint/correctness/noPrecisionLoss: as published
const CENTRE_TOP = [
  3.387132872796366608, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125,
  45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727,
];
const CENTRE_BOTTOM = [
  1, 42.313330701600911252, 687.1870074920579083, 5394.1960214247511077, 21213.794301586595867,
  39307.89580009271061, 28729.085735721942674, 5226.495278852854561,
];
const MIDDLE_TOP = [
  1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055, 3.64784832476320460504,
  1.27045825245236838258, 0.24178072517745061177, 0.0227238449892691845833, 7.7454501427834140764e-4,
];
const MIDDLE_BOTTOM = [
  1, 2.05319162663775882187, 1.6763848301838038494, 0.68976733498510000455, 0.14810397642748007459,
  0.0151986665636164571966, 5.475938084995344946e-4, 1.05075007164441684324e-9,
];
const FAR_TOP = [
  6.6579046435011037772, 5.4637849111641143699, 1.7848265399172913358, 0.29656057182850489123,
  0.026532189526576123093, 0.0012426609473880784386, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
];
const FAR_BOTTOM = [
  1, 0.59983220655588793769, 0.13692988092273580531, 0.0148753612908506148525, 7.868691311456132591e-4,
  1.8463183175100546818e-5, 1.4215117583164458887e-7, 2.04426310338993978564e-15,
];
// biome-ignore-end lint/correctness/noPrecisionLoss: as published

/** A standard normal above `bound`, from a uniform number in [0, 1). */
export function truncatedNormal(bound: number, uniform: number): number {
  // So far out the distance from the bound is exponential with mean 1/bound up to a relative error of bound⁻².
  if (bound > 30) return bound - Math.log1p(-uniform) / bound;
  // A bound below −8.3 excludes less than rounding.
  const tail = (1 - uniform) * upperTail(bound);
  return tail < 1 ? Math.max(bound, upperQuantile(tail)) : Math.max(bound, -8.3);
}

/** A standard normal, by inversion of 53 bits. */
export function sampleNormal(rng: Rng): number {
  return upperQuantile(rng.nextFloat() * (1 - 2 ** -53) + 2 ** -54);
}

/**
 * χ² with ν degrees of freedom: twice a gamma variable of shape ν/2 [MarsagliaTsang2000].
 *
 * @param freedom - ν, a whole number ≥ 1
 * @returns ≥ 0; cost O(1)
 */
export function sampleChiSquare(rng: Rng, freedom: number): number {
  // The rejection needs a shape of at least 1.
  if (freedom === 1) return sampleNormal(rng) ** 2;
  const d = freedom / 2 - 1 / 3;
  for (;;) {
    const z = sampleNormal(rng);
    const v = (1 + z / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log1p(-rng.nextFloat()) < 0.5 * z * z + d * (1 - v + Math.log(v))) return 2 * d * v;
  }
}
