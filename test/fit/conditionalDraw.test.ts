import { describe, expect, it } from "vitest";
import { type CurvePrior, curvePrior, drawGivenRates } from "../../src/fit/conditionalDraw.ts";
import { upperTail } from "../../src/fit/normal.ts";
import { type Observations, readSample } from "../../src/fit/observations.ts";
import { curveAt } from "../../src/fit/posterior.ts";
import { type Rng, stream } from "../../src/random/stream.ts";

const data = { x: [1, 3, 8, 20, 60], y: [40, 43, 47.5, 50, 52.5], standardErrors: [0.6, 0.5, 0.7, 0.6, 0.5] };
const priorOf = (observations: Observations, options = {}) => curvePrior(readSample(observations), options);

/** Known noise, without the discrepancy of a thousandth of the range, so that the weights are those of the data. */
const exactly = (prior: CurvePrior, observations: Observations = data): CurvePrior => ({
  ...prior,
  sample: readSample(observations),
});

/** A source that gives these numbers and then ½. */
function scripted(...numbers: number[]): Rng {
  let next = 0;
  return { nextFloat: () => numbers[next++] ?? 0.5 };
}

/** Places of the uniform numbers in a draw with known noise: σ, the scale of the gains, each gain, the level. */
const midpoints = (count: number) => Array.from({ length: count }, (_, i) => (i + 0.5) / count);

/**
 * ∫ dα Π_i ∫ dg_i likelihood·half-normal(g_i; s_i), by midpoints over the gains; the level within ceiling and floor in
 * closed form. The constant (2π)^{−(n−1)/2}·Π w_j^{1/2}·W^{−1/2} that the weights leave out is left out here too.
 */
function evidence(
  prior: CurvePrior,
  rates: readonly number[],
  cells: number,
  most: number,
  { x, y, standardErrors } = data,
) {
  const span = x.at(-1)! - x[0]!;
  const weights = standardErrors.map((error) => error ** -2);
  const total = weights.reduce((a, b) => a + b, 0);
  const rise = (rate: number, at: number) => Math.expm1(-rate * (at - x[0]!)) / Math.expm1(-rate * span);
  const gains = midpoints(cells).map((share) => share * most);
  const shapes = rates.map((rate) => ({
    at: x.map((value) => rise(rate, value)),
    above: rise(rate, Infinity),
    below: -rise(rate, 0),
    scale: -prior.gainScale * Math.expm1(-rate * span),
  }));
  const over = (chosen: readonly number[]): number => {
    if (chosen.length < rates.length) return gains.reduce((sum, gain) => sum + over([...chosen, gain]), 0);
    const curve = x.map((_, j) => chosen.reduce((sum, gain, i) => sum + gain * shapes[i]!.at[j]!, 0));
    const centre = x.reduce((sum, _, j) => sum + (weights[j]! / total) * (y[j]! - curve[j]!), 0);
    const square = x.reduce((sum, _, j) => sum + weights[j]! * (y[j]! - centre - curve[j]!) ** 2, 0);
    const highest = prior.ceiling - chosen.reduce((sum, gain, i) => sum + gain * shapes[i]!.above, 0);
    const lowest = prior.floor + chosen.reduce((sum, gain, i) => sum + gain * shapes[i]!.below, 0);
    const root = Math.sqrt(total);
    const inside =
      lowest < highest ? upperTail((lowest - centre) * root) - upperTail((highest - centre) * root) : 0;
    const believed = chosen.reduce(
      (product, gain, i) =>
        product *
        (2 / (shapes[i]!.scale * Math.sqrt(2 * Math.PI))) *
        Math.exp(-0.5 * (gain / shapes[i]!.scale) ** 2),
      1,
    );
    return Math.exp(-0.5 * square) * believed * inside;
  };
  return over([]) * (most / cells) ** rates.length;
}

describe("drawGivenRates", () => {
  it("weighs one term by its evidence, in closed form where neither ceiling nor floor cut", () => {
    const prior = exactly(priorOf(data));
    for (const rate of [0.004, 0.05, 0.8]) {
      const { logWeight } = drawGivenRates(prior, Float64Array.of(rate), scripted());
      // Midpoints of a smooth function that ends at the middle of a bell or at nothing: errors of (cell/width)².
      expect(Math.exp(logWeight) / evidence(prior, [rate], 800, 25)).toBeCloseTo(1, 4);
    }
  });

  it("weighs a term that the points do not ask for, from a first x other than 1", () => {
    const level = {
      x: [2, 3, 8, 20, 60],
      y: [45, 44.2, 45.3, 44.9, 44.8],
      standardErrors: data.standardErrors,
    };
    const prior = exactly(priorOf(level, { floor: 44.1 }), level);
    const draws = midpoints(500).map((uniform) =>
      drawGivenRates(prior, Float64Array.of(0.1), scripted(0.5, 0.5, uniform)),
    );
    const mean = draws.reduce((sum, { logWeight }) => sum + Math.exp(logWeight) / draws.length, 0);
    expect(mean / evidence(prior, [0.1], 2000, 8, level)).toBeCloseTo(1, 2);
  });

  it("weighs every row by the density of its noise", () => {
    const prior = exactly(priorOf(data));
    const of = (changed: CurvePrior) => drawGivenRates(changed, Float64Array.of(0.05), scripted()).logWeight;
    // σ = 2 is the same as errors twice as great, but for 2⁻⁽ⁿ⁻¹⁾, the level being integrated over.
    const doubled = { ...prior.sample, weight: prior.sample.weight.map((weight) => weight / 4) };
    expect(of({ ...prior, noise: [2, 2] })).toBeCloseTo(of({ ...prior, sample: doubled }) - 4 * Math.LN2, 10);
    // Scatter within the points is the same for every curve.
    const scattered = { ...prior.sample, pureError: 3 };
    expect(of({ ...prior, sample: scattered })).toBeCloseTo(of(prior) - 1.5, 10);
  });

  it("believes in scales of the gains from a quarter to four times the middle", () => {
    const prior = exactly(priorOf(data));
    for (const [uniform, factor] of [
      [0, 1 / 4],
      [0.25, 1 / 2],
      [1, 4],
    ] as const) {
      const scaled = { ...prior, gainScale: prior.gainScale * factor };
      const draw = drawGivenRates(prior, Float64Array.of(0.05), scripted(0.5, uniform));
      expect(Math.exp(draw.logWeight) / evidence(scaled, [0.05], 800, 25)).toBeCloseTo(1, 4);
      expect(draw.scales[0]).toBeCloseTo(-factor * 1.5 * 12.5 * Math.expm1(-0.05 * 59), 10);
    }
  });

  it.each([
    [57, -Infinity],
    [55, 38],
    [1e3, 39.9],
    [Infinity, 39.9],
    [54.5, 39.5],
  ])("weighs one term between ceiling %d and floor %d by its evidence, on average", (ceiling, floor) => {
    const prior = exactly(priorOf(data, { ceiling, floor }));
    for (const rate of [0.05, 0.08]) {
      const draws = midpoints(500).map((uniform) =>
        drawGivenRates(prior, Float64Array.of(rate), scripted(0.5, 0.5, uniform)),
      );
      const mean = draws.reduce((sum, { logWeight }) => sum + Math.exp(logWeight) / draws.length, 0);
      expect(mean / evidence(prior, [rate], 800, 25)).toBeCloseTo(1, 3);
      for (const draw of draws.filter(({ logWeight }) => logWeight > -Infinity)) {
        expect(curveAt(draw, Infinity)).toBeLessThanOrEqual(ceiling + 1e-9);
        expect(curveAt(draw, 0)).toBeGreaterThanOrEqual(floor - 1e-9);
      }
    }
  });

  it("weighs two terms by their evidence, on average", () => {
    const prior = exactly(priorOf(data, { ceiling: 56 }));
    const rates = [0.02, 0.3];
    const shares = midpoints(50);
    const weights = shares.flatMap((first) =>
      shares.map((second) =>
        Math.exp(
          drawGivenRates(prior, Float64Array.from(rates), scripted(0.5, 0.5, first, second)).logWeight,
        ),
      ),
    );
    const mean = weights.reduce((a, b) => a + b, 0) / weights.length;
    expect(mean / evidence(prior, rates, 100, 18)).toBeCloseTo(1, 2);
  });

  it.each([
    [55, 39],
    [54, -Infinity],
  ])("cuts the normals of gain and level: ceiling %d, floor %d", (ceiling, floor) => {
    const prior = exactly(priorOf(data, { ceiling, floor }));
    const weights = data.standardErrors.map((error) => error ** -2);
    const total = weights.reduce((a, b) => a + b, 0);
    const rate = 0.06;
    const rise = (at: number) => Math.expm1(-rate * (at - 1)) / Math.expm1(-rate * 59);
    const mean = (values: readonly number[]) =>
      values.reduce((sum, value, j) => sum + (weights[j]! / total) * value, 0);
    const shape = data.x.map(rise);
    const [meanShape, meanY] = [mean(shape), mean(data.y)];
    const scale = -1.5 * 12.5 * Math.expm1(-rate * 59);
    const precision = total * mean(shape.map((value) => (value - meanShape) ** 2)) + scale ** -2;
    const centre = (total * mean(shape.map((value, j) => (value - meanShape) * data.y[j]!))) / precision;
    for (const uniform of [0.1, 0.5, 0.93]) {
      const draw = drawGivenRates(prior, Float64Array.of(rate), scripted(0.5, 0.5, uniform, 1 - uniform));
      const gain = draw.gains[0]!;
      const root = Math.sqrt(precision);
      // P[gain ≤ g] is the uniform number itself.
      const tail = (value: number) => upperTail((value - centre) * root) / upperTail(-centre * root);
      expect(1 - tail(gain)).toBeCloseTo(uniform, 9);
      const level = meanY - gain * meanShape;
      const [lowest, highest] = [floor - gain * rise(0), ceiling - gain * rise(Infinity)];
      const above = (value: number) => upperTail((value - level) * Math.sqrt(total));
      const share = (above(lowest) - above(draw.start)) / (above(lowest) - above(highest));
      // Mirrored, it counts from the ceiling.
      const mirrored = level - lowest > highest - level;
      expect(share).toBeCloseTo(mirrored ? uniform : 1 - uniform, 8);
    }
  });

  it("integrates over σ, and draws it where the rates ask for it", () => {
    const { x, y } = data;
    const prior = priorOf({ x, y });
    const rates = Float64Array.of(0.06);
    const [least, most] = prior.noise;
    // By midpoints over σ and the scale of the gains, given which the weight of one term is exact.
    let [evidence, moment] = [0, 0];
    for (const share of midpoints(200)) {
      const sigma = least * (most / least) ** share;
      for (const scale of midpoints(20)) {
        const known = drawGivenRates({ ...prior, noise: [sigma, sigma] }, rates, scripted(0.5, scale));
        evidence += Math.exp(known.logWeight) / 4000;
        moment += (Math.exp(known.logWeight) * Math.log(sigma)) / 4000;
      }
    }
    const rng = stream(1, "test-noise");
    const draws = Array.from({ length: 1000 }, () => drawGivenRates(prior, rates, rng));
    const weights = draws.map(({ logWeight }) => Math.exp(logWeight));
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value / 1000, 0);
    const error = (values: readonly number[]) => Math.sqrt(mean(values.map((value) => value ** 2)) / 1000);
    const average = mean(weights);
    const errorOfMean = error(weights.map((weight) => weight - average));
    expect(Math.abs(average - evidence)).toBeLessThan(6 * errorOfMean);
    // Negative control: an evidence 5 % off would be seen, as the strata leave little to chance.
    expect(6 * errorOfMean).toBeLessThan(0.05 * evidence);
    const logSigma = moment / evidence;
    const deviations = draws.map(({ sigma }, i) => (weights[i]! / average) * (Math.log(sigma) - logSigma));
    expect(Math.abs(mean(deviations))).toBeLessThan(6 * error(deviations));
    for (const { sigma } of draws) {
      expect(sigma).toBeGreaterThanOrEqual(least);
      expect(sigma).toBeLessThanOrEqual(most);
    }
  });

  it("draws σ as well from many rows, and where gains ≥ 0 leave out what would fit better", () => {
    const x = Array.from({ length: 60 }, (_, i) => 10 ** ((4 * i) / 59));
    const wobble = x.map((_, i) => 0.1 * Math.sin(2.4 * i * i + 0.7));
    for (const [y, rates] of [
      [x.map((value, i) => 60 - 20 * Math.exp(-value / 500) + wobble[i]!), [1 / 500]],
      // A dip that only a negative gain follows.
      [
        x.map((value, i) => 60 - 20 * Math.exp(-value / 500) + 5 * Math.exp(-value) + wobble[i]!),
        [1 / 500, 1],
      ],
    ] as const) {
      const prior = priorOf({ x, y });
      const rng = stream(1, "test-noise");
      const logWeights = Array.from(
        { length: 300 },
        () => drawGivenRates(prior, Float64Array.from(rates), rng).logWeight,
      );
      const top = Math.max(...logWeights);
      const weights = logWeights.map((logWeight) => Math.exp(logWeight - top));
      const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
      // The relative variance of the weights: even strata of so wide a range leave several times 1.
      const variance = (300 * sum(weights.map((weight) => weight ** 2))) / sum(weights) ** 2 - 1;
      expect(variance).toBeLessThan(0.5);
    }
  });
});

describe("curvePrior", () => {
  it("puts rates between a twentieth of the longest and five times the shortest positive x", () => {
    const prior = priorOf({ x: [0, 2, 50], y: [1, 2, 4], standardErrors: [1, 1, 1] }, { gainScale: 2 });
    expect(Math.exp(prior.slowest)).toBeCloseTo(1 / 1000, 12);
    expect(Math.exp(prior.fastest)).toBeCloseTo(2.5, 12);
    expect(prior).toMatchObject({
      gainScale: 6,
      range: 3,
      noise: [1, 1],
      ceiling: Infinity,
      floor: -Infinity,
    });
  });

  it("adds a thousandth of the range to known standard errors", () => {
    const { sample } = priorOf({ x: [1, 2, 3], y: [0, 500, 1000], standardErrors: [1, 2, 0.1] });
    expect([...sample.weight]).toEqual([1 / 2, 1 / 5, 1 / 1.01].map((value) => expect.closeTo(value, 12)));
  });

  it("seeks σ between six tenths of what the best mixture leaves and half the range", () => {
    // A zigzag on a constant: the best mixture leaves its scatter of 1 about the mean.
    const x = [1, 2, 3, 4, 5, 6, 7, 8];
    const { noise } = priorOf({ x, y: [6, 4, 6, 4, 4, 6, 4, 6] });
    expect(noise[0]).toBeCloseTo(0.6, 6);
    expect(noise[1]).toBeCloseTo(2.4, 6);
    // Points on a mixture leave nothing: a thousandth of the range.
    const exact = priorOf({ x, y: x.map((value) => 100 - 50 * Math.exp(-value)) }).noise;
    const range = 50 * (Math.exp(-1) - Math.exp(-8));
    expect(exact[0]).toBeCloseTo(range / 1000, 12);
    expect(exact[1]).toBeCloseTo(range / 2, 12);
  });

  it("takes σ from 200 repeats on from their scatter, and adds a thousandth of the range to every point", () => {
    const at = [1, 2, 3];
    const rows = (repeats: number) => {
      const x = at.flatMap((value) => Array.from({ length: repeats }, () => value));
      return { x, y: x.map((value, i) => 1000 * value + (i % 2 ? 3 : -3)) };
    };
    const { noise, sample } = priorOf(rows(68));
    const sigma = 3 * Math.sqrt(204 / 201);
    expect(noise).toEqual([expect.closeTo(sigma, 12), expect.closeTo(sigma, 12)]);
    const discrepancy = (1e-3 * 2000) / sigma;
    expect(sample.weight[0]).toBeCloseTo(1 / (1 / 68 + discrepancy ** 2), 12);
    // 66 of each: 195 repeats.
    const few = priorOf(rows(66));
    expect(few.noise[0]).toBeLessThan(few.noise[1]);
    expect(few.sample.weight[0]).toBe(66);
  });

  it("refuses what it cannot believe in", () => {
    const refuse = (argument: string, options: object, observations: Observations = data) =>
      expect(() => priorOf(observations, options)).toThrow(expect.objectContaining({ argument }) as Error);
    refuse("x", {}, { x: [1, 2, 2], y: [1, 2, 3] });
    refuse("y", {}, { x: [1, 2, 3], y: [2, 2, 2] });
    refuse("y", {}, { x: [1, 2, 3], y: [1e-160, 2e-160, 3e-160] });
    // Noisy points may lie beyond the bounds of the curve, but not most of them.
    refuse("ceiling", { ceiling: 47.5 });
    refuse("floor", { floor: 47.5 });
    refuse("ceiling", { ceiling: 48, floor: 48 });
    refuse("gainScale", { gainScale: 0 });
    refuse("gainScale", { gainScale: Infinity });
    expect(priorOf(data, { ceiling: 52.5, floor: 40.1 })).toMatchObject({ ceiling: 52.5, floor: 40.1 });
  });
});
