import {
  type Atoms,
  atomsAt,
  derivativeMaxima,
  type GridRate,
  ROUNDING,
  type Signs,
  thetaGrid,
} from "./atoms.ts";
import { dot } from "./leastSquares.ts";
import { approachExactFit, polishAtoms, refineAtoms } from "./polish.ts";
import { type RateProblem, unitColumn } from "./rateProblem.ts";
import { fitSpectrum, type SpectrumFit } from "./spectrumFit.ts";

/** How many of the best grid subsets, no two of them neighbours, are polished, and of near exact minima followed. */
const SUBSET_STARTS = 6;

/**
 * Relative duality gap up to which the convex fit counts as the optimum. It is exceeded where the fit is exact up to
 * rounding: there a search may still gain some of the sixteen digits.
 */
const PROVEN = 1e-7;

/**
 * Loss (of 1) below which a minimum may be the way to an exact fit: residuals of a ten-thousandth of the target. Noise
 * leaves more; what noise-free points leave is followed to its end.
 */
const NEARLY_EXACT = 1e-8;

/**
 * The best mixture of at most `count` atoms with β ≥ 0, for every number of atoms up to `count`: entry K − 1 has at
 * most K atoms. Where the convex fit has no more than K atoms it is the optimum. Otherwise local minima are found
 * from groupings of its atoms, from the best K − 1 atoms and one more, and from the best subsets of a grid
 * [docs/fitting.md, §3].
 */
export function fitAtoms(problem: RateProblem, spectrum: SpectrumFit, count: number): Atoms[] {
  const found: Atoms[] = [];
  for (let size = 1; size <= count; size++) {
    const enough = spectrum.atoms.thetas.length <= size;
    if (enough && spectrum.gap <= PROVEN * spectrum.atoms.loss) {
      found.push(spectrum.atoms);
      continue;
    }
    const starts = [
      ...groupings(spectrum.atoms, size),
      ...oneMore(problem, spectrum, found[size - 2]),
      ...bestSubsets(problem, size, "growth"),
    ];
    const minima = [...found.slice(-1), ...(enough ? [spectrum.atoms] : [])];
    for (const thetas of starts) {
      const minimum = completed(problem, spectrum.grid, thetas, size, minima);
      if (!minima.includes(minimum)) minima.push(minimum);
    }
    const nearlyExact = minima.filter(({ loss }) => loss < NEARLY_EXACT).sort((a, b) => a.loss - b.loss);
    for (const minimum of nearlyExact.slice(0, SUBSET_STARTS)) {
      if (least(minima).loss <= ROUNDING ** 2) break;
      minima.push(approachExactFit(problem, minimum, "growth"));
    }
    found.push(refineAtoms(problem, least(minima), "growth"));
  }
  return found;
}

/** The best mixture of `count` terms of either sign that polishing the best subsets of a grid leads to. */
export function fitFreeAtoms(problem: RateProblem, count: number): Atoms {
  const starts = bestSubsets(problem, count, "free");
  const minima: Atoms[] = [];
  for (const thetas of starts) minima.push(polishAtoms(problem, thetas, "free", minima));
  return refineAtoms(problem, least(minima), "free");
}

/**
 * The best mixture of at most `count` atoms one of which stands at `theta`, with any coefficient ≥ 0. The search is that of
 * {@link fitAtoms}, from the best mixture with each of its atoms put there instead and from the best subsets of a grid
 * with this rate in them; with the coefficient 0 it is the best mixture of `count` − 1 atoms.
 *
 * @param best - the best mixture of at most `count` atoms
 * @param smaller - the best mixture of at most `count` − 1 atoms
 */
export function fitAtomsWith(
  problem: RateProblem,
  theta: number,
  count: number,
  { grid, best, smaller }: { grid: readonly GridRate[]; best: Atoms; smaller: Atoms },
): Atoms {
  const held = { ...problem, held: theta };
  const starts = [
    ...best.thetas.map((_, i) => best.thetas.with(i, theta)),
    ...bestSubsets(held, count, "growth"),
  ];
  const minima = [smaller];
  for (const thetas of starts) {
    const minimum = completed(held, grid, thetas, count, minima);
    if (!minima.includes(minimum)) minima.push(minimum);
  }
  return least(minima);
}

function least(candidates: readonly Atoms[]): Atoms {
  return candidates.reduce((best, next) => (next.loss < best.loss ? next : best));
}

/** All ways to gather neighbouring atoms of the convex fit into `size` groups, each at its weighted mean θ. */
export function groupings({ thetas, betas }: Atoms, size: number): number[][] {
  const cut = (from: number, groups: number): number[][] => {
    if (groups === 1) return [[centre(thetas.slice(from), betas.slice(from))]];
    const ways: number[][] = [];
    for (let to = from + 1; to <= thetas.length - groups + 1; to++) {
      const first = centre(thetas.slice(from, to), betas.slice(from, to));
      for (const rest of cut(to, groups - 1)) ways.push([first, ...rest]);
    }
    return ways;
  };
  return cut(0, size);
}

function centre(thetas: readonly number[], betas: readonly number[]): number {
  const total = betas.reduce((sum, beta) => sum + beta, 0);
  return thetas.reduce((sum, theta, i) => sum + (betas[i]! / total) * theta, 0);
}

/** The best smaller mixture with one more atom where the directional derivative has a positive maximum. */
export function oneMore(problem: RateProblem, { grid }: SpectrumFit, smaller: Atoms | undefined): number[][] {
  if (!smaller) return [];
  return derivativeMaxima(problem, grid, smaller.rest)
    .filter(({ value }) => value > ROUNDING)
    .map(({ theta }) => [...smaller.thetas, theta]);
}

/** Polish; where terms vanish on the way, add the most helpful rate and go on. A held rate keeps its place even at 0. */
export function completed(
  problem: RateProblem,
  grid: readonly GridRate[],
  start: readonly number[],
  size: number,
  known: readonly Atoms[],
): Atoms {
  let atoms = polishAtoms(problem, start, "growth", known);
  for (let round = 0; round < 2 * size; round++) {
    const places = withHeld(problem, atoms.thetas);
    if (places.length >= size) break;
    const [best] = derivativeMaxima(problem, grid, atoms.rest);
    if (!best || best.value <= ROUNDING) break;
    const next = polishAtoms(problem, [...places, best.theta], "growth", known);
    if (!(next.loss < atoms.loss * (1 - 1e-14))) break;
    atoms = next;
  }
  return atoms;
}

function withHeld({ held }: RateProblem, thetas: readonly number[]): readonly number[] {
  return held === undefined || thetas.includes(held) ? thetas : [held, ...thetas];
}

/** Number of grid points whose subsets of a size are all tried: a few thousand subsets at most. */
export function subsetGridSize(size: number): number {
  return Math.max([0, 48, 40, 26, 18, 15][size] ?? 0, size + 8);
}

/** The best subsets of a grid of rates, no two of them neighbours in every coordinate; all with the held rate, if there is one. */
export function bestSubsets(problem: RateProblem, size: number, signs: Signs): number[][] {
  const { held } = problem;
  const spread = thetaGrid(problem, subsetGridSize(held === undefined ? size : size - 1));
  const thetas = held === undefined ? spread : [held, ...spread];
  const columns = thetas.map((theta) => unitColumn(problem, theta));
  const gram = columns.map((a) => Float64Array.from(columns, (b) => dot(a, b)));
  const help = Float64Array.from(columns, (column) => dot(column, problem.target));
  const heads = held === undefined ? thetas.length : 1;
  const scored = subsetsBySize(gram, help, size, signs, heads).sort((a, b) => b.gain - a.gain);
  const chosen: number[][] = [];
  for (const { subset } of scored) {
    if (chosen.length === SUBSET_STARTS) break;
    if (chosen.every((other) => subset.some((index, i) => Math.abs(index - other[i]!) > 1)))
      chosen.push(subset);
  }
  return chosen.map((subset) => subset.map((index) => thetas[index]!));
}

/**
 * The drop in the sum of squares of every subset (for `growth`: with positive coefficients), by Cholesky
 * factorisation of the Gram matrix one column after the other. Accurate enough to rank; polishing uses QR.
 *
 * @param heads - only subsets whose first index is below it
 */
export function subsetsBySize(
  gram: readonly Float64Array[],
  help: Float64Array,
  size: number,
  signs: Signs,
  heads = help.length,
): { subset: number[]; gain: number }[] {
  const scored: { subset: number[]; gain: number }[] = [];
  const factor = Array.from({ length: size }, () => new Float64Array(size));
  const rotated = new Float64Array(size);
  const subset: number[] = [];
  const extend = (from: number, gain: number): void => {
    const depth = subset.length;
    if (depth === size) {
      if (signs === "free" || allPositive(factor, rotated)) scored.push({ subset: [...subset], gain });
      return;
    }
    const end = Math.min(depth === 0 ? heads : Infinity, help.length - (size - depth) + 1);
    for (let index = from; index < end; index++) {
      const row = factor[depth]!;
      let pivot = 1;
      let value = help[index]!;
      for (let i = 0; i < depth; i++) {
        let entry = gram[index]![subset[i]!]!;
        for (let j = 0; j < i; j++) entry -= row[j]! * factor[i]![j]!;
        row[i] = entry / factor[i]![i]!;
        pivot -= row[i]! * row[i]!;
        value -= row[i]! * rotated[i]!;
      }
      // Below this the column is dependent on the others as far as the Gram matrix can tell.
      if (pivot <= 1e-13) continue;
      row[depth] = Math.sqrt(pivot);
      rotated[depth] = value / row[depth]!;
      subset.push(index);
      extend(index + 1, gain + rotated[depth]! ** 2);
      subset.pop();
    }
  };
  extend(0, 0);
  return scored;
}

function allPositive(factor: readonly Float64Array[], rotated: Float64Array): boolean {
  const solution = rotated.slice();
  for (let i = solution.length - 1; i >= 0; i--) {
    for (let j = i + 1; j < solution.length; j++) solution[i]! -= factor[j]![i]! * solution[j]!;
    solution[i]! /= factor[i]![i]!;
    if (!(solution[i]! > 0)) return false;
  }
  return true;
}

/** The mixture without any atom: the constant, or the known level. */
export function noAtoms(problem: RateProblem): Atoms {
  return atomsAt(problem, [], "growth");
}

/** The best mixture of at most `count` atoms, from the convex fit on. */
export function bestAtoms(problem: RateProblem, count: number): Atoms {
  if (problem.scale === 0) return noAtoms(problem);
  return fitAtoms(problem, fitSpectrum(problem), count).at(-1)!;
}
