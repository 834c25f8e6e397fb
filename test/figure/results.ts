import type { BoundsResults } from "../../src/figure/boundsFigure.ts";
import type { EvidenceResults } from "../../src/figure/evidenceFigure.ts";
import type { ForecastResults } from "../../src/figure/forecastFigure.ts";
import type { KnowledgeResults } from "../../src/figure/knowledgeFigure.ts";
import type { ModelComparisonResults } from "../../src/figure/modelComparisonFigure.ts";
import type { PlanResults } from "../../src/figure/planFigure.ts";
import type { PlateauProfileResults } from "../../src/figure/plateauProfileFigure.ts";
import type { RegimesResults } from "../../src/figure/regimesFigure.ts";
import type { GrowthResults } from "../../src/figure/results.ts";
import type { ScalingResults } from "../../src/figure/scalingFigure.ts";
import type { SearchTreeResults } from "../../src/figure/searchTreeFigure.ts";
import type { SpectrumResults } from "../../src/figure/spectrumFigure.ts";
import type { TheoryResults } from "../../src/figure/theoryFigure.ts";
import { threeRegimesSteps } from "../../src/figure/threeRegimesFigure.ts";

/** Made-up results of the right shape: a figure draws what it is given. */
export function growthResults(entities = 100): GrowthResults {
  const pairs = entities * (entities - 1);
  const steps = threeRegimesSteps(entities);
  const density = (step: number, rate: number) => 0.8 - 0.77 * Math.exp((-rate * step) / pairs);
  return {
    entities,
    linkProbability: 0.03,
    replicates: 40,
    exact: steps.map((step) => ({ step, density: density(step, 2) })),
    simulation: steps.map((step) => ({
      step,
      mean: density(step, 2),
      lower: density(step, 1.9),
      upper: density(step, 2.1),
    })),
    theorem1: steps.map((step) => ({ step, lower: density(step, 1), upper: density(step, 4) })),
    paperFormula: steps.map((step) => ({ step, density: density(step, 2.5) })),
  };
}

export const SCALING: ScalingResults = {
  series: [
    {
      name: "EntiGraph",
      points: [
        { tokens: 0.182, accuracy: 40.15 },
        { tokens: 13.65, accuracy: 49.49 },
        { tokens: 450.45, accuracy: 56.22 },
      ],
    },
    {
      name: "Rephrase",
      points: [
        { tokens: 0.168, accuracy: 38.78 },
        { tokens: 33.6, accuracy: 46.89 },
      ],
    },
  ],
  references: [
    { name: "Llama 3 8B Base", accuracy: 39.49 },
    { name: "GPT-4", accuracy: 51.3 },
  ],
};

export const FIT = {
  points: SCALING.series[0]!.points,
  fit: {
    plateau: 64.5456,
    terms: [
      { amplitude: 13.8352, rate: 0.00109 },
      { amplitude: 8.4705, rate: 0.10974 },
      { amplitude: 3.932, rate: 2.90772 },
    ],
  },
};

const steps = [0, 1, 10, 100, 1000, 10_000];
const curve = (rate: number) => steps.map((step) => ({ step, density: 0.8 - 0.77 * Math.exp(-rate * step) }));
const bounds = (slow: number, fast: number) =>
  steps.map((step, i) => ({ step, lower: curve(slow)[i]!.density, upper: curve(fast)[i]!.density }));
const MODEL = { entities: 100, linkProbability: 0.03 };

export const THEORY: TheoryResults = {
  ...MODEL,
  exact: curve(2e-4),
  theories: [
    { name: "paper’s closed formula", points: curve(3e-4) },
    { name: "exploration limit", points: curve(2.1e-4) },
  ],
};

export const BOUNDS: BoundsResults = {
  ...MODEL,
  exact: curve(2e-4),
  quenched: bounds(1e-4, 4e-4),
  theorem1: bounds(1.5e-4, 3e-4),
};

/** So many lines over three places. */
export function evidence(lines: number): EvidenceResults {
  return {
    statement: "The ratio of the closed formula to the true density tends to 1 as V grows.",
    finding: {
      verdict: "fails",
      chart: {
        axis: "Time $s = t/N$ (log scale)",
        quantity: "Deviation (%)",
        lines: Array.from({ length: lines }, (_, i) => ({
          name: `$V = ${100 * (i + 1)}$`,
          points: [0.01, 0.1, 1].map((at) => ({ at, value: i + at })),
        })),
      },
    },
  };
}

export const REGIMES: RegimesResults = {
  ...MODEL,
  exact: curve(2e-4),
  slopes: steps.map((step) => ({ step, perStep: 2e-4 * Math.exp(-2e-4 * step) })),
  transitions: { toLogarithmic: 220, toPlateau: 9000 },
};

export const SPECTRUM: SpectrumResults = {
  spectra: [
    { name: "graph", atoms: [1, 2, 5, 20].map((rate) => ({ rate, weight: 0.4 / rate ** 2 })) },
    { name: "theory", atoms: [1, 2, 3].map((rate) => ({ rate, weight: 0.5 / rate ** 3 })) },
  ],
};

/** 0 → 1 → 3 → 4 and 0 → 2; 5 is not reachable. */
export const SEARCH_TREE: SearchTreeResults = {
  entities: 6,
  source: 0,
  parents: [-1, 0, 0, 1, 3, -1],
  target: 4,
};

export const KNOWLEDGE: KnowledgeResults = {
  entities: 4,
  sourceLinks: [
    [0, 1],
    [1, 2],
  ],
  snapshots: [
    {
      step: 0,
      known: [
        [0, 1],
        [1, 2],
      ],
    },
    {
      step: 9,
      known: [
        [0, 1],
        [1, 2],
        [0, 2],
      ],
    },
  ],
};

export const PLATEAU_PROFILE: PlateauProfileResults = {
  profile: [57, 58, 60, 64.5, 80, 100].map((plateau) => ({
    plateau,
    deviance: plateau < 64.5 ? 0.2 * (64.5 - plateau) ** 2 : 0.02 * (plateau - 64.5),
  })),
  estimate: 64.5,
  interval: { lower: 60.1, upper: null, level: 0.95, threshold: 3.84 },
};

export const FORECAST: ForecastResults = {
  points: SCALING.series[0]!.points.slice(0, 2),
  heldOut: SCALING.series[0]!.points.slice(2),
  mean: [1, 10, 100, 1000].map((tokens) => ({ tokens, accuracy: 44 + 4 * Math.log10(tokens) })),
  intervals: [0.5, 0.9].map((level) => ({
    level,
    range: [1, 10, 100, 1000].map((tokens) => ({
      tokens,
      lower: 44 + 4 * Math.log10(tokens) - 2 * level,
      upper: 44 + 4 * Math.log10(tokens) + 2 * level,
    })),
  })),
};

export const MODELS: ModelComparisonResults = {
  models: [
    { name: "three exponentials", parameters: 7, aicc: -79.1, forecastError: 4.8 },
    { name: "log-linear", parameters: 2, aicc: -43.7, forecastError: 0.73 },
    { name: "one exponential", parameters: 3, aicc: 14.9, forecastError: null },
  ],
};

export const PLAN: PlanResults = {
  predictions: [100, 300, 1000].map((tokens) => ({
    tokens,
    mean: 44 + 4 * Math.log10(tokens),
    lower: 43 + 4 * Math.log10(tokens),
    upper: 45 + 4 * Math.log10(tokens),
  })),
  level: 0.9,
  pricePerMillion: 12.5,
  target: 55,
  budget: 8000,
};

/** Results for every figure of the catalogue, by name. */
export const EXAMPLES: Readonly<Record<string, object>> = {
  scaling: SCALING,
  "mixture-fit": FIT,
  "three-regimes": growthResults(),
  simulation: growthResults(),
  comparison: growthResults(),
  theory: THEORY,
  evidence: evidence(3),
  bounds: BOUNDS,
  spectrum: SPECTRUM,
  regimes: REGIMES,
  "search-tree": SEARCH_TREE,
  knowledge: KNOWLEDGE,
  "plateau-profile": PLATEAU_PROFILE,
  forecast: FORECAST,
  "model-comparison": MODELS,
  plan: PLAN,
};
