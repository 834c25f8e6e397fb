import { describe, expect, it } from "vitest";
import { CATALOGUE, findFigure } from "../../src/figure/catalogue.ts";
import { renderSvg } from "../../src/figure/render.ts";
import { figureWidth } from "../../src/figure/theme.ts";
import { EXAMPLES, growthResults } from "./results.ts";
import { sizeOf } from "./svg.ts";

describe("the catalogue", () => {
  it("has an example for each figure, and no name twice", () => {
    const names = CATALOGUE.map(({ name }) => name);
    expect(Object.keys(EXAMPLES).sort()).toEqual([...new Set(names)].sort());
  });

  it("finds a figure by name, and says which there are", () => {
    expect(findFigure("plan").name).toBe("plan");
    expect(() => findFigure("pie")).toThrow(/figure "pie": is not known; there are scaling, mixture-fit/);
  });

  it("names every member that is wrong by its path", () => {
    const { exact: _, ...rest } = growthResults();
    const value = { ...rest, entities: "many" };
    expect(() => findFigure("three-regimes").draw(value, "results.json")).toThrow(
      /^results\.json: \/entities: .*expected number.*; \/exact: .*expected array/,
    );
  });

  it.each([null, 7, [], {}])("refuses %j for every figure with one line", (value) => {
    for (const { draw } of CATALOGUE) {
      expect(() => draw(value, "results.json")).toThrow(/^results\.json: \/[^\n]*$/);
    }
  });
});

describe.each(CATALOGUE)("$name", ({ name, draw }) => {
  const example = EXAMPLES[name];

  it("holds no fraction of more than six digits", () => {
    const numbers = JSON.stringify(draw(example, "example")).match(/-?\d+\.\d+(e-?\d+)?/g) ?? [];
    for (const text of numbers) expect(Number(Number(text).toPrecision(6))).toBe(Number(text));
  });

  it("is plain JSON, and draws JSON that has been written and read again", () => {
    const spec = draw(example, "example");
    expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
    expect(draw(JSON.parse(JSON.stringify(example)), "example")).toEqual(spec);
  });

  it.each([
    ["light", "double"],
    ["dark", "single"],
  ] as const)("fits its column and has its ground in %s and %s", async (theme, column) => {
    const svg = await renderSvg(draw(example, "example", { theme, column }));
    expect(svg).toContain(theme === "light" ? 'fill="#ffffff"' : 'fill="#16181c"');
    // Widths of axis labels are known only when they are set: an eighth of an inch each way is allowed for them.
    expect(sizeOf(svg).width).toBeLessThanOrEqual(figureWidth(column) + 24);
  });
});
