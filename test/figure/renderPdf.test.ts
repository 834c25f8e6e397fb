import { inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { renderPdf, renderSvg } from "../../src/figure/render.ts";
import { figureSpec } from "../../src/figure/spec.ts";
import { threeRegimesFigure } from "../../src/figure/threeRegimesFigure.ts";
import { growthResults } from "./results.ts";
import { sizeOf } from "./svg.ts";

const draw = async (text: string) =>
  renderPdf(
    await renderSvg(
      figureSpec({ data: { values: [{}] }, mark: { type: "text", text }, width: 200, height: 50 }),
    ),
  );

function latin1(pdf: Uint8Array): string {
  return Buffer.from(pdf).toString("latin1");
}

/** Unicode characters that the embedded fonts map glyphs to: what a reader can select and search. */
function selectableCharacters(pdf: Uint8Array): Set<string> {
  const characters = new Set<string>();
  for (const match of latin1(pdf).matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)) {
    const text = inflated(Buffer.from(match[1]!, "latin1"));
    if (!text.includes("beginbfrange")) continue;
    const codes = text.slice(text.indexOf("beginbfrange")).matchAll(/<([0-9a-f]{4})>/g);
    for (const code of codes) characters.add(String.fromCharCode(Number.parseInt(code[1]!, 16)));
  }
  return characters;
}

function inflated(data: Buffer): string {
  try {
    return inflateSync(data).toString("latin1");
  } catch {
    return "";
  }
}

describe("renderPdf", () => {
  it("embeds every font it uses, and uses no other", async () => {
    const pdf = latin1(await draw("plain and $\\lambda$"));
    const fonts = [...pdf.matchAll(/\/BaseFont \/(\S+)/g)].map((match) => match[1]!);
    expect(new Set(fonts.map((name) => name.replace(/^[A-Z]{6}\+/, "")))).toEqual(
      new Set(["SourceSerif4-Regular", "SourceSerif4-Italic"]),
    );
    // A subset's name begins with a tag; each has its file.
    for (const name of fonts) expect(name).toMatch(/^[A-Z]{6}\+/);
    expect(pdf.match(/\/FontFile2 /g)).toHaveLength(2);
  });

  it("keeps text as text, Greek and minus included", async () => {
    const characters = selectableCharacters(await draw("$\\lambda - \\rho$ ≤ 10⁴"));
    for (const char of "λ−ρ≤10⁴") expect(characters).toContain(char);
  });

  it("gives the same bytes again", async () => {
    const svg = await renderSvg(threeRegimesFigure(growthResults()));
    expect(Buffer.compare(await renderPdf(svg), await renderPdf(svg))).toBe(0);
  });

  it("is as large as the figure, 72 points to 96 units", async () => {
    const svg = await renderSvg(threeRegimesFigure(growthResults()));
    const { width, height } = sizeOf(svg);
    expect(latin1(await renderPdf(svg))).toContain(`/MediaBox [0 0 ${width * 0.75} ${height * 0.75}]`);
  });

  it("refuses an SVG without a size", async () => {
    await expect(renderPdf("<svg/>")).rejects.toThrow(/no width and height/);
  });
});
