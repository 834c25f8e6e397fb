import { describe, expect, it } from "vitest";
import { forecast, plateauInterval } from "../../src/fit/forecast.ts";
import { mixturePosterior, predictCurve, withGainScale } from "../../src/fit/posterior.ts";
import { handmadePosterior } from "./handmade.ts";

const data = { x: [1, 3, 8, 20, 60], y: [40, 43, 47.5, 50, 52.5], standardErrors: [0.6, 0.5, 0.7, 0.6, 0.5] };

describe("forecast", () => {
  it("is the posterior's mean and interval at every x asked for, in that order", () => {
    const options = { draws: 100, mostTerms: 1, ceiling: 60 };
    const posterior = mixturePosterior(data, options);
    expect(forecast(data, { ...options, at: [1000, 10], level: 0.5 })).toEqual([
      predictCurve(posterior, 1000, 0.5),
      predictCurve(posterior, 10, 0.5),
    ]);
    expect(forecast(data, { ...options, at: [10] })).toEqual([predictCurve(posterior, 10, 0.9)]);
  });
});

describe("plateauInterval", () => {
  /** Plateaus 50 + gain, all drawn with the same ratio of gain to prior scale: no scale of the gains is likelier. */
  const indifferent = (gains: readonly number[]) =>
    handmadePosterior(gains.map((gain) => ({ share: 1 / gains.length, start: 50, gain, halfLife: 2 })));

  it("is identified where it is stable and no wider than the range of the data, 16", () => {
    const gains = Array.from({ length: 101 }, (_, i) => 10 + i / 10);
    const interval = plateauInterval(indifferent(gains), 0.9);
    expect(interval).toEqual({
      lower: expect.closeTo(60.5, 6) as number,
      upper: expect.closeTo(69.5, 6) as number,
      level: 0.9,
      identified: true,
    });
    const wide = Array.from({ length: 101 }, (_, i) => 10 + i / 5);
    expect(plateauInterval(indifferent(wide), 0.7)).toMatchObject({ identified: true });
    expect(plateauInterval(indifferent(wide), 0.9)).toMatchObject({ identified: false, upper: null });
    expect(plateauInterval(indifferent(wide), 0.9).lower).toBeCloseTo(61, 6);
  });

  it("is not identified where halving or doubling the scale of the gains changes its width by more than a quarter", () => {
    const gains = Array.from({ length: 101 }, (_, i) => 10 + i / 10);
    const posterior = indifferent(gains);
    /** Draws of greater gains lie further out in their prior: the more so, the more the scale decides. */
    const sensitive = (strength: number) => ({
      ...posterior,
      draws: posterior.draws.map((draw, i) => ({
        ...draw,
        scales: draw.gains.map((gain) => gain / (1 + (strength * i) / 100)),
      })),
    });
    const change = (strength: number, factor: number) => {
      const width = (of: typeof posterior) => {
        const { lower, upper } = predictCurve(of, Infinity, 0.9);
        return upper - lower;
      };
      return width(withGainScale(sensitive(strength), factor)) / width(sensitive(strength)) - 1;
    };
    // Doubling the scale matters less than halving it, and either way widths shrink or grow.
    for (const strength of [0.1, 0.3, 0.5, 1, 2, 4]) {
      const stable = [0.5, 2].every((factor) => Math.abs(change(strength, factor)) <= 0.25);
      expect(plateauInterval(sensitive(strength), 0.9).identified).toBe(stable);
    }
    expect(plateauInterval(sensitive(0.1), 0.9).identified).toBe(true);
    expect(plateauInterval(sensitive(4), 0.9).identified).toBe(false);
  });
});
