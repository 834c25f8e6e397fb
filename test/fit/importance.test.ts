import { describe, expect, it } from "vitest";
import {
  type CurveDraw,
  type CurvePrior,
  curvePrior,
  drawGivenRates,
} from "../../src/fit/conditionalDraw.ts";
import { sampleRates } from "../../src/fit/importance.ts";
import { type Observations, readSample } from "../../src/fit/observations.ts";
import { curveAt } from "../../src/fit/posterior.ts";
import { type Rng, stream } from "../../src/random/stream.ts";

const data = { x: [1, 3, 8, 20, 60], y: [40, 43, 47.5, 50, 52.5], standardErrors: [0.6, 0.5, 0.7, 0.6, 0.5] };
/** Errors a six-hundredth of these: without a slow approach no draw comes near the posterior of two terms. */
const sharp = {
  x: data.x,
  y: data.x.map((x) => 53 - 13 * Math.exp(-0.08 * x)),
  standardErrors: data.x.map(() => 0.001),
};
const priorOf = (observations: Observations) => curvePrior(readSample(observations), { ceiling: 100 });
const midpoints = (count: number) => Array.from({ length: count }, (_, i) => (i + 0.5) / count);

/** A source that gives these numbers and then ½. */
function scripted(numbers: readonly number[]): Rng {
  let next = 0;
  return { nextFloat: () => numbers[next++] ?? 0.5 };
}

/** Evidence, and posterior mean of the curve at 300, by midpoints over log rates, scales of the gains and gains. */
function byQuadrature(prior: CurvePrior, count: 1 | 2, nodes: number, parts: number) {
  const span = prior.fastest - prior.slowest;
  const thetas = midpoints(nodes).map((share) => prior.slowest + span * share);
  const pairs =
    count === 1
      ? thetas.map((theta) => [theta])
      : thetas.flatMap((a) => thetas.filter((b) => b >= a).map((b) => [a, b]));
  let [evidence, moment, cells] = [0, 0, 0];
  for (const pair of pairs) {
    const times = pair.length === 2 && pair[0] !== pair[1] ? 2 : 1;
    for (const scale of midpoints(6)) {
      for (const gain of midpoints(parts)) {
        const draw = drawGivenRates(prior, Float64Array.from(pair, Math.exp), scripted([0.5, scale, gain]));
        const weight = times * Math.exp(draw.logWeight);
        evidence += weight;
        moment += weight * curveAt(draw, 300);
        cells += times;
      }
    }
  }
  return { evidence: evidence / cells, mean: moment / evidence };
}

/** Pseudo-noise of mean square near 1 that follows no curve. */
const wobble = (i: number) => Math.SQRT2 * Math.sin(2.4 * i * i + 0.7);

/** Mean of the weights and of the curve at 300, with their standard errors. */
function estimate(draws: readonly CurveDraw[]) {
  const weights = draws.map(({ logWeight }) => Math.exp(logWeight));
  const evidence = weights.reduce((a, b) => a + b, 0);
  const mean = draws.reduce((sum, draw, i) => sum + (weights[i]! / evidence) * curveAt(draw, 300), 0);
  const spread = (deviations: readonly number[]) =>
    Math.sqrt(deviations.reduce((sum, value) => sum + value ** 2, 0));
  return {
    evidence,
    evidenceError: spread(weights.map((weight) => weight - evidence / draws.length)),
    mean,
    meanError: spread(draws.map((draw, i) => (weights[i]! / evidence) * (curveAt(draw, 300) - mean))),
    effective: 1 / weights.reduce((sum, weight) => sum + (weight / evidence) ** 2, 0),
  };
}

describe("sampleRates", () => {
  it("estimates evidence and mean of one term without bias", () => {
    const prior = priorOf(data);
    const exact = byQuadrature(prior, 1, 150, 12);
    const draws = sampleRates(prior, 1, 4000, stream(1, "test-importance"));
    expect(draws.length).toBe(4000);
    const { evidence, evidenceError, mean, meanError, effective } = estimate(draws);
    expect(Math.abs(evidence - exact.evidence)).toBeLessThan(6 * evidenceError);
    expect(Math.abs(mean - exact.mean)).toBeLessThan(6 * meanError);
    // Kernels follow the posterior: of 4000 draws from the prior few hundred would be left.
    expect(effective).toBeGreaterThan(1500);
    // Negative control: an evidence 10 % off would be seen.
    expect(6 * evidenceError).toBeLessThan(0.1 * exact.evidence);
  });

  it("estimates evidence and mean of two terms without bias, from ascending rates in the range", () => {
    const prior = priorOf(data);
    const exact = byQuadrature(prior, 2, 32, 4);
    const draws = sampleRates(prior, 2, 4000, stream(1, "test-importance"));
    const { evidence, evidenceError, mean, meanError, effective } = estimate(draws);
    expect(Math.abs(evidence - exact.evidence)).toBeLessThan(6 * evidenceError);
    expect(Math.abs(mean - exact.mean)).toBeLessThan(6 * meanError);
    expect(effective).toBeGreaterThan(1500);
    for (const { rates } of draws.filter(({ logWeight }) => logWeight > -Infinity)) {
      expect(Math.log(rates[0]!)).toBeGreaterThanOrEqual(prior.slowest - 1e-12);
      expect(rates[1]!).toBeGreaterThanOrEqual(rates[0]!);
      expect(Math.log(rates[1]!)).toBeLessThanOrEqual(prior.fastest + 1e-12);
    }
    expect(6 * evidenceError).toBeLessThan(0.15 * exact.evidence);
  });

  it.each([
    [1, 50],
    [2, 50],
  ] as const)("closes in on a posterior that the prior seldom hits, %i terms", (count, worth) => {
    // The errors as they are, without the thousandth of the range by which points may be off their curve.
    const prior = { ...priorOf(sharp), sample: readSample(sharp) };
    const draws = sampleRates(prior, count, 1000, stream(1, "test-importance"));
    const { effective, mean } = estimate(draws);
    expect(effective).toBeGreaterThan(worth);
    // The curve behind the points, known to errors of 0.01 where they end: at 300 it is the plateau.
    expect(Math.abs(mean - 53)).toBeLessThan(0.5);
  });

  it("closes in where the noise is small and not known, and each seed with it", () => {
    // 60 points over four decades, off their curve by a fifteen-hundredth of its rise.
    const x = Array.from({ length: 60 }, (_, i) => 10 ** ((4 * i) / 59));
    const y = x.map(
      (value, i) => 60 - 20 * Math.exp(-0.05 * value) - 10 * Math.exp(-0.002 * value) + 0.02 * wobble(i),
    );
    const prior = priorOf({ x, y });
    const logEvidences = [1, 2].map((seed) => {
      const draws = sampleRates(prior, 2, 400, stream(seed, "test-importance"));
      const top = Math.max(...draws.map(({ logWeight }) => logWeight));
      const { evidence, evidenceError, effective } = estimate(
        draws.map((draw) => ({ ...draw, logWeight: draw.logWeight - top })),
      );
      // Without the approach one draw is left of 400; with σ drawn evenly from its range some fifteen.
      expect(effective).toBeGreaterThan(100);
      return { value: Math.log(evidence) + top, error: evidenceError / evidence };
    });
    const [a, b] = [logEvidences[0]!, logEvidences[1]!];
    expect(Math.abs(a.value - b.value)).toBeLessThan(6 * Math.hypot(a.error, b.error));
  });

  it("takes half the draws from each of two rounds, an odd half rounded up", () => {
    expect(sampleRates(priorOf(data), 1, 101, stream(1, "test-importance")).length).toBe(102);
  });
});
