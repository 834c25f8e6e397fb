import { requireInteger } from "../errors.ts";
import { DENSITY_AXIS, plotWidth, stepAxis } from "./axes.ts";
import { linearGrid, logGrid } from "./grid.ts";
import {
  boundsLines,
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
import { bandLayer, type Line, lineLayer, pointLayer } from "./layers.ts";
import type { GrowthResults } from "./results.ts";
import { type Frame, figureSpec, frame, type VegaLiteSpec } from "./spec.ts";
import type { FigureOptions, Palette } from "./theme.ts";

interface Panel {
  readonly title: string;
  readonly scale: "linear" | "log";
  readonly from: number;
  readonly to: number;
}

/** Linear to t = V; log-linear from V to N = V(V − 1); plateau to 5N, where e^{−5} of the slowest links are left. */
function panels(entities: number): readonly Panel[] {
  const pairs = entities * (entities - 1);
  return [
    { title: "Linear: $t$ up to $V$", scale: "linear", from: 0, to: entities },
    { title: "Log-linear: $t$ from $V$ to $V^2$", scale: "log", from: entities, to: pairs },
    { title: "Plateau: $t$ beyond $V^2$", scale: "linear", from: 0, to: 5 * pairs },
  ];
}

const LINE_VALUES = 49;
const MEAN_VALUES = 11;

/**
 * The steps at which {@link threeRegimesFigure} wants values: evenly spaced on the axis of each of its panels.
 *
 * @param entities - V, an integer ≥ 3
 * @returns ascending distinct integers from 0 to 5V(V − 1), at most 147
 * @throws {DomainError} if V is less than 3 or no integer
 * @example threeRegimesSteps(100).at(-1) // 49500
 */
export function threeRegimesSteps(entities: number): number[] {
  requireInteger("entities", entities, 3);
  const steps = panels(entities).flatMap((panel) => panelGrid(panel, LINE_VALUES));
  return [...new Set(steps.map(Math.round))].sort((a, b) => a - b);
}

function panelGrid({ scale, from, to }: Panel, count: number): number[] {
  return scale === "log" ? logGrid(from, to, count) : linearGrid(from, to, count);
}

/**
 * Three panels of link density against steps, one for each regime: linear growth, growth with the logarithm of t,
 * and the plateau [Yang2025, Figure 9], here with the exact curve and a simulation.
 *
 * @param results - over the steps of {@link threeRegimesSteps}, or others that cover the panels
 */
export function threeRegimesFigure(results: GrowthResults, options?: FigureOptions): VegaLiteSpec {
  const look = frame(options);
  const shared = { color: "shared", fill: "shared", shape: "shared", stroke: "shared", strokeDash: "shared" };
  return figureSpec(
    {
      title: {
        text: "Three regimes of growth",
        subtitle: subtitle(look, modelSubtitle(results), `${results.replicates} replicates of the process`),
      },
      [look.isNarrow ? "vconcat" : "hconcat"]: panels(results.entities).map((panel, index) =>
        regimePanel(results, panel, look, index === 0 || look.isNarrow),
      ),
      resolve: { legend: shared },
    },
    options,
  );
}

function regimePanel(results: GrowthResults, panel: Panel, look: Frame, namesAxis: boolean): VegaLiteSpec {
  const { title, scale, from, to } = panel;
  const axes = {
    x: stepAxis(scale, from, to),
    y: namesAxis ? DENSITY_AXIS : { ...DENSITY_AXIS, axis: { ...DENSITY_AXIS.axis, title: null } },
  };
  const within = ({ x }: { readonly x: number }) => x >= from && x <= to;
  const lines = growthLines(results, look.colors).map((line) => ({
    ...line,
    points: line.points.filter(within),
  }));
  const band = ranges(results.simulation).filter(within);
  const marks = nearest(means(results.simulation).filter(within), panelGrid(panel, MEAN_VALUES));
  return {
    title: { text: title, fontSize: 12, fontWeight: "normal", frame: "group", offset: 6 },
    width: look.isNarrow ? plotWidth(look) : Math.floor((look.width - 164) / 3),
    height: look.isNarrow ? 150 : 200,
    layer: [
      bandLayer([simulationBand(band, look.colors)], axes, look),
      lineLayer(lines, axes, look),
      pointLayer([simulationMeans(marks, look.colors)], axes, look),
    ],
  };
}

function growthLines({ exact, paperFormula, theorem1 }: GrowthResults, colors: Palette): Line[] {
  const styles = curveStyles(colors);
  return [
    growthLine(styles.exact, exact),
    growthLine(styles.paperFormula, paperFormula),
    ...boundsLines(styles.theorem1Lower, styles.theorem1Upper, theorem1),
  ];
}
