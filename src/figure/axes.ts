import { logTicks } from "./grid.ts";
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

/** Synthetic tokens, in millions. */
export const TOKENS_AXIS = {
  scale: { type: "log", nice: false, padding: 8 },
  axis: {
    title: "Synthetic tokens (millions, log scale)",
    values: [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500].concat(
      [1, 2, 5, 10, 20, 50, 100].map((thousands) => 1000 * thousands),
    ),
    format: "~r",
    grid: false,
  },
} as const satisfies VegaLiteSpec;

/** Test accuracy, in %. */
export const ACCURACY_AXIS = {
  scale: { zero: false, nice: true },
  axis: { title: "QuALITY accuracy (%)" },
} as const satisfies VegaLiteSpec;
