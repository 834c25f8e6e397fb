import type { z } from "zod";
import { InputError } from "../errors.ts";
import { boundsFigure } from "./boundsFigure.ts";
import { comparisonFigure } from "./comparisonFigure.ts";
import { evidenceFigure } from "./evidenceFigure.ts";
import { forecastFigure } from "./forecastFigure.ts";
import { knowledgeFigure } from "./knowledgeFigure.ts";
import { mixtureFitFigure } from "./mixtureFitFigure.ts";
import { modelComparisonFigure } from "./modelComparisonFigure.ts";
import { planFigure } from "./planFigure.ts";
import { plateauProfileFigure } from "./plateauProfileFigure.ts";
import { regimesFigure } from "./regimesFigure.ts";
import { scalingFigure } from "./scalingFigure.ts";
import * as schemas from "./schemas.ts";
import { searchTreeFigure } from "./searchTreeFigure.ts";
import { simulationFigure } from "./simulationFigure.ts";
import type { VegaLiteSpec } from "./spec.ts";
import { spectrumFigure } from "./spectrumFigure.ts";
import type { FigureOptions } from "./theme.ts";
import { theoryFigure } from "./theoryFigure.ts";
import { threeRegimesFigure } from "./threeRegimesFigure.ts";

/** A figure that can be drawn by name. */
export interface CatalogueEntry {
  /** As typed on the command line. */
  readonly name: string;
  /** One line: what it shows. */
  readonly summary: string;
  /**
   * Draw the figure of unknown JSON.
   *
   * @param value - results, such as read from a file
   * @param place - where they are from, for messages
   * @throws {InputError} naming the path of every member that is missing or wrong
   * @throws {DomainError} if the results cannot be drawn
   */
  draw(value: unknown, place: string, options?: FigureOptions): VegaLiteSpec;
}

/** All figures, those of the paper first. */
export const CATALOGUE: readonly CatalogueEntry[] = [
  entry(
    "scaling",
    "accuracy against synthetic tokens, with other models as lines (paper, Figure 2)",
    schemas.scalingSchema,
    scalingFigure,
  ),
  entry(
    "mixture-fit",
    "a mixture of exponentials fitted to training results (paper, Figure 4)",
    schemas.mixtureFitSchema,
    mixtureFitFigure,
  ),
  entry(
    "three-regimes",
    "linear, log-linear and plateau growth in three panels (paper, Figure 9)",
    schemas.growthSchema,
    threeRegimesFigure,
  ),
  entry(
    "simulation",
    "the exact curve and replicates of the process",
    schemas.simulationSchema,
    simulationFigure,
  ),
  entry(
    "comparison",
    "deviation of the paper's formula and of the simulation from the exact curve",
    schemas.growthSchema,
    comparisonFigure,
  ),
  entry("theory", "theories over the exact curve, and their deviations", schemas.theorySchema, theoryFigure),
  entry(
    "evidence",
    "a claim put to the test: what was measured, case by case",
    schemas.evidenceSchema,
    evidenceFigure,
  ),
  entry("bounds", "the exact curve between its bounds", schemas.boundsSchema, boundsFigure),
  entry("spectrum", "rate spectra of graphs, theories and fits", schemas.spectrumSchema, spectrumFigure),
  entry("regimes", "local slopes and the times between regimes", schemas.regimesSchema, regimesFigure),
  entry(
    "search-tree",
    "a breadth-first tree, its subtree sizes and what one step teaches",
    schemas.searchTreeSchema,
    searchTreeFigure,
  ),
  entry("knowledge", "the matrix of known links filling up", schemas.knowledgeSchema, knowledgeFigure),
  entry(
    "plateau-profile",
    "profile likelihood of a fit's plateau",
    schemas.plateauProfileSchema,
    plateauProfileFigure,
  ),
  entry("forecast", "a forecast as a fan, with held-out results", schemas.forecastSchema, forecastFigure),
  entry(
    "model-comparison",
    "laws by fit and by forecast",
    schemas.modelComparisonSchema,
    modelComparisonFigure,
  ),
  entry("plan", "predicted accuracy against cost, with target and budget", schemas.planSchema, planFigure),
];

/**
 * The figure of a name.
 *
 * @throws {InputError} if there is none; the message names those there are
 */
export function findFigure(name: string): CatalogueEntry {
  const found = CATALOGUE.find((entry) => entry.name === name);
  if (found) return found;
  throw new InputError(
    `figure "${name}"`,
    `is not known; there are ${CATALOGUE.map((e) => e.name).join(", ")}`,
  );
}

function entry<Results>(
  name: string,
  summary: string,
  schema: z.ZodType<Results>,
  figure: (results: Results, options?: FigureOptions) => VegaLiteSpec,
): CatalogueEntry {
  return {
    name,
    summary,
    draw(value, place, options) {
      const outcome = schema.safeParse(value);
      if (outcome.success) return figure(outcome.data, options);
      throw new InputError(place, outcome.error.issues.map(described).join("; "));
    },
  };
}

function described({ path, message }: z.core.$ZodIssue): string {
  return `/${path.join("/")}: ${message.charAt(0).toLowerCase()}${message.slice(1)}`;
}
