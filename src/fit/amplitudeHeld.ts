import { type Atoms, atomsAt, goldenMaximum, thetaGrid } from "./atoms.ts";
import { addScaled, dot } from "./leastSquares.ts";
import { polishAtoms } from "./polish.ts";
import { type RateProblem, rateColumn, unitColumn } from "./rateProblem.ts";
import { subsetGridSize, subsetsBySize } from "./termsFit.ts";

/** A mixture one of whose terms has a given amplitude: the rate of that term, the other terms, and what is left. */
export interface HeldFit {
  readonly theta: number;
  readonly others: readonly number[];
  readonly loss: number;
}

/** Spacing in θ of the grid for the rate of the held term; the sum of squares is a sum of bumps about one unit wide. */
const SPACING = 1 / 4;

/** How many of the grid's minima are refined. */
const BASINS = 3;

/** θ to this leaves a millionth of the loss's rise within one unit of θ in square. */
const RATE_TOLERANCE = 1e-4;

/** Fits of K terms of which the one with `slower` slower terms has a held amplitude. */
export type AmplitudeSearch = (amplitude: number, warm?: HeldFit) => HeldFit;

/**
 * The search for the best K-term mixture whose term number `slower` + 1, ordered by rate, has a given amplitude.
 *
 * On a logarithmic grid of rates for that term its column is taken off the target, and the best of all subsets of another
 * grid, at most `slower` rates below and at most the rest above, with coefficients ≥ 0, stands for the other terms. That
 * envelope's least minima are refined: golden-section search over the rate of the term, the others polished at each
 * [docs/fitting.md, §4]. No bound from below comes with it.
 */
export function amplitudeSearch(problem: RateProblem, count: number, slower: number): AmplitudeSearch {
  const { slowest, fastest, target, origin, unit, scale } = problem;
  const room = { below: slower, above: count - 1 - slower };
  const places = thetaGrid(problem, Math.ceil((fastest - slowest) / SPACING) + 1);
  const table = subsetTable(problem, places, count - 1);
  const coefficient = (amplitude: number, theta: number) =>
    (amplitude * Math.exp((-Math.exp(theta) * origin) / unit)) / scale;

  const fitAt = (amplitude: number, theta: number, start: readonly number[]): HeldFit => {
    const without = target.slice();
    addScaled(without, -coefficient(amplitude, theta), rateColumn(problem, theta));
    const intervals = [[slowest, theta] as const, [theta, fastest] as const];
    const atoms = fitOthers({ ...problem, target: without, intervals }, start);
    return { theta, others: atoms.thetas, loss: atoms.loss };
  };

  const refine = (amplitude: number, { theta, others }: Pick<HeldFit, "theta" | "others">): HeldFit => {
    let best = fitAt(amplitude, theta, others);
    const value = (at: number) => {
      // The others keep to their sides of the term.
      const next = fitAt(amplitude, at, sided(best, at));
      if (next.loss < best.loss) best = next;
      return -next.loss;
    };
    const [from, to] = [Math.max(slowest, theta - SPACING), Math.min(fastest, theta + SPACING)];
    goldenMaximum(value, from, to, RATE_TOLERANCE);
    // Golden sections never reach the ends of their interval.
    for (const end of [slowest, fastest]) if (Math.abs(end - best.theta) < 2 * RATE_TOLERANCE) value(end);
    return best;
  };

  return (amplitude, warm) => {
    const rough = places.map((theta, at) => table(at, coefficient(amplitude, theta), room));
    const lossAt = (i: number) => rough[i]?.loss ?? Infinity;
    const minima = rough.filter(({ loss }, i) => lossAt(i - 1) >= loss && lossAt(i + 1) >= loss);
    const starts = minima.sort((a, b) => a.loss - b.loss).slice(0, BASINS);
    const fits = [...starts, ...(warm ? [warm] : [])].map((start) => refine(amplitude, start));
    return fits.reduce((best, next) => (next.loss < best.loss ? next : best));
  };
}

/** Rates of the other terms, none of them moved to the other side of a term that moves to `at`. */
function sided({ theta, others }: HeldFit, at: number): number[] {
  return others.map((other) => (other <= theta ? Math.min(other, at) : Math.max(other, at)));
}

function fitOthers(problem: RateProblem, start: readonly number[]): Atoms {
  return start.length === 0 ? atomsAt(problem, [], "growth") : polishAtoms(problem, start, "growth");
}

/**
 * For each place and coefficient of the held term the best subset of a grid, from the Gram matrix of places and grid
 * alone: taking b·φ off the target changes inner products by b times those with φ.
 */
function subsetTable(problem: RateProblem, places: readonly number[], most: number) {
  const thetas = thetaGrid(problem, subsetGridSize(most));
  const columns = thetas.map((theta) => unitColumn(problem, theta));
  const gram = columns.map((a) => Float64Array.from(columns, (b) => dot(a, b)));
  const help = Float64Array.from(columns, (column) => dot(column, problem.target));
  const held = places.map((theta) => {
    const column = rateColumn(problem, theta);
    return {
      square: dot(column, column),
      help: dot(column, problem.target),
      products: columns.map((other) => dot(other, column)),
    };
  });
  const whole = dot(problem.target, problem.target);
  return (at: number, beta: number, room: { below: number; above: number }): HeldFit => {
    const theta = places[at]!;
    const { square, help: own, products } = held[at]!;
    const left = help.map((value, j) => value - beta * products[j]!);
    let best: { subset: readonly number[]; gain: number } = { subset: [], gain: 0 };
    for (let size = 1; size <= most; size++) {
      for (const scored of subsetsBySize(gram, left, size, "growth")) {
        if (scored.gain <= best.gain) continue;
        const below = scored.subset.filter((j) => thetas[j]! < theta).length;
        if (below <= room.below && size - below <= room.above) best = scored;
      }
    }
    return {
      theta,
      others: best.subset.map((j) => thetas[j]!),
      loss: whole - 2 * beta * own + beta * beta * square - best.gain,
    };
  };
}
