import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { condense, type Observations, readSample, type Sample } from "../../src/fit/observations.ts";

/** Σ weight·(y − f)² + pure error, which is to be Σ_rows (y − f)²/s². */
const overPoints = ({ x, y, weight, pureError }: Sample, f: (x: number) => number) =>
  x.reduce((sum, value, j) => sum + weight[j]! * (y[j]! - f(value)) ** 2, pureError);

describe("readSample", () => {
  it("sorts rows and merges those of equal x into their mean", () => {
    const sample = readSample({ x: [3, 1, 3, 2, 3], y: [10, 5, 16, 7, 10] });
    expect(sample).toEqual({
      rows: 5,
      x: Float64Array.of(1, 2, 3),
      y: Float64Array.of(5, 7, 12),
      weight: Float64Array.of(1, 1, 3),
      // Squared distances 4, 16, 4 from the mean 12.
      counts: Float64Array.of(1, 1, 3),
      scatter: Float64Array.of(0, 0, 24),
      pureError: 24,
      known: false,
    });
  });

  it("weighs rows by 1/s²", () => {
    const { y, weight, pureError, known } = readSample({
      x: [1, 1],
      y: [0, 5],
      standardErrors: [0.5, 1],
    });
    expect([...weight]).toEqual([5]);
    expect(y[0]).toBeCloseTo(1, 14);
    // 4·1² + 1·4².
    expect(pureError).toBeCloseTo(20, 13);
    expect(known).toBe(true);
  });

  const rows = fc.array(
    fc.record({
      x: fc.integer({ min: 0, max: 5 }),
      y: fc.integer({ min: -50, max: 50 }),
      error: fc.constantFrom(0.5, 1, 2),
    }),
    { minLength: 1, maxLength: 12 },
  );
  const columns = (list: readonly { x: number; y: number; error: number }[]): Required<Observations> => ({
    x: list.map(({ x }) => x),
    y: list.map(({ y }) => y),
    standardErrors: list.map(({ error }) => error),
  });

  it("leaves the sum of squares of every curve as it is", () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: -9, max: 9 }), (list, slope) => {
        const curve = (x: number) => slope * x + 1;
        const direct = list.reduce((sum, { x, y, error }) => sum + ((y - curve(x)) / error) ** 2, 0);
        expect(Math.abs(overPoints(readSample(columns(list)), curve) / direct - 1)).toBeLessThan(1e-12);
      }),
    );
  });

  it("gives the same digits for rows in any order", () => {
    fc.assert(
      fc.property(rows, fc.nat(), (list, turn) => {
        const cut = turn % list.length;
        const turned = [...list.slice(cut), ...list.slice(0, cut)].reverse();
        expect(readSample(columns(turned))).toEqual(readSample(columns(list)));
      }),
    );
    // One third and one seventh do not add up the same in every order.
    const thirds = { x: [1, 1, 1, 1], y: [1 / 3, 1 / 7, 0.1, 1 / 3], standardErrors: [0.3, 0.7, 0.1, 0.6] };
    const order = [3, 1, 0, 2];
    const turned = {
      x: thirds.x,
      y: order.map((row) => thirds.y[row]!),
      standardErrors: order.map((row) => thirds.standardErrors[row]!),
    };
    expect(readSample(turned)).toEqual(readSample(thirds));
    expect(readSample({ x: turned.x, y: turned.y })).toEqual(readSample({ x: thirds.x, y: thirds.y }));
  });

  it("takes what lies on the bounds", () => {
    const { y, weight } = readSample({ x: [0, 1], y: [-1e150, 1e150], standardErrors: [1e-150, 1e150] });
    expect([...y]).toEqual([-1e150, 1e150]);
    expect([...weight]).toEqual([expect.closeTo(1e300, -290), 1e150 ** -2]);
  });

  it.each<[string, Observations, string]>([
    ["x[1]", { x: [1, -1], y: [1, 2] }, "finite and >= 0"],
    ["x[0]", { x: [Infinity, 1], y: [1, 2] }, "finite and >= 0"],
    ["y", { x: [1, 2], y: [1] }, "as long as x (2 rows)"],
    ["y[1]", { x: [1, 2], y: [1, 1.1e150] }, "finite and at most"],
    ["y[0]", { x: [1, 2], y: [-1.1e150, 1] }, "finite and at most"],
    ["y[1]", { x: [1, 2], y: [1, Number.NaN] }, "finite and at most"],
    ["standardErrors", { x: [1, 2], y: [1, 2], standardErrors: [1, 1, 1] }, "as long as x"],
    ["standardErrors[1]", { x: [1, 2], y: [1, 2], standardErrors: [1, 0] }, "between"],
    ["standardErrors[1]", { x: [1, 2], y: [1, 2], standardErrors: [1, -1] }, "between"],
    ["standardErrors[0]", { x: [1, 2], y: [1, 2], standardErrors: [1.1e150, 1] }, "between"],
    ["standardErrors[0]", { x: [1, 2], y: [1, 2], standardErrors: [0.9e-150, 1] }, "between"],
  ])("refuses %s outside its domain", (argument, observations, domain) => {
    expect(() => readSample(observations)).toThrow(
      expect.objectContaining({ argument, message: expect.stringContaining(domain) as string }) as Error,
    );
  });
});

describe("condense", () => {
  it("leaves a sample with no more points than bins as it is", () => {
    const sample = readSample({ x: [1, 2, 3], y: [1, 2, 3] });
    expect(condense(sample, 3)).toBe(sample);
    expect(condense(sample, 2)).not.toBe(sample);
  });

  it("takes the weighted mean of neighbours in ln x, and their scatter for pure error", () => {
    // Bins of a factor 10 from the first positive x; x = 0 and the last x stand alone.
    const sample = readSample({
      x: [0, 2, 8, 20, 80, 80, 200],
      y: [3, 5, 8, 20, 26, 30, 50],
    });
    const condensed = condense(sample, 2);
    expect(condensed.rows).toBe(7);
    expect(condensed.known).toBe(false);
    expect([...condensed.x]).toEqual([0, 5, expect.closeTo(60, 12), 200]);
    expect([...condensed.y]).toEqual([3, 6.5, expect.closeTo(76 / 3, 12), 50]);
    expect([...condensed.weight]).toEqual([1, 2, 3, 1]);
    // 2·1.5² of the first pair; about 76/3: 20, 26 and 30.
    const mean = 76 / 3;
    const scatter = (20 - mean) ** 2 + (26 - mean) ** 2 + (30 - mean) ** 2;
    expect(condensed.pureError).toBeCloseTo(4.5 + scatter, 11);
  });

  it("keeps the sum of squares of every constant", () => {
    const x = Array.from({ length: 50 }, (_, i) => 1.3 ** i);
    const sample = readSample({
      x,
      y: x.map((value) => Math.log(value)),
      standardErrors: x.map((_, i) => 1 + (i % 3)),
    });
    const condensed = condense(sample, 7);
    expect(condensed.x.length).toBeLessThanOrEqual(8);
    for (const level of [0, 3, 20]) {
      expect(overPoints(condensed, () => level) / overPoints(sample, () => level)).toBeCloseTo(1, 13);
    }
  });
});
