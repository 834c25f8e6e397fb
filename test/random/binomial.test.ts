import { describe, expect, it } from "vitest";
import { sampleBinomial } from "../../src/random/binomial.ts";
import { type Rng, stream } from "../../src/random/stream.ts";
import { bernsteinRadius } from "../support/bounds.ts";

const DRAWS = 40_000;

/** P[X = k] for k = 0 … n, from the ratio of neighbours; (1 − p)ⁿ must not underflow. */
function law(trials: number, probability: number): number[] {
  const masses = [(1 - probability) ** trials];
  for (let k = 0; k < trials; k++) {
    masses.push((masses[k]! * probability * (trials - k)) / ((1 - probability) * (k + 1)));
  }
  return masses;
}

/** The largest excess of |observed − expected| over its Bernstein radius, over eight ranges of values. */
function worstExcess(observed: readonly number[], masses: readonly number[]): number {
  const ranges = Array.from({ length: 8 }, () => ({ mass: 0, count: 0 }));
  let below = 0;
  const rangeOf = masses.map((mass) => {
    const range = ranges[Math.min(7, Math.floor(below * 8))]!;
    range.mass += mass;
    below += mass;
    return range;
  });
  for (const value of observed) rangeOf[value]!.count++;
  const excess = ranges.map(({ mass, count }) => {
    const radius = bernsteinRadius(observed.length, mass * (1 - mass), 1);
    return Math.abs(count / observed.length - mass) - radius;
  });
  return Math.max(...excess);
}

describe("binomial draws", () => {
  it.each([
    [1, 0.3],
    [5, 0.5],
    [40, 0.2],
    [12, 0.9],
    [100, 0.1],
    [60, 0.5],
    [300, 0.37],
    [300, 0.8],
    [900, 0.05],
  ])("follow the law for n = %i, p = %f, and not that of another p", (trials, probability) => {
    const rng = stream(9, "binomial", trials);
    const draws = Array.from({ length: DRAWS }, () => sampleBinomial(rng, trials, probability));
    expect(worstExcess(draws, law(trials, probability))).toBeLessThan(0);
    // The negative control: p off by 10 %.
    expect(
      worstExcess(draws, law(trials, probability > 0.5 ? 0.9 * probability : 1.1 * probability)),
    ).toBeGreaterThan(0);
  });

  it("have the right mean and variance for huge n", () => {
    const [trials, probability] = [1e12, 0.3];
    const rng = stream(9, "binomial", 0);
    const scaled = Array.from({ length: DRAWS }, () => {
      const deviation = Math.sqrt(trials * probability * (1 - probability));
      return (sampleBinomial(rng, trials, probability) - trials * probability) / deviation;
    });
    const mean = scaled.reduce((sum, x) => sum + x, 0) / DRAWS;
    const variance = scaled.reduce((sum, x) => sum + x * x, 0) / DRAWS;
    // Normal to 10⁻⁶: six standard errors, 1/√n and √2/√n.
    expect(Math.abs(mean)).toBeLessThan(6 / Math.sqrt(DRAWS));
    expect(Math.abs(variance - 1)).toBeLessThan((6 * Math.SQRT2) / Math.sqrt(DRAWS));
  });

  it("know the edges", () => {
    const rng: Rng = { nextFloat: () => 1 - 2 ** -53 };
    expect(sampleBinomial(rng, 0, 0.4)).toBe(0);
    expect(sampleBinomial(rng, 17, 0)).toBe(0);
    expect(sampleBinomial(rng, 17, 1)).toBe(17);
    expect(sampleBinomial(rng, 3, 0.4)).toBe(3);
    expect(sampleBinomial({ nextFloat: () => 0 }, 3, 0.4)).toBe(0);
    expect(() => sampleBinomial(rng, -1, 0.4)).toThrow(/^trials must be an integer/);
    expect(() => sampleBinomial(rng, 3, 1.1)).toThrow(/^probability must be in \[0, 1\]/);
  });
});
