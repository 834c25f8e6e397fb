import { fileURLToPath } from "node:url";
import { sampleVariance } from "simple-statistics";
import { findDataset } from "../datasets/catalogue.ts";
import { PRINTED_FIT, QUALITY_CONSTANTS, type QualityConstant } from "../datasets/quality.ts";
import { fitMixture } from "../fit/fitMixture.ts";
import { profilePlateau } from "../fit/profilePlateau.ts";
import type { Digraph } from "../graph/digraph.ts";
import { linkDensity } from "../growth/growthCurve.ts";
import {
  type GraphSpectrum,
  graphRateSpectrum,
  meanGraphSpectrum,
  type RateSpectrum,
} from "../growth/rateSpectrum.ts";
import { type Regimes, regimes } from "../growth/regimes.ts";
import { readSpec } from "../spec/readSpec.ts";
import { paperFormula } from "../theory/paperFormula.ts";
import { theorem1Bounds } from "../theory/theorem1.ts";
import { readTextFile } from "./files.ts";
import { datasetFitData } from "./fitData.ts";
import { certifiedFit, type FitResult } from "./fitResult.ts";
import { type Provenance, provenance } from "./provenance.ts";
import { type ReadySimulation, readySimulation } from "./readySimulation.ts";
import type { Watch } from "./responsive.ts";
import { type SimulationResult, simulate, simulationGraph, simulationSpectrum } from "./simulate.ts";
import { type TheoryResult, theoryResult } from "./theoryResult.ts";

/** ε of Theorem 1 in the main job. */
const EPSILON = 0.1;

/** A curve of real training results. */
export interface TrainingSeries {
  readonly name: string;
  /** Tokens in millions, accuracy in %. */
  readonly points: readonly { readonly tokens: number; readonly accuracy: number }[];
}

/** What the mean over many graphs shows at one time. */
export interface ManyGraphsPoint {
  readonly step: number;
  /** Mean of the exact curves of the graphs, and its standard error over graphs. */
  readonly exact: number;
  readonly standardError: number;
  readonly paperFormula: number;
  /** Relative error of the formula, paperFormula / exact − 1. */
  readonly relativeError: number;
  /** Share of graphs whose exact curve is below, or above, the bounds of Theorem 1. */
  readonly belowTheorem1: number;
  readonly aboveTheorem1: number;
}

/** The fit with the plateau held at a value. */
export interface HeldPlateau {
  readonly plateau: number;
  readonly sse: number;
  readonly rmse: number;
}

/** Twice the loss of log-likelihood by plateau, and the interval of plateaus that the data do not reject. */
export interface PlateauProfile {
  readonly profile: readonly { readonly plateau: number; readonly deviance: number }[];
  readonly estimate: number;
  readonly interval: {
    readonly lower: number;
    readonly upper: number | null;
    readonly level: number;
    readonly threshold: number;
  };
}

/** Everything the main job computes. */
export interface PaperResults {
  readonly provenance: Provenance;
  readonly simulation: SimulationResult;
  readonly theory: TheoryResult;
  /** Regimes of the toy graph's exact curve. */
  readonly regimes: Regimes;
  readonly manyGraphs: {
    readonly graphs: number;
    readonly points: readonly ManyGraphsPoint[];
    /** Share of graphs that leave the bounds of Theorem 1 at one of the times after the start. */
    readonly everOutsideTheorem1: number;
  };
  readonly training: readonly TrainingSeries[];
  readonly constants: readonly QualityConstant[];
  readonly fit: FitResult;
  readonly printedFit: typeof PRINTED_FIT;
  /** SSE of the printed, rounded coefficients on the same points. */
  readonly printedSse: number;
  readonly heldPlateaus: readonly HeldPlateau[];
  /** Profile likelihood of the plateau, up to 100 %. */
  readonly plateauProfile: PlateauProfile;
}

/**
 * The main job: the toy model of Figure 9 simulated, exact and in theory; the real points of Figures 2 and 4; the
 * three-term fit beside the one the paper prints.
 *
 * @param seed - replaces the seed of both simulation specs
 */
export async function paperResults(seed: number | undefined, watch: Watch): Promise<PaperResults> {
  const toy = await shippedSimulation("three-regimes.json", seed);
  const many = await shippedSimulation("many-graphs.json", seed);
  const { result: simulation, spectrum } = await simulate(toy, watch);
  const model = erdosRenyiModel(toy);
  const fit = certifiedFit("quality-entigraph", 3);
  return {
    provenance: provenance("paper", { toy: toy.spec, manyGraphs: many.spec, epsilon: EPSILON }),
    simulation,
    theory: theoryResult(model, toy.spec.at, EPSILON),
    regimes: regimes(spectrum)!,
    manyGraphs: await manyGraphs(many, watch),
    training: [
      qualitySeries("EntiGraph", "quality-entigraph"),
      qualitySeries("Rephrase", "quality-rephrase"),
      qualitySeries("QA SFT", "quality-qa-sft"),
    ],
    constants: QUALITY_CONSTANTS,
    fit,
    printedFit: PRINTED_FIT,
    printedSse: printedSse(),
    plateauProfile: plateauProfile(),
    heldPlateaus: [58, 60, fit.plateau, 70, 80, 90, 100].map(heldPlateau),
  };
}

/** The graph of the toy model that {@link paperResults} simulates with this seed. */
export async function toyGraph(seed: number | undefined): Promise<Digraph> {
  return simulationGraph(await shippedSimulation("three-regimes.json", seed), 0);
}

/** The toy model over the same steps: process, exact curve and theory. */
export function growthResults({ simulation, theory, provenance }: PaperResults) {
  const { toy } = provenance.input as { toy: { replicates: number } };
  return {
    entities: theory.entities,
    linkProbability: theory.linkProbability,
    replicates: toy.replicates,
    exact: simulation.curve.map(({ step, exact }) => ({ step, density: exact })),
    simulation: simulation.curve.map(({ step, density, lower, upper }) => ({
      step,
      mean: density,
      lower,
      upper,
    })),
    theorem1: theory.points.map(({ step, theorem1Lower, theorem1Upper }) => ({
      step,
      lower: theorem1Lower,
      upper: theorem1Upper,
    })),
    paperFormula: theory.points.map(({ step, paperFormula }) => ({ step, density: paperFormula })),
  };
}

/** A simulation spec that comes with the package. */
async function shippedSimulation(name: string, seed: number | undefined): Promise<ReadySimulation> {
  const file = fileURLToPath(new URL(`../../simulations/${name}`, import.meta.url));
  const { text } = await readTextFile(file);
  const spec = await readSpec(text, name, seed === undefined ? {} : { seed });
  return readySimulation(spec, ".", () => {});
}

function erdosRenyiModel({ spec: { graph } }: ReadySimulation) {
  if (graph.model !== "erdos-renyi") throw new Error("the main job runs on random graphs");
  return { entities: graph.entities, linkProbability: graph.linkProbability };
}

async function manyGraphs(ready: ReadySimulation, watch: Watch): Promise<PaperResults["manyGraphs"]> {
  const { at, graphs } = ready.spec;
  const spectra: GraphSpectrum[] = [];
  for (let number = 0; number < graphs; number++) {
    spectra.push(await simulationSpectrum(ready.spec, simulationGraph(ready, number), number, watch));
    watch.onProgress?.((number + 1) / graphs, "searching many graphs");
  }
  const mean = meanGraphSpectrum(spectra);
  const curves = spectra.map(graphRateSpectrum);
  const model = erdosRenyiModel(ready);
  const bounds = theorem1Bounds(model, EPSILON);
  const formula = paperFormula(model);
  const isOutside = (curve: RateSpectrum, step: number) => {
    const { lower, upper } = bounds(step);
    const density = linkDensity(curve, step);
    return density < lower || density > upper;
  };
  const everOutside = curves.filter((curve) => at.some((step) => step > 0 && isOutside(curve, step)));
  const points = at.map((step) => {
    const densities = curves.map((curve) => linkDensity(curve, step));
    const { lower, upper } = bounds(step);
    const exact = linkDensity(mean, step);
    const predicted = formula.density(step);
    return {
      step,
      exact,
      standardError: Math.sqrt(sampleVariance(densities) / graphs),
      paperFormula: predicted,
      relativeError: predicted / exact - 1,
      belowTheorem1: densities.filter((density) => density < lower).length / graphs,
      aboveTheorem1: densities.filter((density) => density > upper).length / graphs,
    };
  });
  return { graphs, points, everOutsideTheorem1: everOutside.length / graphs };
}

/** One of the QuALITY datasets as a named curve. */
export function qualitySeries(name: string, dataset: string): TrainingSeries {
  const { x, y } = qualityData(dataset);
  return { name, points: Array.from(x, (tokens, i) => ({ tokens, accuracy: y[i]! })) };
}

/** The points of one of the QuALITY datasets. */
export function qualityData(dataset: string): { readonly x: Float64Array; readonly y: Float64Array } {
  const { x, y } = datasetFitData(findDataset(dataset), { where: [] });
  return { x, y };
}

function printedSse(): number {
  const { x, y } = qualityData("quality-entigraph");
  return x.reduce((sum, tokens, i) => {
    const gaps = PRINTED_FIT.terms.map(({ amplitude, ratio }) => amplitude * ratio ** tokens);
    const fitted = gaps.reduce((value, gap) => value - gap, PRINTED_FIT.plateau as number);
    return sum + (y[i]! - fitted) ** 2;
  }, 0);
}

/** Profile likelihood of the plateau of three terms, from a little below its interval to 100 %. */
function plateauProfile(): PlateauProfile {
  const data = qualityData("quality-entigraph");
  const { estimate, lower, upper, level, searched, sse, sseBound } = profilePlateau(data, 3, 0.95, 100);
  const deviance = (least: number) => data.x.length * Math.log(least / sse);
  const start = lower - (estimate - lower) / 5;
  // Close together where the profile is steep, at the low end.
  const plateaus = Array.from({ length: 60 }, (_, i) => start + (searched - start) * (i / 59) ** 2);
  return {
    // The free optimum bounds every held one from below; rounding may say otherwise.
    profile: plateaus.map((plateau) => ({
      plateau,
      deviance: Math.max(0, deviance(heldPlateau(plateau).sse)),
    })),
    estimate,
    interval: { lower, upper, level, threshold: deviance(sseBound) },
  };
}

function heldPlateau(plateau: number): HeldPlateau {
  const { x, y } = qualityData("quality-entigraph");
  const { sse, rmse } = fitMixture({ x, y }, { terms: 3, plateau });
  return { plateau, sse, rmse };
}
