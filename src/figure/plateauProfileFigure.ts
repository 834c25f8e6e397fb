import { plotWidth } from "./axes.ts";
import { bandLayer, horizontalRules, lineLayer, verticalRules, type XY } from "./layers.ts";
import { figureSpec, frame, type VegaLiteSpec } from "./spec.ts";
import type { FigureOptions } from "./theme.ts";

/** The profile likelihood of the plateau of a fit. */
export interface PlateauProfileResults {
  /** Best fit with the plateau held at a value: twice the loss of log-likelihood against the best of all. */
  readonly profile: readonly { readonly plateau: number; readonly deviance: number }[];
  readonly estimate: number;
  readonly interval: {
    /** Null where the data set no limit. */
    readonly lower: number | null;
    readonly upper: number | null;
    /** Such as 0.95. */
    readonly level: number;
    /** The deviance at which the interval ends, such as 3.84. */
    readonly threshold: number;
  };
}

/** Deviances are drawn to this many thresholds: beyond, a plateau is excluded, no matter by how much. */
const SHOWN_THRESHOLDS = 3;

/**
 * How well each plateau agrees with the data, the other parameters being fitted anew: plateaus under the threshold
 * form the interval. A profile that stays under it has no end there, and is said to have none.
 *
 * @param results - plateaus in %
 */
export function plateauProfileFigure(results: PlateauProfileResults, options?: FigureOptions): VegaLiteSpec {
  const look = frame(options);
  const { profile, estimate, interval } = results;
  const top = SHOWN_THRESHOLDS * interval.threshold;
  const plateaus = profile.map(({ plateau }) => plateau);
  const axes = {
    x: {
      scale: { zero: false, nice: false, domain: [Math.min(...plateaus), Math.max(...plateaus)] },
      axis: { title: "Plateau (%)", grid: false, tickCount: 8 },
    },
    y: { scale: { domain: [0, top] }, axis: { title: "Deviance, $2 \\Delta \\log L$", tickCount: 5 } },
  };
  const points = profile.map(({ plateau, deviance }) => ({ x: plateau, y: deviance }));
  const name = `${percent(interval.level)} interval`;
  const supported = supportedPlateaus(points, interval);
  return figureSpec(
    {
      title: { text: "What the data say about the plateau", subtitle: intervalText(results) },
      width: plotWidth(look),
      height: look.isNarrow ? 200 : 260,
      layer: [
        bandLayer(
          [
            {
              name,
              color: look.colors.sky,
              values: supported.map(({ x, y }) => ({ x, lower: y, upper: interval.threshold })),
            },
          ],
          axes,
          look,
        ),
        horizontalRules(
          [{ y: interval.threshold, label: `${percent(interval.level)} threshold` }],
          axes,
          look,
          "right",
        ),
        verticalRules([{ x: estimate, label: `best fit, ${estimate.toFixed(1)} %` }], axes, look),
        clipped(lineLayer([{ name: "profile", color: look.colors.ink, dash: [], points }], axes, look)),
      ],
    },
    options,
  );
}

/** Plateaus under the threshold, and the ends of the interval, where the profile crosses it between two of them. */
function supportedPlateaus(
  points: readonly XY[],
  { lower, upper, threshold }: PlateauProfileResults["interval"],
): XY[] {
  const end = (plateau: number | null) => (plateau === null ? [] : [{ x: plateau, y: threshold }]);
  return [...end(lower), ...points.filter(({ y }) => y <= threshold), ...end(upper)];
}

function intervalText({ profile, interval: { lower, upper, level } }: PlateauProfileResults): string {
  // A profile ends somewhere: an open interval says no more than that.
  const farthest = Math.max(...profile.map(({ plateau }) => plateau));
  const from = lower === null ? "no lower limit" : `from ${lower.toFixed(1)} %`;
  const to =
    upper === null ? `no upper limit below ${Number(farthest.toPrecision(6))} %` : `to ${upper.toFixed(1)} %`;
  return `${percent(level)} interval: ${from}, ${to}`;
}

function percent(level: number): string {
  return `${Number((100 * level).toPrecision(3))} %`;
}

function clipped(layer: VegaLiteSpec): VegaLiteSpec {
  return { ...layer, mark: { ...(layer["mark"] as VegaLiteSpec), clip: true } };
}
