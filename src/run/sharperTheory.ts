import { stream } from "../random/stream.ts";
import { explorationCorrected, LARGEST_CORRECTED } from "../theory/explorationCorrected.ts";
import { explorationLimit, explorationLimitFinite, SMALLEST_EXPLORABLE } from "../theory/explorationLimit.ts";
import { explorationSpectrum, leafShare } from "../theory/explorationSpectrum.ts";
import { levelChain } from "../theory/levelChain.ts";
import { type RandomGraphModel, supercriticalModel } from "../theory/randomGraphModel.ts";
import type { AnnealedPoint, AnnealedSampling } from "./annealedTheory.ts";
import type { TheoryPoint, TheoryResult } from "./theoryResult.ts";

/** This project's own theory at one time; null where λ is too near 1 for the exploration limit, or above
 * 700 for its corrected form. */
export interface SharperPoint {
  /** The exact limit as V → ∞ at the same s = t/N. */
  readonly explorationLimit: number | null;
  /** Its finite form, with the source links known from the start. */
  readonly explorationLimitFinite: number | null;
  /** Its finite form with the corrections of order 1/V. */
  readonly explorationCorrected: number | null;
  /** Mean over sampled level sequences: finite V, tie rule `random`. */
  readonly levelChain: number;
  readonly levelChainStandardError: number;
}

/** What the level chain is drawn with, and how far the spectrum goes. */
export interface SharperOptions {
  readonly samples: number;
  readonly seed: number;
  /** Largest size of the spectrum; none without it. */
  readonly spectrum?: number;
}

/** The paper's theory and, point by point, the sharper one beside it, as `entigraph theory --json` prints them. */
export interface SharperTheoryResult extends Omit<TheoryResult, "points"> {
  readonly points: readonly (TheoryPoint & SharperPoint & Partial<AnnealedPoint>)[];
  readonly spectrum?: TheorySpectrum;
}

/** Put the sharper theory beside the paper's. */
export function withSharperTheory(paper: TheoryResult, options: SharperOptions): SharperTheoryResult {
  const { samples, seed, spectrum: largest } = options;
  const model = { entities: paper.entities, lambda: paper.lambda };
  const sharper = sharperTheory(
    model,
    paper.points.map(({ step }) => step),
    options,
  );
  const input = {
    ...(paper.provenance.input as object),
    samples,
    seed,
    ...(largest && { spectrum: largest }),
  };
  return {
    ...paper,
    provenance: { ...paper.provenance, input },
    points: paper.points.map((point, i) => ({ ...point, ...sharper[i]! })),
    ...(largest !== undefined && { spectrum: theorySpectrum(model, largest) }),
  };
}

/** Put annealed estimates at the same times beside theory. */
export function withAnnealed(
  theory: SharperTheoryResult,
  { sources }: AnnealedSampling,
  points: readonly AnnealedPoint[],
): SharperTheoryResult {
  const input = { ...(theory.provenance.input as object), annealed: sources };
  return {
    ...theory,
    provenance: { ...theory.provenance, input },
    points: theory.points.map((point, i) => ({ ...point, ...points[i]! })),
  };
}

/** The theory that goes beyond the paper's, at the given times [docs/theory.md §4 and §5]. */
export function sharperTheory(
  model: RandomGraphModel,
  at: readonly number[],
  { samples, seed }: SharperOptions,
): SharperPoint[] {
  const { pairs, lambda } = supercriticalModel(model);
  const chain = levelChain(stream(seed, "level chain"), model, samples);
  const explorable = lambda >= SMALLEST_EXPLORABLE;
  const limit = explorable ? explorationLimit(lambda) : undefined;
  const finite = explorable ? explorationLimitFinite(model) : undefined;
  const corrected = explorable && lambda <= LARGEST_CORRECTED ? explorationCorrected(model) : undefined;
  return at.map((step) => ({
    explorationLimit: limit?.density(step / pairs) ?? null,
    explorationLimitFinite: finite?.density(step) ?? null,
    explorationCorrected: corrected?.density(step) ?? null,
    levelChain: chain.density(step),
    levelChainStandardError: chain.standardError(step),
  }));
}

/** The spectrum of the exploration limit up to a size, as `entigraph theory --spectrum` prints it. */
export interface TheorySpectrum {
  /** Share of leaves μ(1), in closed form. */
  readonly leafShare: number;
  /** Share of the links to be learned that are learned at rate size/N. */
  readonly shares: readonly { readonly size: number; readonly share: number }[];
  /** Share at all larger sizes. */
  readonly beyond: number;
}

/** μ(k) for k up to `largest` [docs/theory.md §4]. */
export function theorySpectrum(model: RandomGraphModel, largest: number): TheorySpectrum {
  const { lambda } = supercriticalModel(model);
  const { shares, beyond } = explorationSpectrum(lambda, largest);
  return {
    leafShare: leafShare(lambda),
    shares: Array.from(shares.subarray(1), (share, i) => ({ size: i + 1, share })),
    beyond,
  };
}
