import { explorationLimit } from "../theory/explorationLimit.ts";

/** Bounds of λ − 1 in the table, and its nodes, evenly spaced in the logarithm. */
const [LEAST, MOST, LAMBDAS] = [0.05, 200, 25];

/** Bounds of ln s, and its nodes: below, the kernel is under 10⁻⁵ and taken as ∝ s; above, it has ended. */
const [EARLIEST, LATEST, TIMES] = [Math.log(1e-8), Math.log(100), 185];
const STEP = (LATEST - EARLIEST) / (TIMES - 1);

/** Greatest spread of ln scale in the table, and its nodes, evenly spaced from 0. */
const [WIDEST, SPREADS] = [4, 25];

/** Standard deviations beyond which 10⁻⁶ of a normal is left, and as many nodes of ln s for the widest spread. */
const REACH = 4.8;
const MARGIN = Math.ceil((REACH * WIDEST) / STEP);

/** Range of λ that {@link explorationKernel} knows. */
export const KERNEL_LAMBDAS = { least: 1 + LEAST, most: 1 + MOST } as const;

/** Range of the spread that {@link explorationKernel} knows. */
export const KERNEL_SPREADS = { least: 0, most: WIDEST } as const;

/** Splines by λ and spread over ln s from EARLIEST − MARGIN·STEP to LATEST + MARGIN·STEP, made where they are needed. */
const table: (Float64Array | undefined)[] = [];
const limits: (Float64Array | undefined)[] = [];

const ofTime = new Float64Array(4);

/**
 * The growth of the exploration limit from 0 to 1 where time scales are spread,
 *
 *     E[Acc_∞(s/S; λ)/C_λ],   ln S normal with mean 0        [docs/theory.md §4, docs/fitting.md §7],
 *
 * as a function of s = t/N ≥ 0, from a table made once where it is needed: a fit asks for it a hundred thousand times. A
 * cubic spline in ln s, with two derivatives for the search, and cubics in ln(λ − 1) and the spread.
 *
 * @param lambda - in {@link KERNEL_LAMBDAS}
 * @param spread - standard deviation of ln S, in {@link KERNEL_SPREADS}; default 0, a single time scale
 * @returns within 10⁻⁴ of the expectation (test/fit/laws.test.ts)
 */
export function explorationKernel(lambda: number, spread = 0): (s: number) => number {
  const first = EARLIEST - MARGIN * STEP;
  const place = (Math.log((lambda - 1) / LEAST) / Math.log(MOST / LEAST)) * (LAMBDAS - 1);
  const row = cubicWeights(LAMBDAS, place);
  const column = cubicWeights(SPREADS, (spread / WIDEST) * (SPREADS - 1));
  const parts: { readonly weight: number; readonly values: Float64Array }[] = [];
  row.weights.forEach((ofLambda, i) => {
    column.weights.forEach((ofSpread, j) => {
      const weight = ofLambda * ofSpread;
      // At a node of the table its neighbours are not needed, and so not made.
      if (weight !== 0) parts.push({ weight, values: rowOf(row.first + i, column.first + j) });
    });
  });
  return (s) => {
    if (!(s > 0)) return 0;
    const time = Math.log(s);
    if (time >= LATEST + REACH * spread) return 1;
    const at = splineWeights((Math.max(time, first) - first) / STEP, ofTime);
    let value = 0;
    for (const { weight, values } of parts)
      for (let k = 0; k < 4; k++) value += weight * ofTime[k]! * values[at + k]!;
    return Math.min(1, Math.max(0, time < first ? value * Math.exp(time - first) : value));
  };
}

/** The limit's growth for a λ of the table, with twice the margin before and after. */
function limitOf(lambdaNode: number): Float64Array {
  limits[lambdaNode] ??= (() => {
    const curve = explorationLimit(1 + LEAST * (MOST / LEAST) ** (lambdaNode / (LAMBDAS - 1)));
    const whole = curve.density(Infinity);
    const earliest = curve.density(Math.exp(EARLIEST)) / whole;
    return Float64Array.from({ length: TIMES + 4 * MARGIN }, (_, i) => {
      const node = i - 2 * MARGIN;
      if (node < 0) return earliest * Math.exp(node * STEP);
      return node < TIMES ? curve.density(Math.exp(EARLIEST + node * STEP)) / whole : 1;
    });
  })();
  return limits[lambdaNode];
}

/**
 * Mean over a normal ln S by the trapezoidal rule on the nodes of ln s. Its error falls like e^{−2π²(spread/STEP)²}: the
 * least spread but 0 is wider than a step.
 */
function rowOf(lambdaNode: number, spreadNode: number): Float64Array {
  const index = lambdaNode * SPREADS + spreadNode;
  const known = table[index];
  if (known) return known;
  const limit = limitOf(lambdaNode);
  const spread = (WIDEST * spreadNode) / (SPREADS - 1) / STEP;
  const reach = Math.floor(REACH * spread);
  const weights = Float64Array.from({ length: 2 * reach + 1 }, (_, i) =>
    reach === 0 ? 1 : Math.exp(-0.5 * ((i - reach) / spread) ** 2),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const row = new Float64Array(TIMES + 2 * MARGIN);
  for (let i = 0; i < row.length; i++) {
    for (let k = 0; k < weights.length; k++)
      row[i]! += (weights[k]! / total) * limit[MARGIN + i + k - reach]!;
  }
  table[index] = splineCoefficients(row);
  return table[index];
}

/**
 * Coefficients of the natural cubic spline through values at whole positions, in B-splines: the tridiagonal equations
 * c_{i−1} + 4c_i + c_{i+1} = 6·value_i, the second derivative 0 at the ends.
 */
function splineCoefficients(values: Float64Array): Float64Array {
  const last = values.length - 1;
  const coefficients = new Float64Array(last + 3);
  const factors = new Float64Array(last + 1);
  coefficients[1] = values[0]!;
  for (let i = 1; i < last; i++) {
    factors[i] = 1 / (4 - factors[i - 1]!);
    coefficients[i + 1] = (6 * values[i]! - coefficients[i]!) * factors[i]!;
  }
  coefficients[last + 1] = values[last]!;
  for (let i = last - 1; i > 0; i--) coefficients[i + 1]! -= factors[i]! * coefficients[i + 2]!;
  coefficients[0] = 2 * coefficients[1]! - coefficients[2]!;
  coefficients[last + 2] = 2 * coefficients[last + 1]! - coefficients[last]!;
  return coefficients;
}

/** Weights of the four B-splines at a position, and the first of these. */
function splineWeights(position: number, weights: Float64Array): number {
  const first = Math.min(TIMES + 2 * MARGIN - 2, Math.floor(position));
  const u = position - first;
  const v = 1 - u;
  weights[0] = (v * v * v) / 6;
  weights[1] = (4 + u * u * (3 * u - 6)) / 6;
  weights[2] = (1 + 3 * u * (1 + u * (1 - u))) / 6;
  weights[3] = (u * u * u) / 6;
  return first;
}

/** Weights of Lagrange's cubic through the four nodes about a position, and the first of these. */
function cubicWeights(
  nodes: number,
  position: number,
): { readonly first: number; readonly weights: number[] } {
  const first = Math.min(nodes - 4, Math.max(0, Math.floor(position) - 1));
  const u = position - first;
  return {
    first,
    weights: [
      (-(u - 1) * (u - 2) * (u - 3)) / 6,
      (u * (u - 2) * (u - 3)) / 2,
      (-u * (u - 1) * (u - 3)) / 2,
      (u * (u - 1) * (u - 2)) / 6,
    ],
  };
}
