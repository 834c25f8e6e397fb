import * as vega from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import { InputError } from "../errors.ts";
import { fontFaces, missingGlyph, type TextItem, textWidth } from "./fonts.ts";
import type { VegaLiteSpec } from "./spec.ts";
import { typesetSvg, unescapeXml } from "./typeset.ts";

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

/** The hook by which Vega asks for the width of a text; its typings leave it out. */
const { textMetrics } = vega as unknown as {
  textMetrics: { width: (item: TextItem, text: unknown) => number };
};

/** Vega's own default, without a canvas, is 0.8 em for every letter. */
function measureWithFont(): void {
  fontFaces();
  textMetrics.width = textWidth;
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

/** Renderers leave out a character that the font lacks, and say nothing. */
function requireGlyphs(svg: string): void {
  for (const [, content] of svg.matchAll(/<text[^>]*[^>/]>(.*?)<\/text>/g)) {
    const text = unescapeXml(content!.replace(/<[^>]*>/g, ""));
    const missing = missingGlyph(text);
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
