import { describe, expect, it, vi } from "vitest";
import { figureSpec } from "../../src/figure/spec.ts";

vi.mock("node:module", async (original) => ({
  ...(await original<typeof import("node:module")>()),
  createRequire: () => ({ resolve: (specifier: string) => `/no/such/place/${specifier}` }),
}));

describe("a font file that is not there", () => {
  it("stops the drawing, naming the file, rather than leaving the text out", async () => {
    const { renderPdf, renderPng, renderSvg } = await import("../../src/figure/render.ts");
    const spec = figureSpec({ data: { values: [{}] }, mark: { type: "text", text: "t" } });
    await expect(renderSvg(spec)).rejects.toThrow(/SourceSerif4_400Regular\.ttf: the font cannot be read/);
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>';
    expect(() => renderPng(svg)).toThrow(/the font cannot be read/);
    await expect(renderPdf(svg)).rejects.toThrow(/the font cannot be read/);
  });
});
