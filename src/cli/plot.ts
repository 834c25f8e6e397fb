import plotChart, { type LineFormatterArgs, type Point } from "simple-ascii-chart";
import type { Terminal } from "./terminal.ts";

/** From and to, such as a band at one x. */
type Range = readonly [low: number, high: number];

/** What is drawn with one mark: a function of x drawn in every column, or samples. */
export interface PlotSeries {
  readonly name: string;
  /** One character. */
  readonly mark: string;
  readonly values: ((x: number) => number | Range) | readonly (readonly [x: number, y: number | Range])[];
}

/** A small plot for a terminal. */
export interface TerminalPlot {
  readonly x: PlotAxis;
  readonly y: string;
  /** Later ones are drawn over earlier ones. */
  readonly series: readonly PlotSeries[];
}

/** A horizontal axis; a logarithmic one begins above 0. */
export interface PlotAxis {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  readonly scale: "linear" | "log";
}

/** Rows of a plot, about; a whole number of them lies between two labels. */
const ROWS = 15;

/** Columns that a plot takes at most and at least. */
const WIDEST = 96;
const NARROWEST = 40;

/** Columns for labels, axis and arrow beside the plot. */
const MARGIN = 12;

/** Of the escape sequences: cyan, magenta and blue can be read on light and on dark ground. */
const COLORS = [36, 35, 34] as const;

/** An axis for steps: logarithmic, from the first step after 0. */
export function stepAxis(steps: readonly number[]): PlotAxis {
  const later = steps.filter((step) => step > 0);
  return { label: "step", from: Math.min(...later), to: Math.max(...later), scale: "log" };
}

/** An axis for amounts of training: logarithmic where they span more than a factor of 20. */
export function amountAxis(label: string, amounts: ArrayLike<number>): PlotAxis {
  const from = Math.min(...Array.from(amounts));
  const to = Math.max(...Array.from(amounts));
  return { label, from, to, scale: from > 0 && to > 20 * from ? "log" : "linear" };
}

/**
 * Draw a plot as lines of text, no wider than the terminal, in colour where the terminal has it (NO_COLOR is heeded).
 *
 * @returns undefined where there is nothing to draw, or no room
 */
export function drawPlot(plot: TerminalPlot, stdout: Terminal["stdout"]): string | undefined {
  const width = Math.min(stdout.columns ?? 80, WIDEST);
  if (width < NARROWEST || !(plot.x.to > plot.x.from)) return undefined;
  const columns = width - MARGIN;
  const samples = plot.series.map((series) => placed(series, plot.x, columns));
  const drawn = plot.series.filter((_, i) => samples[i]!.length > 0);
  const values = samples.filter((each) => each.length > 0);
  if (values.length === 0) return undefined;
  const yTicks = roundTicks(
    ...spread(values.flatMap((each) => each.flatMap(({ low, high }) => [low, high]))),
  );
  const intervals = yTicks.length - 1;
  const rows = intervals * Math.max(2, Math.floor(ROWS / intervals)) + 1;
  const xTicks = axisTicks(plot.x, Math.floor(columns / 9));
  const colored = stdout.hasColors?.() ?? false;
  const symbols = drawn.map(({ mark }, i) =>
    colored ? `\x1b[${COLORS[i % COLORS.length]}m${mark}\x1b[39m` : mark,
  );
  const chart = plotChart(
    [frame(plot.x, yTicks), ...values].map((each) => each.map(({ at, high }): Point => [at, high])),
    {
      width: columns,
      height: rows,
      yRange: [yTicks[0]!, yTicks.at(-1)!],
      customXAxisTicks: xTicks.map((x) => position(plot.x, x)),
      customYAxisTicks: yTicks,
      formatter: (value, { axis }) =>
        axis === "x" ? compact(xTicks.find((x) => position(plot.x, x) === value) ?? value) : compact(value),
      lineFormatter: marks(values, symbols, yTicks, rows),
    },
  );
  const lines = chart.split("\n").map((line) => line.trimEnd());
  const legend = drawn.map(({ name }, i) => `${symbols[i]} ${name}`);
  return [
    plot.y,
    ...lines.filter((line) => line !== ""),
    `${plot.x.label}${plot.x.scale === "log" ? " (logarithmic)" : ""}`.padStart(width - 4),
    legend.join("   "),
  ].join("\n");
}

/** Where something is drawn: on the axis as the chart has it, over the values it covers. */
interface Placed {
  readonly at: number;
  readonly low: number;
  readonly high: number;
}

/** Where an x is on the axis of the chart, which knows linear axes only. */
function position({ scale }: PlotAxis, x: number): number {
  return scale === "log" ? Math.log10(x) : x;
}

function placed({ values }: PlotSeries, axis: PlotAxis, columns: number): Placed[] {
  const samples =
    typeof values === "function" ? grid(axis, columns).map((x) => [x, values(x)] as const) : values;
  return samples.flatMap(([x, y]) => {
    const [low, high] = typeof y === "number" ? [y, y] : y;
    const at = position(axis, x);
    return Number.isFinite(at) && Number.isFinite(low) && Number.isFinite(high) ? [{ at, low, high }] : [];
  });
}

/** One x for each column. */
function grid(axis: PlotAxis, columns: number): number[] {
  const [from, to] = [position(axis, axis.from), position(axis, axis.to)];
  return Array.from({ length: columns }, (_, i) => {
    const at = from + ((to - from) * i) / (columns - 1);
    return axis.scale === "log" ? 10 ** at : at;
  });
}

/** A first series that nobody sees, from corner to corner: the chart takes its range of x from it. */
function frame(axis: PlotAxis, yTicks: readonly number[]): Placed[] {
  return [
    { at: position(axis, axis.from), low: yTicks[0]!, high: yTicks[0]! },
    { at: position(axis, axis.to), low: yTicks.at(-1)!, high: yTicks.at(-1)! },
  ];
}

/** The chart asks for the marks of one series after the other, without saying which; the first is the frame. */
function marks(
  values: readonly (readonly Placed[])[],
  symbols: readonly string[],
  yTicks: readonly number[],
  rows: number,
) {
  const [bottom, top] = [yTicks[0]!, yTicks.at(-1)!];
  // Rows count from the top, from 1 on.
  const row = (y: number) => rows - Math.round(((rows - 1) * (y - bottom)) / (top - bottom));
  let current = -2;
  return ({ index, plotX }: LineFormatterArgs) => {
    if (index === 0) current++;
    if (current < 0) return [];
    const { low, high } = values[current]![index]!;
    const symbol = symbols[current]!;
    return Array.from({ length: row(low) - row(high) + 1 }, (_, i) => ({
      x: plotX,
      y: row(high) + i,
      symbol,
    }));
  };
}

function spread(values: readonly number[]): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low < high ? [low, high] : [low - 1, high + 1];
}

/** Four to eight round numbers around a range. */
function roundTicks(low: number, high: number): number[] {
  const rough = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((factor) => factor * power >= rough)!;
  const first = Math.floor(low / step);
  const last = Math.ceil(high / step);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Round numbers on the axis, at most so many: powers of ten where there are two of them, else 1, 2 and 5 times these. */
function axisTicks(axis: PlotAxis, most: number): number[] {
  const within = (ticks: number[]) => ticks.filter((x) => x >= axis.from && x <= axis.to);
  if (axis.scale === "linear") return within(roundTicks(axis.from, axis.to));
  const [first, last] = [Math.floor(Math.log10(axis.from)), Math.ceil(Math.log10(axis.to))];
  const powers = Array.from({ length: last - first + 1 }, (_, i) => 10 ** (first + i));
  const decades = within(powers);
  if (decades.length < 3)
    return within(powers.flatMap((power) => [power, 2 * power, 5 * power])).slice(-most);
  return decades.filter((_, i) => i % Math.ceil(decades.length / most) === 0);
}

const COMPACT = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 4 });

/** A short number; k, M and B are read by the options too. */
function compact(value: number): string {
  return COMPACT.format(value).replace("K", "k").replace("-", "−");
}
