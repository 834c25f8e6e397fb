import { DENSITY_AXIS, logStepAxis, plotWidth } from "./axes.ts";
import { boundsLines, curveStyles, growthLine, modelSubtitle } from "./growthCurves.ts";
import { lineLayer } from "./layers.ts";
import type { BoundsPoint, CurvePoint } from "./results.ts";
import { figureSpec, frame, type VegaLiteSpec } from "./spec.ts";
import type { FigureOptions } from "./theme.ts";

/** The exact curve between bounds that hold for its graph and bounds that hold as V grows. */
export interface BoundsResults {
  /** V. */
  readonly entities: number;
  /** p. */
  readonly linkProbability: number;
  readonly exact: readonly CurvePoint[];
  /** Bounds for every graph, number of entities and time [docs/theory.md, Proposition 4]. */
  readonly quenched: readonly BoundsPoint[];
  /** The asymptotic bounds [Yang2025, Theorem 1]. */
  readonly theorem1: readonly BoundsPoint[];
}

/**
 * The exact curve between its bounds, on a logarithmic time axis: those of Theorem 1 hold in the limit and may be
 * crossed by a single graph, those for any graph may not.
 *
 * @param results - step 0 is not drawn, as the axis is logarithmic
 */
export function boundsFigure(results: BoundsResults, options?: FigureOptions): VegaLiteSpec {
  const look = frame(options);
  const styles = curveStyles(look.colors);
  const positive = <Point extends { readonly step: number }>(points: readonly Point[]) =>
    points.filter(({ step }) => step > 0);
  const exact = positive(results.exact);
  const lines = [
    ...boundsLines(styles.theorem1Lower, styles.theorem1Upper, positive(results.theorem1)),
    ...boundsLines(styles.quenchedLower, styles.quenchedUpper, positive(results.quenched)),
    growthLine(styles.exact, exact),
  ];
  return figureSpec(
    {
      title: { text: "Bounds on the growth of known links", subtitle: modelSubtitle(results) },
      width: plotWidth(look),
      height: look.isNarrow ? 200 : 280,
      layer: [lineLayer(lines, { x: logStepAxis(exact), y: DENSITY_AXIS }, look)],
    },
    options,
  );
}
