import { z } from "zod";
import type { BoundsResults } from "./boundsFigure.ts";
import type { EvidenceResults } from "./evidenceFigure.ts";
import type { ForecastResults } from "./forecastFigure.ts";
import type { KnowledgeResults } from "./knowledgeFigure.ts";
import type { MixtureFitResults } from "./mixtureFitFigure.ts";
import type { ModelComparisonResults } from "./modelComparisonFigure.ts";
import type { PlanResults } from "./planFigure.ts";
import type { PlateauProfileResults } from "./plateauProfileFigure.ts";
import type { RegimesResults } from "./regimesFigure.ts";
import type { GrowthResults, TrainingLabels } from "./results.ts";
import type { ScalingResults } from "./scalingFigure.ts";
import type { SearchTreeResults } from "./searchTreeFigure.ts";
import type { SimulationResults } from "./simulationFigure.ts";
import type { SpectrumResults } from "./spectrumFigure.ts";
import type { TheoryResults } from "./theoryFigure.ts";

/**
 * What each figure takes, as a check of unknown JSON. The results' types are their contract; that a schema agrees
 * with its type is checked by the compiler. Members beside those named are let through and not used.
 */

const number = z.number();
const positive = z.number().positive();
const count = z.int().min(1);
const some = <Item extends z.ZodType>(item: Item) => z.array(item).min(1);

const curvePoint = z.object({ step: number.min(0), density: number });
const bounds = some(z.object({ step: number.min(0), lower: number, upper: number }));
const curve = some(curvePoint);
const trainingPoint = z.object({ tokens: positive, accuracy: number });
const pair = z.tuple([z.int().min(0), z.int().min(0)]);

const model = { entities: z.int().min(2), linkProbability: number.min(0).max(1) };
const labels = {
  title: z.string().exactOptional(),
  xTitle: z.string().exactOptional(),
  yTitle: z.string().exactOptional(),
} satisfies Record<keyof TrainingLabels, z.ZodType>;

const simulation = {
  ...model,
  replicates: count,
  exact: curve,
  simulation: some(z.object({ step: number.min(0), mean: number, lower: number, upper: number })),
};

export const simulationSchema: z.ZodType<SimulationResults> = z.object(simulation);

export const growthSchema: z.ZodType<GrowthResults> = z.object({
  ...simulation,
  theorem1: bounds,
  paperFormula: curve,
});

export const theorySchema: z.ZodType<TheoryResults> = z.object({
  ...model,
  exact: curve,
  theories: some(z.object({ name: z.string(), points: curve })).max(4),
});

export const evidenceSchema: z.ZodType<EvidenceResults> = z.object({
  statement: z.string(),
  finding: z.object({
    verdict: z.string(),
    chart: z.object({
      axis: z.string(),
      quantity: z.string(),
      lines: some(
        z.object({ name: z.string(), points: some(z.object({ at: positive, value: number })) }),
      ).max(9),
    }),
  }),
});

export const boundsSchema: z.ZodType<BoundsResults> = z.object({
  ...model,
  exact: curve,
  quenched: bounds,
  theorem1: bounds,
});

export const regimesSchema: z.ZodType<RegimesResults> = z.object({
  ...model,
  exact: curve,
  slopes: some(z.object({ step: number.min(0), perStep: number })),
  transitions: z.object({ toLogarithmic: positive, toPlateau: positive }),
});

export const spectrumSchema: z.ZodType<SpectrumResults> = z.object({
  spectra: some(
    z.object({ name: z.string(), atoms: some(z.object({ rate: positive, weight: positive })) }),
  ).max(4),
  rateTitle: z.string().exactOptional(),
});

export const searchTreeSchema: z.ZodType<SearchTreeResults> = z.object({
  entities: count,
  source: z.int().min(0),
  parents: some(z.int().min(-1)),
  target: z.int().min(0).exactOptional(),
  labels: z.array(z.string()).exactOptional(),
});

export const knowledgeSchema: z.ZodType<KnowledgeResults> = z.object({
  entities: z.int().min(2),
  sourceLinks: z.array(pair),
  snapshots: some(z.object({ step: number.min(0), known: z.array(pair) })).max(6),
});

export const scalingSchema: z.ZodType<ScalingResults> = z.object({
  ...labels,
  series: some(z.object({ name: z.string(), points: some(trainingPoint) })).max(4),
  references: z.array(z.object({ name: z.string(), accuracy: number })),
});

export const mixtureFitSchema: z.ZodType<MixtureFitResults> = z.object({
  ...labels,
  points: some(trainingPoint),
  fit: z.object({
    plateau: number,
    terms: z.array(z.object({ amplitude: number, rate: positive })),
  }),
});

export const plateauProfileSchema: z.ZodType<PlateauProfileResults> = z.object({
  profile: some(z.object({ plateau: number, deviance: number })),
  estimate: number,
  interval: z.object({
    lower: number.nullable(),
    upper: number.nullable(),
    level: positive.max(1),
    threshold: positive,
  }),
});

export const forecastSchema: z.ZodType<ForecastResults> = z.object({
  ...labels,
  points: some(trainingPoint),
  heldOut: z.array(trainingPoint),
  mean: some(trainingPoint),
  intervals: z
    .array(
      z.object({
        level: positive.max(1),
        range: some(z.object({ tokens: positive, lower: number, upper: number })),
      }),
    )
    .max(2),
});

export const modelComparisonSchema: z.ZodType<ModelComparisonResults> = z.object({
  models: some(
    z.object({
      name: z.string(),
      parameters: z.int().min(0),
      aicc: number,
      forecastError: number.min(0).nullable(),
    }),
  ),
});

export const planSchema: z.ZodType<PlanResults> = z.object({
  ...labels,
  predictions: some(z.object({ tokens: positive, mean: number, lower: number, upper: number })),
  level: positive.max(1),
  pricePerMillion: positive.exactOptional(),
  target: number.exactOptional(),
  budget: positive.exactOptional(),
});
