import { requireInteger } from "../errors.ts";
import { linearGrid, logGrid, logTicks } from "./grid.ts";
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
import type { GrowthResults } from "./results.ts";
import { type Frame, figureSpec, frame, type VegaLiteSpec } from "./spec.ts";
import type { FigureOptions } from "./theme.ts";

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
 * @example threeRegimesSteps(100).at(-1) // 49500
 */
export function threeRegimesSteps(entities: number): number[] {
  requireInteger("entities", entities, 3);
  const steps = panels(entities).flatMap(({ scale, from, to }) => panelGrid(scale, from, to, LINE_VALUES));
  return [...new Set(steps.map(Math.round))].sort((a, b) => a - b);
}

function panelGrid(scale: Panel["scale"], from: number, to: number, count: number): number[] {
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
  const { entities } = results;
  return figureSpec(
    {
      title: {
        text: "Three regimes of growth",
        subtitle: growthSubtitle(results, look),
      },
      [look.isNarrow ? "vconcat" : "hconcat"]: panels(entities).map((panel, index) =>
        regimePanel(results, panel, look, index === 0 || look.isNarrow),
      ),
      resolve: { legend: { color: "shared", strokeDash: "shared", fill: "shared", shape: "shared" } },
    },
    options,
  );
}

function regimePanel(results: GrowthResults, panel: Panel, look: Frame, namesAxis: boolean): VegaLiteSpec {
  const { title, scale, from, to } = panel;
  const axes = {
    x: {
      scale: { type: scale, domain: [from, to], nice: false },
      axis: {
        title: scale === "log" ? "Step $t$ (log scale)" : "Step $t$",
        grid: false,
        // Vega drops given values of a logarithmic axis down to a tick count.
        ...(scale === "log" ? { values: logTicks(from, to) } : { tickCount: 3 }),
        labelExpr: "format(datum.value, ',d')",
      },
    },
    y: {
      scale: { zero: false, nice: 5 },
      axis: { title: namesAxis ? "Link density Acc$(t)$" : null, tickCount: 6, format: ".2~f" },
    },
  };
  const within = ({ x }: { readonly x: number }) => x >= from && x <= to;
  const band = bandValues(results).filter(within);
  const marks = nearest(band, panelGrid(scale, from, to, MEAN_VALUES));
  return {
    title: { text: title, fontSize: 12, fontWeight: "normal", frame: "group", offset: 6 },
    width: look.isNarrow ? look.width - 62 : Math.floor((look.width - 164) / 3),
    height: look.isNarrow ? 150 : 200,
    layer: [
      simulationBand(band, axes, look),
      curveLines(
        curveValues(results).filter(within),
        ["exact", "paperFormula", "lower", "upper"],
        axes,
        look,
      ),
      simulationMeans(marks, axes, look),
    ],
  };
}

function bandValues({ simulation }: GrowthResults): BandValue[] {
  return simulation.map(({ step, mean, lower, upper }) => ({ x: step, mean, lower, upper }));
}

function curveValues({ exact, paperFormula, theorem1 }: GrowthResults): CurveValue[] {
  return [
    ...exact.map(({ step, density }) => ({ curve: CURVE_NAMES.exact, x: step, y: density })),
    ...paperFormula.map(({ step, density }) => ({ curve: CURVE_NAMES.paperFormula, x: step, y: density })),
    ...theorem1.map(({ step, lower }) => ({ curve: CURVE_NAMES.lower, x: step, y: lower })),
    ...theorem1.map(({ step, upper }) => ({ curve: CURVE_NAMES.upper, x: step, y: upper })),
  ];
}
