import { DomainError } from "../errors.ts";
import { accuracyAxis, plotWidth, tokensAxis } from "./axes.ts";
import { verbatim } from "./mathText.ts";
import type { ReferenceAccuracy, TrainingLabels, TrainingSeries } from "./results.ts";
import { type Frame, figureSpec, frame, type VegaLiteSpec } from "./spec.ts";
import type { FigureOptions } from "./theme.ts";

/** What Figure 2 of the paper shows. */
export interface ScalingResults extends TrainingLabels {
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
  const { series, references } = results;
  requireTokens(series);
  const look = frame(options);
  const y = { field: "accuracy", type: "quantitative", ...accuracyAxis(results) };
  return figureSpec(
    {
      title: results.title ?? "Closed-book accuracy against synthetic tokens",
      width: plotWidth(look) - (look.isNarrow ? 0 : labelRoom(references)),
      height: look.isNarrow ? 260 : 340,
      layer: [
        referenceRules(references, y),
        ...referenceLabels(results, y, look),
        seriesLines(results, y, look),
      ],
    },
    options,
  );
}

function requireTokens(series: readonly TrainingSeries[]): void {
  for (const { name, points } of series) {
    if (points.length === 0) throw new DomainError(`points of ${name}`, "none", "at least one");
    for (const { tokens } of points) {
      if (!(tokens > 0)) throw new DomainError(`tokens of ${name}`, tokens, "> 0 on a logarithmic axis");
    }
  }
}

function referenceRules(references: readonly ReferenceAccuracy[], y: VegaLiteSpec): VegaLiteSpec {
  return {
    data: { values: references.map(({ name, accuracy }) => ({ name, accuracy })) },
    mark: { type: "rule", strokeDash: [5, 4], opacity: 0.8 },
    encoding: { y },
  };
}

/** Room for the longest label: a letter of this font at size 11 is 5.6 units wide on average. */
function labelRoom(references: readonly ReferenceAccuracy[]): number {
  return Math.round(5.6 * Math.max(0, ...references.map((reference) => referenceLabel(reference).length)));
}

function referenceLabel({ name, accuracy }: ReferenceAccuracy): string {
  return `${name}: ${accuracy.toFixed(2)}`;
}

/** Right of the axes, where no point can lie; in a narrow column above the line, at the end that is free. */
function referenceLabels(
  { references, series }: ScalingResults,
  y: VegaLiteSpec,
  { isNarrow, colors }: Frame,
): VegaLiteSpec[] {
  const label = (labelled: readonly ReferenceAccuracy[], place: VegaLiteSpec, x: VegaLiteSpec) => ({
    data: {
      values: labelled.map((reference) => ({
        accuracy: reference.accuracy,
        label: verbatim(referenceLabel(reference)),
      })),
    },
    mark: { type: "text", color: colors.muted, ...place },
    encoding: { x, y, text: { field: "label" } },
  });
  if (!isNarrow) {
    return [label(references, { align: "left", baseline: "middle", dx: 6 }, { value: "width" })];
  }
  const above = { baseline: "bottom", dy: -2, fontSize: 9 };
  const crowded = references.filter(({ accuracy }) => isCrowded(series, accuracy));
  const free = references.filter((reference) => !crowded.includes(reference));
  return [
    label(free, { align: "left", dx: 2, ...above }, { value: 0 }),
    label(crowded, { align: "right", dx: -2, ...above }, { value: "width" }),
  ];
}

/** Whether points lie on the label above this accuracy at the left end, on the first four tenths of the axis. */
function isCrowded(series: readonly TrainingSeries[], accuracy: number): boolean {
  const logs = series.flatMap(({ points }) => points.map(({ tokens }) => Math.log(tokens)));
  const least = Math.min(...logs);
  const end = least + 0.4 * (Math.max(...logs) - least);
  return series.some(({ points }) =>
    points.some((point) => Math.log(point.tokens) < end && Math.abs(point.accuracy - accuracy) < 1.5),
  );
}

function seriesLines(results: ScalingResults, y: VegaLiteSpec, { colors }: Frame): VegaLiteSpec {
  const { series } = results;
  const values = series.flatMap(({ name, points }) =>
    points.map(({ tokens, accuracy }) => ({ series: verbatim(name), tokens, accuracy })),
  );
  const domain = series.map(({ name }) => verbatim(name));
  const told = (range: readonly string[]) => ({
    field: "series",
    type: "nominal",
    scale: { domain, range },
    legend: { title: null, orient: "top", symbolOpacity: 1 },
  });
  return {
    data: { values },
    mark: { type: "line", point: { size: 34 }, strokeWidth: 1.6 },
    encoding: {
      x: { field: "tokens", type: "quantitative", ...tokensAxis(results) },
      y,
      color: told([colors.blue, colors.vermilion, colors.green, colors.purple]),
      shape: told(["circle", "square", "triangle-up", "diamond"]),
    },
  };
}
