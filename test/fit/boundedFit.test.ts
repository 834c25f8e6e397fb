import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitMixture, type MixtureFit, type MixtureOptions } from "../../src/fit/fitMixture.ts";
import { informationCriterion } from "../../src/fit/informationCriterion.ts";
import { mixtureCurve } from "../../src/fit/mixture.ts";
import { ENTIGRAPH, REPHRASE } from "./fixtures/quality.ts";

const sumOfSquares = (f: (x: number) => number, { x, y }: typeof REPHRASE) =>
  Array.from(x).reduce((sum, value, j) => sum + (y[j]! - f(value)) ** 2, 0);

/** One term between the values at 0 and ∞, on a grid of rates: for each the best corner, edge or point of the region. */
function bruteForce({ x, y }: typeof REPHRASE, ceiling: number, floor: number): number {
  const [least, most] = [0.01 / Math.max(...x), 10 / Math.min(...Array.from(x).filter((value) => value > 0))];
  const clip = (value: number) => Math.min(ceiling, Math.max(floor, value));
  let best = Infinity;
  for (let node = 0; node <= 20_000; node++) {
    const rate = least * (most / least) ** (node / 20_000);
    const left = Array.from(x, (value) => Math.exp(-rate * value));
    const product = (f: (j: number) => number) => left.reduce((sum, _, j) => sum + f(j), 0);
    // y = high·(1 − left) + low·left, high ≥ low.
    const [aa, ab, bb] = [
      product((j) => (1 - left[j]!) ** 2),
      product((j) => (1 - left[j]!) * left[j]!),
      product((j) => left[j]! ** 2),
    ];
    const [ay, by] = [product((j) => (1 - left[j]!) * y[j]!), product((j) => left[j]! * y[j]!)];
    const determinant = aa * bb - ab * ab;
    const corners: [number, number][] = [
      [(ay * bb - by * ab) / determinant, (by * aa - ay * ab) / determinant],
    ];
    for (const high of [ceiling, floor]) corners.push([high, clip((by - ab * high) / bb)]);
    for (const low of [ceiling, floor]) corners.push([clip((ay - ab * low) / aa), low]);
    const level = clip((ay + by) / x.length);
    corners.push([level, level]);
    for (const [high, low] of corners) {
      if (high > ceiling || low < floor || low > high) continue;
      const loss = sumOfSquares((value) => high - (high - low) * Math.exp(-rate * value), { x, y });
      best = Math.min(best, loss);
    }
  }
  return best;
}

const atZero = (fit: MixtureFit) => mixtureCurve(fit, 0);

describe("a fit between floor and ceiling", () => {
  it.each([
    [Infinity, 40.4],
    [46.2, -Infinity],
    [46.2, 40.2],
    [46.5, 40.4],
    [46.2, 30],
    [60, 40.4],
    [45, 41],
    [60, 30],
  ])("is that of a brute force with one term, ceiling %d, floor %d", (ceiling, floor) => {
    const bounds = {
      ...(ceiling < Infinity && { ceiling }),
      ...(floor > -Infinity && { floor }),
    };
    const fit = fitMixture(REPHRASE, { terms: 1, ...bounds });
    // The brute force needs finite ends; these are far from binding.
    const exact = bruteForce(REPHRASE, Math.min(ceiling, 1e3), Math.max(floor, -1e3));
    // A step of the grid is 7·10⁻⁴ in ln rate; half of it moves the sum of squares by its square times a curvature of order 10.
    expect(fit.sse).toBeLessThanOrEqual(exact * (1 + 1e-12));
    expect(fit.sse).toBeGreaterThan(exact * (1 - 1e-5));
    expect(fit.sse).toBeCloseTo(
      sumOfSquares((value) => mixtureCurve(fit, value), REPHRASE),
      9,
    );
    expect(fit.plateau).toBeLessThanOrEqual(ceiling + 1e-9);
    expect(atZero(fit)).toBeGreaterThanOrEqual(floor - 1e-9);
  });

  it("is the fit without bounds where that keeps to them", () => {
    expect(fitMixture(ENTIGRAPH, { terms: 3, ceiling: 100, floor: 25 })).toEqual(
      fitMixture(ENTIGRAPH, { terms: 3 }),
    );
  });

  it("stands on a bound that binds, and counts its parameters all the same", () => {
    const free = fitMixture(ENTIGRAPH, { terms: 3 });
    const fit = fitMixture(ENTIGRAPH, { terms: 3, ceiling: 57, floor: 39.5 });
    expect(fit.plateau).toBe(57);
    expect(atZero(fit)).toBeCloseTo(39.5, 9);
    expect(fit.parameters).toBe(free.parameters);
    expect(fit.aicc).toBe(informationCriterion({ rows: 36, known: false }, fit.sse, 7));
    expect(fit.held).toEqual(["ceiling", "floor"]);
    expect(fitMixture(ENTIGRAPH, { terms: 3, ceiling: 57, floor: 0 }).held).toEqual(["ceiling"]);
    expect(fitMixture(ENTIGRAPH, { terms: 3, ceiling: 100, floor: 39.5 }).held).toEqual(["floor"]);
    expect(free.held).toEqual([]);
    // Where the third term is not needed, the convex fit within the bounds proves it.
    expect(fit.gap).toBeLessThan(1e-8);
    expect(fit.gap).toBeGreaterThanOrEqual(0);
  });

  it("is bounded below by the convex fit within the same bounds, which is proven", () => {
    for (const bounds of [{ floor: 39 }, { ceiling: 60 }, { ceiling: 57, floor: 39.5 }]) {
      const spectrum = fitMixture(ENTIGRAPH, { terms: "spectrum", ...bounds });
      expect(spectrum.gap).toBeLessThan(1e-8);
      expect(spectrum.parameters).toBe(2 * spectrum.terms.length + 1);
      for (const terms of [1, 2, 3]) {
        const fit = fitMixture(ENTIGRAPH, { terms, ...bounds });
        const holds = fit.sse > fitMixture(ENTIGRAPH, { terms }).sse;
        if (holds) expect(fit.gap).toBeLessThanOrEqual(fit.sse - spectrum.sse + 1e-8);
        expect(fit.sse).toBeGreaterThanOrEqual(spectrum.sse - 1e-8);
      }
    }
  });

  it("proves with branch and bound what it finds, and says how much work that was", () => {
    const fit = fitMixture(ENTIGRAPH, { terms: 2, floor: 25, ceiling: 100, certify: true });
    expect(fit.gap).toBeLessThan(1e-5);
    expect(fit.nodes).toBeGreaterThan(1);
    const bound = fitMixture(ENTIGRAPH, { terms: 2, ceiling: 60, certify: true });
    const free = fitMixture(ENTIGRAPH, { terms: 2, certify: true });
    expect(bound.nodes).toBeGreaterThan(free.nodes);
    // What is proven without the ceiling bounds the fit beneath it.
    expect(bound.gap).toBeCloseTo(bound.sse - (free.sse - free.gap!), 9);
  });

  it("chooses the number of terms among fits within the bounds", () => {
    const bounds = { ceiling: 57, floor: 39.5 };
    const auto = fitMixture(ENTIGRAPH, { terms: "auto", ...bounds });
    const criteria = [1, 2, 3, 4, 5].map((terms) => fitMixture(ENTIGRAPH, { terms, ...bounds }).aicc!);
    expect(auto.aicc).toBe(Math.min(...criteria));
  });

  it("keeps to bounds wherever they are, and gets no better as they close in", () => {
    const bound = fc.double({ min: 30, max: 70, noNaN: true });
    fc.assert(
      fc.property(bound, bound, fc.constantFrom(1, 2, 3, "spectrum" as const), (a, b, terms) => {
        const [floor, ceiling] = [Math.min(a, b), Math.max(a, b) + 0.1];
        const fits = [{}, { floor }, { ceiling }, { floor, ceiling }].map((bounds) =>
          fitMixture(REPHRASE, { terms, ...bounds }),
        );
        const [free, above, below, between] = fits as [MixtureFit, MixtureFit, MixtureFit, MixtureFit];
        for (const fit of [above, between]) expect(atZero(fit)).toBeGreaterThan(floor - 1e-9);
        for (const fit of [below, between]) expect(fit.plateau).toBeLessThan(ceiling + 1e-9);
        // Up to the rounding of sums of squares about a level.
        const rounding = 1e-9 * (1 + between.sse);
        expect(Math.min(above.sse, below.sse)).toBeGreaterThan(free.sse - rounding);
        expect(between.sse).toBeGreaterThan(Math.max(above.sse, below.sse) - rounding);
      }),
      { seed: 11, numRuns: 40 },
    );
  });

  it.each<[string, MixtureOptions]>([
    ["ceiling must be finite", { terms: 1, ceiling: Number.NaN }],
    ["floor must be finite", { terms: 1, floor: -Infinity }],
    ["floor must be below the ceiling, 20", { terms: 1, ceiling: 20, floor: 20 }],
    ["ceiling must be left out where signs are free", { terms: 1, signs: "free", ceiling: 60 }],
    ["ceiling must be left out where plateau is given", { terms: 1, plateau: 50, ceiling: 60 }],
    ["floor must be left out where atZero is given", { terms: 1, atZero: 50, floor: 40 }],
  ])("refuses what has no meaning: %s", (message, options) => {
    expect(() => fitMixture(REPHRASE, options)).toThrow(message);
  });
});
