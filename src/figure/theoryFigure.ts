import { DomainError } from "../errors.ts";
import { DENSITY_AXIS, logStepAxis, plotWidth, unlabelled } from "./axes.ts";
import { curveStyles, growthLine, modelSubtitle, namedStyles } from "./growthCurves.ts";
import { type Line, lineLayer } from "./layers.ts";
import { verbatim } from "./mathText.ts";
import { DEVIATION_AXIS, relativeTo } from "./relativeDeviation.ts";
import type { CurvePoint, NamedCurve } from "./results.ts";
import { figureSpec, frame, type VegaLiteSpec } from "./spec.ts";
import type { FigureOptions, Palette } from "./theme.ts";

/** The exact curve of the toy model and theories of it. */
export interface TheoryResults {
  /** V. */
  readonly entities: number;
  /** p. */
  readonly linkProbability: number;
  readonly exact: readonly CurvePoint[];
  /** At most four, each at steps of the exact curve. */
  readonly theories: readonly NamedCurve[];
}

/**
 * Theories laid over the exact curve, and below, their relative deviations from it, in %.
 *
 * @param results - step 0 is not drawn, as the axis is logarithmic
 * @throws {DomainError} if there are more than four theories, or one has a step that the exact curve lacks
 */
export function theoryFigure(results: TheoryResults, options?: FigureOptions): VegaLiteSpec {
  if (results.theories.length > 4) throw new DomainError("theories", results.theories.length, "at most four");
  const look = frame(options);
  const exact = positive(results.exact);
  const x = logStepAxis(exact);
  const relative = relativeTo(exact);
  const curves = theoryLines(results, look.colors);
  const deviations = curves.map((line) => ({
    ...line,
    points: line.points.map(({ x, y }) => ({ x, y: relative(x, y) })),
  }));
  const width = plotWidth(look);
  return figureSpec(
    {
      title: { text: "Theory against the exact curve", subtitle: modelSubtitle(results) },
      vconcat: [
        { width, height: 200, layer: [lineLayer(curves, { x: unlabelled(x), y: DENSITY_AXIS }, look)] },
        { width, height: 120, layer: [lineLayer(deviations, { x, y: DEVIATION_AXIS }, look)] },
      ],
      resolve: { legend: { stroke: "shared", strokeDash: "shared" } },
    },
    options,
  );
}

function theoryLines({ exact, theories }: TheoryResults, colors: Palette): Line[] {
  const styles = namedStyles(colors);
  return [
    growthLine(curveStyles(colors).exact, positive(exact)),
    ...theories.map(({ name, points }, index) =>
      growthLine({ name: verbatim(name), ...styles[index]! }, positive(points)),
    ),
  ];
}

function positive(points: readonly CurvePoint[]): CurvePoint[] {
  return points.filter(({ step }) => step > 0);
}
