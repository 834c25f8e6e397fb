import { createRequire } from "node:module";
import { crc32 } from "node:zlib";
import { Resvg } from "@resvg/resvg-js";
import { type Font, openSync } from "fontkit";
import * as vega from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import { DomainError, InputError } from "../errors.ts";
import { textRuns } from "./mathText.ts";
import type { VegaLiteSpec } from "./spec.ts";
import { UNITS_PER_INCH } from "./theme.ts";
import { typesetSvg, unescapeXml } from "./typeset.ts";

/**
 * The only module of the room that knows files: the font. Text is measured with the same font files that are drawn,
 * so that nothing is cut off or overlaps, and the result does not depend on the fonts of the machine.
 */

/** Resolution of print. */
export const PRINT_DPI = 300;

/** How large a PNG is: by resolution in dots per inch, or in pixels per unit of the specification (1/96 in). */
export type PngSize = { readonly dpi: number } | { readonly scale: number };

/**
 * Draw a Vega-Lite specification as SVG.
 *
 * @param spec - with its data inside; as made by a figure function or read from a `.vl.json` file
 * @returns the same text for the same specification, always
 * @throws {InputError} if the specification does not compile, or text needs a glyph that the font lacks
 */
export async function renderSvg(spec: VegaLiteSpec): Promise<string> {
  measureWithFont();
  const logger = refusing();
  // Compiling may write into its argument: a copy keeps the caller's specification as it is.
  const compiled = compile(structuredClone(spec) as unknown as TopLevelSpec, { logger }).spec;
  const view = new vega.View(vega.parse(compiled), { renderer: "none", logger });
  try {
    const svg = typesetSvg(stableIds(await view.toSVG()));
    requireGlyphs(svg);
    return svg;
  } finally {
    view.finalize();
  }
}

/**
 * Draw an SVG as PNG with the bundled font; the resolution is recorded in the file.
 *
 * @param svg - from {@link renderSvg}
 * @param size - default 300 dpi
 * @returns the bytes of the PNG file; the same for the same SVG on one platform
 * @throws {DomainError} if the resolution or scale is not positive
 */
export function renderPng(svg: string, size: PngSize = { dpi: PRINT_DPI }): Uint8Array {
  const scale = "dpi" in size ? size.dpi / UNITS_PER_INCH : size.scale;
  if (!(scale > 0 && scale < Infinity)) throw new DomainError("scale", scale, "positive and finite");
  const png = new Resvg(svg, {
    fitTo: { mode: "zoom", value: scale },
    font: {
      // Without a file that exists, all text would be dropped without a word: loadFonts() has opened them.
      loadSystemFonts: false,
      fontFiles: loadFonts().map(({ path }) => path),
      defaultFontFamily: "Source Serif 4",
      serifFamily: "Source Serif 4",
    },
  }).render();
  return withResolution(png.asPng(), scale * UNITS_PER_INCH);
}

interface FontFace {
  readonly path: string;
  readonly font: Font;
  readonly isBold: boolean;
  readonly isItalic: boolean;
}

const FACES = [
  { name: "400Regular/SourceSerif4_400Regular.ttf", isBold: false, isItalic: false },
  { name: "400Regular_Italic/SourceSerif4_400Regular_Italic.ttf", isBold: false, isItalic: true },
  { name: "700Bold/SourceSerif4_700Bold.ttf", isBold: true, isItalic: false },
  { name: "700Bold_Italic/SourceSerif4_700Bold_Italic.ttf", isBold: true, isItalic: true },
];

let loadedFonts: readonly FontFace[] | undefined;

function loadFonts(): readonly FontFace[] {
  loadedFonts ??= FACES.map(({ name, ...style }) => ({ ...style, ...openFont(name) }));
  return loadedFonts;
}

function openFont(name: string): { path: string; font: Font } {
  const specifier = `@expo-google-fonts/source-serif-4/${name}`;
  try {
    const path = createRequire(import.meta.url).resolve(specifier);
    // A TrueType file holds one font; only collections (.ttc) hold several.
    return { path, font: openSync(path) as Font };
  } catch (cause) {
    throw new InputError(specifier, `the font cannot be read, so no text can be drawn (${String(cause)})`);
  }
}

function faceFor(isBold: boolean, isItalic: boolean): FontFace {
  return loadFonts().find((face) => face.isBold === isBold && face.isItalic === isItalic)!;
}

interface TextItem {
  readonly fontSize?: number;
  readonly fontWeight?: string | number;
  readonly fontStyle?: string;
}

/** The hook by which Vega asks for the width of a text; its typings leave it out. */
const { textMetrics } = vega as unknown as {
  textMetrics: { width: (item: TextItem, text: unknown) => number };
};

/** Vega's own default, without a canvas, is 0.8 em for every letter. */
function measureWithFont(): void {
  loadFonts();
  textMetrics.width = textWidth;
}

/** Width of a label with its mathematics set, in the unit of the font size. */
function textWidth(item: TextItem, value: unknown): number {
  const isBold = isBoldWeight(item.fontWeight);
  const width = textRuns(String(value ?? "").trim()).reduce(
    (sum, { text, scale, isItalic }) =>
      sum + scale * advance(faceFor(isBold, isItalic || item.fontStyle === "italic").font, text),
    0,
  );
  return width * (item.fontSize ?? 11);
}

const advances = new Map<string, number>();

/** Advance width with kerning, in em. */
function advance(font: Font, text: string): number {
  const key = `${font.postscriptName} ${text}`;
  const known = advances.get(key);
  if (known !== undefined) return known;
  const width = font.layout(text).advanceWidth / font.unitsPerEm;
  advances.set(key, width);
  return width;
}

function isBoldWeight(weight: string | number | undefined): boolean {
  return weight === "bold" || Number(weight) >= 600;
}

/** Vega numbers clipping paths and gradients over the life of the program: number them from 0 in each figure. */
function stableIds(svg: string): string {
  const ids = [...svg.matchAll(/ id="((?:clip|gradient_)\d+)"/g)].map((match) => match[1]!);
  const names = new Map([...new Set(ids)].map((id, index) => [id, `def${index}`]));
  return svg.replace(
    /( id="|url\(#)((?:clip|gradient_)\d+)/g,
    (_, before: string, id: string) => before + (names.get(id) ?? id),
  );
}

/** Resvg leaves out a character that the font lacks, and says nothing. All four faces have the same characters. */
function requireGlyphs(svg: string): void {
  const { font } = faceFor(false, false);
  for (const [, content] of svg.matchAll(/<text[^>]*[^>/]>(.*?)<\/text>/g)) {
    const text = unescapeXml(content!.replace(/<[^>]*>/g, ""));
    const missing = [...text].find((char) => !font.hasGlyphForCodePoint(char.codePointAt(0)!));
    if (missing !== undefined) {
      throw new InputError(`text "${text}"`, `the figures’ font has no glyph for "${missing}"`);
    }
  }
}

/** A figure that draws with a warning is not the figure that was asked for. */
function refusing(): vega.LoggerInterface {
  const refuse = (...messages: readonly unknown[]): never => {
    throw new InputError("figure specification", messages.map(String).join(" "));
  };
  const logger = {
    level: () => logger,
    error: refuse,
    warn: refuse,
    info: () => logger,
    debug: () => logger,
  };
  return logger as unknown as vega.LoggerInterface;
}

/** The PNG with a pHYs chunk, dots per metre, after the header [PNG, §11.3.4.3]. */
function withResolution(png: Uint8Array, dpi: number): Uint8Array {
  // Signature (8 bytes), then the header chunk: length, "IHDR", 13 bytes, checksum.
  const afterHeader = 8 + 4 + 4 + 13 + 4;
  const dotsPerMetre = Math.round(dpi / 0.0254);
  const chunk = Buffer.alloc(4 + 4 + 9 + 4);
  chunk.writeUInt32BE(9, 0);
  chunk.write("pHYs", 4, "latin1");
  chunk.writeUInt32BE(dotsPerMetre, 8);
  chunk.writeUInt32BE(dotsPerMetre, 12);
  chunk.writeUInt8(1, 16);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 17)), 17);
  return Buffer.concat([png.subarray(0, afterHeader), chunk, png.subarray(afterHeader)]);
}
