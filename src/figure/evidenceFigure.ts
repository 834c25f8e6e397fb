import { DomainError } from "../errors.ts";
import { plotWidth } from "./axes.ts";
import { logTicks } from "./grid.ts";
import { horizontalRules, type Line, type LineStyle, lineLayer } from "./layers.ts";
import { figureSpec, frame, type VegaLiteSpec } from "./spec.ts";
import type { FigureOptions, Palette } from "./theme.ts";

/** A claim put to the test, as one of the claims of `entigraph verify --json`. */
export interface EvidenceResults {
  readonly statement: string;
  readonly finding: {
    readonly verdict: string;
    readonly chart: {
      /** What the horizontal axis shows, which is logarithmic. */
      readonly axis: string;
      /** What the vertical axis shows, with its unit. */
      readonly quantity: string;
      /** At most nine. */
      readonly lines: readonly {
        readonly name: string;
        readonly points: readonly { readonly at: number; readonly value: number }[];
      }[];
    };
  };
}

type ChartLines = EvidenceResults["finding"]["chart"]["lines"];

/** Letters of a statement that have room on a line. */
const LINE = { double: 78, single: 44 } as const;

/**
 * What was measured of a claim: a line for each case. Up to six lines have a colour and a dash each; up to nine, three
 * in a row share a dash, as where three λ are tried at each of three V.
 *
 * @throws {DomainError} if there are more than nine lines
 */
export function evidenceFigure(results: EvidenceResults, options?: FigureOptions): VegaLiteSpec {
  const { statement, finding } = results;
  const { verdict, chart } = finding;
  if (chart.lines.length > 9) throw new DomainError("lines", chart.lines.length, "at most nine");
  const look = frame(options);
  const places = chart.lines.flatMap(({ points }) => points.map(({ at }) => at));
  const [from, to] = [Math.min(...places), Math.max(...places)];
  const axes = {
    x: {
      scale: { type: "log", domain: [from, to], nice: false },
      axis: {
        title: chart.axis,
        grid: false,
        values: logTicks(from, to),
        labelExpr: "format(datum.value, '~g')",
      },
    },
    y: { scale: { nice: true, zero: true }, axis: { title: chart.quantity } },
  };
  return figureSpec(
    {
      title: {
        text: wrapped(statement, LINE[look.isNarrow ? "single" : "double"]),
        subtitle: `Verdict: ${verdict}`,
      },
      width: plotWidth(look),
      height: look.isNarrow ? 200 : 260,
      layer: [
        horizontalRules([{ y: 0, label: "" }], axes, look),
        lineLayer(styled(chart.lines, look.colors), axes, look),
      ],
    },
    options,
  );
}

function styled(lines: ChartLines, colors: Palette): Line[] {
  const style = lines.length > 6 ? grid(colors) : row(colors);
  return lines.map(({ name, points }, i) => ({
    ...style(i),
    name,
    points: points.map(({ at, value }) => ({ x: at, y: value })),
  }));
}

const DASHES = [[], [6, 3], [2, 3], [9, 3, 2, 3], [10, 3], [4, 2]] as const;

function row(colors: Palette): (i: number) => LineStyle {
  const hues = [colors.blue, colors.vermilion, colors.green, colors.purple, colors.orange, colors.ink];
  return (i) => ({ color: hues[i]!, dash: DASHES[i]! });
}

function grid(colors: Palette): (i: number) => LineStyle {
  const hues = [colors.blue, colors.vermilion, colors.green];
  return (i) => ({ color: hues[i % 3]!, dash: DASHES[Math.floor(i / 3)]! });
}

/** Words in lines of at most so many letters. */
function wrapped(text: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
