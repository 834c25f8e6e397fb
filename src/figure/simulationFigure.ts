import { DENSITY_AXIS, logStepAxis, plotWidth } from "./axes.ts";
import { logGrid } from "./grid.ts";
import {
  curveStyles,
  growthLine,
  means,
  modelSubtitle,
  nearest,
  ranges,
  simulationBand,
  simulationMeans,
  subtitle,
} from "./growthCurves.ts";
import { bandLayer, lineLayer, pointLayer } from "./layers.ts";
import type { GrowthResults } from "./results.ts";
import { figureSpec, frame, type VegaLiteSpec } from "./spec.ts";
import type { FigureOptions } from "./theme.ts";

/** Means of the simulation drawn as points. */
const MEAN_VALUES = 25;

/** What the figure takes of the results of the toy model. */
export type SimulationResults = Omit<GrowthResults, "theorem1" | "paperFormula">;

/**
 * The exact curve and what replicates of the process gave, over all times on a logarithmic axis.
 *
 * @param results - step 0 is not drawn, as the axis is logarithmic
 */
export function simulationFigure(results: SimulationResults, options?: FigureOptions): VegaLiteSpec {
  const look = frame(options);
  const exact = results.exact.filter(({ step }) => step > 0);
  const simulation = results.simulation.filter(({ step }) => step > 0);
  const axes = { x: logStepAxis(exact), y: DENSITY_AXIS };
  const targets = logGrid(exact[0]!.step, exact.at(-1)!.step, MEAN_VALUES);
  return figureSpec(
    {
      title: {
        text: "The process and its exact curve",
        subtitle: subtitle(look, modelSubtitle(results), `${results.replicates} replicates of the process`),
      },
      width: plotWidth(look),
      height: look.isNarrow ? 200 : 280,
      layer: [
        bandLayer([simulationBand(ranges(simulation), look.colors)], axes, look),
        lineLayer([growthLine(curveStyles(look.colors).exact, exact)], axes, look),
        pointLayer([simulationMeans(nearest(means(simulation), targets), look.colors)], axes, look),
      ],
    },
    options,
  );
}
