/**
 * The figures as functions from results to Vega-Lite specifications, and what sets the mathematics of their labels.
 * Pure: what `entigraph/figure` is in a browser.
 */
export { type BoundsResults, boundsFigure } from "./boundsFigure.ts";
export { CATALOGUE, type CatalogueEntry, findFigure } from "./catalogue.ts";
export { comparisonFigure } from "./comparisonFigure.ts";
export { type EvidenceResults, evidenceFigure } from "./evidenceFigure.ts";
export { type ForecastResults, forecastFigure } from "./forecastFigure.ts";
export { type KnowledgeResults, knowledgeFigure } from "./knowledgeFigure.ts";
export { type MixtureFitResults, mixtureFitFigure } from "./mixtureFitFigure.ts";
export {
  type ModelComparisonResults,
  type ModelScore,
  modelComparisonFigure,
} from "./modelComparisonFigure.ts";
export { type PlanResults, planFigure } from "./planFigure.ts";
export { type PlateauProfileResults, plateauProfileFigure } from "./plateauProfileFigure.ts";
export { type RegimesResults, regimesFigure } from "./regimesFigure.ts";
export type {
  BoundsPoint,
  CurvePoint,
  GrowthResults,
  MixtureFit,
  NamedCurve,
  PredictionPoint,
  ReferenceAccuracy,
  SimulationPoint,
  TrainingLabels,
  TrainingPoint,
  TrainingSeries,
} from "./results.ts";
export { type ScalingResults, scalingFigure } from "./scalingFigure.ts";
export { type SearchTreeResults, searchTreeFigure } from "./searchTreeFigure.ts";
export { type SimulationResults, simulationFigure } from "./simulationFigure.ts";
export type { Json, VegaLiteSpec } from "./spec.ts";
export { type NamedSpectrum, type SpectrumResults, spectrumFigure } from "./spectrumFigure.ts";
export {
  type ColumnWidth,
  type FigureOptions,
  figureWidth,
  type Palette,
  palette,
  type ThemeName,
} from "./theme.ts";
export { type TheoryResults, theoryFigure } from "./theoryFigure.ts";
export { threeRegimesFigure, threeRegimesSteps } from "./threeRegimesFigure.ts";
export { typesetSvg } from "./typeset.ts";
