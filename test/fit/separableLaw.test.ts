import { describe, expect, it } from "vitest";
import { readSample, type Sample } from "../../src/fit/observations.ts";
import { fitSeparableLaw, type SeparableLaw } from "../../src/fit/separableLaw.ts";

const x = [1, 2, 3, 5, 8, 13];
const sampleOf = (f: (x: number) => number, errors?: readonly number[]): Sample =>
  readSample({ x, y: x.map(f), standardErrors: errors });

const logarithm: SeparableLaw = { name: "logarithm", parameters: () => [], shape: (v) => Math.log(v) };
/** Shape 1 − e^{−rate·x}, rate in [least, most]. */
const exponential = (least: number, most: number): SeparableLaw => ({
  name: "exponential",
  parameters: () => [{ name: "rate", least, most }],
  shape: (v, [rate]) => -Math.expm1(-rate! * v),
});

describe("fitSeparableLaw", () => {
  it("is weighted regression where the shape has no parameter", () => {
    const errors = [0.5, 1, 0.7, 2, 0.4, 1];
    const sample = sampleOf((v) => 3 + Math.sqrt(v), errors);
    const fitted = fitSeparableLaw(logarithm, sample);
    const weights = errors.map((error) => error ** -2);
    const sum = (f: (v: number, y: number) => number) =>
      x.reduce((total, v, j) => total + weights[j]! * f(Math.log(v), sample.y[j]!), 0);
    const [w, s, ss, t, st] = [
      sum(() => 1),
      sum((a) => a),
      sum((a) => a * a),
      sum((_, y) => y),
      sum((a, y) => a * y),
    ];
    const gain = (w * st - s * t) / (w * ss - s * s);
    const level = (t - gain * s) / w;
    expect(fitted.parameters).toEqual({ level: expect.closeTo(level, 11), gain: expect.closeTo(gain, 11) });
    const sse = sum((a, y) => (y - level - gain * a) ** 2);
    expect(fitted.sse).toBeCloseTo(sse, 11);
    // Standard errors are known: SSE + 2q.
    expect(fitted).toMatchObject({ law: "logarithm", count: 2, aicc: expect.closeTo(sse + 4, 10) as number });
    expect(fitted.predict(100)).toBeCloseTo(level + gain * Math.log(100), 11);
  });

  it("adds the scatter within points and corrects AICc for all rows", () => {
    const sample = readSample({ x: [1, 1, 2, 4, 4, 8], y: [-1, 1, 1, 1, 3, 3] });
    // Means 0, 1, 2, 3 lie on y = log₂ x.
    const fitted = fitSeparableLaw(logarithm, sample);
    expect(fitted.parameters["gain"]).toBeCloseTo(1 / Math.LN2, 12);
    expect(fitted.sse).toBeCloseTo(4, 12);
    // n = 6, q = 3 with σ: 6·ln(4/6) + 6 + 24/2.
    expect(fitted.aicc).toBeCloseTo(6 * Math.log(4 / 6) + 18, 10);
  });

  it("never falls: the weighted mean is the best of a falling series", () => {
    const errors = [1, 1, 1, 1, 1, 0.5];
    const sample = sampleOf((v) => 20 - v, errors);
    const { parameters, predict } = fitSeparableLaw(logarithm, sample);
    const mean = (19 + 18 + 17 + 15 + 12 + 4 * 7) / 9;
    expect(parameters).toEqual({ level: expect.closeTo(mean, 12), gain: 0 });
    expect(predict(1000)).toBeCloseTo(mean, 12);
  });

  it("takes a shape that stands still for a constant", () => {
    const still: SeparableLaw = { name: "still", parameters: () => [], shape: () => 1 };
    const sample = sampleOf((v) => v);
    expect(fitSeparableLaw(still, sample).predict(7)).toBeCloseTo(32 / 6, 12);
  });

  it("finds a shape parameter anywhere in its box to seven digits", () => {
    for (const rate of [0.011, 0.05, 0.31, 1.7, 4.9]) {
      const sample = sampleOf((v) => 40 - 7 * Math.exp(-rate * v));
      const { parameters, sse, count } = fitSeparableLaw(exponential(0.01, 5), sample);
      // The search ends at steps of 10⁻⁷ in the logarithm.
      expect(Math.abs(parameters["rate"]! / rate - 1)).toBeLessThan(3e-7);
      expect(sse).toBeLessThan(1e-11);
      expect(count).toBe(3);
    }
  });

  it("finds two shape parameters along a valley", () => {
    const stretched: SeparableLaw = {
      name: "stretched",
      parameters: () => [
        { name: "scale", least: 0.1, most: 1000 },
        { name: "exponent", least: 0.05, most: 1 },
      ],
      shape: (v, [scale, exponent]) => -Math.expm1(-((v / scale!) ** exponent!)),
    };
    const truth = (v: number) => 40 + 9 * -Math.expm1(-((v / 6) ** 0.8));
    const { parameters, sse, count, predict } = fitSeparableLaw(stretched, sampleOf(truth));
    expect(parameters["scale"]! / 6).toBeCloseTo(1, 3);
    expect(parameters["exponent"]! / 0.8).toBeCloseTo(1, 3);
    expect(sse).toBeLessThan(1e-9);
    expect(count).toBe(4);
    expect(predict(30)).toBeCloseTo(truth(30), 3);
  });

  it("stays in the box: on its end where the sum of squares falls beyond it", () => {
    const sample = sampleOf((v) => 40 - 7 * Math.exp(-0.3 * v));
    const below = fitSeparableLaw(exponential(0.01, 0.2), sample);
    expect(below.parameters["rate"]).toBeCloseTo(0.2, 12);
    const above = fitSeparableLaw(exponential(0.5, 5), sample);
    expect(above.parameters["rate"]).toBeCloseTo(0.5, 12);
  });

  it("finds the deeper of two valleys, as wide as a node of its grid", () => {
    // cos of the logarithm of the parameter: minima of the loss wherever it meets that of the data.
    const periodic: SeparableLaw = {
      name: "periodic",
      parameters: () => [{ name: "place", least: 1, most: Math.exp(17) }],
      // 18 nodes lie one apart; a valley is about one wide, and that at 12.4 alone has the shape of the data.
      shape: (v, [place]) => {
        const at = Math.log(place!);
        return (
          Math.log(v) + (1 - Math.exp(-((at - 12.4) ** 2)) - 0.5 * Math.exp(-((at - 3) ** 2))) * Math.sin(v)
        );
      },
    };
    const { parameters, sse } = fitSeparableLaw(
      periodic,
      sampleOf((v) => 2 + 3 * Math.log(v)),
    );
    expect(Math.log(parameters["place"]!)).toBeCloseTo(12.4, 3);
    expect(sse).toBeLessThan(1e-9);
  });

  it("leaves out parameters whose shape is no number", () => {
    const partly: SeparableLaw = {
      name: "partly",
      parameters: () => [{ name: "rate", least: 0.01, most: 5 }],
      shape: (v, [rate]) =>
        rate! > 1 ? Number.NaN : rate! < 0.02 ? v * 1e300 * 1e300 : -Math.expm1(-rate! * v),
    };
    const { parameters, sse } = fitSeparableLaw(
      partly,
      sampleOf((v) => 40 - 7 * Math.exp(-0.9 * v)),
    );
    expect(parameters["rate"]).toBeCloseTo(0.9, 6);
    expect(sse).toBeLessThan(1e-11);
  });
});
