import { logTicks } from "./grid.ts";
import type { TrainingLabels } from "./results.ts";
import type { Frame, VegaLiteSpec } from "./spec.ts";

/** Room left of and right of the plot for its vertical axis and padding, in units of 1/96 in. */
const AXIS_ROOM = 64;

/** Width of a single plot that fills the figure. */
export function plotWidth({ width }: Frame): number {
  return width - AXIS_ROOM;
}

/** Steps of the process. */
export function stepAxis(scale: "linear" | "log", from: number, to: number): VegaLiteSpec {
  return {
    scale: { type: scale, domain: [from, to], nice: false },
    axis: {
      title: scale === "log" ? "Step $t$ (log scale)" : "Step $t$",
      grid: false,
      // Vega drops given values of a logarithmic axis down to a tick count.
      ...(scale === "log" ? { values: logTicks(from, to) } : { tickCount: 3 }),
      labelExpr: "format(datum.value, ',d')",
    },
  };
}

/** The logarithmic axis over all positive steps of some points. */
export function logStepAxis(points: readonly { readonly step: number }[]): VegaLiteSpec {
  const steps = points.map(({ step }) => step).filter((step) => step > 0);
  return stepAxis("log", Math.min(...steps), Math.max(...steps));
}

/** Link density, a share of all ordered pairs. */
export const DENSITY_AXIS = {
  scale: { zero: false, nice: 5 },
  axis: { title: "Link density Acc$(t)$", tickCount: 6, format: ".2~f" },
} as const satisfies VegaLiteSpec;

/** The axis of a panel that stands on another with the same axis. */
export function unlabelled(axis: VegaLiteSpec): VegaLiteSpec {
  return { ...axis, axis: { ...(axis["axis"] as VegaLiteSpec), title: null, labels: false } };
}

/** Synthetic tokens, in millions, or what the results call their horizontal axis. */
export function tokensAxis({ xTitle }: TrainingLabels): VegaLiteSpec {
  return amountAxis(xTitle ?? "Synthetic tokens (millions, log scale)", "~r");
}

/** An amount on a logarithmic axis: the ticks are 1, 2 and 5 times the powers of ten. */
export function amountAxis(title: string, format: string): VegaLiteSpec {
  const values = Array.from({ length: 16 }, (_, i) => [1, 2, 5].map((digit) => Number(`${digit}e${i - 5}`)));
  return {
    scale: { type: "log", nice: false, padding: 8 },
    axis: { title, values: values.flat(), format, grid: false },
  };
}

/** Test accuracy, in %, or what the results call their vertical axis. */
export function accuracyAxis({ yTitle }: TrainingLabels): VegaLiteSpec {
  return { scale: { zero: false, nice: true }, axis: { title: yTitle ?? "QuALITY accuracy (%)" } };
}
