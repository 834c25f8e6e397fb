import { describe, expect, it } from "vitest";
import { compareLaws } from "../../src/fit/compareLaws.ts";
import { explorationKernel } from "../../src/fit/explorationKernel.ts";
import { fitMixture } from "../../src/fit/fitMixture.ts";
import { fitLaw, LAW_NAMES, type LawName } from "../../src/fit/laws.ts";
import { explorationLimit } from "../../src/theory/explorationLimit.ts";
import { ENTIGRAPH, QA_SFT, REPHRASE } from "./fixtures/quality.ts";

const x = [1, 2, 4, 7, 12, 20, 35, 60, 100, 180, 300];

describe("fitLaw", () => {
  const planted: [LawName, (x: number) => number, Record<string, number>][] = [
    ["log-linear", (v) => 40 + 3 * Math.log(v), { level: 40, gain: 3 }],
    ["power", (v) => 60 - 20 * v ** -0.4, { level: 60, gain: 20, exponent: 0.4 }],
    [
      "shifted-power",
      (v) => 40 + 20 * (1 - (1 + v / 15) ** -0.7),
      { level: 40, gain: 20, scale: 15, exponent: 0.7 },
    ],
    [
      "stretched-exponential",
      (v) => 40 + 20 * (1 - Math.exp(-((v / 30) ** 0.6))),
      { level: 40, gain: 20, scale: 30, exponent: 0.6 },
    ],
    [
      "hill",
      (v) => 35 + (30 * v ** 1.7) / (v ** 1.7 + 25 ** 1.7),
      { level: 35, gain: 30, half: 25, exponent: 1.7 },
    ],
    ["exponential-1", (v) => 60 - 20 * Math.exp(-v / 25), { plateau: 60, amplitude1: 20, rate1: 0.04 }],
  ];

  it.each(planted)("finds the planted %s without start values", (name, truth, parameters) => {
    const fitted = fitLaw(name, { x, y: x.map(truth) });
    // The pattern search ends at 10⁻⁷ in the logarithms; ridges of the loss let a factor of 10³ of that through.
    for (const [key, value] of Object.entries(parameters))
      expect(fitted.parameters[key]! / value).toBeCloseTo(1, 3);
    expect(fitted.sse).toBeLessThan(1e-7);
    expect(fitted.predict(1000)).toBeCloseTo(truth(1000), 2);
  });

  it("takes a lognormal distribution of rates for what it is", () => {
    // E[e^{−kx}] for ln k ~ N(ln 0.05, 1), by a rule twice as fine and wider than the package's.
    const truth = (v: number) => {
      let left = 0;
      for (let z = -7; z <= 7; z += 0.1)
        left += (0.1 / Math.sqrt(2 * Math.PI)) * Math.exp(-0.5 * z * z - 0.05 * Math.exp(z) * v);
      return 60 - 20 * left;
    };
    const fitted = fitLaw("lognormal-rates", { x, y: x.map(truth) });
    expect(fitted.parameters["medianRate"]! / 0.05).toBeCloseTo(1, 2);
    expect(fitted.parameters["spread"]).toBeCloseTo(1, 2);
  });

  it("finds the theory's curve: level, gain, time scale and λ", () => {
    const curve = explorationLimit(4);
    const truth = (v: number) => 40 + (20 * curve.density(v / 90)) / curve.density(Infinity);
    const fitted = fitLaw("exploration-limit", { x, y: x.map(truth) });
    // The table is within 10⁻⁴ of a rise of 20: errors of 0.002, against a curve that bends by 20.
    for (const value of x) expect(Math.abs(fitted.predict(value) - truth(value))).toBeLessThan(0.002);
    expect(fitted.parameters["scale"]! / 90).toBeCloseTo(1, 1);
    expect(fitted.parameters["lambda"]! / 4).toBeCloseTo(1, 1);
  });

  it("tabulates the theory's curve within 10⁻⁴, between the nodes and beyond the ends", () => {
    for (const lambda of [1.05, 1.37, 2, 3.3, 17, 201]) {
      const curve = explorationLimit(lambda);
      const whole = curve.density(Infinity);
      for (let time = -23; time < 8; time += 0.77) {
        const s = Math.exp(time);
        expect(Math.abs(explorationKernel(lambda)(s) - curve.density(s) / whole)).toBeLessThan(1e-4);
      }
    }
    expect(explorationKernel(3)(0)).toBe(0);
    expect(explorationKernel(3)(Infinity)).toBe(1);
  });

  /** E[Acc_∞(s/S; λ)/C_λ] by Simpson's rule on ln S, twice as wide and three times as fine as needed for 10⁻⁶. */
  const spreadLimit = (lambda: number, spread: number) => {
    const curve = explorationLimit(lambda);
    const whole = curve.density(Infinity);
    return (s: number) => {
      let mean = 0;
      for (let i = 0; i <= 120; i++) {
        const z = -6 + i / 10;
        const weight = (i % 2 ? 4 : i % 120 ? 2 : 1) / 30;
        mean += (weight * Math.exp(-0.5 * z * z) * curve.density(s * Math.exp(spread * z))) / whole;
      }
      return mean / Math.sqrt(2 * Math.PI);
    };
  };

  it("tabulates the theory's curve with spread time scales within 10⁻⁴, between the nodes and beyond the ends", () => {
    for (const [lambda, spread] of [
      [1.07, 0.1],
      [1.5, 0.41],
      [3.3, 1.23],
      [20, 2.2],
      [150, 3.99],
    ] as const) {
      const exact = spreadLimit(lambda, spread);
      for (let time = -25; time < 24; time += 4.9)
        expect(
          Math.abs(explorationKernel(lambda, spread)(Math.exp(time)) - exact(Math.exp(time))),
        ).toBeLessThan(1e-4);
    }
    expect(explorationKernel(3, 2)(0)).toBe(0);
    expect(explorationKernel(3, 2)(Infinity)).toBe(1);
  });

  it("finds the theory's curve with spread time scales", () => {
    const exact = spreadLimit(4, 1.4);
    const truth = (v: number) => 40 + 20 * exact(v / 60);
    const fitted = fitLaw("exploration-spread", { x, y: x.map(truth) });
    for (const value of x) expect(Math.abs(fitted.predict(value) - truth(value))).toBeLessThan(0.002);
    // Without a spread the law misses this curve by a hundred times as much.
    const without = fitLaw("exploration-limit", { x, y: x.map(truth) });
    expect(Math.max(...x.map((v) => Math.abs(without.predict(v) - truth(v))))).toBeGreaterThan(0.1);
    // Errors of the table, 10⁻⁴ of the rise at most, move the shape parameters along their valley by a hundred times that.
    for (const [name, value] of Object.entries({ scale: 60, lambda: 4, spread: 1.4 }))
      expect(Math.abs(fitted.parameters[name]! / value - 1)).toBeLessThan(0.01);
    expect(fitted.predict(1000)).toBeCloseTo(truth(1000), 1);
  });

  it("has the curve with one time scale where there is no spread, and never fits worse than it", () => {
    const curve = explorationLimit(4);
    const truth = (v: number) => 40 + (20 * curve.density(v / 90)) / curve.density(Infinity);
    const planted = { x, y: x.map(truth) };
    const shifted = { x: x.map((v) => 7 * v), y: x.map((v) => 3 - truth(v) * -0.2) };
    for (const data of [planted, shifted, ENTIGRAPH, REPHRASE, QA_SFT]) {
      const { sse } = fitLaw("exploration-limit", data);
      // Newton's method ends within 10⁻¹⁰ of the least sum of squares, or where 10⁻¹⁶ of y² is left.
      expect(fitLaw("exploration-spread", data).sse).toBeLessThanOrEqual(sse * (1 + 1e-9) + 1e-11);
    }
    expect(fitLaw("exploration-spread", planted).parameters["spread"]).toBeLessThan(0.3);
    for (const s of [1e-4, 0.1, 3])
      expect(explorationKernel(4, 0)(s)).toBeCloseTo(curve.density(s) / curve.density(Infinity), 4);
  });

  it("maps with y and scales with x", () => {
    const fitted = fitLaw("exploration-spread", REPHRASE);
    const mapped = fitLaw("exploration-spread", {
      x: REPHRASE.x.map((value) => 8 * value),
      y: REPHRASE.y.map((value) => 3 * value - 20),
    });
    expect(mapped.sse / (9 * fitted.sse)).toBeCloseTo(1, 6);
    for (const value of REPHRASE.x)
      expect(mapped.predict(8 * value)).toBeCloseTo(3 * fitted.predict(value) - 20, 3);
  });

  it("never fits better than the convex fit where a law is a mixture of exponentials", () => {
    for (const data of [ENTIGRAPH, REPHRASE, QA_SFT]) {
      const { sse } = fitMixture(data, { terms: "spectrum", rateRange: [1e-7, 1e4] });
      for (const name of [
        "log-linear",
        "power",
        "shifted-power",
        "stretched-exponential",
        "lognormal-rates",
      ] as const) {
        expect(fitLaw(name, data).sse).toBeGreaterThanOrEqual(sse * (1 - 1e-6));
      }
    }
  });

  it("is the regression on ln x, in closed form", () => {
    const { x, y } = ENTIGRAPH;
    const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    const logs = x.map(Math.log);
    const [meanLog, meanY] = [mean(logs), mean(y)];
    const slope =
      logs.reduce((sum, log, j) => sum + (log - meanLog) * y[j]!, 0) /
      logs.reduce((sum, log) => sum + (log - meanLog) ** 2, 0);
    const fitted = fitLaw("log-linear", ENTIGRAPH);
    expect(fitted.parameters["gain"]).toBeCloseTo(slope, 10);
    expect(fitted.parameters["level"]).toBeCloseTo(meanY - slope * meanLog, 10);
    expect(fitted.aicc).toBeCloseTo(-41.34, 2);
  });

  it("never falls", () => {
    for (const name of LAW_NAMES) {
      const fitted = fitLaw(name, { x, y: x.map((value) => 50 - Math.log(value)) });
      expect(fitted.predict(300)).toBeGreaterThanOrEqual(fitted.predict(1) - 1e-9);
    }
  });

  it("names what it cannot fit", () => {
    const refuse = (call: () => unknown) =>
      expect(call).toThrow(expect.objectContaining({ name: "DomainError", argument: "x" }) as Error);
    refuse(() => fitLaw("log-linear", { x: [0, 1, 2], y: [1, 2, 3] }));
    refuse(() => fitLaw("power", { x: [0, 1, 2, 3], y: [1, 2, 3, 4] }));
    refuse(() => fitLaw("hill", { x: [1, 2, 3], y: [1, 2, 3] }));
  });
});

describe("compareLaws", () => {
  const laws: LawName[] = ["log-linear", "power", "exponential-1", "exponential-2"];
  const comparison = compareLaws(REPHRASE, laws);
  const of = (law: LawName) => comparison.scores.find((score) => score.law === law)!;

  it("forecasts the later points from the earlier ones", () => {
    // The same by hand, for log-linear.
    const errors = comparison.origins.flatMap((origin) => {
      const fitted = fitLaw("log-linear", { x: REPHRASE.x.slice(0, origin), y: REPHRASE.y.slice(0, origin) });
      return REPHRASE.x.slice(origin).map((value, j) => REPHRASE.y[origin + j]! - fitted.predict(value));
    });
    const expected = Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length);
    expect(of("log-linear").rollingOrigin).toBeCloseTo(expected, 10);
    expect(comparison.origins[0]).toBe(10);
    expect(comparison.origins.at(-1)).toBe(19);
  });

  it("leaves points out one at a time", () => {
    const errors = REPHRASE.x.map((value, left) => {
      const kept = <T>(values: T[]) => values.filter((_, j) => j !== left);
      return REPHRASE.y[left]! - fitLaw("power", { x: kept(REPHRASE.x), y: kept(REPHRASE.y) }).predict(value);
    });
    const expected = Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length);
    expect(of("power").leaveOneOut).toBeCloseTo(expected, 10);
    expect(of("power").leaveOneOut).toBeGreaterThan(of("power").rmse);
  });

  it("ranks by forecasts and stacks with weights that sum to one", () => {
    const errors = comparison.scores.map(({ rollingOrigin }) => rollingOrigin!);
    expect(errors).toEqual(errors.toSorted((a, b) => a - b));
    expect(comparison.scores.reduce((sum, { stackWeight }) => sum + stackWeight, 0)).toBeCloseTo(1, 9);
    const mixed = comparison.scores.reduce(
      (sum, { stackWeight, fitted }) => sum + stackWeight * fitted.predict(100),
      0,
    );
    expect(comparison.stacked(100)).toBeCloseTo(mixed, 10);
  });

  it("says in words that the best fit is not the best forecast", () => {
    expect(comparison.verdict).toMatch(
      /^exponential-2 fits .* best by AICc but misses .* log-linear forecasts/,
    );
  });

  it("names laws that cannot be fitted", () => {
    const { refused, scores } = compareLaws({ x: [0, 1, 2, 3], y: [1, 2, 2.5, 2.7] }, [
      "log-linear",
      "exponential-1",
      "hill",
    ]);
    expect(refused).toEqual([{ law: "log-linear", reason: expect.stringContaining("positive") as string }]);
    expect(scores.map(({ law }) => law).sort()).toEqual(["exponential-1", "hill"]);
    expect(scores.find(({ law }) => law === "hill")!.leaveOneOut).toBeNull();
  });
});
