import { DomainError } from "../errors.ts";
import type { MixtureFit } from "./fitMixture.ts";
import { upperQuantile } from "./normal.ts";
import { condense, type Observations, readSample, type Sample } from "./observations.ts";

/** What the profiles of one fit share: its points, sorted and merged once, and how far the sum of squares may rise. */
export interface Profile {
  readonly fit: MixtureFit;
  /** Number of terms asked for. */
  readonly terms: number;
  readonly level: number;
  /** At most {@link MOST_POINTS} points in which all rows are counted. */
  readonly points: Sample;
  /** What a sum of squares may be above the least one. */
  readonly allowance: number;
  /** Least and largest y. */
  readonly extent: readonly [number, number];
}

/**
 * Points beyond which neighbours are condensed: over three decades, a curve bends by less than 3·10⁻⁵ of its rise within each of
 * so many evenly filled bins, see {@link condense}.
 */
const MOST_POINTS = 200;

/**
 * The profile likelihood of a fit rejects what raises the sum of squares by more than
 *
 *     SSE·F/(n − p)      F the quantile of F(1, n − p), σ unknown
 *     χ²                 χ² the quantile of χ²(1), standard errors known
 *
 * [BatesWatts1988, §6.1].
 *
 * @throws {DomainError} if level is not in (0, 1), no degree of freedom is left, or the fit has free signs, known levels or no
 *   number of terms, or is held by a bound
 */
export function profileOf(observations: Observations, fit: MixtureFit, level: number): Profile {
  if (!(level > 0 && level < 1)) throw new DomainError("level", level, "in (0, 1)");
  const { asked, gap, held, parameters, points, sse } = fit;
  if (asked === "spectrum" || gap === null || parameters !== 2 * asked + 1)
    throw new DomainError("fit", fit.asked, "of a number of terms with amplitudes >= 0 and a free level");
  if (held.length > 0)
    throw new DomainError("fit", `one held by its ${held.join(" and its ")}`, "free of bounds");
  const sample = readSample(observations);
  const freedom = points - parameters;
  if (!sample.known && freedom < 1)
    throw new DomainError("terms", asked, "fewer, so that a point is left for the noise");
  return {
    fit,
    terms: asked,
    level,
    points: condense(sample, MOST_POINTS),
    allowance: sample.known ? chiSquare(level) : (sse * fQuantile(level, freedom)) / freedom,
    extent: extentOf(sample.y),
  };
}

function extentOf(values: Float64Array): [number, number] {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) [least, most] = [Math.min(least, value), Math.max(most, value)];
  return [least, most];
}

/**
 * Where a function that is at most 0 at `inside` turns positive on the way to `outside`: in steps that grow to `longest`, so that
 * the component around the start is the one that is measured, then by the ITP method [OliveiraTakahashi2020], whose
 * bracket shrinks as that of bisection does at least.
 *
 * @returns the inner end of a bracket 2⁻¹⁸ as wide as the step that crossed; null where the function stays at most 0, or is −∞,
 *   which says that it would
 */
export function crossing(
  f: (value: number) => number,
  inside: number,
  outside: number,
  longest = Infinity,
): number | null {
  const way = Math.abs(outside - inside);
  if (way === 0) return null;
  let [near, below, far, above] = [0, f(inside), 1, Infinity];
  if (!(below <= 0)) return inside;
  const at = (share: number) => f(share === 1 ? outside : inside + share * (outside - inside));
  for (let step = Math.min(1 / 256, longest / way); ; step = Math.min(2 * step, longest / way)) {
    const share = Math.min(1, near + step);
    const value = at(share);
    if (value > 0) {
      [far, above] = [share, value];
      break;
    }
    if (share === 1 || value === -Infinity) return null;
    [near, below] = [share, value];
  }
  const width = far - near;
  const tolerance = 2 ** -18 * width;
  let halvings = 18 + 1;
  while (far - near > tolerance && halvings-- > 0) {
    const [half, radius] = [(near + far) / 2, tolerance * 2 ** halvings - (far - near) / 2];
    const straight = (above * near - below * far) / (above - below);
    const side = Math.sign(half - straight);
    const pushed = (0.2 * (far - near) ** 2) / width;
    const towards = pushed <= Math.abs(half - straight) ? straight + side * pushed : half;
    const share = Math.abs(towards - half) <= radius ? towards : half - side * radius;
    const value = at(share);
    if (value === -Infinity) return null;
    if (value > 0) [far, above] = [share, value];
    else [near, below] = [share, value];
  }
  return inside + near * (outside - inside);
}

/** Quantile of χ² with one degree of freedom: the square of a normal quantile. */
function chiSquare(level: number): number {
  return upperQuantile((1 - level) / 2) ** 2;
}

/**
 * Quantile of F(1, ν), the square of Student's: bisection on the exact tail probability, summed in closed form for
 * whole ν [Abramowitz1964, 26.7.3, 26.7.4].
 */
function fQuantile(level: number, freedom: number): number {
  let [low, high] = [0, 1];
  while (studentCoverage(high, freedom) < level) high *= 2;
  for (let halving = 0; halving < 60; halving++) {
    const middle = (low + high) / 2;
    if (studentCoverage(middle, freedom) < level) low = middle;
    else high = middle;
  }
  return high * high;
}

/** P[|T| ≤ t] for Student's T with ν degrees of freedom. */
export function studentCoverage(t: number, freedom: number): number {
  const angle = Math.atan(t / Math.sqrt(freedom));
  const cosine = Math.cos(angle);
  const odd = freedom % 2 === 1;
  let term = odd ? cosine : 1;
  let sum = freedom === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k < freedom; k += 2) {
    term *= ((k - 1) / k) * cosine * cosine;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
}
