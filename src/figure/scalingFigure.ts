import { DomainError } from "../errors.ts";
import type { ReferenceAccuracy, TrainingSeries } from "./results.ts";
import { type Frame, figureSpec, frame, type VegaLiteSpec } from "./spec.ts";
import type { FigureOptions } from "./theme.ts";

/** What Figure 2 of the paper shows. */
export interface ScalingResults {
  /** At most four, such as EntiGraph, Rephrase and QA SFT. */
  readonly series: readonly TrainingSeries[];
  /** Drawn as labelled horizontal lines. */
  readonly references: readonly ReferenceAccuracy[];
}

/**
 * Test accuracy against synthetic tokens on a logarithmic axis, with the accuracies of other models as labelled
 * lines [Yang2025, Figure 2].
 *
 * @param results - tokens in millions, positive; accuracies in %
 * @throws {DomainError} if a series is empty or a number of tokens is not positive
 */
export function scalingFigure(results: ScalingResults, options?: FigureOptions): VegaLiteSpec {
  requireTokens(results.series);
  const look = frame(options);
  return figureSpec(
    {
      title: "Closed-book accuracy against synthetic tokens",
      width: look.width - (look.isNarrow ? 64 : 70 + labelRoom(results.references)),
      height: look.isNarrow ? 260 : 340,
      layer: [referenceRules(results.references), referenceLabels(results, look), seriesLines(results, look)],
    },
    options,
  );
}

/** Shared by the figures whose horizontal axis is synthetic tokens. */
export const TOKENS_AXIS = {
  field: "tokens",
  type: "quantitative",
  scale: { type: "log", nice: false, padding: 8 },
  axis: {
    title: "Synthetic tokens (millions, log scale)",
    values: [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000],
    format: "~r",
    grid: false,
  },
} as const satisfies VegaLiteSpec;

/** Shared by the figures whose vertical axis is test accuracy. */
export const ACCURACY_AXIS = {
  field: "accuracy",
  type: "quantitative",
  scale: { zero: false, nice: true },
  axis: { title: "QuALITY accuracy (%)" },
} as const satisfies VegaLiteSpec;

function requireTokens(series: readonly TrainingSeries[]): void {
  for (const { name, points } of series) {
    if (points.length === 0) throw new DomainError(`points of ${name}`, "none", "at least one");
    for (const { tokens } of points) {
      if (!(tokens > 0)) throw new DomainError(`tokens of ${name}`, tokens, "> 0 on a logarithmic axis");
    }
  }
}

function referenceRules(references: readonly ReferenceAccuracy[]): VegaLiteSpec {
  return {
    data: { values: references.map(({ name, accuracy }) => ({ name, accuracy })) },
    mark: { type: "rule", strokeDash: [5, 4], opacity: 0.8 },
    encoding: { y: ACCURACY_AXIS },
  };
}

/** Room for the longest label: a letter of this font at size 11 is 5.6 units wide on average. */
function labelRoom(references: readonly ReferenceAccuracy[]): number {
  return Math.round(5.6 * Math.max(0, ...references.map((reference) => referenceLabel(reference).length)));
}

function referenceLabel({ name, accuracy }: ReferenceAccuracy): string {
  return `${name}: ${accuracy.toFixed(2)}`;
}

/** Right of the axes, where no point can lie; over the line's left end where the column leaves no room. */
function referenceLabels({ references }: ScalingResults, { isNarrow, colors }: Frame): VegaLiteSpec {
  const values = references.map(({ name, accuracy }) => ({
    accuracy,
    label: referenceLabel({ name, accuracy }),
  }));
  const place = isNarrow
    ? { align: "left", baseline: "bottom", dx: 2, dy: -2, fontSize: 9 }
    : { align: "left", baseline: "middle", dx: 6 };
  return {
    data: { values },
    mark: { type: "text", color: colors.muted, ...place },
    encoding: {
      x: { value: isNarrow ? 0 : "width" },
      y: ACCURACY_AXIS,
      text: { field: "label" },
    },
  };
}

function seriesLines({ series }: ScalingResults, { colors }: Frame): VegaLiteSpec {
  const values = series.flatMap(({ name, points }) =>
    points.map(({ tokens, accuracy }) => ({ series: name, tokens, accuracy })),
  );
  const domain = series.map(({ name }) => name);
  const legend = { title: null, orient: "top", symbolOpacity: 1 };
  return {
    data: { values },
    mark: { type: "line", point: { size: 34 }, strokeWidth: 1.6 },
    encoding: {
      x: TOKENS_AXIS,
      y: ACCURACY_AXIS,
      color: {
        field: "series",
        type: "nominal",
        scale: { domain, range: [colors.blue, colors.vermilion, colors.green, colors.purple] },
        legend,
      },
      shape: {
        field: "series",
        type: "nominal",
        scale: { domain, range: ["circle", "square", "triangle-up", "diamond"] },
        legend,
      },
    },
  };
}
