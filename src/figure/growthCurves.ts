import type { Band, Line, LineStyle, PointGroup, Range, XY } from "./layers.ts";
import type { BoundsPoint, CurvePoint, SimulationPoint } from "./results.ts";
import type { Frame, VegaLiteSpec } from "./spec.ts";
import type { Palette } from "./theme.ts";

/** How the curves of the toy model look, in every figure. */
export function curveStyles(colors: Palette) {
  return {
    exact: { name: "exact curve", color: colors.ink, dash: [] },
    paperFormula: { name: "paper’s closed formula", color: colors.vermilion, dash: [9, 3, 2, 3] },
    theorem1Lower: { name: "Theorem 1, lower", color: colors.green, dash: [6, 3] },
    theorem1Upper: { name: "Theorem 1, upper", color: colors.purple, dash: [2, 3] },
    quenchedLower: { name: "any graph, lower", color: colors.blue, dash: [6, 3] },
    quenchedUpper: { name: "any graph, upper", color: colors.orange, dash: [2, 3] },
  } satisfies Readonly<Record<string, LineStyle & { readonly name: string }>>;
}

/** Styles for curves whose names come with the results, after the exact curve. */
export function namedStyles(colors: Palette): readonly LineStyle[] {
  return [
    { color: colors.vermilion, dash: [9, 3, 2, 3] },
    { color: colors.blue, dash: [6, 3] },
    { color: colors.green, dash: [2, 3] },
    { color: colors.purple, dash: [10, 3] },
  ];
}

/** A growth curve as a line. */
export function growthLine(
  style: LineStyle & { readonly name: string },
  points: readonly CurvePoint[],
): Line {
  return { ...style, points: points.map(({ step, density }) => ({ x: step, y: density })) };
}

/** Two bounds as lines. */
export function boundsLines(
  lower: LineStyle & { readonly name: string },
  upper: LineStyle & { readonly name: string },
  points: readonly BoundsPoint[],
): Line[] {
  return [
    { ...lower, points: points.map((point) => ({ x: point.step, y: point.lower })) },
    { ...upper, points: points.map((point) => ({ x: point.step, y: point.upper })) },
  ];
}

/** Replicates of the process as a band. */
export function simulationBand(values: readonly Range[], colors: Palette): Band {
  return { name: "simulation, 5 % to 95 %", color: colors.sky, values };
}

/** Means over replicates as points. */
export function simulationMeans(points: readonly XY[], colors: Palette): PointGroup {
  return { name: "simulation, mean", color: colors.blue, shape: "circle", points };
}

/** The band of a simulation. */
export function ranges(simulation: readonly SimulationPoint[]): Range[] {
  return simulation.map(({ step, lower, upper }) => ({ x: step, lower, upper }));
}

/** The means of a simulation. */
export function means(simulation: readonly SimulationPoint[]): XY[] {
  return simulation.map(({ step, mean }) => ({ x: step, y: mean }));
}

/** The toy model in words, under the title. */
export function modelSubtitle(model: {
  readonly entities: number;
  readonly linkProbability: number;
}): string {
  return `$V = ${model.entities}$ entities, link probability $p = ${Number(model.linkProbability.toPrecision(4))}$`;
}

/** Lines under the title: one after the other, or where the column is narrow one below the other. */
export function subtitle({ isNarrow }: Frame, ...lines: readonly string[]): VegaLiteSpec["subtitle"] {
  return isNarrow ? lines : lines.join("; ");
}

/** Of the points, those nearest to the targets, each once: few enough not to hide the curve. */
export function nearest<Point extends { readonly x: number }>(
  points: readonly Point[],
  targets: readonly number[],
): Point[] {
  const chosen = targets.map((target) =>
    points.reduce<Point | undefined>(
      (best, point) => (best && Math.abs(best.x - target) <= Math.abs(point.x - target) ? best : point),
      undefined,
    ),
  );
  return [...new Set(chosen)].filter((point) => point !== undefined);
}
