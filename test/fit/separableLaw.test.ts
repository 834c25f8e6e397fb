import { describe, expect, it } from "vitest";
import { readSample, type Sample } from "../../src/fit/observations.ts";
import { fitSeparableLaw, type SeparableLaw } from "../../src/fit/separableLaw.ts";
import { stream } from "../../src/random/stream.ts";

const x = [1, 2, 3, 5, 8, 13];
const sampleOf = (f: (x: number) => number, errors?: readonly number[]): Sample =>
  readSample({ x, y: x.map(f), standardErrors: errors });

const logarithm: SeparableLaw = { name: "logarithm", parameters: () => [], shape: () => Math.log };
/** Shape 1 − e^{−rate·x}, rate in [least, most]. */
const exponential = (least: number, most: number): SeparableLaw => ({
  name: "exponential",
  parameters: () => [{ name: "rate", least, most }],
  shape:
    ([rate]) =>
    (v) =>
      -Math.expm1(-rate! * v),
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
    const still: SeparableLaw = { name: "still", parameters: () => [], shape: () => () => 1 };
    const sample = sampleOf((v) => v);
    expect(fitSeparableLaw(still, sample).predict(7)).toBeCloseTo(32 / 6, 12);
  });

  it("finds a shape parameter anywhere in its box to seven digits", () => {
    // The last two lie nearer to a side than derivatives reach.
    for (const rate of [0.011, 0.05, 0.31, 1.7, 4.9, 0.010001, 4.9995]) {
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
      shape:
        ([scale, exponent]) =>
        (v) =>
          -Math.expm1(-((v / scale!) ** exponent!)),
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
      shape:
        ([place]) =>
        (v) => {
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

  it("finds a valley wherever it lies, no wider than a node of its grid", () => {
    for (const centre of [1.5, 4.4, 8.5, 13.6, 15.5]) {
      const valley: SeparableLaw = {
        name: "valley",
        parameters: () => [{ name: "place", least: 1, most: Math.exp(17) }],
        shape:
          ([place]) =>
          (v) =>
            Math.log(v) + (1 - Math.exp(-((Math.log(place!) - centre) ** 2))) * Math.sin(v),
      };
      const { parameters } = fitSeparableLaw(
        valley,
        sampleOf((v) => 2 + 3 * Math.log(v)),
      );
      expect(Math.log(parameters["place"]!)).toBeCloseTo(centre, 3);
    }
  });

  it("leaves out parameters whose shape is no number", () => {
    const partly: SeparableLaw = {
      name: "partly",
      parameters: () => [{ name: "rate", least: 0.01, most: 5 }],
      shape:
        ([rate]) =>
        (v) =>
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

const wide = [1, 2, 4, 7, 12, 20, 35, 60, 100, 180, 300];

/** level + gain·(1 − (1 + (x/scale)^a)^{−b}): three shape parameters, the last of them spread evenly from 0. */
const burr: SeparableLaw = {
  name: "burr",
  parameters: () => [
    { name: "scale", least: 0.1, most: 1000 },
    { name: "power", least: 0.1, most: 5 },
    { name: "more", least: 0, most: 3 },
  ],
  shape:
    ([scale, power, more]) =>
    (value) =>
      -((1 + (value / scale!) ** power!) ** -(0.5 + more!)),
};

/** The same with its last parameter held. */
const held = (more: number): SeparableLaw => ({
  ...burr,
  parameters: (sample) => burr.parameters(sample).slice(0, 2),
  shape: ([scale, power]) => burr.shape([scale!, power!, more]),
});

const noisy = (seed: number) => {
  const rng = stream(seed, "test-separable");
  return readSample({ x: wide, y: wide.map((value) => 40 + 5 * Math.log(value) + 4 * rng.nextFloat()) });
};

describe("fitSeparableLaw with three shape parameters", () => {
  it("finds three planted shape parameters without start values", () => {
    const y = wide.map((value) => 60 + 25 * burr.shape([18, 1.3, 0.7])(value));
    const { parameters, sse, count } = fitSeparableLaw(burr, readSample({ x: wide, y }));
    expect(count).toBe(5);
    expect(sse).toBeLessThan(1e-10);
    for (const [name, value] of Object.entries({ level: 60, gain: 25, scale: 18, power: 1.3, more: 0.7 }))
      expect(parameters[name]! / value).toBeCloseTo(1, 3);
  });

  it("fits no worse than any node of a fine grid, nor than with a parameter held at the slices", () => {
    for (const seed of [1, 2, 3]) {
      const sample = noisy(seed);
      const { sse, parameters } = fitSeparableLaw(burr, sample);
      for (const more of [0, 0.75, 1.5, 2.25, 3])
        expect(sse).toBeLessThanOrEqual(fitSeparableLaw(held(more), sample).sse * (1 + 1e-9));
      for (const { name, least, most } of burr.parameters(sample)) {
        expect(parameters[name]).toBeGreaterThanOrEqual(least * (1 - 1e-12));
        expect(parameters[name]).toBeLessThanOrEqual(most * (1 + 1e-12));
      }
      const two = fitSeparableLaw(held(1), sample).sse;
      expect(two).toBeLessThanOrEqual(leastOnGrid(held(1), sample, 120) * (1 + 1e-9));
    }
  });

  it("ends at a minimum: no neighbour in the box is better", () => {
    for (const seed of [4, 5, 6]) {
      const sample = noisy(seed);
      const { sse, parameters } = fitSeparableLaw(held(0.5), sample);
      const point = ["scale", "power"].map((name) => parameters[name]!);
      const box = burr.parameters(sample);
      for (const factor of [0.99, 0.9999, 1.0001, 1.01]) {
        for (const moved of [
          [factor, 1],
          [1, factor],
          [factor, factor],
          [factor, 1 / factor],
        ]) {
          const at = point.map((value, i) =>
            Math.min(box[i]!.most, Math.max(box[i]!.least, value * moved[i]!)),
          );
          expect(lossAt(held(0.5), sample, at)).toBeGreaterThanOrEqual(sse * (1 - 1e-9));
        }
      }
    }
  });
});

/** Residual sum of squares of the regression on the shape, gain ≥ 0, in the textbook's form. */
function lossAt({ shape }: SeparableLaw, { x, y }: Sample, parameters: readonly number[]): number {
  const s = Array.from(x, (value) => shape(parameters)(value));
  const mean = (values: ArrayLike<number>) =>
    Array.from(values).reduce((sum, value) => sum + value / x.length, 0);
  const [meanS, meanY] = [mean(s), mean(y)];
  const [ss, sy, yy] = s.reduce(
    ([a, b, c], value, j) => [
      a + (value - meanS) ** 2,
      b + (value - meanS) * (y[j]! - meanY),
      c + (y[j]! - meanY) ** 2,
    ],
    [0, 0, 0] as [number, number, number],
  );
  return sy > 0 ? yy - sy ** 2 / ss : yy;
}

function leastOnGrid(each: SeparableLaw, sample: Sample, nodes: number): number {
  const axes = each
    .parameters(sample)
    .map(({ least, most }) =>
      Array.from({ length: nodes }, (_, i) => least * (most / least) ** (i / (nodes - 1))),
    );
  return Math.min(...axes[0]!.map((a) => Math.min(...axes[1]!.map((b) => lossAt(each, sample, [a, b])))));
}
