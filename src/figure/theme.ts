import type { VegaLiteSpec } from "./spec.ts";

/** Ink on paper, or the reverse for dark screens. */
export type ThemeName = "light" | "dark";

/**
 * Width of the whole figure, as printed: `single` for one column of a two-column page (3.5 in), `double` for the
 * full width (7 in). At 96 units an inch, so that a font size of 12 prints as 9 pt.
 */
export type ColumnWidth = "single" | "double";

/** What every figure function takes beside its results. */
export interface FigureOptions {
  /** Default `light`. */
  readonly theme?: ThemeName;
  /** Default `double`. */
  readonly column?: ColumnWidth;
}

/**
 * Colours by what they are used for. The hues are those of Okabe and Ito, which remain distinct under the common
 * forms of colour blindness [OkabeIto2008]; no figure tells two series apart by colour alone.
 */
export interface Palette {
  readonly ink: string;
  readonly paper: string;
  /** Axes, ticks, secondary text. */
  readonly muted: string;
  readonly grid: string;
  readonly blue: string;
  readonly vermilion: string;
  readonly green: string;
  readonly orange: string;
  readonly sky: string;
  readonly purple: string;
}

const HUES = {
  blue: "#0072b2",
  vermilion: "#d55e00",
  green: "#009e73",
  orange: "#e69f00",
  sky: "#56b4e9",
  purple: "#cc79a7",
} as const;

const PALETTES: Readonly<Record<ThemeName, Palette>> = {
  light: { ...HUES, ink: "#1a1a1a", paper: "#ffffff", muted: "#5c5c5c", grid: "#e9e9e9" },
  // On a dark ground the original blue falls below a contrast of 3 : 1; with it lightened, sky must be lighter still.
  dark: {
    ...HUES,
    blue: "#3f8fd6",
    vermilion: "#f0762a",
    green: "#22b98c",
    sky: "#8fd6ff",
    ink: "#ececec",
    paper: "#16181c",
    muted: "#a6a6a6",
    grid: "#30343a",
  },
};

/** The family in which all text is set; render.ts carries its files. Others stand in where it is not installed. */
const FONT_FAMILY = "Source Serif 4, Source Serif Pro, Georgia, serif";

/** Units an inch of the specifications: the CSS pixel. */
export const UNITS_PER_INCH = 96;

/** The colours of a theme. */
export function palette(theme: ThemeName = "light"): Palette {
  return PALETTES[theme];
}

/** Width of a figure in units of 1/96 in. */
export function figureWidth(column: ColumnWidth = "double"): number {
  return (column === "single" ? 3.5 : 7) * UNITS_PER_INCH;
}

/** The Vega-Lite configuration: one look for all figures. In a narrow column legends are stacked. */
export function themeConfig({ theme, column }: FigureOptions = {}): VegaLiteSpec {
  const { ink, paper, muted, grid, blue } = palette(theme);
  const isNarrow = column === "single";
  return {
    background: paper,
    padding: 10,
    font: FONT_FAMILY,
    view: { stroke: null },
    title: {
      anchor: "start",
      fontSize: isNarrow ? 12 : 14,
      fontWeight: "bold",
      color: ink,
      offset: 8,
      subtitleColor: muted,
      subtitleFontSize: isNarrow ? 10 : 11.5,
      subtitleLineHeight: isNarrow ? 13 : 16,
      subtitlePadding: 4,
    },
    header: { labelColor: ink, labelFontSize: 12, titleColor: ink },
    axis: {
      domainColor: muted,
      gridColor: grid,
      tickColor: muted,
      tickSize: 4,
      labelColor: ink,
      labelFontSize: 11,
      labelPadding: 3,
      labelSeparation: 4,
      titleColor: ink,
      titleFontSize: 12,
      titleFontWeight: "normal",
      titlePadding: 7,
    },
    legend: {
      orient: "bottom",
      layout: { bottom: { direction: isNarrow ? "vertical" : "horizontal", anchor: "start" } },
      columnPadding: 14,
      labelColor: ink,
      labelFontSize: 11,
      labelLimit: 0,
      rowPadding: 3,
      symbolSize: 60,
      symbolStrokeWidth: 2,
      titleColor: ink,
      titleFontSize: 11,
      titleFontWeight: "normal",
    },
    concat: { spacing: 20 },
    line: { strokeWidth: 2, strokeCap: "round" },
    rule: { strokeWidth: 1.2, color: muted },
    point: { filled: true, size: 36, opacity: 1, color: blue },
    text: { color: ink, fontSize: 11 },
    area: { opacity: 0.25, line: false },
  };
}
