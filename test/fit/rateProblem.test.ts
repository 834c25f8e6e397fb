import { describe, expect, it } from "vitest";
import { dot, norm } from "../../src/fit/leastSquares.ts";
import { readSample } from "../../src/fit/observations.ts";
import {
  defaultRateRange,
  intervalOf,
  type KnownLevels,
  rateColumn,
  rateDerivatives,
  rateProblem,
  unitColumn,
} from "../../src/fit/rateProblem.ts";

const sample = readSample({
  x: [0.5, 1, 2, 5, 9, 9],
  y: [3, 4, 6, 7, 7.5, 8],
  standardErrors: [0.5, 1, 0.7, 0.4, 1, 2],
});
const range = defaultRateRange(sample);

describe("defaultRateRange", () => {
  it("reaches from a hundredth of the longest to ten times the shortest positive x", () => {
    expect(defaultRateRange(readSample({ x: [0, 4, 50], y: [1, 2, 3] }))).toEqual([0.01 / 50, 10 / 4]);
  });

  it("refuses samples without a positive x, and x too far apart for doubles", () => {
    expect(() => defaultRateRange(readSample({ x: [0], y: [1] }))).toThrow("positive in at least one row");
    expect(() => defaultRateRange(readSample({ x: [], y: [] }))).toThrow("no rows");
    expect(() => defaultRateRange(readSample({ x: [1e-300, 1e300], y: [1, 2] }))).toThrow("300 decades");
    // The fastest rate itself, per unit of x, is to be a double too.
    expect(() => defaultRateRange(readSample({ x: [1e-308, 1e-300], y: [1, 2] }))).toThrow("300 decades");
    expect(defaultRateRange(readSample({ x: [1e-300, 1], y: [1, 2] }))[1] / 1e301).toBeCloseTo(1, 12);
  });
});

describe("rateProblem", () => {
  /** The curve of one term with rate e^θ/unit, in the units of y, for a coefficient β and the best constant. */
  const curves: Record<string, { levels: KnownLevels; curve: (decay: number, gain: number) => number }> = {
    "known plateau": { levels: { plateau: 9 }, curve: (decay, gain) => 9 - gain * decay },
    "known value at 0": { levels: { atZero: 2 }, curve: (decay, gain) => 2 + gain * (1 - decay) },
  };

  it.each(Object.keys(curves))("is the weighted sum of squares in other units: %s", (name) => {
    const { levels, curve } = curves[name]!;
    const problem = rateProblem(sample, range, levels);
    const theta = 0.7;
    const rest = problem.target.slice();
    const column = rateColumn(problem, theta);
    for (let j = 0; j < rest.length; j++) rest[j]! -= 0.6 * column[j]!;
    const expected = sample.x.reduce((sum, x, j) => {
      const from = levels.atZero === undefined ? x - 0.5 : x;
      const decay = Math.exp((-Math.exp(theta) * from) / 9);
      return sum + sample.weight[j]! * (sample.y[j]! - curve(decay, 0.6 * problem.scale)) ** 2;
    }, 0);
    expect(dot(rest, rest) * problem.sumOfSquares).toBeCloseTo(expected, 10);
    expect(problem.common).toBe(0);
  });

  it("leaves out what the points share where a level is known", () => {
    const shared = 0.6;
    const problem = rateProblem(sample, range, { plateau: 9, sharedError: shared });
    const column = rateColumn(problem, 0.7);
    const rest = problem.target.map((value, j) => value - 0.6 * column[j]!);
    const residuals = sample.x.map(
      (x, j) => sample.y[j]! - 9 + 0.6 * problem.scale * Math.exp((-Math.exp(0.7) * (x - 0.5)) / 9),
    );
    // Sherman and Morrison: rᵀ(D + τ²·11ᵀ)⁻¹r.
    const sum = (f: (r: number) => number) =>
      residuals.reduce((total, r, j) => total + sample.weight[j]! * f(r), 0);
    const expected =
      sum((r) => r * r) - (shared ** 2 * sum((r) => r) ** 2) / (1 + shared ** 2 * sum(() => 1));
    expect(dot(rest, rest) * problem.sumOfSquares).toBeCloseTo(expected, 10);
    expect(rateProblem(sample, range, { sharedError: shared })).toEqual(rateProblem(sample, range, {}));
  });

  it("is what weighted regression on 1 and e^{−kx} leaves where the level is free", () => {
    const problem = rateProblem(sample, range, {});
    expect(problem.common).toBe(1);
    expect(problem.decays).toBe(false);
    for (const theta of [-2, 0, 2.5]) {
      const rate = Math.exp(theta) / 9;
      const { x, y, weight } = sample;
      const total = weight.reduce((a, b) => a + b, 0);
      const mean = (f: (j: number) => number) =>
        x.reduce((sum, _, j) => sum + (weight[j]! / total) * f(j), 0);
      const shape = (j: number) => Math.exp(-rate * x[j]!);
      const [meanShape, meanY] = [mean(shape), mean((j) => y[j]!)];
      const square = mean((j) => (shape(j) - meanShape) ** 2);
      const product = mean((j) => (shape(j) - meanShape) * (y[j]! - meanY));
      const left = total * (mean((j) => (y[j]! - meanY) ** 2) - product ** 2 / square);
      const column = unitColumn(problem, theta);
      const explained = dot(column, problem.target) ** 2;
      expect((1 - explained) * problem.sumOfSquares).toBeCloseTo(left, 9);
      // Its coefficient is that of the regression on −e^{−kx} from the first x on.
      const slope = dot(column, problem.target) / norm(rateColumn(problem, theta));
      expect(slope * problem.scale * Math.exp(rate * 0.5)).toBeCloseTo(-product / square, 9);
      expect(norm(column)).toBeCloseTo(1, 14);
      expect(dot(column, problem.root)).toBeCloseTo(0, 14);
    }
    expect(norm(problem.target)).toBeCloseTo(1, 14);
  });

  it("puts the range of rates in units of the largest x", () => {
    const { slowest, fastest, intervals, origin, unit } = rateProblem(sample, [0.02, 3], {});
    expect([slowest, fastest]).toEqual([Math.log(0.02 * 9), Math.log(3 * 9)]);
    expect(intervals).toEqual([[slowest, fastest]]);
    expect([origin, unit]).toEqual([0.5, 9]);
    expect(rateProblem(sample, range, { atZero: 0 }).origin).toBe(0);
    expect(rateProblem(sample, range, { plateau: 9 }).origin).toBe(0.5);
  });

  it("has exactly nothing to explain in a constant series", () => {
    const flat = readSample({ x: [1, 2, 3], y: [0.1, 0.1, 0.1], standardErrors: [0.3, 0.7, 0.9] });
    const problem = rateProblem(flat, range, {});
    expect(problem).toMatchObject({ scale: 0, sumOfSquares: 0, offset: 0.1 });
    expect([...problem.target]).toEqual([0, 0, 0]);
  });

  it("gives a column without length no direction", () => {
    // All x are the origin: nothing rises.
    const still = rateProblem(
      { ...sample, x: Float64Array.of(2, 2), y: Float64Array.of(1, 2), weight: Float64Array.of(1, 1) },
      range,
      {},
    );
    expect([...unitColumn(still, 0)].map(Math.abs)).toEqual([0, 0]);
  });
});

describe("rateDerivatives", () => {
  it.each<KnownLevels>([{}, { plateau: 9 }, { atZero: 2 }, { atZero: 2, sharedError: 0.6 }])(
    "are those of the column, %o",
    (levels) => {
      const problem = rateProblem(sample, range, levels);
      for (const theta of [-1, 0.3, 2]) {
        const [first, second] = rateDerivatives(problem, theta);
        const h = 1e-3;
        const [before, at, after] = [theta - h, theta, theta + h].map((value) => rateColumn(problem, value));
        for (let j = 0; j < first.length; j++) {
          // Central differences: h²/6 and h²/12 of derivatives of the order of 1, and rounding of 10⁻¹⁶/h².
          expect(Math.abs((after![j]! - before![j]!) / (2 * h) - first[j]!)).toBeLessThan(1e-6);
          expect(Math.abs((after![j]! - 2 * at![j]! + before![j]!) / h ** 2 - second[j]!)).toBeLessThan(1e-6);
        }
      }
    },
  );
});

describe("intervalOf", () => {
  it("is the first interval that reaches θ, and the last for what lies beyond", () => {
    const problem = {
      ...rateProblem(sample, range, {}),
      intervals: [
        [0, 1],
        [1, 2],
        [3, 4],
      ] as const,
    };
    expect(intervalOf(problem, 0.5)).toEqual([0, 1]);
    expect(intervalOf(problem, 1)).toEqual([0, 1]);
    expect(intervalOf(problem, 1.5)).toEqual([1, 2]);
    expect(intervalOf(problem, 4)).toEqual([3, 4]);
    expect(intervalOf(problem, 4.1)).toEqual([3, 4]);
  });
});
