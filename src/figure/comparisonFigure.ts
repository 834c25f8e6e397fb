import { DomainError } from "../errors.ts";
import { logGrid } from "./grid.ts";
import {
  type BandValue,
  CURVE_NAMES,
  type CurveValue,
  curveLines,
  growthSubtitle,
  nearest,
  simulationBand,
  simulationMeans,
} from "./growthLayers.ts";
import type { CurvePoint, GrowthResults } from "./results.ts";
import { figureSpec, frame, type VegaLiteSpec } from "./spec.ts";
import type { FigureOptions } from "./theme.ts";

/** Means of the simulation drawn as points. */
const MEAN_VALUES = 25;

/**
 * Relative deviation of the paper's closed formula, and of the simulation, from the exact curve over time: chance
 * scatters about zero, a bias does not.
 *
 * @param results - formula and simulation only at steps at which the exact curve is given too; step 0 is not drawn,
 *   as the axis is logarithmic
 * @throws {DomainError} if the exact curve lacks a step that another curve has
 */
export function comparisonFigure(results: GrowthResults, options?: FigureOptions): VegaLiteSpec {
  const look = frame(options);
  const { width, isNarrow } = look;
  const relative = relativeTo(results.exact);
  const band = relativeBand(results, relative);
  const axes = {
    x: {
      scale: { type: "log", nice: false },
      axis: { title: "Step $t$ (log scale)", grid: false, tickCount: 5, format: "," },
    },
    y: { scale: { nice: true }, axis: { title: "Deviation from the exact curve (%)" } },
  };
  return figureSpec(
    {
      title: {
        text: "How far the closed formula is from the exact curve",
        subtitle: growthSubtitle(results, look),
      },
      width: width - 62,
      height: isNarrow ? 200 : 280,
      layer: [
        simulationBand(band, axes, look),
        curveLines(relativeCurves(results, relative), ["exact", "paperFormula"], axes, look),
        simulationMeans(nearest(band, logGrid(band[0]!.x, band.at(-1)!.x, MEAN_VALUES)), axes, look),
      ],
    },
    options,
  );
}

type Relative = (step: number, density: number) => number;

function relativeTo(exact: readonly CurvePoint[]): Relative {
  const byStep = new Map(exact.map(({ step, density }) => [step, density]));
  return (step, density) => {
    const reference = byStep.get(step);
    if (reference === undefined) throw new DomainError("step", step, "one of the steps of the exact curve");
    return 100 * (density / reference - 1);
  };
}

function relativeCurves({ exact, paperFormula }: GrowthResults, relative: Relative): CurveValue[] {
  const curve = (name: keyof typeof CURVE_NAMES, points: readonly CurvePoint[]) =>
    points
      .filter(({ step }) => step > 0)
      .map(({ step, density }) => ({ curve: CURVE_NAMES[name], x: step, y: relative(step, density) }));
  return [...curve("exact", exact), ...curve("paperFormula", paperFormula)];
}

function relativeBand({ simulation }: GrowthResults, relative: Relative): BandValue[] {
  return simulation
    .filter(({ step }) => step > 0)
    .map(({ step, mean, lower, upper }) => ({
      x: step,
      mean: relative(step, mean),
      lower: relative(step, lower),
      upper: relative(step, upper),
    }));
}
