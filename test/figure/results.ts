import type { GrowthResults } from "../../src/figure/results.ts";
import type { ScalingResults } from "../../src/figure/scalingFigure.ts";
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
