import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitMixture } from "../../src/fit/fitMixture.ts";
import type { Observations } from "../../src/fit/observations.ts";
import { crossing } from "../../src/fit/profile.ts";
import { profileParameters } from "../../src/fit/profileParameters.ts";
import { profilePlateau } from "../../src/fit/profilePlateau.ts";
import { stream } from "../../src/random/stream.ts";
import { ENTIGRAPH } from "./fixtures/quality.ts";

function normals(seed: number): () => number {
  const rng = stream(seed, "test-profile-parameters");
  return () => Math.sqrt(-2 * Math.log1p(-rng.nextFloat())) * Math.cos(2 * Math.PI * rng.nextFloat());
}

const X = [1, 2, 4, 8, 16, 32, 64, 128];
const ONE = (() => {
  const normal = normals(1);
  return {
    x: X,
    y: X.map((x) => 60 - 20 * Math.exp(-x / 12) + 0.4 * normal()),
    standardErrors: X.map(() => 0.4),
  };
})();
const TWO_X = [0.5, 1, 2, 3, 5, 8, 16, 32, 50, 80, 128, 200];
const TWO = (() => {
  const normal = normals(2);
  const y = TWO_X.map((x) => 70 - 20 * Math.exp(-x / 2) - 15 * Math.exp(-x / 50) + 0.3 * normal());
  return { x: TWO_X, y, standardErrors: TWO_X.map(() => 0.3) };
})();

/** χ² of the best level and coefficients ≥ 0 of at most two given columns: every set of columns is tried. */
function leastSum(y: readonly number[], columns: readonly number[][], error: number): number {
  const centred = (values: readonly number[]) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return values.map((value) => value - mean);
  };
  const product = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, j) => sum + value * b[j]!, 0);
  const target = centred(y);
  const [a, b] = columns.map(centred);
  const whole = product(target, target);
  let best = whole;
  for (const column of [a, b]) {
    if (column)
      best = Math.min(best, whole - Math.min(0, product(column, target)) ** 2 / product(column, column));
  }
  if (a && b) {
    const [aa, ab, bb] = [product(a, a), product(a, b), product(b, b)];
    const [at, bt] = [product(a, target), product(b, target)];
    const determinant = aa * bb - ab * ab;
    const [ca, cb] = [(bb * at - ab * bt) / determinant, (aa * bt - ab * at) / determinant];
    if (determinant > 1e-12 * aa * bb && ca <= 0 && cb <= 0) best = Math.min(best, whole - ca * at - cb * bt);
  }
  return best / error ** 2;
}

const decay = (x: readonly number[], rate: number) => x.map((value) => Math.exp(-rate * value));

/** Rates in equal steps of the logarithm. */
const rates = (from: number, to: number, count: number) =>
  Array.from({ length: count }, (_, i) => from * (to / from) ** (i / (count - 1)));

describe("crossing", () => {
  it("finds the end of the component around the start, to 2⁻¹⁸ of the step that crossed", () => {
    let calls = 0;
    const f = (value: number) => {
      calls++;
      return value ** 3 - 2;
    };
    const end = crossing(f, 0, 10)!;
    expect(f(end)).toBeLessThanOrEqual(0);
    expect(f(end + (10 * 0.25) / 2 ** 18)).toBeGreaterThan(0);
    expect(calls).toBeLessThan(22);
    // −1 … 1 serves, and 3 … 4 again.
    const two = (value: number) => (value <= 1 || value >= 3 ? -1 : 1);
    expect(crossing(two, 0, 4, 0.5)).toBeCloseTo(1, 5);
    expect(crossing(two, 4, 0, 0.5)).toBeCloseTo(3, 5);
  });

  it("is open where the function stays, or says that it would", () => {
    expect(crossing(() => -1, 0, 1)).toBeNull();
    expect(crossing((value) => (value < 0.1 ? -1 : -Infinity), 0, 1)).toBeNull();
    // −∞ is met only between the last step and the one before.
    expect(crossing((value) => (value < 0.3 ? -1 : value < 0.9 ? -Infinity : 1), 0, 1, 0.95)).toBeNull();
    expect(crossing((value) => value - 1, 2, 3)).toBe(2);
  });
});

describe("one term, by closed forms", () => {
  const bound = 3.841459;
  const { plateau, terms } = profileParameters(ONE, fitMixture(ONE, { terms: 1 }));
  const [{ amplitude, rate }] = terms as [(typeof terms)[0]];
  const { sse } = fitMixture(ONE, { terms: 1 });

  it("ends a rate where the straight-line fit on e^{−kx} reaches the bound", () => {
    expect(rate.identified).toBe(true);
    for (const end of [rate.lower!, rate.upper!])
      expect(leastSum(ONE.y, [decay(X, end)], 0.4) - sse).toBeCloseTo(bound, 3);
  });

  it("ends an amplitude where its best rate reaches the bound", () => {
    expect(amplitude.identified).toBe(true);
    const grid = rates(0.01, 1, 40_001);
    for (const end of [amplitude.lower!, amplitude.upper!]) {
      const sums = grid.map((k) =>
        leastSum(
          ONE.y.map((y, j) => y + end * Math.exp(-k * X[j]!)),
          [],
          0.4,
        ),
      );
      expect(Math.min(...sums) - sse).toBeCloseTo(bound, 3);
    }
  });

  it("has the plateau of profilePlateau, and every interval its estimate", () => {
    expect(plateau).toEqual(profilePlateau(ONE, 1, 0.95));
    for (const { lower, upper, estimate } of [plateau, amplitude, rate]) {
      expect(lower!).toBeLessThan(estimate);
      expect(upper!).toBeGreaterThan(estimate);
    }
  });
});

describe("two terms, by brute force over a grid", () => {
  const fit = fitMixture(TWO, { terms: 2 });
  const { terms } = profileParameters(TWO, fit, { level: 0.9 });
  const bound = fit.sse + 2.705543;
  const [slowest, fastest] = fit.rateRange;
  // The grid's best is above the best by at most the curvature: 10⁻³ here, checked by halving the step.
  const close = 2;

  it("ends rates where the best mixture with that rate reaches the bound", () => {
    const grid = rates(slowest, fastest, 4001);
    const least = (k: number) =>
      Math.min(...grid.map((other) => leastSum(TWO.y, [decay(TWO_X, k), decay(TWO_X, other)], 0.3)));
    for (const { rate } of terms) {
      expect(rate.identified).toBe(true);
      for (const end of [rate.lower!, rate.upper!]) expect(least(end) - bound).toBeCloseTo(0, close);
    }
  });

  it("ends amplitudes where the best mixture with that amplitude reaches the bound", () => {
    const least = (amplitude: number, slower: number) => {
      let best = Infinity;
      for (const k of rates(slowest, fastest, 401)) {
        const left = TWO.y.map((y, j) => y + amplitude * Math.exp(-k * TWO_X[j]!));
        for (const other of rates(slower === 0 ? k : slowest, slower === 0 ? fastest : k, 401))
          best = Math.min(best, leastSum(left, [decay(TWO_X, other)], 0.3));
      }
      return best;
    };
    terms.forEach(({ amplitude }, slower) => {
      for (const end of [amplitude.lower, amplitude.upper])
        if (end !== null) {
          const outwards = amplitude.estimate + 1.02 * (end - amplitude.estimate);
          // A grid's best is no better than the best, and beyond the end the best is above the bound.
          expect(least(amplitude.estimate + 0.97 * (end - amplitude.estimate), slower)).toBeLessThan(bound);
          expect(least(outwards, slower)).toBeGreaterThan(bound);
        }
    });
    expect(
      terms.flatMap(({ amplitude }) => [amplitude.lower, amplitude.upper]).filter((end) => end !== null)
        .length,
    ).toBeGreaterThan(2);
  });
});

describe("profileParameters", () => {
  it("is equivariant under scaling of x and affine maps of y", () => {
    const { terms } = profileParameters(TWO, fitMixture(TWO, { terms: 2 }));
    const scale = fc.double({ min: 1e-3, max: 1e3, noNaN: true });
    fc.assert(
      fc.property(scale, scale, fc.double({ min: -100, max: 100, noNaN: true }), (a, b, shift) => {
        const data: Observations = {
          x: TWO.x.map((x) => a * x),
          y: TWO.y.map((y) => shift + b * y),
          standardErrors: TWO.standardErrors.map((error) => b * error),
        };
        const mapped = profileParameters(data, fitMixture(data, { terms: 2 }));
        // Ends are found to 2⁻¹⁸ of a step, which is at most the whole amplitude or half of ln rate.
        const same = (end: number | null, other: number | null) =>
          other === null ? expect(end).toBeNull() : expect(Math.abs(end! / other - 1)).toBeLessThan(1e-4);
        mapped.terms.forEach(({ amplitude, rate }, i) => {
          for (const side of ["lower", "upper"] as const) {
            const [held, pace] = [terms[i]!.amplitude[side], terms[i]!.rate[side]];
            same(amplitude[side], held === null ? null : b * held);
            same(rate[side], pace === null ? null : pace / a);
          }
        });
      }),
      { numRuns: 4, seed: 5 },
    );
  });

  it("says of the paper's slowest term how little is known, and of the two others how much", () => {
    const { terms, plateau } = profileParameters(ENTIGRAPH, fitMixture(ENTIGRAPH, { terms: 3 }), {
      ceiling: 100,
    });
    expect(plateau.upper).toBeNull();
    expect(terms[0]!.rate).toMatchObject({ lower: null, identified: false });
    expect(terms[0]!.amplitude).toMatchObject({ upper: null, identified: false });
    expect(terms[0]!.amplitude.lower!).toBeGreaterThan(7);
    for (const { amplitude, rate } of terms.slice(1)) {
      expect(amplitude.identified && rate.identified).toBe(true);
    }
  });

  it("knows nothing of the terms where fewer of them fit", () => {
    const data = { ...ONE, standardErrors: X.map(() => 30) };
    const [term] = profileParameters(data, fitMixture(data, { terms: 1 })).terms;
    expect(term!.amplitude.lower).toBeNull();
    expect(term!.rate).toMatchObject({ lower: null, upper: null, identified: false });
    // A second term that the points do not ask for: either rate may be any.
    const two = profileParameters(ONE, fitMixture(ONE, { terms: 2 })).terms;
    for (const { amplitude, rate } of two.length === 2 ? two : []) {
      expect(amplitude.lower).toBeNull();
      expect([rate.lower, rate.upper]).toEqual([null, null]);
    }
    const flat = { x: X, y: X.map(() => 5) };
    expect(profileParameters(flat, fitMixture(flat, { terms: 1 })).terms).toEqual([]);
  });

  it("covers the truth as often as it says", () => {
    const replicates = 40;
    const hits = { amplitude: 0, rate: 0, wrongAmplitude: 0, wrongRate: 0 };
    for (let seed = 0; seed < replicates; seed++) {
      const normal = normals(100 + seed);
      const y = X.map((x) => 60 - 20 * Math.exp(-x / 12) + 0.4 * normal());
      const data = { x: X, y, standardErrors: X.map(() => 0.4) };
      const [term] = profileParameters(data, fitMixture(data, { terms: 1 }), { level: 0.9 }).terms;
      const covers = ({ lower, upper }: { lower: number | null; upper: number | null }, value: number) =>
        (lower ?? 0) <= value && value <= (upper ?? Infinity);
      if (covers(term!.amplitude, 20)) hits.amplitude++;
      if (covers(term!.rate, 1 / 12)) hits.rate++;
      if (covers(term!.amplitude, 22)) hits.wrongAmplitude++;
      if (covers(term!.rate, 1.25 / 12)) hits.wrongRate++;
    }
    // Binomial(40, 0.9): P[26 or fewer] = 1.5·10⁻⁵.
    expect(hits.amplitude).toBeGreaterThan(26);
    expect(hits.rate).toBeGreaterThan(26);
    // Negative control: values some four standard errors off.
    expect(hits.wrongAmplitude).toBeLessThanOrEqual(26);
    expect(hits.wrongRate).toBeLessThanOrEqual(26);
  });

  it("counts all of many rows", () => {
    const normal = normals(3);
    const x = Array.from({ length: 30_000 }, (_, row) => 1 + (row % 3000) / 25);
    const y = x.map((value) => 60 - 20 * Math.exp(-value / 12) + 4 * normal());
    const { terms, plateau } = profileParameters({ x, y }, fitMixture({ x, y }, { terms: 1 }));
    // Σ over rows makes the standard error of the plateau about 4/√30 000.
    for (const [interval, truth] of [
      [plateau, 60],
      [terms[0]!.amplitude, 20],
      [terms[0]!.rate, 1 / 12],
    ] as const) {
      expect(interval.identified).toBe(true);
      expect((interval.upper! - interval.lower!) / truth).toBeLessThan(0.06);
      expect(Math.abs(interval.estimate - truth)).toBeLessThan(1.5 * (interval.upper! - interval.lower!));
    }
  });

  it("keeps a term that gains little among many condensed points, and knows nothing of its amplitude", () => {
    const rng = stream(7, "test-profile-parameters");
    const x = Array.from({ length: 400 }, (_, i) => 1.02 ** i);
    const y = x.map(
      (value, i) => 60 - 20 * Math.exp(-value / 20) + 0.6 * (rng.nextFloat() - 0.5) - (i < 3 ? 0.6 : 0),
    );
    const fit = fitMixture({ x, y }, { terms: 2 });
    expect(fit.boundary).toEqual([{ term: 1, edge: "fast" }]);
    const [slow, fast] = profileParameters({ x, y }, fit).terms;
    expect([fast!.amplitude.lower, fast!.amplitude.upper, fast!.rate.upper]).toEqual([null, null, null]);
    // F(1, 395) at 95 %: the square of Student's 1.966.
    const allowance = (fit.sse * 1.966 ** 2) / (400 - 5);
    const least = (amplitude: number) =>
      Math.min(
        ...rates(0.04, 0.06, 400).flatMap((rate) => {
          const left = decay(x, rate).map((value, j) => y[j]! + amplitude * value);
          return [5, 7, 10].map((other) => leastSum(left, [decay(x, other)], 1));
        }),
      );
    for (const end of [slow!.amplitude.lower!, slow!.amplitude.upper!]) {
      // A quarter of a step of the rate, and condensing 400 points to 200, move the rise by less than a tenth of itself.
      expect((least(end) - fit.sse) / allowance).toBeGreaterThan(0.9);
      expect((least(end) - fit.sse) / allowance).toBeLessThan(1.1);
    }
  });

  it("refuses what has no profile", () => {
    const fit = fitMixture(ONE, { terms: 1 });
    for (const level of [0, 1, -0.5, Number.NaN])
      expect(() => profileParameters(ONE, fit, { level })).toThrow("level");
    for (const options of [
      { terms: "spectrum" },
      { terms: 1, plateau: 61 },
      { terms: 1, signs: "free" },
      { terms: 1, ceiling: 59 },
      { terms: 1, floor: 42 },
    ] as const)
      expect(() => profileParameters(ONE, fitMixture(ONE, options))).toThrow("fit");
    expect(() => profileParameters(ONE, fitMixture(ONE, { terms: 1, ceiling: 59, floor: 42 }))).toThrow(
      "fit must be free of bounds, got one held by its ceiling and its floor",
    );
    expect(profileParameters(ONE, fitMixture(ONE, { terms: 1, ceiling: 100, floor: 0 }))).toEqual(
      profileParameters(ONE, fit),
    );
    const three = { x: [1, 2, 3], y: [1, 2, 2.5] };
    expect(() => profileParameters(three, fitMixture(three, { terms: 1 }))).toThrow("terms");
  });
});
