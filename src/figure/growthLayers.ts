import type { GrowthResults } from "./results.ts";
import type { Frame, VegaLiteSpec } from "./spec.ts";

/** The curves of the toy model, told apart by colour and by dash; named as in the legend. */
export const CURVE_NAMES = {
  exact: "exact curve",
  paperFormula: "paper’s closed formula",
  lower: "Theorem 1, lower",
  upper: "Theorem 1, upper",
} as const;

const SIMULATION_MEAN = "simulation, mean";
const SIMULATION_BAND = "simulation, 5 % to 95 %";

/** Area of a legend symbol that shows a whole period of each dash. */
const STROKE_SIZE = 500;

/** Half of what such a symbol, √500 high, exceeds a line of text: padding that sets smaller symbols level with it. */
const LEGEND_LEVEL = 6;

/** One value of one curve, ready to be drawn. */
export interface CurveValue {
  readonly curve: string;
  readonly x: number;
  readonly y: number;
}

/** One value of the simulation band, ready to be drawn. */
export interface BandValue {
  readonly x: number;
  readonly lower: number;
  readonly upper: number;
  readonly mean: number;
}

/** Horizontal and vertical encodings of a panel, without their fields. */
export interface PanelAxes {
  readonly x: VegaLiteSpec;
  readonly y: VegaLiteSpec;
}

/** What was run, under the title. */
export function growthSubtitle(
  { entities, linkProbability, replicates }: GrowthResults,
  { isNarrow }: Frame,
): VegaLiteSpec["subtitle"] {
  const model = `$V = ${entities}$ entities, link probability $p = ${linkProbability}$`;
  const runs = `${replicates} replicates of the process`;
  return isNarrow ? [model, runs] : `${model}; ${runs}`;
}

/** Lines of the named curves, in this order in the legend. */
export function curveLines(
  values: readonly CurveValue[],
  names: readonly (keyof typeof CURVE_NAMES)[],
  axes: PanelAxes,
  { colors }: Frame,
): VegaLiteSpec {
  const style = {
    exact: { color: colors.ink, dash: [1, 0] },
    paperFormula: { color: colors.vermilion, dash: [9, 3, 2, 3] },
    lower: { color: colors.green, dash: [6, 3] },
    upper: { color: colors.purple, dash: [2, 3] },
  };
  const domain = names.map((name) => CURVE_NAMES[name]);
  const legend = { title: null, symbolType: "stroke", symbolSize: STROKE_SIZE, columns: 2 };
  const scaled = (range: VegaLiteSpec["range"]) => ({
    field: "curve",
    type: "nominal",
    scale: { domain, range },
    legend,
  });
  return {
    data: { values: values.map(({ curve, x, y }) => ({ curve, x, y })) },
    mark: { type: "line", strokeCap: "butt" },
    encoding: {
      x: { field: "x", type: "quantitative", ...axes.x },
      y: { field: "y", type: "quantitative", ...axes.y },
      color: scaled(names.map((name) => style[name].color)),
      strokeDash: scaled(names.map((name) => style[name].dash)),
    },
  };
}

/** The band over replicates. */
export function simulationBand(
  values: readonly BandValue[],
  axes: PanelAxes,
  { colors, isNarrow }: Frame,
): VegaLiteSpec {
  return {
    data: { values: values.map(({ x, lower, upper }) => ({ x, lower, upper, band: SIMULATION_BAND })) },
    mark: { type: "area", opacity: 0.35 },
    encoding: {
      x: { field: "x", type: "quantitative", ...axes.x },
      y: { field: "lower", type: "quantitative", ...axes.y },
      y2: { field: "upper" },
      fill: {
        field: "band",
        type: "nominal",
        scale: { domain: [SIMULATION_BAND], range: [colors.sky] },
        legend: {
          title: null,
          symbolType: "square",
          symbolStrokeWidth: 0,
          symbolSize: 130,
          padding: isNarrow ? 0 : LEGEND_LEVEL,
        },
      },
    },
  };
}

/** Means over replicates as points. */
export function simulationMeans(
  values: readonly BandValue[],
  axes: PanelAxes,
  { colors, isNarrow }: Frame,
): VegaLiteSpec {
  return {
    data: { values: values.map(({ x, mean }) => ({ x, y: mean, mean: SIMULATION_MEAN })) },
    mark: { type: "point", filled: true, size: 28, color: colors.blue, opacity: 1 },
    encoding: {
      x: { field: "x", type: "quantitative", ...axes.x },
      y: { field: "y", type: "quantitative", ...axes.y },
      shape: {
        field: "mean",
        type: "nominal",
        scale: { domain: [SIMULATION_MEAN], range: ["circle"] },
        legend: {
          title: null,
          symbolFillColor: colors.blue,
          symbolSize: 40,
          padding: isNarrow ? 0 : LEGEND_LEVEL,
        },
      },
    },
  };
}

/** Of the values, those nearest to the targets, each once: few enough not to hide the curve. */
export function nearest(values: readonly BandValue[], targets: readonly number[]): BandValue[] {
  const chosen = targets.map((target) =>
    values.reduce<BandValue | undefined>(
      (best, value) => (best && Math.abs(best.x - target) <= Math.abs(value.x - target) ? best : value),
      undefined,
    ),
  );
  return [...new Set(chosen)].filter((value) => value !== undefined);
}
