/**
 * Simulation and theory of EntiGraph synthetic continued pretraining. Pure: no files, no clock, no global randomness;
 * runs unchanged in Node and in browsers. Figures are apart, under `entigraph/figure`.
 */

// Real training results
export { DATASETS, findDataset } from "./datasets/catalogue.ts";
export { type Dataset, type DatasetColumn, type DatasetSource, datasetTable } from "./datasets/dataset.ts";
export { PRINTED_FIT, QUALITY_CONSTANTS, type QualityConstant } from "./datasets/quality.ts";
// Errors
export { DomainError, InputError } from "./errors.ts";
// Fits to training results
export { compareLaws, type LawComparison, type LawScore } from "./fit/compareLaws.ts";
export { fitMixture, type MixtureFit, type MixtureOptions } from "./fit/fitMixture.ts";
export {
  type ForecastOptions,
  forecast,
  type PlateauInterval,
  plateauInterval,
} from "./fit/forecast.ts";
export { fitLaw, LAW_NAMES, type LawName } from "./fit/laws.ts";
export {
  type BoundaryTerm,
  type Mixture,
  type MixtureTerm,
  mixtureCurve,
  mixtureSpectrum,
} from "./fit/mixture.ts";
export { type Adequacy, mixtureAdequacy } from "./fit/mixtureAdequacy.ts";
export { binomialStandardErrors } from "./fit/noise.ts";
export type { Observations } from "./fit/observations.ts";
export { type PlanOptions, planTraining, type TargetPlan, type TrainingPlan } from "./fit/plan.ts";
export {
  type CurvePrediction,
  type MixturePosterior,
  mixturePosterior,
  type PosteriorOptions,
  predictCurve,
  withGainScale,
} from "./fit/posterior.ts";
export { type ProfileInterval, profilePlateau } from "./fit/profilePlateau.ts";
export type { FittedLaw } from "./fit/separableLaw.ts";
// Graphs
export { type BreadthFirstTree, breadthFirstTree } from "./graph/breadthFirst.ts";
export {
  type Digraph,
  type DroppedLinks,
  digraphFromLinks,
  hasLink,
  linkCount,
  MAX_ENTITIES,
  pairCount,
} from "./graph/digraph.ts";
export { sampleErdosRenyi } from "./graph/erdosRenyi.ts";
export { type GraphFormat, type GraphText, readGraph } from "./graph/readGraph.ts";
export { TIE_RULES, type TieRule } from "./graph/tieRule.ts";
// Rate spectra and growth curves
export { type GrowthCurve, spectrumCurve } from "./growth/curve.ts";
export { learnedProbability, linkDensity, linkDensitySlope, quenchedBounds } from "./growth/growthCurve.ts";
export {
  type Clock,
  type GraphSpectrum,
  graphRateSpectrum,
  meanDistance,
  meanGraphSpectrum,
  meanRate,
  type RateSpectrum,
  rateSpectrum,
  totalWeight,
} from "./growth/rateSpectrum.ts";
// The stochastic process
export {
  type LiteralProcess,
  literalProcess,
  MAX_LITERAL_ENTITIES,
  type ProcessStep,
} from "./process/literalProcess.ts";
// Randomness
export { type Rng, stream } from "./random/stream.ts";
export { exactSpectrum, exactSpectrumBySource } from "./spectrum/exactSpectrum.ts";
export { numericColumn, type ResultTable, readResultTable, selectRows } from "./table/resultTable.ts";
// Theory of the random graph
export { paperFormula } from "./theory/paperFormula.ts";
export { type ModelNumbers, modelNumbers, type RandomGraphModel } from "./theory/randomGraphModel.ts";
export { extinctionProbability, reachableShare, survivalProbability } from "./theory/survival.ts";
export { theorem1Bounds, theorem1Spectra } from "./theory/theorem1.ts";
