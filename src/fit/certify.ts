import type { Atoms } from "./atoms.ts";
import { polishAtoms, refineAtoms } from "./polish.ts";
import type { Interval, RateProblem } from "./rateProblem.ts";
import { fitSpectrum } from "./spectrumFit.ts";

/** A mixture with proof. */
export interface Certificate {
  readonly atoms: Atoms;
  /** Upper bound on the loss of `atoms` − the least loss of any mixture with so many atoms. */
  readonly gap: number;
  /** Convex problems solved. */
  readonly nodes: number;
}

/** Intervals of θ and how many atoms each may hold, with the convex fit over all of them. */
interface Node {
  readonly intervals: readonly Interval[];
  readonly counts: readonly number[];
  /** No mixture of this node has a smaller loss. */
  readonly bound: number;
  readonly atoms: Atoms;
}

/** Relative gap at which the search ends, and the absolute one where the fit is exact up to rounding. */
const RELATIVE_GAP = 1e-6;
const ABSOLUTE_GAP = 1e-13;

/**
 * Branch and bound over the rates [docs/fitting.md, §3]. A node allots the `count` atoms to disjoint intervals; the
 * convex fit over their union, less its own duality gap, bounds every mixture of the node from below. Where it has no
 * more atoms in an interval than the interval may hold it is a mixture of the node; otherwise an interval that holds
 * too many is cut between them, and its atoms are allotted to the parts in every way. The node with the least bound
 * comes first.
 *
 * @param incumbent - the best mixture known
 * @param mostNodes - convex problems to be solved at most; `gap` says how far that led
 */
export function certifyAtoms(
  problem: RateProblem,
  count: number,
  incumbent: Atoms,
  mostNodes: number,
): Certificate {
  let best = incumbent;
  let nodes = 0;
  // The least bound among the branches that were given up as hopeless or as solved.
  let closed = Infinity;
  const open: Node[] = [];
  const visit = (intervals: readonly Interval[], counts: readonly number[], least: number): void => {
    const { atoms, gap } = fitSpectrum({ ...problem, intervals });
    nodes++;
    const bound = Math.max(least, atoms.loss - gap);
    const candidate = fits(atoms, intervals, counts) ? atoms : gathered(problem, atoms, intervals, counts);
    if (candidate.loss < best.loss) best = candidate;
    open.push({ intervals, counts, bound, atoms });
  };
  visit(problem.intervals, [count], 0);
  while (open.length > 0 && nodes < mostNodes) {
    open.sort((a, b) => b.bound - a.bound);
    const node = open.pop()!;
    const hopeless = node.bound >= best.loss * (1 - RELATIVE_GAP) - ABSOLUTE_GAP;
    if (hopeless || fits(node.atoms, node.intervals, node.counts)) {
      closed = Math.min(closed, node.bound);
      continue;
    }
    for (const { intervals, counts } of children(node)) visit(intervals, counts, node.bound);
  }
  const lower = open.reduce((least, { bound }) => Math.min(least, bound), closed);
  return { atoms: refineAtoms(problem, best, "growth"), gap: Math.max(0, best.loss - lower), nodes };
}

/** Indices of the atoms in each interval; one on a shared end goes to the first interval that has room. */
function allot({ thetas }: Atoms, intervals: readonly Interval[], counts: readonly number[]): number[][] {
  const members = intervals.map((): number[] => []);
  thetas.forEach((theta, atom) => {
    const within = intervals.flatMap(([from, to], i) => (from <= theta && theta <= to ? [i] : []));
    const chosen = within.find((i) => members[i]!.length < counts[i]!) ?? within[0]!;
    members[chosen]!.push(atom);
  });
  return members;
}

function fits(atoms: Atoms, intervals: readonly Interval[], counts: readonly number[]): boolean {
  return allot(atoms, intervals, counts).every((members, i) => members.length <= counts[i]!);
}

/** A mixture near the convex fit: the atoms of a crowded interval gathered at their weighted mean, then polished. */
function gathered(
  problem: RateProblem,
  atoms: Atoms,
  intervals: readonly Interval[],
  counts: readonly number[],
): Atoms {
  const thetas = allot(atoms, intervals, counts).flatMap((members, i) => {
    if (members.length <= counts[i]!) return members.map((atom) => atoms.thetas[atom]!);
    // Heaviest cut: the first count − 1 atoms stay, the rest is gathered.
    const kept = members.slice(0, counts[i]! - 1);
    return [...kept.map((atom) => atoms.thetas[atom]!), centre(atoms, members.slice(kept.length))];
  });
  return polishAtoms(problem, thetas, "growth");
}

function centre({ thetas, betas }: Atoms, members: readonly number[]): number {
  const total = members.reduce((sum, atom) => sum + betas[atom]!, 0);
  return members.reduce((sum, atom) => sum + (betas[atom]! / total) * thetas[atom]!, 0);
}

/** Σ β·(θ − centre)²: to second order in the distances, what more than one atom in an interval is worth. */
function spread(atoms: Atoms, members: readonly number[]): number {
  const middle = centre(atoms, members);
  return members.reduce((sum, atom) => sum + atoms.betas[atom]! * (atoms.thetas[atom]! - middle) ** 2, 0);
}

/**
 * Of the intervals that hold too many atoms, cut the one whose atoms are spread most, halfway between the outermost, and
 * allot its count in every way. A cut at their centre would pass through the place of a single atom and leave two nodes
 * that are hard to tell from the optimum.
 */
function children(node: Node): { intervals: Interval[]; counts: number[] }[] {
  const members = allot(node.atoms, node.intervals, node.counts);
  const spreads = members.map((each, i) => (each.length > node.counts[i]! ? spread(node.atoms, each) : -1));
  const at = spreads.indexOf(Math.max(...spreads));
  const [from, to] = node.intervals[at]!;
  const cut = (node.atoms.thetas[members[at]![0]!]! + node.atoms.thetas[members[at]!.at(-1)!]!) / 2;
  const count = node.counts[at]!;
  return Array.from({ length: count + 1 }, (_, left) => {
    const halves = [
      { interval: [from, cut] as const, count: left },
      { interval: [cut, to] as const, count: count - left },
    ].filter((half) => half.count > 0);
    const all = [
      ...node.intervals.slice(0, at).map((interval, i) => ({ interval, count: node.counts[i]! })),
      ...halves,
      ...node.intervals.slice(at + 1).map((interval, i) => ({ interval, count: node.counts[at + 1 + i]! })),
    ];
    return { intervals: all.map(({ interval }) => interval), counts: all.map((each) => each.count) };
  });
}
