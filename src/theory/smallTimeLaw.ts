import { explorationLimit } from "./explorationLimit.ts";
import { reachableShare } from "./survival.ts";

/** The law of small s; see {@link smallTimeLaw}. */
export interface SmallTimeLaw {
  /** κ_λ, the mean over one period of ln s. */
  readonly kappa: number;
  /** How far the periodic part departs from its mean. */
  readonly ripple: number;
}

/**
 * How the exploration limit begins                                        [this project, docs/theory.md §4]:
 *
 *     Acc_∞(s) = C_λ·s·( ln(1/s)/ln λ + κ_λ + π_λ(ln s/ln λ) ) + o(s),
 *
 * π_λ a function of period 1 and mean 0: the search tree has generations, each λ times the one before, and small s
 * still shows where in a generation the largest subtrees fall. The ripple is invisible for small λ (λ = 3: below
 * 10⁻⁹) and not for large (λ = 10: 4·10⁻⁴, λ = 50: 0.02), where the bracket has therefore no limit beyond its first
 * term.
 *
 * @param lambda - λ from 1.001 to 700
 * @returns both to an absolute error of 10⁻⁹/ln λ. Cost of about 6 ln λ + 4 points of the curve
 * @throws {DomainError} outside this range
 * @example reachableShare(3) * smallTimeLaw(3).kappa // 0.38597
 */
export function smallTimeLaw(lambda: number): SmallTimeLaw {
  const curve = explorationLimit(lambda);
  const share = reachableShare(lambda);
  const phases = Math.max(4, Math.ceil(6 * Math.log(lambda)));
  const values = Array.from({ length: phases }, (_, i) => {
    // Small enough for o(s), which is of relative order s/(λ − 1)³.
    const s = 1e-15 * lambda ** (-i / phases);
    return curve.density(s) / (share * s) - Math.log(1 / s) / Math.log(lambda);
  });
  const kappa = values.reduce((sum, value) => sum + value, 0) / phases;
  return { kappa, ripple: Math.max(...values.map((value) => Math.abs(value - kappa))) };
}
