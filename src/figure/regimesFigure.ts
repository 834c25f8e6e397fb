import { DENSITY_AXIS, logStepAxis, plotWidth, unlabelled } from "./axes.ts";
import { curveStyles, growthLine, modelSubtitle } from "./growthCurves.ts";
import { type Line, lineLayer, verticalRules } from "./layers.ts";
import type { CurvePoint } from "./results.ts";
import { figureSpec, frame, type VegaLiteSpec } from "./spec.ts";
import type { FigureOptions } from "./theme.ts";

/** A growth curve, its slopes and the times at which one regime gives way to the next. */
export interface RegimesResults {
  /** V. */
  readonly entities: number;
  /** p. */
  readonly linkProbability: number;
  readonly exact: readonly CurvePoint[];
  /** d Acc/d t, and d Acc/d ln t = t·d Acc/d t. */
  readonly slopes: readonly { readonly step: number; readonly perStep: number }[];
  /** From linear to log-like, and from log-like to the plateau. */
  readonly transitions: { readonly toLogarithmic: number; readonly toPlateau: number };
}

/**
 * Where growth is linear, log-like and over: the curve on a logarithmic axis, and below, the two local slopes
 * relative to their largest values, with the transition times t₁ and t₂. Where the first is level, growth is linear;
 * where the second is level, it goes with the logarithm of t.
 *
 * @param results - step 0 is not drawn, as the axis is logarithmic
 */
export function regimesFigure(results: RegimesResults, options?: FigureOptions): VegaLiteSpec {
  const look = frame(options);
  const exact = results.exact.filter(({ step }) => step > 0);
  const slopes = results.slopes.filter(({ step }) => step > 0);
  const x = logStepAxis(exact);
  const { toLogarithmic, toPlateau } = results.transitions;
  const rules = [
    { x: toLogarithmic, label: "$t_1$" },
    { x: toPlateau, label: "$t_2$" },
  ];
  const density = { x: unlabelled(x), y: DENSITY_AXIS };
  const slope = {
    x,
    y: { scale: { domain: [0, 1] }, axis: { title: "Slope, of its largest", tickCount: 3, format: "%" } },
  };
  const { colors } = look;
  const perStep = relativeToLargest(slopes.map(({ step, perStep }) => ({ x: step, y: perStep })));
  const perLog = relativeToLargest(slopes.map(({ step, perStep }) => ({ x: step, y: step * perStep })));
  const lines = [
    growthLine(curveStyles(colors).exact, exact),
    { name: "$d\\text{Acc}/dt$", color: colors.blue, dash: [6, 3], points: perStep },
    { name: "$d\\text{Acc}/d \\log t$", color: colors.vermilion, dash: [9, 3, 2, 3], points: perLog },
  ];
  const width = plotWidth(look);
  return figureSpec(
    {
      title: { text: "Where one regime gives way to the next", subtitle: modelSubtitle(results) },
      vconcat: [
        {
          width,
          height: 190,
          layer: [verticalRules(rules, density, look), lineLayer(onlyPoints(lines, 0, 1), density, look)],
        },
        {
          width,
          height: 110,
          layer: [verticalRules(rules, slope, look), lineLayer(onlyPoints(lines, 1, 3), slope, look)],
        },
      ],
      resolve: { legend: { stroke: "shared", strokeDash: "shared" } },
    },
    options,
  );
}

function relativeToLargest(points: readonly { readonly x: number; readonly y: number }[]) {
  const largest = Math.max(...points.map(({ y }) => y));
  return points.map(({ x, y }) => ({ x, y: y / largest }));
}

/** All lines for the common legend, but points of those from `first` up to `end` only. */
function onlyPoints(lines: readonly Line[], first: number, end: number): Line[] {
  return lines.map((line, index) => (index >= first && index < end ? line : { ...line, points: [] }));
}
