import { createRequire } from "node:module";
import { type Font, openSync } from "fontkit";
import { InputError } from "../errors.ts";
import { textRuns } from "./mathText.ts";

/**
 * The only module of the room that knows files. Text is measured with the same font files with which it is drawn, so
 * that nothing is cut off or overlaps, and the result does not depend on the fonts of the machine.
 */

/** One font file. */
export interface FontFace {
  readonly path: string;
  readonly font: Font;
  readonly isBold: boolean;
  readonly isItalic: boolean;
}

/** The name of the family inside the files. */
export const FONT_FILES_FAMILY = "Source Serif 4";

const FACES = [
  { name: "400Regular/SourceSerif4_400Regular.ttf", isBold: false, isItalic: false },
  { name: "400Regular_Italic/SourceSerif4_400Regular_Italic.ttf", isBold: false, isItalic: true },
  { name: "700Bold/SourceSerif4_700Bold.ttf", isBold: true, isItalic: false },
  { name: "700Bold_Italic/SourceSerif4_700Bold_Italic.ttf", isBold: true, isItalic: true },
];

let loaded: readonly FontFace[] | undefined;

/**
 * The bundled faces, opened on first use.
 *
 * @throws {InputError} if a file cannot be read: without it, text would be left out without a word
 */
export function fontFaces(): readonly FontFace[] {
  loaded ??= FACES.map(({ name, ...style }) => ({ ...style, ...openFont(name) }));
  return loaded;
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

/** The face of a weight and slant. */
export function fontFace(isBold: boolean, isItalic: boolean): FontFace {
  return fontFaces().find((face) => face.isBold === isBold && face.isItalic === isItalic)!;
}

/** What Vega says of a text to be measured. */
export interface TextItem {
  readonly fontSize?: number;
  readonly fontWeight?: string | number;
  readonly fontStyle?: string;
}

/** Width of a label with its mathematics set, in the unit of the font size. */
export function textWidth(item: TextItem, value: unknown): number {
  const isBold = item.fontWeight === "bold" || Number(item.fontWeight) >= 600;
  const width = textRuns(String(value ?? "").trim()).reduce(
    (sum, { text, scale, isItalic }) =>
      sum + scale * advance(fontFace(isBold, isItalic || item.fontStyle === "italic").font, text),
    0,
  );
  // Vega's own default size.
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

/** The first character of a text that the fonts cannot draw, if any. All four faces have the same characters. */
export function missingGlyph(text: string): string | undefined {
  const { font } = fontFace(false, false);
  return [...text].find((char) => !font.hasGlyphForCodePoint(char.codePointAt(0)!));
}
