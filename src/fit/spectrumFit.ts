import { type Atoms, atomsAt, derivativeMaxima, type GridRate, ROUNDING, rateGrid } from "./atoms.ts";
import { dot, solveNonNegative } from "./leastSquares.ts";
import { polishAtoms, refineAtoms } from "./polish.ts";
import type { RateProblem } from "./rateProblem.ts";

/** The convex fit: the best non-negative measure on the range of rates. */
export interface SpectrumFit {
  readonly atoms: Atoms;
  /** Upper bound on |rest|² − the infimum over all non-negative measures on the range. */
  readonly gap: number;
  /** Unit columns on a grid of rates, for those who look for further atoms. */
  readonly grid: readonly GridRate[];
}

/** Grid points per factor e of the rate: D(θ) is a sum of bumps about one unit of θ wide. */
export const GRID_DENSITY = 12;

/**
 * Fit a non-negative measure on the intervals of rates [docs/fitting.md, §2].
 *
 * Non-negative least squares on a logarithmic grid of rates; neighbours merged; the atoms moved by Newton's method;
 * rates where the directional derivative is positive added; and so on until it is positive nowhere.
 */
export function fitSpectrum(problem: RateProblem): SpectrumFit {
  const grid = rateGrid(problem, 1 / GRID_DENSITY);
  const coefficients = solveNonNegative(
    grid.map(({ column }) => column),
    problem.target,
    ROUNDING,
  );
  let best = atomsAt(problem, merged(grid, coefficients), "growth");
  best = settled(problem, best.thetas);
  let gap = Infinity;
  for (let round = 0; round < 60; round++) {
    const maxima = derivativeMaxima(problem, grid, best.rest);
    gap = Math.min(best.loss, dualityGap(problem, grid, best, maxima[0]!.value));
    if (gap <= 1e-12 * best.loss || maxima[0]!.value <= ROUNDING) break;
    const next = withAtoms(
      problem,
      best,
      maxima.filter(({ value }) => value > ROUNDING).map(({ theta }) => theta),
    );
    if (!(next.loss < best.loss)) break;
    best = next;
  }
  return { atoms: best, gap, grid };
}

/** Add rates, take the best coefficients of all, and polish. */
function withAtoms(problem: RateProblem, atoms: Atoms, thetas: readonly number[]): Atoms {
  const wider = atomsAt(problem, [...atoms.thetas, ...thetas], "growth");
  const polished = settled(problem, wider.thetas);
  return polished.loss <= wider.loss ? polished : wider;
}

function settled(problem: RateProblem, thetas: readonly number[]): Atoms {
  return refineAtoms(problem, polishAtoms(problem, thetas, "growth"), "growth");
}

/** Runs of neighbouring grid points with positive coefficients, each at its weighted mean θ. */
function merged(grid: readonly GridRate[], coefficients: Float64Array): number[] {
  const runs: { theta: number; weight: number; last: number }[] = [];
  grid.forEach(({ theta, interval }, i) => {
    const weight = coefficients[i]!;
    if (weight <= 0) return;
    const run = runs.at(-1);
    if (run?.last === i - 1 && grid[i - 1]!.interval === interval) {
      run.theta = (run.theta * run.weight + theta * weight) / (run.weight + weight);
      run.weight += weight;
      run.last = i;
    } else runs.push({ theta, weight, last: i });
  });
  return runs.map(({ theta }) => theta);
}

/**
 * For a convex function, |rest|² − infimum ≤ 2·max D·(mass of the optimal measure in unit columns) where D vanishes
 * at the atoms; what is left of D there is added. Unit columns rise together, so any two have an inner product of at
 * least that of the slowest and the fastest, c, and a measure whose curve is no longer than the target (length 1)
 * has a mass of at most 1/√c. Where both ends are known, no column is longer than √2·s and Σ β ≤ 1/s: a mass of at most √2.
 */
export function dualityGap(
  problem: RateProblem,
  grid: readonly { column: Float64Array }[],
  atoms: Atoms,
  largest: number,
): number {
  const mass = problem.ends ? Math.SQRT2 : dot(grid[0]!.column, grid.at(-1)!.column) ** -0.5;
  const leftover = Math.abs(dot(problem.target, atoms.rest) - atoms.loss);
  return 2 * (Math.max(0, largest) * mass + leftover);
}
