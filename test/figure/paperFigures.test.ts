import { describe, expect, it } from "vitest";
import { comparisonFigure } from "../../src/figure/comparisonFigure.ts";
import { mixtureFitFigure } from "../../src/figure/mixtureFitFigure.ts";
import { renderSvg } from "../../src/figure/render.ts";
import { scalingFigure } from "../../src/figure/scalingFigure.ts";
import { threeRegimesFigure, threeRegimesSteps } from "../../src/figure/threeRegimesFigure.ts";
import { FIT, growthResults, SCALING } from "./results.ts";
import { markCount, textsOf, valuesOf } from "./svg.ts";

describe("scalingFigure", () => {
  it("names title, axes with units, series and constants", async () => {
    const texts = textsOf(await renderSvg(scalingFigure(SCALING)));
    expect(texts).toEqual(
      expect.arrayContaining([
        "Closed-book accuracy against synthetic tokens",
        "Synthetic tokens (millions, log scale)",
        "QuALITY accuracy (%)",
        "EntiGraph",
        "Rephrase",
        "Llama 3 8B Base: 39.49",
        "GPT-4: 51.30",
      ]),
    );
  });

  it("draws every point, a line for each series and a rule for each constant", async () => {
    const svg = await renderSvg(scalingFigure(SCALING));
    expect(markCount(svg, "point")).toBe(5);
    expect(markCount(svg, "line mark")).toBe(2);
    expect(markCount(svg, "rule mark")).toBe(2);
  });

  it("refuses tokens that a logarithmic axis cannot show", () => {
    const series = [{ name: "A", points: [{ tokens: 0, accuracy: 1 }] }];
    expect(() => scalingFigure({ series, references: [] })).toThrow(/tokens of A must be > 0/);
    expect(() => scalingFigure({ series: [{ name: "B", points: [] }], references: [] })).toThrow(
      /points of B/,
    );
  });
});

describe("mixtureFitFigure", () => {
  it("names title, axes with units, and what is data, fit and extrapolation", async () => {
    const texts = textsOf(await renderSvg(mixtureFitFigure(FIT)));
    expect(texts).toEqual(
      expect.arrayContaining([
        "A mixture of exponentials fitted to EntiGraph results",
        "Synthetic tokens (millions, log scale)",
        "QuALITY accuracy (%)",
        "fit",
        "fit, extrapolated",
        "training result",
        "y(x) = 64.55 − 13.84 e−x/917 − 8.47 e−x/9.11 − 3.93 e−x/0.3443 training runs; dashed where no run supports the fit",
        "plateau of the fit, 64.55 %",
      ]),
    );
  });

  it("draws every point, and the fit in two parts that meet at the last point", async () => {
    const spec = mixtureFitFigure(FIT);
    const svg = await renderSvg(spec);
    expect(markCount(svg, "point")).toBe(FIT.points.length);
    expect(markCount(svg, "line mark")).toBe(2);
    const line = valuesOf(spec).filter((value) => value["line"] !== undefined);
    const last = line.filter((value) => value["line"] === "fit").at(-1)!;
    const first = line.find((value) => value["line"] === "fit, extrapolated")!;
    expect(last["x"]).toBe(450.45);
    expect({ ...first, line: "fit" }).toEqual(last);
    // The fit of the paper at its last point: 64.5456 − 13.8352·e^{−0.00109·450.45} − …, computed by hand.
    expect(last["y"]).toBeCloseTo(64.5456 - 13.8352 * Math.exp(-0.00109 * 450.45), 3);
  });

  it("refuses no points, and tokens that a logarithmic axis cannot show", () => {
    expect(() => mixtureFitFigure({ ...FIT, points: [] })).toThrow(/points must be at least one/);
    expect(() => mixtureFitFigure({ ...FIT, points: [{ tokens: -1, accuracy: 1 }] })).toThrow(
      /tokens must be > 0/,
    );
  });
});

describe("threeRegimesFigure", () => {
  it("has three panels with named axes, and each legend entry once", async () => {
    const texts = textsOf(await renderSvg(threeRegimesFigure(growthResults())));
    const count = (text: string) => texts.filter((found) => found === text).length;
    expect(count("Three regimes of growth")).toBe(1);
    for (const title of ["Linear: t up to V", "Log-linear: t from V to V2", "Plateau: t beyond V2"]) {
      expect(count(title)).toBe(1);
    }
    expect([count("Step t"), count("Step t (log scale)"), count("Link density Acc(t)")]).toEqual([2, 1, 1]);
    const legend = [
      "exact curve",
      "paper’s closed formula",
      "Theorem 1, lower",
      "Theorem 1, upper",
      "simulation, mean",
      "simulation, 5 % to 95 %",
    ];
    expect(legend.map(count)).toEqual(legend.map(() => 1));
  });

  it("draws four curves, a band and eleven means in each panel", async () => {
    const svg = await renderSvg(threeRegimesFigure(growthResults()));
    expect(markCount(svg, "line mark")).toBe(12);
    expect(markCount(svg, "area mark")).toBe(3);
    expect(markCount(svg, "point")).toBe(33);
  });

  it.each([3, 10, 100, 2000])("asks for steps that fill every panel at V = %d", (entities) => {
    const steps = threeRegimesSteps(entities);
    const pairs = entities * (entities - 1);
    expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
    expect(steps.every(Number.isInteger)).toBe(true);
    for (const end of [0, entities, pairs, 5 * pairs]) expect(steps).toContain(end);
    expect(steps.length).toBeLessThanOrEqual(147);
  });

  it("refuses fewer than three entities", () => {
    expect(() => threeRegimesSteps(2)).toThrow(/entities must be an integer >= 3/);
  });
});

describe("comparisonFigure", () => {
  it("names title, axes with units and legend", async () => {
    const texts = textsOf(await renderSvg(comparisonFigure(growthResults())));
    expect(texts).toEqual(
      expect.arrayContaining([
        "How far the closed formula is from the exact curve",
        "Step t (log scale)",
        "Deviation from exact (%)",
        "paper’s closed formula",
        "simulation, mean",
        "simulation, 5 % to 95 %",
      ]),
    );
  });

  it("shows a formula one tenth too high as 10 %", () => {
    const results = growthResults();
    const paperFormula = results.exact.map(({ step, density }) => ({ step, density: 1.1 * density }));
    const deviations = valuesOf(comparisonFigure({ ...results, paperFormula }))
      .filter((value) => value["line"] === "paper’s closed formula")
      .map((value) => value["y"]);
    expect(deviations).toEqual(results.exact.slice(1).map(() => 10));
  });

  it("refuses a curve at steps that the exact curve lacks", () => {
    const results = growthResults();
    expect(() => comparisonFigure({ ...results, exact: results.exact.slice(5) })).toThrow(
      /step must be one of/,
    );
  });
});
