import { beforeAll, describe, expect, it } from "vitest";
import { DomainError } from "../../src/errors.ts";
import { forecast, plateauInterval } from "../../src/fit/forecast.ts";
import { upperQuantile, upperTail } from "../../src/fit/normal.ts";
import {
  curveAt,
  type MixturePosterior,
  mixturePosterior,
  predictAllQuestions,
  predictCurve,
  predictRun,
  withGainScale,
} from "../../src/fit/posterior.ts";
import { ENTIGRAPH } from "./fixtures/quality.ts";
import { handmadePosterior } from "./handmade.ts";

const data = { x: [1, 3, 8, 20, 60], y: [40, 43, 47.5, 50, 52.5], standardErrors: [0.6, 0.5, 0.7, 0.6, 0.5] };
const CEILING = 56;

/** Evidence and mean curve for one or two terms, by the midpoint rule over rates and gains; the level analytically. */
function byQuadrature(terms: 1 | 2, at: number, ceiling: number, gainScale = 1.5 * 12.5) {
  const { x, y, standardErrors } = data;
  const weights = standardErrors.map((error) => error ** -2);
  const total = weights.reduce((a, b) => a + b, 0);
  const [low, high] = [Math.log(1 / (20 * 60)), Math.log(5)];
  const [rateNodes, gainNodes] = terms === 1 ? [400, 400] : [48, 64];
  // The data span 12.5 with errors of 0.6: greater gains have no likelihood.
  const gainMost = 18;
  const thetas = Array.from({ length: rateNodes }, (_, i) => low + ((high - low) * (i + 0.5)) / rateNodes);
  const gains = Array.from({ length: gainNodes }, (_, i) => (gainMost * (i + 0.5)) / gainNodes);
  const rise = (theta: number, value: number) => {
    const rate = Math.exp(theta);
    return Math.expm1(-rate * (value - 1)) / Math.expm1(-rate * 59);
  };
  const shapes = thetas.map((theta) => ({
    at: x.map((value) => rise(theta, value)),
    far: rise(theta, at),
    top: rise(theta, Infinity),
  }));
  let [evidence, sum] = [0, 0];
  const add = (curve: number[], far: number, top: number, prior: number) => {
    let centre = 0;
    for (let j = 0; j < x.length; j++) centre += (weights[j]! / total) * (y[j]! - curve[j]!);
    let square = 0;
    for (let j = 0; j < x.length; j++) square += weights[j]! * (y[j]! - curve[j]! - centre) ** 2;
    const spread = 1 / Math.sqrt(total);
    const z = (ceiling - top - centre) / spread;
    const below = ceiling === Infinity ? 1 : upperTail(-z);
    const density = Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
    const weight = Math.exp(-0.5 * square) * prior;
    evidence += weight * below;
    // E[α; α < bound] for a normal α: mean·P − spread·density at the bound.
    sum += weight * ((centre + far) * below - (ceiling === Infinity ? 0 : spread * density));
  };
  // A gain within the data is half-normal with the scale of the whole gain times the share that the data see; the
  // scale is log-uniform within a factor 4, here at 8 midpoints.
  const gainDensities = thetas.map((theta) =>
    Array.from({ length: 8 }, (_, h) => {
      const scale = -Math.expm1(-Math.exp(theta) * 59) * gainScale * 4 ** ((2 * (h + 0.5)) / 8 - 1);
      return gains.map(
        (gain) => Math.exp(-0.5 * (gain / scale) ** 2) * (2 / (scale * Math.sqrt(2 * Math.PI))),
      );
    }),
  );
  const jointDensity = (i: number, g: number, j?: number, h?: number) => {
    let sum = 0;
    for (let scale = 0; scale < 8; scale++) {
      const first = gainDensities[i]![scale]![g]!;
      sum += j === undefined ? first : first * gainDensities[j]![scale]![h!]!;
    }
    return sum / 8;
  };
  const cell = (1 / rateNodes) * (gainMost / gainNodes);
  if (terms === 1) {
    shapes.forEach(({ at: shape, far, top }, i) => {
      gains.forEach((gain, g) => {
        add(
          shape.map((value) => gain * value),
          gain * far,
          gain * top,
          jointDensity(i, g) * cell,
        );
      });
    });
  } else {
    // Unordered pairs of rates count twice; the diagonal is one of many cells.
    shapes.forEach((a, i) => {
      for (let k = i; k < shapes.length; k++) {
        const b = shapes[k]!;
        const times = a === b ? 1 : 2;
        for (const [gi, g] of gains.entries()) {
          for (const [hi, h] of gains.entries()) {
            const curve = a.at.map((value, j) => g * value + h * b.at[j]!);
            add(
              curve,
              g * a.far + h * b.far,
              g * a.top + h * b.top,
              times * jointDensity(i, gi, k, hi) * cell * cell,
            );
          }
        }
      }
    });
  }
  return { evidence, mean: sum / evidence };
}

describe("a posterior of curves that are known", () => {
  // At x = 16: 60, 62 and 59.375; plateaus 70, 66 and 60.
  const far = { share: 0.5, start: 50, gain: 20, halfLife: 16 };
  const near = { share: 0.3, start: 50, gain: 16, halfLife: 8 };
  const flat = { share: 0.2, start: 50, gain: 10, halfLife: 4 };
  const posterior = handmadePosterior([far, near, flat]);
  const close = (value: number) => expect.closeTo(value, 10) as number;

  it("has the mean, and quantiles where the weights reach them", () => {
    const at = (x: number, level: number) => predictCurve(posterior, x, level);
    expect(at(16, 0.5)).toEqual({ x: 16, mean: close(60.475), lower: close(60), upper: close(62) });
    expect(at(16, 0.9).lower).toBeCloseTo(59.375, 10);
    expect(at(Infinity, 0.9)).toEqual({ x: Infinity, mean: close(66.8), lower: close(60), upper: close(70) });
    expect(at(Infinity, 0.3)).toMatchObject({ lower: close(66), upper: close(70) });
    expect(at(0, 0.9)).toEqual({ x: 0, mean: close(50), lower: close(50), upper: close(50) });
    // Weights that rounding leaves short of the level end at the last value.
    expect(predictCurve(handmadePosterior([{ ...far, share: 0.9 }]), 16, 0.9).upper).toBeCloseTo(60, 10);
    for (const level of [0, 1, Number.NaN]) expect(() => at(1, level)).toThrow("level must be in (0, 1)");
    expect(() => at(Number.NaN, 0.5)).toThrow("x must be >= 0");
  });

  it("expects a further run between the quantiles of the mixture of normals about the curves", () => {
    const above = (y: number, spread: number) =>
      0.5 * upperTail((y - 60) / spread) +
      0.3 * upperTail((y - 62) / spread) +
      0.2 * upperTail((y - 59.375) / spread);
    for (const [standardError, spread] of [
      [undefined, 0.5],
      [2, 2],
      [1e-3, 1e-3],
    ] as const) {
      const { lower, upper } = predictRun(posterior, 16, 0.8, standardError);
      expect(above(lower, spread)).toBeCloseTo(0.9, 9);
      expect(above(upper, spread)).toBeCloseTo(0.1, 9);
    }
  });

  it("reweighs the draws by the ratio of the half-normal densities of their gains", () => {
    const draws = posterior.draws.map((draw, i) => ({
      ...draw,
      scales: draw.gains.map((gain) => gain / (i + 1)),
    }));
    for (const factor of [0.5, 0.8, 2]) {
      const reweighted = withGainScale({ ...posterior, draws }, factor);
      const density = (square: number, scale: number) => Math.exp((-0.5 * square) / scale ** 2) / scale;
      const ratios = [0.5, 0.3, 0.2].map(
        (share, i) => (share * density((i + 1) ** 2, factor)) / density((i + 1) ** 2, 1),
      );
      const total = ratios.reduce((a, b) => a + b, 0);
      const weights = ratios.map((ratio) => ratio / total);
      reweighted.draws.forEach((draw, i) => {
        expect(Math.exp(draw.logWeight)).toBeCloseTo(weights[i]!, 12);
        expect(draw.scales[0]).toBeCloseTo(factor * draws[i]!.scales[0]!, 12);
      });
      expect(reweighted.prior.gainScale).toBeCloseTo(factor * posterior.prior.gainScale, 12);
      const squares = weights.reduce((sum, weight) => sum + weight ** 2, 0);
      expect(reweighted.effectiveSampleSize).toBeCloseTo(1 / squares, 10);
    }
    expect(() => withGainScale(posterior, 0.49)).toThrow("factor must be in [0.5, 2]");
  });

  it("counts the probability of each number of terms, also of those that no draw has", () => {
    const [one, three] = [posterior.draws[0]!, posterior.draws[1]!];
    const wide = {
      ...three,
      rates: Float64Array.of(0.1, 0.2, 0.3),
      gains: Float64Array.of(0, 0, 0),
      scales: Float64Array.of(1, 1, 1),
      logWeight: Math.log(0.25),
    };
    const draws = [{ ...one, logWeight: Math.log(0.75) }, wide];
    const { termProbabilities, effectiveSampleSize } = withGainScale({ ...posterior, draws }, 1);
    expect(termProbabilities).toEqual([close(0.75), 0, close(0.25)]);
    expect(effectiveSampleSize).toBeCloseTo(1 / (0.75 ** 2 + 0.25 ** 2), 10);
  });

  it("drops draws that weigh less than a millionth of an equal share", () => {
    const shares = (small: number) =>
      handmadePosterior([far, { ...near, share: 0.5 - small }, { ...flat, share: small }]);
    expect(withGainScale(shares(0.9e-6 / 3), 1).draws.length).toBe(2);
    expect(withGainScale(shares(1.1e-6 / 3), 1).draws.length).toBe(3);
  });

  it("draws curves through their start that rise for ever", () => {
    const [draw] = posterior.draws;
    const later = { ...draw!, origin: 4, span: 12, gains: Float64Array.of(7.5), start: 55 };
    // With a half-life of 16, 7.5 within 12 of the origin is the share 1 − 2^{−3/4} of the whole gain.
    const whole = 7.5 / (1 - 2 ** -0.75);
    for (const x of [0, 4, 16, 100])
      expect(curveAt(later, x)).toBeCloseTo(55 + whole * (1 - 2 ** (-(x - 4) / 16)), 10);
    expect(curveAt(later, Infinity)).toBeCloseTo(55 + whole, 10);
  });
});

describe("mixturePosterior", () => {
  it("averages over one to four terms unless asked for others", () => {
    const { termProbabilities } = mixturePosterior(data, { draws: 100 });
    expect(termProbabilities.length).toBe(4);
    expect(termProbabilities.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    expect(mixturePosterior(data, { draws: 100, mostTerms: 2 }).termProbabilities.length).toBe(2);
    expect(() => mixturePosterior(data, { mostTerms: 7 })).toThrow("mostTerms");
    expect(() => mixturePosterior(data, { draws: 99 })).toThrow("draws");
  });

  it.each([Infinity, CEILING])(
    "has the moments of numerical integration, one term, ceiling %d",
    (ceiling) => {
      const exact = byQuadrature(1, 300, ceiling);
      const posterior = mixturePosterior(data, { mostTerms: 1, ceiling, draws: 4000 });
      const { mean, lower, upper } = predictCurve(posterior, 300, 0.6827);
      // Six standard errors of an importance-sampling mean; half the 68 % interval is a standard deviation or so.
      const allowed = (6 * (upper - lower)) / 2 / Math.sqrt(posterior.effectiveSampleSize);
      expect(Math.abs(mean - exact.mean)).toBeLessThan(allowed);
      expect(posterior.effectiveSampleSize).toBeGreaterThan(1000);
      // The same check with the wrong prior fails: it can see.
      expect(Math.abs(mean - byQuadrature(1, 300, ceiling, 0.75).mean)).toBeGreaterThan(allowed);
    },
  );

  it("weighs two terms against one as numerical integration does", () => {
    const [one, two] = [byQuadrature(1, 300, CEILING), byQuadrature(2, 300, CEILING)];
    const posterior = mixturePosterior(data, { mostTerms: 2, ceiling: CEILING, draws: 4000 });
    const share = two.evidence / (one.evidence + two.evidence);
    // An evidence estimate from m effective draws has a relative error of about 1/√m; quadrature adds under 2 %.
    expect(Math.abs(posterior.termProbabilities[1]! - share)).toBeLessThan(
      (6 * 0.25) / Math.sqrt(1000) + 0.01,
    );
    const mean = (one.mean * one.evidence + two.mean * two.evidence) / (one.evidence + two.evidence);
    expect(Math.abs(predictCurve(posterior, 300, 0.9).mean - mean)).toBeLessThan(0.1);
  });

  it("reweights to another prior scale as if it had been drawn under it", () => {
    const options = { mostTerms: 2, ceiling: 100, draws: 4000 };
    const reweighted = withGainScale(mixturePosterior(data, options), 2);
    const direct = mixturePosterior(data, { ...options, gainScale: 3 });
    const [a, b] = [reweighted, direct].map((posterior) => predictCurve(posterior, 300, 0.6827));
    const spread = (b!.upper - b!.lower) / 2;
    const error = Math.sqrt(1 / reweighted.effectiveSampleSize + 1 / direct.effectiveSampleSize);
    expect(Math.abs(a!.mean - b!.mean)).toBeLessThan(6 * spread * error);
    reweighted.termProbabilities.forEach((probability, i) => {
      expect(Math.abs(probability - direct.termProbabilities[i]!)).toBeLessThan(6 * error);
    });
  });

  it("does not depend on the order of the rows and repeats for the same seed", () => {
    const turned = {
      x: data.x.toReversed(),
      y: data.y.toReversed(),
      standardErrors: data.standardErrors.toReversed(),
    };
    const options = { at: [100, 1000], draws: 300, ceiling: 100 };
    expect(forecast(turned, options)).toEqual(forecast(data, options));
    expect(forecast(data, { ...options, seed: 2 })).not.toEqual(forecast(data, options));
  });

  it("never crosses ceiling or floor, nor falls", () => {
    const posterior = mixturePosterior(data, { draws: 300, ceiling: 54, floor: 38 });
    const at = [0, 1, 10, 100, 1e4, Infinity].map((x) => predictCurve(posterior, x, 0.998));
    expect(at[0]!.lower).toBeGreaterThanOrEqual(38 - 1e-9);
    expect(at.at(-1)!.upper).toBeLessThanOrEqual(54 + 1e-9);
    at.slice(1).forEach(({ mean }, i) => {
      expect(mean).toBeGreaterThanOrEqual(at[i]!.mean);
    });
  });
});

describe("points at the ceiling and below the floor", () => {
  it.each([
    [{ x: [1, 2, 5, 10, 20, 50, 100], y: [62, 71, 83, 91, 96, 99, 100] }, 100, 0],
    [{ x: [1, 2, 5, 10, 20, 50, 100], y: [24.8, 27, 31, 36, 42, 47, 49] }, 100, 25],
  ] as const)("have a forecast within both: %o", (observations, ceiling, floor) => {
    const posterior = mixturePosterior(observations, { ceiling, floor, draws: 200 });
    const last = predictCurve(posterior, 100, 0.9);
    expect(Math.abs(last.mean - observations.y.at(-1)!)).toBeLessThan(3);
    expect(predictCurve(posterior, Infinity, 0.998).upper).toBeLessThanOrEqual(ceiling + 1e-9);
    expect(predictCurve(posterior, 0, 0.998).lower).toBeGreaterThanOrEqual(floor - 1e-9);
  });

  it("have one where errors far too small put them dozens of standard errors beyond", () => {
    const x = [1, 2, 5, 10, 20, 50, 100];
    const y = [62, 71, 83, 91, 96, 99, 100.5];
    const standardErrors = x.map(() => 1e-3);
    const posterior = mixturePosterior({ x, y, standardErrors }, { ceiling: 100, draws: 200 });
    const { mean, upper } = predictCurve(posterior, Infinity, 0.998);
    expect(upper).toBeLessThanOrEqual(100 + 1e-9);
    expect(mean).toBeGreaterThan(99);
  });
});

describe("predictAllQuestions", () => {
  let posterior: MixturePosterior;
  beforeAll(() => {
    posterior = mixturePosterior(data, { draws: 300, ceiling: 100, floor: 30 });
  });

  it("blurs every drawn curve by the shared error: its tails are those of the mixture of normals", () => {
    for (const x of [60, 1000, Infinity]) {
      const { lower, upper } = predictAllQuestions(posterior, x, 0.8, 0.7);
      const above = (y: number) =>
        posterior.draws.reduce(
          (sum, draw) => sum + Math.exp(draw.logWeight) * upperTail((y - curveAt(draw, x)) / 0.7),
          0,
        );
      // The weights of dropped draws leave up to 10⁻⁶.
      expect(above(upper)).toBeCloseTo(0.1, 5);
      expect(above(lower)).toBeCloseTo(0.9, 5);
    }
    // Where the curve is known about as well as a normal is, the interval becomes wider at both ends.
    const [blurred, asked] = [predictAllQuestions(posterior, 60, 0.8, 0.7), predictCurve(posterior, 60, 0.8)];
    expect(blurred.lower).toBeLessThan(asked.lower);
    expect(blurred.upper).toBeGreaterThan(asked.upper);
  });

  it("is the curve's own interval without a shared error, and ends at ceiling and floor", () => {
    const { lower, upper } = predictCurve(posterior, 1000, 0.9);
    expect(predictAllQuestions(posterior, 1000, 0.9, 0)).toEqual({ lower, upper });
    expect(predictAllQuestions(posterior, 60, 0.9, 1000)).toEqual({ lower: 30, upper: 100 });
    for (const error of [-1, NaN, Infinity])
      expect(() => predictAllQuestions(posterior, 60, 0.9, error)).toThrow("sharedError");
    expect(() => predictAllQuestions(posterior, -1, 0.9, 1)).toThrow("x must be");
    expect(() => predictAllQuestions(posterior, 60, 1, 1)).toThrow("level must be");
  });
});

describe("forecast on the paper's points", () => {
  it("trained up to 100 million tokens beats log-linear and covers what came later", () => {
    const seen = ENTIGRAPH.x.filter((x) => x <= 100).length;
    const later = ENTIGRAPH.x.slice(seen);
    const predictions = forecast(
      { x: ENTIGRAPH.x.slice(0, seen), y: ENTIGRAPH.y.slice(0, seen) },
      { at: later, level: 0.9, ceiling: 100 },
    );
    // The mean of 20 000 draws misses by 0.67.
    const square = predictions.reduce((sum, { mean }, i) => sum + (mean - ENTIGRAPH.y[seen + i]!) ** 2, 0);
    expect(Math.sqrt(square / later.length)).toBeLessThan(0.73);
    const covered = predictions.filter(({ lower, upper }, i) => {
      const y = ENTIGRAPH.y[seen + i]!;
      return lower <= y && y <= upper;
    });
    expect(covered.length / later.length).toBeGreaterThanOrEqual(0.85);
  });

  it("says that the plateau is not identified", () => {
    const interval = plateauInterval(mixturePosterior(ENTIGRAPH, { ceiling: 100, draws: 500 }), 0.9);
    expect(interval.identified).toBe(false);
    expect(interval.upper).toBeNull();
    expect(interval.lower).toBeGreaterThan(56);
    expect(interval.lower).toBeLessThan(62);
  });

  it("identifies a plateau that the data reach", () => {
    const x = [1, 2, 4, 8, 16, 32, 64, 128, 256];
    const y = x.map((value, i) => 60 - 20 * Math.exp(-value / 5) + (i % 2 ? 0.1 : -0.1));
    const interval = plateauInterval(mixturePosterior({ x, y }, { ceiling: 100, draws: 500 }), 0.9);
    expect(interval).toMatchObject({ identified: true, level: 0.9 });
    expect(interval.lower).toBeLessThan(60.05);
    expect(interval.upper!).toBeGreaterThan(59.95);
    expect(interval.upper! - interval.lower).toBeLessThan(3);
  });
});

describe("refusals", () => {
  it("names the argument", () => {
    const refuse = (argument: string, call: () => unknown) =>
      expect(call).toThrow(expect.objectContaining({ name: "DomainError", argument }) as Error);
    refuse("ceiling", () => mixturePosterior(data, { ceiling: 47 }));
    refuse("floor", () => mixturePosterior(data, { floor: 48 }));
    // No curve near these points rises by a millionth only.
    refuse("ceiling", () => mixturePosterior(data, { floor: 47, ceiling: 47.5 + 1e-6, draws: 100 }));
    refuse("gainScale", () => mixturePosterior(data, { gainScale: 0 }));
    refuse("mostTerms", () => mixturePosterior(data, { mostTerms: 0 }));
    refuse("draws", () => mixturePosterior(data, { draws: 10 }));
    refuse("y", () => mixturePosterior({ x: [1, 2, 3], y: [5, 5, 5] }));
    refuse("x", () => mixturePosterior({ x: [1, 2, 2], y: [5, 6, 7] }));
    const posterior = mixturePosterior(data, { draws: 100, mostTerms: 1 });
    refuse("level", () => predictCurve(posterior, 1, 1));
    refuse("x", () => predictCurve(posterior, -1, 0.9));
    refuse("factor", () => withGainScale(posterior, 3));
    expect(() => withGainScale(posterior, Number.NaN)).toThrow(DomainError);
  });
});

describe("many rows", () => {
  const curve = (x: number) => 60 - 15 * Math.exp(-x / 300) - 6 * Math.exp(-x / 8);
  /** Noise of every x, ±spread in turn: known exactly, and off the curve by nothing. */
  const rows = (x: readonly number[], runs: number, spread: number) => ({
    x: x.flatMap((value) => Array.from({ length: runs }, () => value)),
    y: x.flatMap((value) =>
      Array.from({ length: runs }, (_, i) => curve(value) + (i % 2 ? spread : -spread)),
    ),
  });

  /** Width of the interval from one run of each x: 5000 runs have a seventieth of its noise. */
  const few = [0.1, 1, 3, 10, 30, 100, 300, 1000];
  const single = { x: few, y: few.map((x, i) => curve(x) + (i % 2 ? 0.7 : -0.7)) };
  let fewRowsWidth: number;
  beforeAll(() => {
    const { lower, upper } = predictCurve(mixturePosterior(single, { ceiling: 100 }), 3000, 0.99);
    fewRowsWidth = upper - lower;
  });

  it("at few x give a sharp answer that is true, from draws that are worth many", () => {
    const posterior = mixturePosterior(rows(few, 5000, 0.7), {
      ceiling: 100,
    });
    expect(posterior.effectiveSampleSize).toBeGreaterThan(50);
    const { lower, upper } = predictCurve(posterior, 3000, 0.99);
    expect(lower).toBeLessThan(curve(3000));
    expect(upper).toBeGreaterThan(curve(3000));
    expect(upper - lower).toBeLessThan(fewRowsWidth / 5);
    // σ is the scatter of the runs: pure error over its degrees of freedom.
    expect(posterior.draws[0]!.sigma).toBeCloseTo(0.7 * Math.sqrt(5000 / 4999), 9);
  });

  it("at as many x are condensed, and give the same", () => {
    const x = Array.from({ length: 40_000 }, (_, i) => 0.1 * 1e4 ** (i / 39_999));
    const y = x.map((value, i) => curve(value) + (i % 2 ? 0.7 : -0.7));
    const posterior = mixturePosterior({ x, y }, { ceiling: 100 });
    expect(posterior.effectiveSampleSize).toBeGreaterThan(50);
    const { lower, upper } = predictCurve(posterior, 3000, 0.99);
    expect(lower).toBeLessThan(curve(3000));
    expect(upper).toBeGreaterThan(curve(3000));
    expect(upper - lower).toBeLessThan(fewRowsWidth / 5);
    // σ is the scatter about a line within each of 60 bins, and of the last x: two degrees of freedom each, one for the last.
    expect(posterior.draws[0]!.sigma).toBeCloseTo(0.7 * Math.sqrt(40_000 / (40_000 - 121)), 3);
  });

  it("never make a point lie closer to its curve than a thousandth of the range", () => {
    const data = rows([1, 10, 100, 1000], 5000, 0.7);
    const { sample, noise, range } = mixturePosterior(data, { draws: 100 }).prior;
    for (const weight of sample.weight) {
      expect(noise[0] / Math.sqrt(weight)).toBeCloseTo(
        Math.hypot(noise[0] / Math.sqrt(5000), range / 1000),
        9,
      );
    }
  });
});

describe("what one further run would measure", () => {
  let posterior: MixturePosterior;
  beforeAll(() => {
    posterior = mixturePosterior(data, { ceiling: CEILING });
  });

  /** P[run ≤ y], summed over the draws. */
  const below = (y: number, spread: number) =>
    posterior.draws.reduce((sum, draw) => {
      const centre = curveAt(draw, 100);
      return sum + Math.exp(draw.logWeight) * (1 - upperTail((y - centre) / spread));
    }, 0);

  it("is a normal about the one curve there is", () => {
    const one = { ...posterior, draws: [{ ...posterior.draws[0]!, logWeight: 0 }] };
    const centre = curveAt(one.draws[0]!, 100);
    const { lower, upper } = predictRun(one, 100, 0.9, 0.5);
    // The interval is sought to 2⁻⁵⁰ of 80 standard errors.
    expect(Math.abs(lower - (centre - 0.5 * upperQuantile(0.05)))).toBeLessThan(1e-12);
    expect(Math.abs(upper - (centre + 0.5 * upperQuantile(0.05)))).toBeLessThan(1e-12);
  });

  it("leaves the same probability at both ends of the mixture, and is wider than the curve's interval", () => {
    for (const level of [0.5, 0.9]) {
      const { lower, upper } = predictRun(posterior, 100, level, 0.7);
      // The posterior leaves out draws that weigh less than a millionth in all.
      expect(Math.abs(below(lower, 0.7) - (1 - level) / 2)).toBeLessThan(1e-6);
      expect(Math.abs(below(upper, 0.7) - (1 + level) / 2)).toBeLessThan(1e-6);
      const curve = predictCurve(posterior, 100, level);
      expect(lower).toBeLessThan(curve.lower);
      expect(upper).toBeGreaterThan(curve.upper);
    }
  });

  it("takes the noise that the data show where no standard errors are known", () => {
    const { x, y } = ENTIGRAPH;
    const unknown = mixturePosterior({ x, y }, { ceiling: 100 });
    const { lower, upper } = predictRun(unknown, 10, 0.9);
    const curve = predictCurve(unknown, 10, 0.9);
    // Within the data the curve is known far better than the scatter of 0.29: the run's interval is that of the noise.
    const noise = (upper - lower) / (2 * upperQuantile(0.05));
    expect(curve.upper - curve.lower).toBeLessThan(0.5 * (upper - lower));
    expect(noise).toBeGreaterThan(0.24);
    expect(noise).toBeLessThan(0.4);
  });

  it("refuses what is outside", () => {
    expect(() => predictRun(posterior, 100, 0.9)).toThrow(/^standardError must be that of the run/);
    expect(() => predictRun(posterior, 100, 0.9, 0)).toThrow(/^standardError must be finite and > 0/);
    expect(() => predictRun(posterior, -1, 0.9, 1)).toThrow(/^x must be >= 0/);
    expect(() => predictRun(posterior, 1, 1, 1)).toThrow(/^level must be in/);
  });
});
