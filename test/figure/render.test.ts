import { inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { type PngSize, renderPng, renderSvg } from "../../src/figure/render.ts";
import { figureSpec } from "../../src/figure/spec.ts";
import { sizeOf, textsOf } from "./svg.ts";

/** A lone text mark in a view just large enough to hold nothing else. */
function textSpec(text: string, mark: { readonly [key: string]: string | number } = {}) {
  return figureSpec({
    width: 10,
    height: 10,
    data: { values: [{ text }] },
    mark: { type: "text", fontSize: 40, align: "left", ...mark },
    encoding: { x: { value: 0 }, text: { field: "text" } },
  });
}

interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly chunks: readonly string[];
  /** How many pixels are nearer to black than to white. */
  readonly dark: number;
  readonly dotsPerMetre: number;
}

/** Enough of a PNG reader for 8-bit RGBA without interlacing [PNG, §9 and §11]. */
function readPng(png: Uint8Array): Pixels {
  const bytes = Buffer.from(png);
  const chunks: { name: string; data: Buffer }[] = [];
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    chunks.push({
      name: bytes.toString("latin1", at + 4, at + 8),
      data: bytes.subarray(at + 8, at + 8 + length),
    });
    at += 12 + length;
  }
  const named = (name: string) => chunks.filter((chunk) => chunk.name === name).map(({ data }) => data);
  const header = named("IHDR")[0]!;
  const width = header.readUInt32BE(0);
  const height = header.readUInt32BE(4);
  expect([...header.subarray(8)]).toEqual([8, 6, 0, 0, 0]);
  const rows = unfiltered(inflateSync(Buffer.concat(named("IDAT"))), width * 4, height);
  let dark = 0;
  for (let at = 0; at < rows.length; at += 4) if (rows[at]! < 128) dark++;
  return {
    width,
    height,
    chunks: chunks.map(({ name }) => name),
    dark,
    dotsPerMetre: named("pHYs")[0]!.readUInt32BE(0),
  };
}

function unfiltered(data: Buffer, stride: number, height: number): Uint8Array {
  const out = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = data[y * (stride + 1)]!;
    for (let i = 0; i < stride; i++) {
      const left = i < 4 ? 0 : out[y * stride + i - 4]!;
      const up = y === 0 ? 0 : out[(y - 1) * stride + i]!;
      const upLeft = i < 4 || y === 0 ? 0 : out[(y - 1) * stride + i - 4]!;
      const predicted = [0, left, up, (left + up) >> 1, paeth(left, up, upLeft)][filter]!;
      out[y * stride + i] = data[y * (stride + 1) + 1 + i]! + predicted;
    }
  }
  return out;
}

function paeth(left: number, up: number, upLeft: number): number {
  const estimate = left + up - upLeft;
  const [a, b, c] = [left, up, upLeft].map((value) => Math.abs(estimate - value)) as [number, number, number];
  return a <= b && a <= c ? left : b <= c ? up : upLeft;
}

describe("renderSvg", () => {
  it("says what the specification says, Greek and minus included", async () => {
    expect(textsOf(await renderSvg(textSpec("λ − ρ ≤ 10⁴ & μ < Σ")))).toEqual(["λ − ρ ≤ 10⁴ &amp; μ &lt; Σ"]);
  });

  it("gives the same text again, whatever was drawn before", async () => {
    const clipped = figureSpec({
      data: { values: [{ x: 1, y: 2 }] },
      mark: { type: "point", clip: true },
      encoding: { x: { field: "x", type: "quantitative" }, y: { field: "y", type: "quantitative" } },
    });
    const first = await renderSvg(clipped);
    expect(first).toContain("clip-path");
    await renderSvg(textSpec("another"));
    expect(await renderSvg(clipped)).toBe(first);
    const [one, two] = await Promise.all([renderSvg(clipped), renderSvg(clipped)]);
    expect([one, two]).toEqual([first, first]);
  });

  it("leaves the specification as it was", async () => {
    const spec = textSpec("t");
    const before = JSON.stringify(spec);
    await renderSvg(spec);
    expect(JSON.stringify(spec)).toBe(before);
  });

  /**
   * Advance widths of the font files, units per em 1000: Regular i 329, M 935; Bold i 344. The view grows with its
   * text and is rounded to whole units. Vega's own estimate gives every letter the same width, so no difference.
   */
  it.each([
    ["M", "normal", 935],
    ["i", "bold", 344],
  ])("measures %s in %s with the font's own advance width", async (letter, fontWeight, advance) => {
    const width = async (text: string, mark: { readonly [key: string]: string }) =>
      sizeOf(await renderSvg(textSpec(text.repeat(20), mark))).width;
    const grown = (await width(letter, { fontWeight })) - (await width("i", {}));
    expect(Math.abs(grown - 20 * 40 * ((advance - 329) / 1000))).toBeLessThanOrEqual(1);
  });

  it("measures scripts at their own size", async () => {
    const width = async (text: string) => sizeOf(await renderSvg(textSpec(text))).width;
    const grown = (await width(`$x^{\\text{${"M".repeat(20)}}}$`)) - (await width("$x$"));
    // Seven tenths of the size, of the advance width of M as above.
    expect(Math.abs(grown - 0.7 * 20 * 40 * (935 / 1000))).toBeLessThanOrEqual(1);
  });

  it("refuses text that the font cannot draw, naming the character", async () => {
    await expect(renderSvg(textSpec("10⁻³"))).rejects.toThrow(/no glyph for "⁻"/);
    await expect(renderSvg(textSpec("知识"))).rejects.toThrow(/no glyph for "知"/);
  });

  it("refuses a specification that would be drawn with a warning", async () => {
    const spec = figureSpec({
      data: { values: [{ x: 1 }] },
      mark: "point",
      encoding: { x: { field: "x", type: "quantitative", scale: { type: "no such scale" } } },
    });
    await expect(renderSvg(spec)).rejects.toThrow(/figure specification/);
  });
});

describe("renderPng", () => {
  const draw = async (text: string, size?: PngSize) => renderPng(await renderSvg(textSpec(text)), size);

  it.each([
    [{ dpi: 300 }, 300 / 96, 11811],
    [{ dpi: 96 }, 1, 3780],
    [{ scale: 2 }, 2, 7559],
  ])("has the asked resolution %o and records it", async (size, scale, dotsPerMetre) => {
    const svg = await renderSvg(textSpec("λ"));
    const { width, height } = sizeOf(svg);
    const png = readPng(renderPng(svg, size));
    // The renderer rounds the size to whole pixels.
    expect(Math.abs(png.width - width * scale)).toBeLessThanOrEqual(1);
    expect(Math.abs(png.height - height * scale)).toBeLessThanOrEqual(1);
    expect(png.dotsPerMetre).toBe(dotsPerMetre);
    expect(png.chunks.slice(0, 2)).toEqual(["IHDR", "pHYs"]);
  });

  it("draws 300 dpi unless told otherwise, the same bytes again", async () => {
    const first = await draw("λ");
    expect(readPng(first).dotsPerMetre).toBe(11811);
    expect(Buffer.compare(first, await draw("λ"))).toBe(0);
  });

  it.each([..."λρμδΣ−×≤√∞²⁴₁"])("draws the glyph %s: it leaves ink", async (glyph) => {
    const blank = readPng(await draw("\u00a0"));
    expect(blank.dark).toBe(0);
    expect(readPng(await draw(glyph)).dark).toBeGreaterThan(20);
  });

  it("draws italic and bold from their own files", async () => {
    const ink = async (mark: { readonly [key: string]: string }) =>
      readPng(renderPng(await renderSvg(textSpec("known links", mark)))).dark;
    const regular = await ink({});
    expect(await ink({ fontWeight: "bold" })).toBeGreaterThan(1.2 * regular);
    expect(await ink({ fontStyle: "italic" })).not.toBe(regular);
  });

  it.each([0, -1, NaN, Infinity])("refuses the scale %d", async (scale) => {
    const svg = await renderSvg(textSpec("t"));
    expect(() => renderPng(svg, { scale })).toThrow(/scale must be positive and finite/);
  });
});
