import { sampleErdosRenyi } from "../graph/erdosRenyi.ts";
import { graphRateSpectrum, type RateSpectrum } from "../growth/rateSpectrum.ts";
import { stream } from "../random/stream.ts";
import { exactSpectrum } from "../spectrum/exactSpectrum.ts";
import { randomTreeSweep } from "../spectrum/randomTreeSpectrum.ts";
import { spectrumOfPart } from "../spectrum/spectrumPart.ts";

/** Tie rules of an ensemble: those of graphs, and `random` with one tree drawn for each source. */
export type EnsembleTies = "first" | "uniform" | "random";

/** Exact rate spectra of independent directed Erdős–Rényi graphs with the same V and λ. */
export interface Ensemble {
  readonly entities: number;
  readonly lambda: number;
  readonly spectra: readonly RateSpectrum[];
}

/** Mean of independent values with its standard error. */
export interface Estimate {
  readonly mean: number;
  readonly standardError: number;
}

/**
 * Draw one graph of an ensemble and find its exact spectrum.
 *
 * @param seed - graph i is the same for every tie rule
 */
export function drawSpectrum(
  seed: number,
  { entities, lambda, ties }: { entities: number; lambda: number; ties: EnsembleTies },
  i: number,
): RateSpectrum {
  const graph = sampleErdosRenyi(stream(seed, "verify graph", entities, i), entities, lambda / entities);
  if (ties !== "random") return graphRateSpectrum(exactSpectrum(graph, ties));
  const trees = stream(seed, "verify tree", entities, i);
  const sweep = randomTreeSweep(graph, () => trees);
  for (let source = 0; source < entities; source++) sweep.run(source);
  return graphRateSpectrum(spectrumOfPart(graph, sweep.part()));
}

/** Draw a whole ensemble: graph i is the same for every number of graphs. */
export function drawEnsemble(
  seed: number,
  entities: number,
  lambda: number,
  ties: EnsembleTies,
  graphs: number,
): Ensemble {
  const spectra = Array.from({ length: graphs }, (_, i) => drawSpectrum(seed, { entities, lambda, ties }, i));
  return { entities, lambda, spectra };
}

/** Mean and standard error of independent values. */
export function estimate(values: readonly number[]): Estimate {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, count - 1);
  return { mean, standardError: Math.sqrt(variance / count) };
}
