import { DomainError } from "../errors.ts";
import { accuracyAxis, plotWidth, tokensAxis } from "./axes.ts";
import { bandLayer, lineLayer, type PointGroup, pointLayer } from "./layers.ts";
import { tokenRange } from "./mixtureFitFigure.ts";
import type { TrainingLabels, TrainingPoint } from "./results.ts";
import { figureSpec, frame, type VegaLiteSpec } from "./spec.ts";
import type { FigureOptions, Palette } from "./theme.ts";

/** A forecast from the first results, and those that came after. */
export interface ForecastResults extends TrainingLabels {
  /** What the forecast was made from. */
  readonly points: readonly TrainingPoint[];
  /** What it was not told; may be empty. */
  readonly heldOut: readonly TrainingPoint[];
  readonly mean: readonly TrainingPoint[];
  /** One or two nested prediction intervals. */
  readonly intervals: readonly {
    /** Such as 0.9. */
    readonly level: number;
    readonly range: readonly { readonly tokens: number; readonly lower: number; readonly upper: number }[];
  }[];
}

/**
 * A forecast as a fan: mean, prediction intervals, the results from which it was made and those held out, which it
 * should cover as often as its levels say.
 *
 * @param results - tokens in millions, positive; accuracies in %
 * @throws {DomainError} if there are no points, a number of tokens is not positive or there are more than two levels
 */
export function forecastFigure(results: ForecastResults, options?: FigureOptions): VegaLiteSpec {
  tokenRange(results.points);
  if (results.intervals.length > 2)
    throw new DomainError("intervals", results.intervals.length, "at most two");
  const look = frame(options);
  const axes = { x: tokensAxis(results), y: accuracyAxis(results) };
  const widestFirst = [...results.intervals].sort((a, b) => b.level - a.level);
  const bands = widestFirst.map(({ level, range }, index) => ({
    name: `${Number((100 * level).toPrecision(3))} % interval`,
    color: [look.colors.sky, look.colors.blue][index]!,
    values: range.map(({ tokens, lower, upper }) => ({ x: tokens, lower, upper })),
  }));
  return figureSpec(
    {
      title: { text: results.title ?? "Forecast of accuracy", subtitle: coverageText(results) },
      width: plotWidth(look),
      height: look.isNarrow ? 220 : 300,
      layer: [
        bandLayer(bands, axes, look),
        lineLayer(
          [{ name: "forecast", color: look.colors.ink, dash: [], points: results.mean.map(place) }],
          axes,
          look,
        ),
        pointLayer(groups(results, look.colors), axes, look, 40),
      ],
    },
    options,
  );
}

function groups({ points, heldOut }: ForecastResults, colors: Palette): PointGroup[] {
  const known: PointGroup = {
    name: "known to the forecast",
    color: colors.ink,
    shape: "circle",
    points: points.map(place),
  };
  if (heldOut.length === 0) return [known];
  return [known, { name: "held out", color: colors.vermilion, shape: "diamond", points: heldOut.map(place) }];
}

function coverageText({ points, heldOut }: ForecastResults): string {
  const from = `made from ${points.length} results`;
  return heldOut.length === 0 ? from : `${from}; ${heldOut.length} held out`;
}

function place({ tokens, accuracy }: TrainingPoint): { x: number; y: number } {
  return { x: tokens, y: accuracy };
}
