import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dot, residual, solveLeastSquares } from "../../src/fit/leastSquares.ts";
import { upperQuantile } from "../../src/fit/normal.ts";
import { condense, type Observations, readSample, sumOfSquares } from "../../src/fit/observations.ts";
import { stream } from "../../src/random/stream.ts";

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
        expect(Math.abs(sumOfSquares(readSample(columns(list)), curve) / direct - 1)).toBeLessThan(1e-12);
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

  it("takes the weighted mean of neighbours in ln x, and the scatter about a line through them for pure error", () => {
    // Bins of a factor 10 from the first positive x; x = 0 and the last x stand alone.
    const sample = readSample({
      x: [0, 2, 8, 20, 80, 80, 200],
      y: [3, 5, 8, 20, 26, 30, 50],
    });
    const condensed = condense(sample, 2);
    expect(condensed.known).toBe(false);
    expect([...condensed.x]).toEqual([0, 5, expect.closeTo(60, 12), 200]);
    expect([...condensed.y]).toEqual([3, 6.5, expect.closeTo(76 / 3, 12), 50]);
    expect([...condensed.weight]).toEqual([1, 2, 3, 1]);
    // A line goes through two points, so that 26 and 30 alone scatter: by 2·2², with one degree of freedom.
    expect([...condensed.scatter]).toEqual([0, expect.closeTo(0, 24), expect.closeTo(8, 12), 0]);
    expect([...condensed.counts]).toEqual([1, 1, 2, 1]);
    expect(condensed.rows).toBe(5);
  });

  const noise = stream(1, "neighbours");
  const normal = () => upperQuantile(noise.nextFloat() + 2 ** -54);

  it("measures that scatter by the weighted regression on ln x", () => {
    const x = [1, 1.5, 1.7, 2.5, 2.5, 3, 10];
    const standardErrors = [1, 0.5, 2, 1, 0.7, 1.5, 1];
    const y = x.map((value) => value + normal());
    const { scatter, rows } = condense(readSample({ x, y, standardErrors }), 1);
    // The last x stands alone.
    const within = (values: (row: number) => number) =>
      Float64Array.from({ length: 6 }, (_, row) => values(row) / standardErrors[row]!);
    const columns = [within(() => 1), within((row) => Math.log(x[row]!))];
    const target = within((row) => y[row]!);
    const rest = residual(columns, solveLeastSquares(columns, target), target);
    expect(scatter[0]).toBeCloseTo(dot(rest, rest), 12);
    expect(rows).toBe(6);
  });

  it("finds the noise and not the trend in the scatter", () => {
    const curve = (x: number) => 60 - 20 * Math.exp(-0.05 * x) - 10 * Math.exp(-0.002 * x);
    const x = Array.from({ length: 400 }, (_, i) => 10 ** (i / 100));
    const { pureError, rows, ...points } = condense(
      readSample({ x, y: x.map((value) => curve(value) + 0.05 * normal()) }),
      60,
    );
    const freedom = rows - points.x.length;
    // Every point of several x costs a mean and a slope.
    const single = points.weight.filter((weight) => weight === 1).length;
    expect(freedom).toBe(400 - 2 * points.x.length + single);
    // Four standard errors of σ̂², as χ² has them; the trend would make it 0.17².
    expect(Math.abs(pureError / freedom / 0.05 ** 2 - 1)).toBeLessThan(4 * Math.sqrt(2 / freedom));
  });

  const filled = fc.record({
    bins: fc.integer({ min: 5, max: 60 }),
    rate: fc.double({ min: -6, max: 3, noNaN: true }).map((exponent) => 10 ** exponent),
    places: fc.array(fc.double({ min: 0, max: Math.log(1e4), noNaN: true }), {
      minLength: 70,
      maxLength: 200,
    }),
  });

  it("bends a curve within a bin no more than it says, however the bin is filled", () => {
    // Two points near the ends of a bin are the worst for its mean, clusters at both ends and the middle for its line.
    const ends = Array.from({ length: 60 }, (_, bin) =>
      [0.001, 0.5, 0.999].map((share) => ((bin + share) * Math.log(1e4)) / 60),
    ).flat();
    const bends = (places: readonly number[], rate: number, bins: number) => {
      const x = [1, ...places.map(Math.exp), 1e4];
      const rise = (value: number) => -Math.expm1(-rate * value);
      const { x: means, y, pureError, weight } = condense(readSample({ x, y: x.map(rise) }), bins);
      const width = Math.log(1e4) / bins;
      const bend = means.reduce((most, value, j) => Math.max(most, Math.abs(y[j]! - rise(value))), 0);
      expect(bend).toBeLessThan(Math.expm1(width) ** 2 / 14 + 1e-12);
      const total = weight.reduce((sum, value) => sum + value, 0);
      expect(Math.sqrt(pureError / total)).toBeLessThan(width ** 2 / 51 + 1e-12);
      return { bend, width };
    };
    fc.assert(fc.property(filled, ({ bins, rate, places }) => void bends(places, rate, bins)));
    for (const rate of [0.002, 0.02, 0.2]) bends(ends, rate, 60);
    // With no point in the middle, more than a bin that is filled evenly.
    const { bend, width } = bends(
      ends.filter((_, i) => i % 3 !== 1),
      0.02,
      60,
    );
    expect(bend).toBeGreaterThan(width ** 2 / 18);
  });
});
