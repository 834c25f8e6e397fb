import { logStepAxis, plotWidth } from "./axes.ts";
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
import { DEVIATION_AXIS, relativeTo } from "./relativeDeviation.ts";
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
  const styles = curveStyles(look.colors);
  const { exact, simulation, paperFormula } = deviations(results);
  const axes = { x: logStepAxis(exact), y: DEVIATION_AXIS };
  const targets = logGrid(exact[0]!.step, exact.at(-1)!.step, MEAN_VALUES);
  return figureSpec(
    {
      title: {
        text: "How far the closed formula is from the exact curve",
        subtitle: subtitle(look, modelSubtitle(results), `${results.replicates} replicates of the process`),
      },
      width: plotWidth(look),
      height: look.isNarrow ? 200 : 280,
      layer: [
        bandLayer([simulationBand(ranges(simulation), look.colors)], axes, look),
        lineLayer(
          [growthLine(styles.exact, exact), growthLine(styles.paperFormula, paperFormula)],
          axes,
          look,
        ),
        pointLayer([simulationMeans(nearest(means(simulation), targets), look.colors)], axes, look),
      ],
    },
    options,
  );
}

/** All curves relative to the exact one, in %, without step 0. */
function deviations({ exact, simulation, paperFormula }: GrowthResults) {
  const relative = relativeTo(exact);
  const curve = (points: readonly CurvePoint[]) =>
    points
      .filter(({ step }) => step > 0)
      .map(({ step, density }) => ({ step, density: relative(step, density) }));
  return {
    exact: curve(exact),
    paperFormula: curve(paperFormula),
    simulation: simulation
      .filter(({ step }) => step > 0)
      .map(({ step, mean, lower, upper }) => ({
        step,
        mean: relative(step, mean),
        lower: relative(step, lower),
        upper: relative(step, upper),
      })),
  };
}
