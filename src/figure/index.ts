/**
 * The figures, under `entigraph/figure`: results in, Vega-Lite specifications, SVG and PNG out.
 * Apart from the root entry, so that the mathematics stays small.
 */
export { comparisonFigure } from "./comparisonFigure.ts";
export { type MixtureFitResults, mixtureFitFigure } from "./mixtureFitFigure.ts";
export { type PngSize, PRINT_DPI, renderPdf, renderPng, renderSvg } from "./render.ts";
export type {
  BoundsPoint,
  CurvePoint,
  GrowthResults,
  MixtureFit,
  ReferenceAccuracy,
  SimulationPoint,
  TrainingPoint,
  TrainingSeries,
} from "./results.ts";
export { type ScalingResults, scalingFigure } from "./scalingFigure.ts";
export type { Json, VegaLiteSpec } from "./spec.ts";
export {
  type ColumnWidth,
  type FigureOptions,
  figureWidth,
  type Palette,
  palette,
  type ThemeName,
} from "./theme.ts";
export { threeRegimesFigure, threeRegimesSteps } from "./threeRegimesFigure.ts";
