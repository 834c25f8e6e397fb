import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/errors.ts";
import { boundsFigure } from "../../src/figure/boundsFigure.ts";
import { evidenceFigure } from "../../src/figure/evidenceFigure.ts";
import { forecastFigure } from "../../src/figure/forecastFigure.ts";
import { knowledgeFigure } from "../../src/figure/knowledgeFigure.ts";
import { modelComparisonFigure } from "../../src/figure/modelComparisonFigure.ts";
import { planFigure } from "../../src/figure/planFigure.ts";
import { plateauProfileFigure } from "../../src/figure/plateauProfileFigure.ts";
import { regimesFigure } from "../../src/figure/regimesFigure.ts";
import { renderSvg } from "../../src/figure/render.ts";
import { searchTreeFigure } from "../../src/figure/searchTreeFigure.ts";
import { simulationFigure } from "../../src/figure/simulationFigure.ts";
import type { VegaLiteSpec } from "../../src/figure/spec.ts";
import { spectrumFigure } from "../../src/figure/spectrumFigure.ts";
import { theoryFigure } from "../../src/figure/theoryFigure.ts";
import {
  BOUNDS,
  evidence,
  FORECAST,
  growthResults,
  KNOWLEDGE,
  MODELS,
  PLAN,
  PLATEAU_PROFILE,
  REGIMES,
  SEARCH_TREE,
  SPECTRUM,
  THEORY,
} from "./results.ts";
import { markCount, textsOf, valuesOf } from "./svg.ts";

/** The texts of a figure and how many marks of each kind it has. */
async function drawn(spec: VegaLiteSpec, kinds: readonly string[]) {
  const svg = await renderSvg(spec);
  return { texts: textsOf(svg), marks: kinds.map((kind) => markCount(svg, kind)) };
}

describe("evidenceFigure", () => {
  it("draws a line for each case, with statement, verdict and axes", async () => {
    const { texts, marks } = await drawn(evidenceFigure(evidence(3)), ["line mark"]);
    expect(texts).toEqual(
      expect.arrayContaining(["Verdict: fails", "Time s = t/N (log scale)", "Deviation (%)", "V = 200"]),
    );
    expect(texts.join(" ")).toContain(evidence(1).statement);
    expect(marks).toEqual([3]);
  });

  it("tells up to nine lines apart, and refuses more", () => {
    for (const count of [1, 6, 7, 9]) {
      const styles = valuesOfLines(evidenceFigure(evidence(count)));
      expect(new Set(styles).size).toBe(count);
    }
    expect(() => evidenceFigure(evidence(10))).toThrow(DomainError);
  });
});

/** Colour and dash of each line. */
function valuesOfLines(spec: VegaLiteSpec): string[] {
  const [, lines] = spec["layer"] as unknown as {
    encoding: { stroke: { scale: { range: string[] } }; strokeDash: { scale: { range: number[][] } } };
  }[];
  const { stroke, strokeDash } = lines!.encoding;
  return stroke.scale.range.map((color, i) => `${color} ${strokeDash.scale.range[i]}`);
}

describe("simulationFigure", () => {
  it("draws the exact curve, the band and its means", async () => {
    const { texts, marks } = await drawn(simulationFigure(growthResults()), ["line mark", "area mark"]);
    expect(texts).toEqual(
      expect.arrayContaining([
        "Step t (log scale)",
        "Link density Acc(t)",
        "exact curve",
        "simulation, mean",
      ]),
    );
    expect(marks).toEqual([1, 1]);
  });
});

describe("theoryFigure", () => {
  it("draws every curve in both panels and names it once", async () => {
    const { texts, marks } = await drawn(theoryFigure(THEORY), ["line mark"]);
    expect(texts).toEqual(
      expect.arrayContaining(["Link density Acc(t)", "Deviation from exact (%)", "Step t (log scale)"]),
    );
    for (const name of ["exact curve", "paper’s closed formula", "exploration limit"]) {
      expect(texts.filter((text) => text === name)).toHaveLength(1);
    }
    expect(marks).toEqual([6]);
  });

  it("refuses a fifth theory, and a step that the exact curve lacks", () => {
    const [theory] = THEORY.theories;
    expect(() => theoryFigure({ ...THEORY, theories: Array(5).fill(theory) })).toThrow(/at most four/);
    const points = [{ step: 7, density: 0.5 }];
    expect(() => theoryFigure({ ...THEORY, theories: [{ name: "A", points }] })).toThrow(
      /step must be one of/,
    );
  });
});

describe("boundsFigure", () => {
  it("draws the curve and four bounds", async () => {
    const { texts, marks } = await drawn(boundsFigure(BOUNDS), ["line mark"]);
    expect(texts).toEqual(
      expect.arrayContaining([
        "exact curve",
        "Theorem 1, lower",
        "Theorem 1, upper",
        "any graph, lower",
        "any graph, upper",
      ]),
    );
    expect(marks).toEqual([5]);
  });
});

describe("spectrumFigure", () => {
  it("draws a point for each rate, and powers of ten over many decades", async () => {
    const wide = {
      spectra: [{ name: "wide", atoms: [1e-4, 1e-1, 1e2].map((rate) => ({ rate, weight: 1 })) }],
    };
    const { texts, marks } = await drawn(spectrumFigure(wide), ["point"]);
    expect(texts).toEqual(expect.arrayContaining(["10−4", "10−1", "102", "wide"]));
    expect(marks).toEqual([3]);
    expect((await drawn(spectrumFigure(SPECTRUM), ["point"])).marks).toEqual([7]);
  });

  it("refuses none and more than four", () => {
    expect(() => spectrumFigure({ spectra: [] })).toThrow(/from 1 to 4/);
    expect(() => spectrumFigure({ spectra: Array(5).fill(SPECTRUM.spectra[0]) })).toThrow(/from 1 to 4/);
  });
});

describe("regimesFigure", () => {
  it("marks both transitions in both panels, and draws slopes relative to their largest", async () => {
    const { texts, marks } = await drawn(regimesFigure(REGIMES), ["line mark", "rule mark"]);
    expect(texts.filter((text) => text === "t1")).toHaveLength(2);
    expect(texts.filter((text) => text === "t2")).toHaveLength(2);
    expect(texts).toEqual(expect.arrayContaining(["dAcc/dt", "dAcc/d log t", "exact curve"]));
    expect(marks).toEqual([3, 4]);
    const slopes = valuesOf(regimesFigure(REGIMES)).filter((value) => value["line"] === "$d\\text{Acc}/dt$");
    expect(Math.max(...slopes.map((value) => value["y"] as number))).toBe(1);
  });
});

describe("searchTreeFigure", () => {
  it("shows subtree sizes and names, and says how many links the step teaches", async () => {
    const { texts, marks } = await drawn(searchTreeFigure(SEARCH_TREE), ["point", "rule mark", "line mark"]);
    // Sizes first (0 has 5 with itself; its child 1 has 3, 2 one, 3 two, 4 one), in depth-first order.
    expect(texts.slice(0, 5)).toEqual(["5", "3", "2", "1", "1"]);
    expect(texts).toContain(
      "a step from x = 0 to y = 4 teaches 2 links, as arcsin the circles: subtree sizes sx(z), " +
        "the rates at which links (x, z) are learned",
    );
    expect(marks).toEqual([5, 4, 2]);
  });

  it("uses names, verbatim", async () => {
    const labels = ["A$", "B$", "C", "D", "E", "F"];
    const { texts } = await drawn(searchTreeFigure({ ...SEARCH_TREE, labels }), []);
    expect(texts).toEqual(expect.arrayContaining(["A$", "B$", "C", "D", "E"]));
  });

  it("draws a lone source", async () => {
    const { marks } = await drawn(searchTreeFigure({ entities: 1, source: 0, parents: [-1] }), ["point"]);
    expect(marks).toEqual([1]);
  });

  it("refuses a target out of reach, a source with a parent and parents that are no tree", () => {
    expect(() => searchTreeFigure({ ...SEARCH_TREE, target: 5 })).toThrow(/target must be reachable/);
    expect(() => searchTreeFigure({ ...SEARCH_TREE, source: 1 })).toThrow(/parent of the source/);
    expect(() => searchTreeFigure({ ...SEARCH_TREE, parents: [-1, 0, 3, 2, 0, -1] })).toThrow(/one tree/);
    expect(() => searchTreeFigure({ ...SEARCH_TREE, parents: [-1, 9, 0, 0, 0, 0] })).toThrow(
      /parent must be/,
    );
  });
});

describe("knowledgeFigure", () => {
  it("draws a cell for each known link, and says the share known", async () => {
    const { texts, marks } = await drawn(knowledgeFigure(KNOWLEDGE), ["rect mark"]);
    expect(texts).toEqual(
      expect.arrayContaining(["t = 0: 16.7 % known", "t = 9: 25.0 % known", "source link", "learned link"]),
    );
    expect(marks).toEqual([5]);
    const links = valuesOf(knowledgeFigure(KNOWLEDGE)).map((value) => value["link"]);
    expect(links.filter((link) => link === "learned link")).toHaveLength(1);
  });

  it("refuses too many entities and snapshots", () => {
    expect(() => knowledgeFigure({ ...KNOWLEDGE, entities: 121 })).toThrow(/entities must be/);
    expect(() => knowledgeFigure({ ...KNOWLEDGE, snapshots: [] })).toThrow(/one to six/);
  });
});

describe("plateauProfileFigure", () => {
  it("says where the interval ends, and that it has no upper end", async () => {
    const { texts, marks } = await drawn(plateauProfileFigure(PLATEAU_PROFILE), ["line mark", "area mark"]);
    expect(texts).toEqual(
      expect.arrayContaining([
        "95 % interval: from 60.1 %, no upper limit below 100 %",
        "Deviance, 2Δ log L",
        "Plateau (%)",
        "95 % threshold",
        "best fit, 64.5 %",
      ]),
    );
    expect(marks).toEqual([1, 1]);
  });

  it("fills plateaus under the threshold, from the end of the interval", () => {
    const filled = valuesOf(plateauProfileFigure(PLATEAU_PROFILE)).filter(
      (value) => value["band"] !== undefined,
    );
    // 57 and 58 lie above 3.84; 60 just above, at 0.2 · 4.5² = 4.05.
    expect(filled.map((value) => value["x"])).toEqual([60.1, 64.5, 80, 100]);
    expect(filled[0]).toMatchObject({ lower: 3.84, upper: 3.84 });
  });
});

describe("forecastFigure", () => {
  it("draws the fan, the widest interval first, and both kinds of results", async () => {
    const { texts, marks } = await drawn(forecastFigure(FORECAST), ["area mark", "line mark", "point"]);
    const [wide, narrow] = [texts.indexOf("90 % interval"), texts.indexOf("50 % interval")];
    expect(wide).toBeGreaterThan(0);
    expect(narrow).toBeGreaterThan(wide);
    expect(texts).toEqual(
      expect.arrayContaining(["made from 2 results; 1 held out", "held out", "forecast"]),
    );
    expect(marks).toEqual([2, 1, 3]);
  });

  it("speaks of no held-out results where there are none", async () => {
    const { texts } = await drawn(forecastFigure({ ...FORECAST, heldOut: [], yTitle: "Correct (%)" }), []);
    expect(texts).not.toContain("held out");
    expect(texts).toContain("Correct (%)");
  });

  it("refuses three levels and no points", () => {
    const [interval] = FORECAST.intervals;
    expect(() => forecastFigure({ ...FORECAST, intervals: Array(3).fill(interval) })).toThrow(/at most two/);
    expect(() => forecastFigure({ ...FORECAST, points: [] })).toThrow(/points must be at least one/);
  });
});

describe("modelComparisonFigure", () => {
  it("puts the best forecaster first, and the unmeasured last", async () => {
    const { texts, marks } = await drawn(modelComparisonFigure(MODELS), ["point"]);
    expect(texts.filter((text) => text.includes("("))).toEqual([
      "Forecast error (accuracy points)",
      "log-linear (2)",
      "three exponentials (7)",
      "one exponential (3)",
    ]);
    expect(marks).toEqual([5]);
  });

  it("measures AICc from the best", () => {
    expect(valuesOf(modelComparisonFigure(MODELS)).map((value) => value["aicc"])).toEqual([35.4, 0, 94]);
  });

  it("refuses no models", () => {
    expect(() => modelComparisonFigure({ models: [] })).toThrow(/models must be at least one/);
  });
});

describe("planFigure", () => {
  it("counts in dollars, with target and budget", async () => {
    const { texts, marks } = await drawn(planFigure(PLAN), ["rule mark", "line mark", "area mark"]);
    expect(texts).toEqual(
      expect.arrayContaining([
        "at $12.5 for a million tokens",
        "Cost of the synthetic tokens ($, log scale)",
        "target, 55 %",
        "budget, $8,000",
      ]),
    );
    expect(marks).toEqual([2, 1, 1]);
    const costs = valuesOf(planFigure(PLAN)).filter((value) => value["line"] !== undefined);
    expect(costs.map((value) => value["x"])).toEqual([1250, 3750, 12_500]);
  });

  it("counts in tokens without a price", async () => {
    const { texts } = await drawn(planFigure({ predictions: PLAN.predictions, level: 0.9 }), []);
    expect(texts).toContain("Synthetic tokens (millions, log scale)");
  });

  it("refuses a budget without a price, a price of nothing and no predictions", () => {
    const { pricePerMillion: _, ...unpriced } = PLAN;
    expect(() => planFigure(unpriced)).toThrow(/budget must be given with a price/);
    expect(() => planFigure({ ...PLAN, pricePerMillion: 0 })).toThrow(/pricePerMillion must be > 0/);
    expect(() => planFigure({ ...PLAN, predictions: [] })).toThrow(/predictions must be at least one/);
  });
});
