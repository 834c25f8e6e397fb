import { mean, sampleVariance } from "simple-statistics";
import { linkDensity } from "../growth/growthCurve.ts";
import { annealedSpectrum, sampleAnnealedRow } from "../process/annealedSpectrum.ts";
import { stream } from "../random/stream.ts";
import { type RandomGraphModel, supercriticalModel } from "../theory/randomGraphModel.ts";
import { runResponsively, type Watch } from "./responsive.ts";

/** How many sources are searched, and the seed of their streams. */
export interface AnnealedSampling {
  /** At least 2, so that there is a standard error. */
  readonly sources: number;
  readonly seed: number;
}

/** The curve averaged over random graphs at one time, estimated from annealed rows. */
export interface AnnealedPoint {
  readonly annealed: number;
  readonly annealedStandardError: number;
}

/**
 * The mean curve of directed Erdős–Rényi graphs under rule `first`, estimated without a graph from independent
 * annealed rows [docs/engine.md, Trajectories]. Each row gives an unbiased curve; the standard error is that of their mean.
 *
 * Source i draws from the stream (seed, "annealed", i) only.
 *
 * @throws {Interrupted} if the watch's signal is aborted; it is looked at after each source
 * @throws {DomainError} if λ is not in (1, 700]
 */
export function annealedPoints(
  model: RandomGraphModel,
  at: readonly number[],
  sampling: AnnealedSampling,
  watch: Watch = {},
): Promise<AnnealedPoint[]> {
  return runResponsively(pointsBySource(model, at, sampling), sampling.sources, "searching", watch);
}

function* pointsBySource(
  model: RandomGraphModel,
  at: readonly number[],
  { sources, seed }: AnnealedSampling,
): Generator<number, AnnealedPoint[], void> {
  const { entities, linkProbability } = supercriticalModel(model);
  const curves: number[][] = [];
  for (let source = 0; source < sources; source++) {
    const row = sampleAnnealedRow(stream(seed, "annealed", source), entities, linkProbability);
    const spectrum = annealedSpectrum([row], linkProbability);
    curves.push(at.map((step) => linkDensity(spectrum, step)));
    yield source + 1;
  }
  return at.map((_, i) => {
    const densities = curves.map((curve) => curve[i]!);
    return {
      annealed: mean(densities),
      annealedStandardError: Math.sqrt(sampleVariance(densities) / sources),
    };
  });
}
