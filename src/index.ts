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
export {
  type BootstrapFits,
  type BootstrapOptions,
  bootstrapBand,
  bootstrapFits,
  bootstrapRun,
} from "./fit/bootstrap.ts";
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
export { binomialStandardErrors, forAllQuestions, type NoiseSplit, splitNoise } from "./fit/noise.ts";
export type { Observations } from "./fit/observations.ts";
export { type PlanOptions, planTraining, type TargetPlan, type TrainingPlan } from "./fit/plan.ts";
export {
  type CurvePrediction,
  type MixturePosterior,
  mixturePosterior,
  type PosteriorOptions,
  predictAllQuestions,
  predictCurve,
  predictRun,
  withGainScale,
} from "./fit/posterior.ts";
export {
  type ParameterInterval,
  type ParameterIntervals,
  type ProfileOptions,
  profileParameters,
} from "./fit/profileParameters.ts";
export { type ProfileInterval, profilePlateau } from "./fit/profilePlateau.ts";
export type { FittedLaw } from "./fit/separableLaw.ts";
// Graphs
export { type BreadthFirstTree, breadthFirstTree } from "./graph/breadthFirst.ts";
export { type Components, largestComponent, strongComponents, weakComponents } from "./graph/components.ts";
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
export {
  type DrawnGraph,
  sampleBlockModel,
  sampleConfigurationModel,
  samplePreferentialAttachment,
  sampleSmallWorld,
} from "./graph/randomFamilies.ts";
export { randomTree, randomTrees, type TreeOf } from "./graph/randomTree.ts";
export { type GraphReading, type GraphText, type RowFormat, readGraph } from "./graph/readGraph.ts";
export { SPECTRUM_RULES, type SpectrumRule, TIE_RULES, type TieRule } from "./graph/tieRule.ts";
// Rate spectra and growth curves
export { type GrowthCurve, spectrumCurve, withTimeUnit } from "./growth/curve.ts";
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
export { type Regimes, regimes } from "./growth/regimes.ts";
export { type AnnealedRow, annealedSpectrum, sampleAnnealedRow } from "./process/annealedSpectrum.ts";
// The stochastic process
export {
  type LiteralProcess,
  literalProcess,
  MAX_LITERAL_ENTITIES,
  type ProcessStep,
} from "./process/literalProcess.ts";
export {
  sampleTrajectory,
  sampleTrajectoryBySource,
  type Trajectory,
  type TrajectoryOptions,
} from "./process/trajectory.ts";
// Randomness
export { type Rng, stream } from "./random/stream.ts";
export { exactSpectrum, exactSpectrumBySource } from "./spectrum/exactSpectrum.ts";
export { randomTreeSpectrumBySource } from "./spectrum/randomTreeSpectrum.ts";
export { type SampledCurve, sampledCurveBySource } from "./spectrum/sourceSampling.ts";
export type { Resolution } from "./spectrum/spectrumPart.ts";
export { numericColumn, type ResultTable, readResultTable, selectRows } from "./table/resultTable.ts";
export { borelProbability, borelTannerProbability } from "./theory/borel.ts";
export { explorationCorrected } from "./theory/explorationCorrected.ts";
export { explorationLimit, explorationLimitFinite } from "./theory/explorationLimit.ts";
export {
  type ExplorationSpectrum,
  explorationRateSpectrum,
  explorationSpectrum,
  leafShare,
} from "./theory/explorationSpectrum.ts";
export { levelChain, type SampledCurve as LevelChainCurve, type SubtreeLaw } from "./theory/levelChain.ts";
// Theory of the random graph
export { paperFormula } from "./theory/paperFormula.ts";
export { type ModelNumbers, modelNumbers, type RandomGraphModel } from "./theory/randomGraphModel.ts";
export { type SmallTimeLaw, smallTimeLaw } from "./theory/smallTimeLaw.ts";
export { extinctionProbability, reachableShare, survivalProbability } from "./theory/survival.ts";
export { theorem1Bounds, theorem1Spectra } from "./theory/theorem1.ts";
export { progenyMoments, progenyProbabilities, progenyTransform } from "./theory/totalProgeny.ts";
