import { type Atoms, atomDerivatives, atomsAt, ROUNDING, type Signs } from "./atoms.ts";
import {
  addScaled,
  backSubstitute,
  dot,
  downhillStep,
  solveLeastSquares,
  symmetricEigen,
  triangularize,
} from "./leastSquares.ts";
import { intervalOf, type RateProblem, rateColumn } from "./rateProblem.ts";

/** Longest step in a log rate: a factor e of the rate. */
const LONGEST_STEP = 1;

/** Distance in each log rate within which two mixtures lie in the same valley: 5 % of the rate. */
const NEAR = 0.05;

/**
 * Move the rates of a mixture to a local minimum of the sum of squares.
 *
 * Variable projection [GolubPereyra1973]: for every θ the coefficients are the best ones, and Newton's method with
 * the exact Hessian of the projected sum of squares runs in θ alone, inside the range of rates. Negative curvature
 * is turned around and the step is damped until the sum of squares falls, so that saddle points repel.
 *
 * @param known - minima found before; a path that comes near one of them ends there
 * @returns a local minimum to about half the digits, see {@link refineAtoms}; with fewer atoms where coefficients
 *   reached zero
 */
export function polishAtoms(
  problem: RateProblem,
  start: readonly number[],
  signs: Signs,
  known: readonly Atoms[] = [],
): Atoms {
  let current = atomsAt(problem, start, signs);
  let damping = 0;
  for (let iteration = 0; iteration < 200; iteration++) {
    const arrived = known.find((minimum) => isNear(minimum, current));
    if (arrived) return arrived;
    const model = reducedModel(problem, current);
    const step = newtonStep(problem, current, model, damping);
    const longest = Math.max(0, ...step.map(Math.abs));
    if (longest < 1e-9) break;
    const next = atomsAt(problem, moved(problem, current.thetas, step), signs);
    if (next.loss < current.loss || next.thetas.length < current.thetas.length) {
      damping = damping < 1e-12 ? 0 : damping / 10;
      const gain = current.loss - next.loss;
      const dropped = next.thetas.length < current.thetas.length;
      current = next;
      // Within rounding of the loss nothing more can be measured; the last digits are left to refineAtoms.
      if (!dropped && gain <= 1e-13 * current.loss && longest < 1e-3) break;
    } else {
      damping = damping === 0 ? 1e-6 * (model.size || 1) : 10 * damping;
      if (damping > 1e12 * (model.size || 1)) break;
    }
  }
  return current;
}

/** Whether a mixture has come so near a better one that it would end there. */
function isNear(minimum: Atoms, atoms: Atoms): boolean {
  return (
    minimum.loss <= atoms.loss &&
    minimum.thetas.length === atoms.thetas.length &&
    minimum.thetas.every((theta, i) => Math.abs(theta - atoms.thetas[i]!) < NEAR)
  );
}

/** Gradient and Hessian of |rest|²/2 in θ, with β eliminated, and the triangle they come from. */
interface ReducedModel {
  readonly gradient: Float64Array;
  /** Rows of the symmetric Hessian. */
  readonly hessian: Float64Array[];
  /** R22 as columns, its diagonal, and the part of Qᵀ·target that belongs to it. */
  readonly triangle: Float64Array[];
  readonly diagonal: Float64Array;
  readonly rotated: Float64Array;
  /** Largest diagonal entry of the Hessian. */
  readonly size: number;
}

/**
 * With Φ = [φ_i], B = diag(β), [Φ, Φ'B] = Q·[[R11, R12], [0, R22]], c_i = rest·φ'_i and s_i = β_i·rest·φ''_i,
 * eliminating β from the Hessian of the sum of squares in (β, θ) leaves
 *
 *     H = R22ᵀR22 − diag(s) + R12ᵀGᵀC + C·G·R12 − C·G·Gᵀ·C,   G = R11⁻¹,  C = diag(c).
 */
function reducedModel(problem: RateProblem, atoms: Atoms): ReducedModel {
  const count = atoms.thetas.length;
  const derivatives = atomDerivatives(problem, atoms);
  const columns = [
    ...atoms.thetas.map((theta) => rateColumn(problem, theta)),
    ...derivatives.map(([first], i) => first.map((value) => value * atoms.betas[i]!)),
  ];
  const cross = derivatives.map(([first]) => dot(first, atoms.rest));
  const bend = derivatives.map(([, second], i) => atoms.betas[i]! * dot(second, atoms.rest));
  const rotatedTarget = problem.target.slice();
  const diagonal = triangularize(columns, [rotatedTarget]);
  const r11 = columns.slice(0, count);
  // Row a of G·R12 and of G, column by column.
  const ofR12 = columns.slice(count).map((column) => backSubstitute(r11, diagonal, column));
  const inverse = r11.map((_, j) =>
    backSubstitute(
      r11,
      diagonal,
      Float64Array.from({ length: count }, (_, i) => (i === j ? 1 : 0)),
    ),
  );
  const triangle = columns.slice(count).map((column) => rowsFrom(column, count));
  const hessian = r11.map((_, a) =>
    Float64Array.from({ length: count }, (_, b) => {
      let entry = a === b ? -bend[a]! : 0;
      entry += dot(triangle[a]!, triangle[b]!) + cross[a]! * ofR12[b]![a]! + cross[b]! * ofR12[a]![b]!;
      for (let k = 0; k < count; k++) entry -= cross[a]! * inverse[k]![a]! * inverse[k]![b]! * cross[b]!;
      return entry;
    }),
  );
  return {
    gradient: Float64Array.from(cross, (value, i) => -atoms.betas[i]! * value),
    hessian,
    triangle,
    diagonal: diagonal.slice(count),
    rotated: rowsFrom(rotatedTarget, count),
    size: Math.max(0, ...hessian.map((row, i) => Math.abs(row[i]!))),
  };
}

/** Entries count … 2·count − 1, zeros where there are fewer rows than that. */
function rowsFrom(column: Float64Array, count: number): Float64Array {
  const rows = new Float64Array(count);
  rows.set(column.subarray(count, 2 * count));
  return rows;
}

function newtonStep(
  problem: RateProblem,
  { thetas }: Atoms,
  { gradient, hessian }: ReducedModel,
  damping: number,
): Float64Array {
  return downhillStep(gradient, hessian, freeRates(problem, thetas, gradient), damping, LONGEST_STEP);
}

/** Rates that are not held at an end of their interval by a gradient that points out of it. */
function freeRates(problem: RateProblem, thetas: readonly number[], gradient: Float64Array): number[] {
  return thetas
    .map((_, i) => i)
    .filter((i) => {
      const [from, to] = intervalOf(problem, thetas[i]!);
      return !((thetas[i]! <= from && gradient[i]! > 0) || (thetas[i]! >= to && gradient[i]! < 0));
    });
}

function moved(problem: RateProblem, thetas: readonly number[], step: Float64Array): number[] {
  return thetas.map((theta, i) => {
    const [from, to] = intervalOf(problem, theta);
    return Math.min(to, Math.max(from, theta + step[i]!));
  });
}

/** Levenberg and Marquardt steps after a jump along a valley, to come back to its floor. */
const STEPS_BACK = 8;

/**
 * Follow a valley towards an exact fit. Where the residual nearly vanishes, so does the curvature that Newton's method
 * takes from it, and what is left of the Hessian, R22ᵀR22, is too ill-conditioned to be formed; by QR the Gauss-Newton
 * step points along the valley and is of the right length, but the valley bends: the step ends on its slope, where the
 * sum of squares is greater by many orders of magnitude. So a step is judged only after Levenberg and Marquardt's method
 * [GolubPereyra1973] has led back to the floor.
 *
 * @returns a mixture with as many atoms and no greater loss
 */
export function approachExactFit(problem: RateProblem, start: Atoms, signs: Signs): Atoms {
  let current = start;
  let reach = LONGEST_STEP;
  for (let jump = 0; jump < 200 && current.loss > ROUNDING ** 2; jump++) {
    const model = reducedModel(problem, current);
    const free = freeRates(problem, current.thetas, model.gradient);
    if (free.length === 0) break;
    const step = dampedStep(model, free, 0);
    const longest = Math.max(...step.map(Math.abs));
    const share = Math.min(1, reach / longest);
    const landed = atomsAt(
      problem,
      moved(
        problem,
        current.thetas,
        step.map((value) => share * value),
      ),
      signs,
    );
    const next = towardsFloor(problem, landed, signs);
    if (next.thetas.length === current.thetas.length && next.loss < current.loss) {
      const settled = current.loss - next.loss < 1e-9 * current.loss;
      current = next;
      if (settled) break;
      reach = Math.min(LONGEST_STEP, 2 * share * longest);
    } else {
      reach = (share * longest) / 4;
      if (!(reach > 1e-9)) break;
    }
  }
  return current;
}

/** A few of Levenberg and Marquardt's steps in θ, each by QR of R22 over the damping. */
function towardsFloor(problem: RateProblem, start: Atoms, signs: Signs): Atoms {
  let current = start;
  let damping = 1e-3;
  for (let iteration = 0; iteration < STEPS_BACK && current.loss > ROUNDING ** 2; iteration++) {
    const model = reducedModel(problem, current);
    const free = freeRates(problem, current.thetas, model.gradient);
    if (free.length === 0) break;
    const next = atomsAt(problem, moved(problem, current.thetas, dampedStep(model, free, damping)), signs);
    if (next.thetas.length === current.thetas.length && next.loss < current.loss) {
      current = next;
      damping /= 100;
    } else damping *= 100;
  }
  return current;
}

/** p that minimises |R22·p − rotated|² + damping·Σ |column_i|²·p_i², zero for rates that are not free. */
function dampedStep(
  { triangle, rotated }: ReducedModel,
  free: readonly number[],
  damping: number,
): Float64Array {
  const count = rotated.length;
  const columns = free.map((at, i) => {
    const column = new Float64Array(count + free.length);
    column.set(triangle[at]!);
    column[count + i] = Math.sqrt(damping * dot(triangle[at]!, triangle[at]!));
    return column;
  });
  const target = new Float64Array(count + free.length);
  target.set(rotated);
  const solution = solveLeastSquares(columns, target);
  const longest = Math.max(...solution.map(Math.abs));
  const step = new Float64Array(count);
  free.forEach((at, i) => {
    step[at] = solution[i]! * Math.min(1, LONGEST_STEP / longest);
  });
  return step;
}

/**
 * The last digits: (R22ᵀ(I − M)R22)·p = R22ᵀ·rotated, solved by substitution with R22, where M carries the curvature,
 * so that the condition of R22 is not squared. While the loss falls by a good part, shortened steps are taken; near the
 * minimum, where the loss is flat to rounding, steps are taken on trust as long as they shrink.
 */
export function refineAtoms(problem: RateProblem, start: Atoms, signs: Signs): Atoms {
  if (start.thetas.length === 0) return start;
  let current = start;
  let previous = 1e-2;
  for (let iteration = 0; iteration < 60; iteration++) {
    const model = reducedModel(problem, current);
    const free = freeRates(problem, current.thetas, model.gradient);
    // A rate held at the edge or a dependent column leaves no triangle to divide by: the Newton step serves.
    const triangular = free.length === current.thetas.length && model.diagonal.every((value) => value !== 0);
    const step = triangular ? triangularStep(model) : newtonStep(problem, current, model, 0);
    const longest = Math.max(0, ...step.map(Math.abs));
    if (longest === 0) break;
    const descent = shortened(problem, current, step, longest, signs);
    if (descent) {
      current = descent;
      continue;
    }
    if (!(longest < previous / 2)) break;
    const next = atomsAt(problem, moved(problem, current.thetas, step), signs);
    if (next.thetas.length < current.thetas.length) break;
    // The residual carries rounding of the target's length, 1, so the loss is known to about 2⁻⁵⁰·√loss.
    if (next.loss > current.loss + ROUNDING * Math.sqrt(current.loss)) break;
    current = next;
    previous = longest;
  }
  return current;
}

/** The step or a quarter, a sixteenth, … of it, if that lowers the loss by more than a hundredth. */
function shortened(
  problem: RateProblem,
  current: Atoms,
  step: Float64Array,
  longest: number,
  signs: Signs,
): Atoms | null {
  for (const share of [1, 1 / 4, 1 / 16, 1 / 64]) {
    const factor = share * Math.min(1, LONGEST_STEP / longest);
    const shorter = step.map((value) => factor * value);
    const next = atomsAt(problem, moved(problem, current.thetas, shorter), signs);
    if (next.thetas.length === current.thetas.length && next.loss < 0.99 * current.loss) return next;
    // Short steps already: there is no further to go than rounding.
    if (longest < 1e-6) return null;
  }
  return null;
}

function triangularStep({ triangle, diagonal, rotated, hessian }: ReducedModel): Float64Array {
  const count = rotated.length;
  // H = R22ᵀ(I − M)R22, so I − M = R22⁻ᵀ·H·R22⁻¹.
  const left = hessian.map((row) => forwardSubstitute(triangle, diagonal, row));
  const inner = Array.from({ length: count }, (_, a) =>
    forwardSubstitute(
      triangle,
      diagonal,
      Float64Array.from(left, (row) => row[a]!),
    ),
  );
  const turned = new Float64Array(count);
  for (const { value, vector } of symmetricEigen(inner)) {
    addScaled(turned, dot(vector, rotated) / Math.abs(value || 1), vector);
  }
  return backSubstitute(triangle, diagonal, turned);
}

/** Solve Rᵀ·z = v. */
function forwardSubstitute(
  columns: readonly Float64Array[],
  diagonal: Float64Array,
  v: Float64Array,
): Float64Array {
  const z = Float64Array.from(v);
  for (let j = 0; j < columns.length; j++) {
    for (let i = 0; i < j; i++) z[j]! -= columns[j]![i]! * z[i]!;
    z[j]! /= diagonal[j]!;
  }
  return z;
}
