import { type FigureOptions, figureWidth, type Palette, palette, themeConfig } from "./theme.ts";

/** A Vega-Lite specification: plain JSON, with its data inside. */
export type VegaLiteSpec = { readonly [key: string]: Json };

/** What JSON can hold; `undefined` members are left out. */
export type Json = string | number | boolean | null | undefined | readonly Json[] | VegaLiteSpec;

/** What a figure is drawn with. */
export interface Frame {
  readonly colors: Palette;
  /** Width of the whole figure, in units of 1/96 in. */
  readonly width: number;
  readonly isNarrow: boolean;
}

/** Resolve the options of a figure. */
export function frame({ theme, column }: FigureOptions = {}): Frame {
  return { colors: palette(theme), width: figureWidth(column), isNarrow: column === "single" };
}

/**
 * Complete a figure: the schema, the theme, and numbers rounded so that the specification is small and the same
 * on every machine.
 *
 * @param body - title, data, marks and encodings
 */
export function figureSpec(body: VegaLiteSpec, options?: FigureOptions): VegaLiteSpec {
  return rounded({
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    config: themeConfig(options),
    ...body,
  }) as VegaLiteSpec;
}

/** Six digits are finer than any printed pixel, and hide the last-digit differences between machines. */
const SIGNIFICANT_DIGITS = 6;

/** A copy with fractions rounded to six significant digits; integers such as steps stay exact. */
function rounded(value: Json): Json {
  if (typeof value === "number") {
    return Number.isInteger(value) ? value : Number(value.toPrecision(SIGNIFICANT_DIGITS));
  }
  if (Array.isArray(value)) return value.map(rounded);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(entries.map(([key, member]) => [key, rounded(member)]));
}
