import { dot, inv, multiply, subtract } from "mathjs";
import { describe, expect, it } from "vitest";
import { fitMixture } from "../../src/fit/fitMixture.ts";
import { mixtureCurve } from "../../src/fit/mixture.ts";
import { forAllQuestions, splitNoise } from "../../src/fit/noise.ts";
import { upperQuantile } from "../../src/fit/normal.ts";
import { profilePlateau } from "../../src/fit/profilePlateau.ts";
import { stream } from "../../src/random/stream.ts";
import { ENTIGRAPH } from "./fixtures/quality.ts";

const points = {
  x: [1, 2, 4, 7, 12, 20, 40, 80],
  y: [41.2, 42.4, 44.1, 47.0, 49.4, 52.3, 54.9, 56.1],
  standardErrors: [0.3, 0.5, 0.4, 0.3, 0.6, 0.4, 0.5, 0.3],
};
const SHARED = 0.8;

/** D + τ²·11ᵀ, inverted as a dense matrix. */
const precision = (errors: readonly number[], shared: number): number[][] =>
  inv(errors.map((error, i) => errors.map((_, j) => shared ** 2 + (i === j ? error ** 2 : 0)))) as number[][];

const quadratic = (a: readonly number[], matrix: number[][], b: readonly number[]): number =>
  dot([...a], multiply(matrix, [...b]));

describe("a shared error of all points", () => {
  const { x, y, standardErrors } = points;

  it("leaves a fit with a free level as it is, and adds its variance to that of the level alone", () => {
    const fit = fitMixture(points, { terms: 2 });
    expect(fitMixture(points, { terms: 2, sharedError: SHARED })).toEqual(fit);
    const residuals = y.map((value, j) => value - mixtureCurve(fit, x[j]!));
    const jacobian = [
      x.map(() => 1),
      ...fit.terms.map(({ rate }) => x.map((value) => -Math.exp(-rate * value))),
      ...fit.terms.map(({ rate, amplitude }) =>
        x.map((value) => amplitude * value * rate * Math.exp(-rate * value)),
      ),
    ];
    const [own, whole] = [precision(standardErrors, 0), precision(standardErrors, SHARED)];
    // The generalised sum of squares is the same, and stationary, at the fit made without the shared error.
    expect(quadratic(residuals, whole, residuals) / fit.sse).toBeCloseTo(1, 10);
    for (const column of jacobian) {
      const size = Math.sqrt(quadratic(column, own, column) * fit.sse);
      expect(Math.abs(quadratic(column, whole, residuals)) / size).toBeLessThan(1e-7);
    }
    const covariance = (matrix: number[][]) =>
      inv(jacobian.map((a) => jacobian.map((b) => quadratic(a, matrix, b)))) as number[][];
    const added = subtract(covariance(whole), covariance(own));
    // The normal equations have a condition of some 10⁵, which takes these digits from the inverses.
    added.forEach((row, i) => {
      row.forEach((value, j) => {
        expect(value).toBeCloseTo(i === 0 && j === 0 ? SHARED ** 2 : 0, 7);
      });
    });
  });

  /** The generalised least squares of one exponential with a known level, by a dense matrix and a fine grid of rates. */
  const byGrid = (level: number, basis: (rate: number, x: number) => number, shared: number) => {
    const matrix = precision(standardErrors, shared);
    const target = y.map((value) => value - level);
    let best = { sse: Infinity, rate: 0 };
    for (let step = 0; step <= 10_000; step++) {
      const rate = 1e-4 * (10 / 1e-4) ** (step / 10_000);
      const column = x.map((value) => basis(rate, value));
      const help = quadratic(column, matrix, target);
      const sse = quadratic(target, matrix, target) - help ** 2 / quadratic(column, matrix, column);
      if (sse < best.sse) best = { sse, rate };
    }
    return best;
  };

  it.each([
    ["plateau", { plateau: 58 }, 58, (rate: number, v: number) => -Math.exp(-rate * v)],
    ["value at 0", { atZero: 39 }, 39, (rate: number, v: number) => -Math.expm1(-rate * v)],
  ] as const)("moves a fit with a known %s as generalised least squares do", (_, known, level, basis) => {
    const oracle = byGrid(level, basis, SHARED);
    const fit = fitMixture(points, { terms: 1, ...known, sharedError: SHARED });
    // A grid of 10 000 rates is within 6·10⁻⁴ in ln k of the optimum: some 4·10⁻⁷ of the sum of squares it explains.
    expect(fit.sse).toBeLessThan(oracle.sse * (1 + 1e-9));
    expect(fit.sse).toBeGreaterThan(oracle.sse - 1e-4);
    expect(fit.terms[0]!.rate / oracle.rate).toBeCloseTo(1, 3);
    const residuals = y.map((value, j) => value - mixtureCurve(fit, x[j]!));
    expect(quadratic(residuals, precision(standardErrors, SHARED), residuals) / fit.sse).toBeCloseTo(1, 9);
    expect(fitMixture(points, { terms: 1, ...known }).sse).toBeGreaterThan(fit.sse + 1);
  });

  it("is a free level with a row at x = 0 that has it for its standard error", () => {
    for (const terms of [1, 2, "spectrum"] as const) {
      const known = fitMixture(points, {
        terms,
        atZero: 39,
        sharedError: SHARED,
        rateRange: [1e-4, 10],
        certify: terms === 2,
      });
      const row = { x: [0, ...x], y: [39, ...y], standardErrors: [SHARED, ...standardErrors] };
      const free = fitMixture(row, { terms, rateRange: [1e-4, 10] });
      expect(known.sse / free.sse).toBeCloseTo(1, 9);
      known.terms.forEach(({ amplitude, rate }, i) => {
        expect(amplitude / free.terms[i]!.amplitude).toBeCloseTo(1, 5);
        expect(rate / free.terms[i]!.rate).toBeCloseTo(1, 5);
      });
      expect(known.gap!).toBeLessThan(2e-6 * known.sse + 1e-9 + (terms === 1 ? known.sse : 0));
    }
  });

  it("is counted the same beyond a thousand different x", () => {
    const many = Array.from({ length: 1500 }, (_, j) => 1 + j);
    const data = {
      x: many,
      y: many.map((value, j) => 55 - 15 * Math.exp(-value / 200) + (j % 2 ? 0.3 : -0.2)),
      standardErrors: many.map((_, j) => 0.3 + 0.1 * (j % 3)),
    };
    const fit = fitMixture(data, { terms: 1, plateau: 57, sharedError: SHARED });
    // Sherman and Morrison's form of rᵀ(D + τ²·11ᵀ)⁻¹r.
    let [square, sum, weight] = [0, 0, 0];
    data.x.forEach((value, j) => {
      const [r, w] = [data.y[j]! - mixtureCurve(fit, value), data.standardErrors[j]! ** -2];
      square += w * r * r;
      sum += w * r;
      weight += w;
    });
    expect(fit.sse / (square - (SHARED ** 2 * sum ** 2) / (1 + SHARED ** 2 * weight))).toBeCloseTo(1, 9);
  });

  it("is refused where the errors of the rows are unknown and a level is known, and where it is no number", () => {
    expect(() => fitMixture({ x, y }, { terms: 1, plateau: 58, sharedError: 1 })).toThrow("sharedError");
    expect(() => fitMixture(points, { terms: 1, sharedError: -1 })).toThrow("sharedError");
    expect(fitMixture({ x, y }, { terms: 1, sharedError: 1 })).toEqual(fitMixture({ x, y }, { terms: 1 }));
  });
});

const normalOf = (rng: ReturnType<typeof stream>) => () =>
  upperQuantile((rng.nextFloat() + 2 ** -54) / (1 + 2 ** -53));

describe("splitNoise", () => {
  it("splits the paper's 0.73 into 0.29 for each point and 0.67 for all", () => {
    const split = splitNoise(ENTIGRAPH, 4609, 100)!;
    // 0.29 is √(SSE/29) of the three-term fit.
    expect(split.own).toBeCloseTo(Math.sqrt(2.424872129 / 29), 6);
    expect(split.shared).toBeCloseTo(0.673, 3);
    const share = splitNoise({ x: ENTIGRAPH.x, y: ENTIGRAPH.y.map((y) => y / 100) }, 4609, 1)!;
    expect(share.shared).toBeCloseTo(split.shared / 100, 9);
  });

  it("divides exactly the variance of a share of n answers, estimated without bias", () => {
    const [x, percent] = [
      [1, 2, 4, 8, 16, 32],
      [90, 93.1, 94.2, 96.8, 97.2, 98],
    ];
    const split = splitNoise({ x, y: percent }, 50, 100)!;
    expect(split.shared).toBeGreaterThan(0);
    const whole = percent.reduce((sum, y) => sum + (y * (100 - y)) / 49 / 6, 0);
    expect((split.own ** 2 + split.shared ** 2) / whole).toBeCloseTo(1, 12);
    // The estimate over all outcomes of n answers with p = 0.97, which is the variance of their share.
    const [n, p] = [50, 0.97];
    let [expected, mass] = [0, (1 - p) ** n];
    for (let k = 0; k <= n; k++) {
      expected += (mass * (k / n) * (1 - k / n)) / (n - 1);
      mass *= ((n - k) / (k + 1)) * (p / (1 - p));
    }
    expect(expected / ((p * (1 - p)) / n)).toBeCloseTo(1, 10);
  });

  it("finds what question difficulties share, and nothing where each point has questions of its own", () => {
    const questions = 400;
    const x = Array.from({ length: 24 }, (_, j) => 1.4 ** j);
    const mean = (value: number) => 0.6 - 0.2 * Math.exp(-value / 30);
    /** Accuracies on questions of difficulty ±0.3 about the mean: between them 0.09 of p(1 − p). */
    const measured = (replicate: number, same: boolean) => {
      const rng = stream(replicate, "test-noise");
      const draw = () => Array.from({ length: questions }, () => (rng.nextFloat() < 0.5 ? 0.3 : -0.3));
      let easier = draw();
      return x.map((value) => {
        if (!same) easier = draw();
        return easier.filter((by) => rng.nextFloat() < mean(value) + by).length / questions;
      });
    };
    const variances = (same: boolean) =>
      Array.from({ length: 40 }, (_, replicate) => {
        const split = splitNoise({ x, y: measured(replicate, same) }, questions, 1)!;
        return { own: split.own ** 2, shared: split.shared ** 2 };
      });
    const average = (values: number[]) => values.reduce((sum, value) => sum + value / values.length, 0);
    const total = average(x.map((value) => (mean(value) * (1 - mean(value))) / questions));
    const between = 0.09 / questions;
    const [same, apart] = [variances(true), variances(false)];
    // A variance from some 20 degrees of freedom has a relative standard error of √(2/20), 40 of them √(2/800) = 0.05;
    // six of these, and 5 % for terms that the criterion takes or leaves.
    const allowed = 0.35 * (total - between);
    expect(Math.abs(average(same.map(({ own }) => own)) - (total - between))).toBeLessThan(allowed);
    expect(Math.abs(average(same.map(({ shared }) => shared)) - between)).toBeLessThan(allowed);
    // Negative control: with fresh questions the scatter is the whole binomial noise, outside that bound.
    expect(average(apart.map(({ own }) => own)) - (total - between)).toBeGreaterThan(allowed);
  });

  it("has nothing to say where no row is left for the scatter, or one question tells no variance", () => {
    const rows = { x: [1, 2, 3, 4, 5], y: [0, 0, 1, 1, 1] };
    expect(splitNoise(rows, 1, 1)).toBeNull();
    expect(splitNoise(rows, 2, 1)).not.toBeNull();
    expect(() => splitNoise(rows, 0, 1)).toThrow("questions");
    expect(() => splitNoise({ x: [1, 2, 3], y: [0, 0.5, 1.5] }, 9, 1)).toThrow("y[2] must be from 0 to 1");
    expect(splitNoise({ x: [1, 2, 3], y: [0.4, 0.5, 0.55] }, 100, 1)).toBeNull();
    expect(splitNoise({ x: [1, 1, 2, 2], y: [0.4, 0.5, 0.55, 0.6] }, 100, 1)).toBeNull();
    expect(splitNoise({ x: [1, 2, 3, 4], y: [0.4, 0.5, 0.55, 0.57] }, 100, 1)).not.toBeNull();
  });
});

describe("forAllQuestions", () => {
  const interval = { level: 0.9, searched: 100, identified: true, sse: 1, sseBound: 2 };

  it("adds variances where both errors are normal, and leaves open ends open", () => {
    const z = upperQuantile(0.05);
    const ends = forAllQuestions(
      { ...interval, estimate: 60, lower: 60 - 0.3 * z, upper: 60 + 0.3 * z },
      0.4,
    );
    expect(ends.lower).toBeCloseTo(60 - 0.5 * z, 12);
    expect(ends.upper).toBeCloseTo(60 + 0.5 * z, 12);
    expect(
      forAllQuestions({ ...interval, estimate: 60, lower: 60 - 0.3 * z, upper: null }, 0.4),
    ).toMatchObject({ lower: ends.lower, upper: null });
    expect(forAllQuestions({ ...interval, estimate: 60, lower: 58, upper: 63 }, 0)).toEqual({
      lower: 58,
      upper: 63,
    });
  });

  it("goes no further than ceiling and floor", () => {
    const known = { ...interval, estimate: 99, lower: 98, upper: 99.5 };
    expect(forAllQuestions(known, 2, { ceiling: 100, floor: 97 })).toEqual({ lower: 97, upper: 100 });
    const wide = forAllQuestions(known, 2);
    expect(forAllQuestions(known, 2, { ceiling: 200, floor: 0 })).toEqual(wide);
    // What was searched is no bound.
    expect(wide.upper).toBeGreaterThan(known.searched);
    expect(wide.lower).toBeLessThan(97);
    expect(forAllQuestions({ ...known, upper: null }, 2, { ceiling: 100 }).upper).toBeNull();
  });

  it("covers the plateau for all questions as often as it says, which the interval for the asked ones does not", () => {
    const replicates = 150;
    let [covered, without] = [0, 0];
    const x = [1, 2, 4, 8, 16, 32, 64, 128];
    for (let replicate = 0; replicate < replicates; replicate++) {
      const normal = normalOf(stream(replicate, "test-shared"));
      const shared = 0.7 * normal();
      const y = x.map((value) => 60 - 20 * Math.exp(-value / 15) + shared + 0.3 * normal());
      const asked = profilePlateau({ x, y, standardErrors: x.map(() => 0.3) }, 1, 0.9);
      const all = forAllQuestions(asked, 0.7);
      const covers = ({ lower, upper }: { lower: number; upper: number | null }) =>
        lower <= 60 && 60 <= (upper ?? Infinity);
      if (covers(all)) covered++;
      if (covers(asked)) without++;
    }
    // Six standard deviations of Binomial(150, 0.9) are 22.
    expect(Math.abs(covered - 0.9 * replicates)).toBeLessThan(22);
    expect(without).toBeLessThan(0.9 * replicates - 22);
  });
});
