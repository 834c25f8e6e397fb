import type { Frame, VegaLiteSpec } from "./spec.ts";

/**
 * The kinds of marks of which figures consist: lines, bands, points and rules. Each kind has a channel of its own
 * (stroke, fill, color with shape), so that each has its own legend, true to what is drawn, and none is mixed up.
 */

/** A place in a panel, in the units of its axes. */
export interface XY {
  readonly x: number;
  readonly y: number;
}

/** A range at one place of the horizontal axis. */
export interface Range {
  readonly x: number;
  readonly lower: number;
  readonly upper: number;
}

/** How a line is told from the others: by colour and by dash, as lengths of stroke and gap; solid if empty. */
export interface LineStyle {
  readonly color: string;
  readonly dash: readonly number[];
}

/** A named line. */
export interface Line extends LineStyle {
  readonly name: string;
  readonly points: readonly XY[];
}

/** A named band, or one of several nested ones. */
export interface Band {
  readonly name: string;
  readonly color: string;
  readonly values: readonly Range[];
}

/** A named group of points. */
export interface PointGroup {
  readonly name: string;
  readonly color: string;
  readonly shape: "circle" | "square" | "triangle-up" | "diamond" | "cross";
  readonly points: readonly XY[];
}

/** Horizontal and vertical encodings of a panel, without their fields. */
export interface PanelAxes {
  readonly x: VegaLiteSpec;
  readonly y: VegaLiteSpec;
}

/** Area of a legend symbol that shows a whole period of each dash. */
const STROKE_SIZE = 500;

/** Half of what such a symbol, √500 high, exceeds a line of text: padding that sets smaller symbols level with it. */
const LEGEND_LEVEL = 6;

const SOLID = [1, 0];

/** Letters that a row of a legend has room for in a narrow figure. */
const NARROW_LEGEND = 32;

/** Lines in the order of the legend, which sets more than two in two columns and more than six in three, and in a narrow figure in one. */
export function lineLayer(lines: readonly Line[], axes: PanelAxes, { isNarrow }: Frame): VegaLiteSpec {
  const domain = lines.map(({ name }) => name);
  const legend = {
    title: null,
    symbolType: "stroke",
    symbolSize: STROKE_SIZE,
    columns: isNarrow ? 1 : lines.length > 6 ? 3 : lines.length > 2 ? 2 : 0,
    labelOffset: 4,
  };
  const told = (range: VegaLiteSpec["range"]) => ({
    field: "line",
    type: "nominal",
    scale: { domain, range },
    legend,
  });
  return {
    data: { values: lines.flatMap(({ name, points }) => points.map(({ x, y }) => ({ line: name, x, y }))) },
    mark: { type: "line", strokeCap: "butt" },
    encoding: {
      ...placed(axes, "y"),
      stroke: told(lines.map(({ color }) => color)),
      strokeDash: told(lines.map(({ dash }) => (dash.length === 0 ? SOLID : dash))),
    },
  };
}

/** Bands; where several are nested, the widest first. */
export function bandLayer(bands: readonly Band[], axes: PanelAxes, look: Frame): VegaLiteSpec {
  return {
    data: {
      values: bands.flatMap(({ name, values }) =>
        values.map(({ x, lower, upper }) => ({ band: name, x, lower, upper })),
      ),
    },
    mark: { type: "area", opacity: 0.35 },
    encoding: {
      ...placed(axes, "lower"),
      y2: { field: "upper" },
      fill: {
        field: "band",
        type: "nominal",
        scale: { domain: bands.map(({ name }) => name), range: bands.map(({ color }) => color) },
        legend: {
          title: null,
          symbolType: "square",
          symbolStrokeWidth: 0,
          symbolSize: 130,
          symbolOpacity: 0.35,
          padding: legendPadding(look),
        },
      },
    },
  };
}

/** Points. */
export function pointLayer(
  groups: readonly PointGroup[],
  axes: PanelAxes,
  look: Frame,
  size = 28,
): VegaLiteSpec {
  const domain = groups.map(({ name }) => name);
  const legend = {
    title: null,
    symbolSize: 45,
    symbolOpacity: 1,
    padding: legendPadding(look),
    columns: look.isNarrow && domain.join("").length > NARROW_LEGEND ? 1 : 0,
  };
  const told = (range: readonly string[]) => ({
    field: "points",
    type: "nominal",
    scale: { domain, range },
    legend,
  });
  return {
    data: {
      values: groups.flatMap(({ name, points }) => points.map(({ x, y }) => ({ points: name, x, y }))),
    },
    mark: { type: "point", filled: true, size, opacity: 1 },
    encoding: {
      ...placed(axes, "y"),
      color: told(groups.map(({ color }) => color)),
      shape: told(groups.map(({ shape }) => shape)),
    },
  };
}

/** A labelled vertical line at each value of x; the label stands at the top, right of its line. */
export function verticalRules(
  rules: readonly { readonly x: number; readonly label: string }[],
  axes: PanelAxes,
  { colors }: Frame,
): VegaLiteSpec {
  const x = { field: "x", type: "quantitative", ...axes.x };
  return {
    data: { values: rules.map(({ x, label }) => ({ x, label })) },
    layer: [
      { mark: { type: "rule", strokeDash: [5, 4] }, encoding: { x } },
      {
        mark: { type: "text", align: "left", baseline: "top", dx: 4, color: colors.muted },
        encoding: { x, y: { value: 0 }, text: { field: "label" } },
      },
    ],
  };
}

/** A labelled horizontal line at each value of y; the label stands above its line, at the left or right end. */
export function horizontalRules(
  rules: readonly { readonly y: number; readonly label: string }[],
  axes: PanelAxes,
  { colors }: Frame,
  end: "left" | "right" = "left",
): VegaLiteSpec {
  const y = { field: "y", type: "quantitative", ...axes.y };
  const place = end === "left" ? { align: "left", dx: 5 } : { align: "right", dx: -5 };
  return {
    data: { values: rules.map(({ y, label }) => ({ y, label })) },
    layer: [
      { mark: { type: "rule", strokeDash: [5, 4] }, encoding: { y } },
      {
        mark: { type: "text", baseline: "bottom", dy: -3, color: colors.muted, ...place },
        encoding: { x: { value: end === "left" ? 0 : "width" }, y, text: { field: "label" } },
      },
    ],
  };
}

function placed(axes: PanelAxes, y: string): VegaLiteSpec {
  return {
    x: { field: "x", type: "quantitative", ...axes.x },
    y: { field: y, type: "quantitative", ...axes.y },
  };
}

function legendPadding({ isNarrow }: Frame): number {
  return isNarrow ? 0 : LEGEND_LEVEL;
}
