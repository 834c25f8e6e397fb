import { DomainError, requireInteger } from "../errors.ts";
import type { GrowthCurve } from "../growth/curve.ts";
import { sampleBinomial } from "../random/binomial.ts";
import type { Rng } from "../random/stream.ts";
import { type ModelNumbers, modelNumbers, type RandomGraphModel } from "./randomGraphModel.ts";
import { descendantLosses, independentLosses, type LevelLosses, pairedLosses } from "./subtreeLosses.ts";

/** A curve that is a mean over independent samples. */
export interface SampledCurve extends GrowthCurve {
  readonly samples: number;
  /** Standard error of the density at a time, from the spread of the samples. */
  standardError(time: number): number;
}

/** How the level chain treats the subtrees of one level: see {@link levelChain}. */
export type SubtreeLaw = "paired" | "independent" | "exact";

const LOSSES: Record<SubtreeLaw, LevelLosses> = {
  paired: pairedLosses,
  independent: independentLosses,
  exact: descendantLosses,
};

/** More samples would not fit into memory, and 10⁶ give five digits. */
const MOST_SAMPLES = 1_000_000;

/** The largest V for the exact law, whose cost is O(V²) a sample and point. */
const LARGEST_EXACT = 500;

/**
 * The level chain: the mean curve over directed Erdős–Rényi graphs at finite V under the tie rule `random` (every
 * vertex keeps one parent drawn uniformly from its shortest-path predecessors, one tree per source), in the Poisson
 * clock                                                                   [this project, docs/theory.md §5].
 *
 * The sizes of the breadth-first levels of a source are a Markov chain, L₀ = 1,
 * L_{d+1} ~ Binomial(V − Σ_{i≤d} L_i, 1 − (1 − p)^{L_d}), and every vertex of level d + 1 has a uniform parent in
 * level d. With the subtrees of a level taken for
 * - `paired` (default): dependent in pairs, as they share the children of their level; an approximation, below the
 *   exact law by up to 0.07 % at λ = 2 (docs/evidence.md, paired-subtrees);
 * - `independent`: G_d = z(1 + (G_{d+1} − 1)/L_d)^{L_{d+1}}, a coarser approximation, with an error O(1/L_d) a level;
 * - `exact`: the n members of a subtree in one level have Binomial(L_{e+1}, n/L_e) children in the next, with no
 *   approximation: the curve is unbiased,
 *
 *     Acc_V(s) = E[L₁ + Σ_{d≥2} L_d(1 − G_d(e^{−s}))]/(V − 1),   s = t/N.
 *
 * Under the tie rule `first` trees are more uneven and graphs learn more slowly: by up to 4 % at λ = 10.
 *
 * @param rng - consumed for all samples at the call, not by the curve
 * @param model - V and any λ; V ≤ 500 for `exact`
 * @param samples - number of sources drawn, each of a graph of its own; integer from 2 to 10⁶
 * @returns the curve over steps t, real and ≥ 0, with its sampling error. A point costs, for each sample, O(depth)
 *   for `paired` and `independent` and O(V²) at most for `exact`
 * @throws {DomainError} outside these ranges; from the curve, if t is not ≥ 0
 * @example levelChain(stream(1, "levels"), { entities: 1000, lambda: 3 }, 10_000).density(99_900)
 */
export function levelChain(
  rng: Rng,
  model: RandomGraphModel,
  samples: number,
  subtrees: SubtreeLaw = "paired",
): SampledCurve {
  const numbers = modelNumbers(model);
  requireInteger("samples", samples, 2, MOST_SAMPLES);
  if (subtrees === "exact") requireInteger("entities", numbers.entities, 2, LARGEST_EXACT);
  const losses = LOSSES[subtrees];
  const chains = Array.from({ length: samples }, () => sampleLevels(rng, numbers));
  const at = (time: number) => {
    if (!(time >= 0)) throw new DomainError("time", time, ">= 0");
    return summarise(chains, losses, numbers, time);
  };
  return {
    samples,
    density: (time) => at(time).density,
    slope: (time) => at(time).slope,
    standardError: (time) => at(time).standardError,
  };
}

/**
 * Draw the sizes of the breadth-first levels of one source in a directed Erdős–Rényi graph
 *                                                                          [this project, docs/theory.md §5].
 *
 * @returns L₀ = 1, L₁, …, all positive; cost O(depth)
 */
export function sampleLevels(rng: Rng, { entities, linkProbability }: ModelNumbers): number[] {
  const logMiss = Math.log1p(-linkProbability);
  const levels: number[] = [];
  let unreached = entities - 1;
  for (let size = 1; size > 0; unreached -= size) {
    levels.push(size);
    // Of the vertices not reached, each is missed by all of this level with probability (1 − p)^size.
    size = sampleBinomial(rng, unreached, -Math.expm1(size * logMiss));
  }
  return levels;
}

function summarise(
  chains: readonly (readonly number[])[],
  losses: LevelLosses,
  { entities, pairs }: ModelNumbers,
  time: number,
): { density: number; slope: number; standardError: number } {
  let sum = 0;
  let squares = 0;
  let slopes = 0;
  for (const levels of chains) {
    const { values, slopes: derivatives } = losses(levels, time / pairs);
    let known = levels[1] ?? 0;
    for (let d = 2; d < levels.length; d++) {
      known += levels[d]! * values[d]!;
      slopes += levels[d]! * derivatives[d]!;
    }
    sum += known;
    squares += known * known;
  }
  const count = chains.length;
  const scale = entities - 1;
  const variance = Math.max(0, squares - (sum * sum) / count) / (count - 1);
  return {
    density: sum / count / scale,
    slope: slopes / count / scale / pairs,
    standardError: Math.sqrt(variance / count) / scale,
  };
}
