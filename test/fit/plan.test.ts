import { describe, expect, it } from "vitest";
import { planTraining } from "../../src/fit/plan.ts";
import { mixturePosterior, predictCurve } from "../../src/fit/posterior.ts";
import { handmadePosterior } from "./handmade.ts";

// A plateau at 60 that the points have nearly reached.
const x = [1, 2, 4, 8, 16, 32, 64];
const reached = { x, y: x.map((value, i) => 60 - 25 * Math.exp(-value / 8) + (i % 2 ? 0.05 : -0.05)) };
// Steady growth without a sign of its end.
const growing = { x, y: x.map((value, i) => 40 + 4 * Math.log2(value) + (i % 2 ? 0.1 : -0.1)) };

const settled = mixturePosterior(reached, { ceiling: 100, draws: 400 });
const open = mixturePosterior(growing, { ceiling: 100, draws: 400 });

describe("planTraining", () => {
  it("says that more data will not get there", () => {
    const plan = planTraining(settled, { target: 75 });
    expect(plan.target!.reachable).toBeLessThan(0.05);
    expect(plan.target!.median).toBeNull();
    expect(plan.verdict).toMatch(/^More data of this kind will not get you to 75/);
  });

  it("finds where a target is reached: the curve there is the target", () => {
    const plan = planTraining(open, { target: 66 });
    expect(plan.target!.reachable).toBeGreaterThan(0.5);
    const { lower, median } = plan.target!;
    expect(lower!).toBeLessThan(median!);
    // Half of the curves lie above 66 at the median amount, as every curve rises.
    const half = predictCurve(open, median!, 1e-9);
    expect(Math.abs(half.lower - 66)).toBeLessThan(1e-6);
    expect(plan.verdict).toContain("within reach");
  });

  it("knows a target that has been passed", () => {
    const plan = planTraining(settled, { target: 50 });
    // 60 − 25·e^{−x/8} = 50 at x = 8·ln 2.5 = 7.33.
    expect(plan.target!.median!).toBeGreaterThan(7);
    expect(plan.target!.median!).toBeLessThan(7.7);
    expect(plan.verdict).toContain("reached already");
  });

  it("forecasts what can be afforded and the next doubling", () => {
    const plan = planTraining(open, { more: 64 });
    expect(plan.afforded).toEqual(predictCurve(open, 128, 0.9));
    expect(plan.doubling.mean).toBeCloseTo(plan.afforded!.mean - plan.now.mean, 9);
    expect(plan.doubling.lower).toBeGreaterThan(0);
  });

  it("finds where doubling no longer pays", () => {
    expect(planTraining(settled, { leastGain: 1 }).diminishing.x).toBe(64);
    const later = planTraining(open, { leastGain: 1 }).diminishing.x!;
    expect(later).toBeGreaterThan(64);
    const gain = predictCurve(open, 2 * later, 0.9).mean - predictCurve(open, later, 0.9).mean;
    expect(gain).toBeLessThan(1);
    expect(gain).toBeGreaterThan(0.9);
  });

  it("recommends a run further out where the curve is open, and says what it brings", () => {
    const { nextRun } = planTraining(open, { target: 66 });
    expect(nextRun.x).toBeGreaterThan(64);
    expect(nextRun.narrowing).toBeGreaterThan(0.2);
    expect(nextRun.narrowing).toBeLessThan(1);
  });

  it("refuses what is not a number", () => {
    const refuse = (argument: string, call: () => unknown) =>
      expect(call).toThrow(expect.objectContaining({ name: "DomainError", argument }) as Error);
    refuse("target", () => planTraining(open, { target: Number.NaN }));
    refuse("more", () => planTraining(open, { more: -1 }));
    refuse("leastGain", () => planTraining(open, { leastGain: 0 }));
    refuse("level", () => planTraining(open, { level: 1 }));
  });
});

describe("a plan from curves that are known", () => {
  // Plateaus 70, 66 and 60, of which x = 16 has seen one, two and four half-lives.
  const far = { share: 0.51, start: 50, gain: 20, halfLife: 16 };
  const near = { share: 0.3, start: 50, gain: 16, halfLife: 8 };
  const flat = { share: 0.19, start: 50, gain: 10, halfLife: 4 };
  const posterior = handmadePosterior([far, near, flat]);
  const value = ({ start, gain, halfLife }: typeof far, at: number) =>
    start + gain * (1 - 2 ** (-at / halfLife));
  const mean = (f: (curve: typeof far) => number) =>
    [far, near, flat].reduce((sum, curve) => sum + curve.share * f(curve), 0);

  it("tells the chance and the amounts of a target", () => {
    // 65 is 15/20 and 15/16 of the gains: after two and four half-lives; the third curve ends at 60.
    const { target } = planTraining(posterior, { target: 65, level: 0.4 });
    expect(target).toEqual({
      target: 65,
      reachable: expect.closeTo(0.81, 12) as number,
      // Both need 32.
      median: expect.closeTo(32, 8) as number,
      lower: expect.closeTo(32, 8) as number,
      upper: expect.closeTo(32, 8) as number,
    });
    // 66 is the second curve's plateau, which it never reaches: 66 = 50 + 20·0.8 after 16·log₂5 of the first.
    const higher = planTraining(posterior, { target: 66, level: 0.4 }).target!;
    expect(higher.reachable).toBeCloseTo(0.51, 12);
    expect(higher.lower).toBeCloseTo(16 * Math.log2(5), 8);
    expect(higher.median).toBeCloseTo(16 * Math.log2(5), 8);
    expect(higher.upper).toBeNull();
    // 58 lies 8/20, 8/16 and 8/10 of the way: at 11.8, 8 and 9.3.
    const lower = planTraining(posterior, { target: 58, level: 0.5 }).target!;
    expect(lower.reachable).toBeCloseTo(1, 12);
    expect(lower.lower).toBeCloseTo(8, 8);
    expect(lower.median).toBeCloseTo(16 * Math.log2(20 / 12), 8);
    expect(lower.upper).toBeCloseTo(16 * Math.log2(20 / 12), 8);
    expect(planTraining(posterior, { target: 58, level: 0.3 }).target!.lower).toBeCloseTo(
      4 * Math.log2(5),
      8,
    );
    // Below the start nothing more is needed.
    expect(planTraining(posterior, { target: 50 }).target).toMatchObject({
      reachable: 1,
      median: 0,
      upper: 0,
    });
  });

  it("finds amounts far beyond the data, and tiny ones", () => {
    const slow = handmadePosterior([{ share: 1, start: 50, gain: 20, halfLife: 1e9 }]);
    expect(planTraining(slow, { target: 60 }).target!.median! / 1e9).toBeCloseTo(1, 9);
    const quick = handmadePosterior([{ share: 1, start: 50, gain: 20, halfLife: 1e-3 }]);
    expect(planTraining(quick, { target: 60 }).target!.median! / 1e-3).toBeCloseTo(1, 9);
  });

  it("gives mean and interval of now, what is afforded and the next doubling", () => {
    const plan = planTraining(posterior, { more: 32, level: 0.5 });
    expect(plan.now).toEqual({
      x: 16,
      mean: expect.closeTo(
        mean((curve) => value(curve, 16)),
        10,
      ) as number,
      // 59.375, 60 and 62: a quarter of the weight lies below 60 and three quarters at or below 62.
      lower: expect.closeTo(60, 10) as number,
      upper: expect.closeTo(62, 10) as number,
    });
    expect(plan.afforded!.x).toBe(48);
    expect(plan.afforded!.mean).toBeCloseTo(
      mean((curve) => value(curve, 48)),
      10,
    );
    // Gains of 5, 3 and 0.586.
    expect(plan.doubling.mean).toBeCloseTo(
      mean((curve) => value(curve, 32) - value(curve, 16)),
      10,
    );
    expect(plan.doubling.lower).toBeCloseTo(3, 10);
    expect(plan.doubling.upper).toBeCloseTo(5, 10);
    expect(planTraining(posterior, {}).afforded).toBeNull();
    expect(planTraining(posterior, {}).target).toBeNull();
    expect(planTraining(posterior, {}).doubling.lower).toBeCloseTo(value(flat, 32) - value(flat, 16), 10);
  });

  it("finds the first x, in steps of 5 %, from which a doubling gives less than asked", () => {
    const gain = (at: number) => mean((curve) => value(curve, 2 * at) - value(curve, at));
    for (const leastGain of [0.1, 1, 2]) {
      const { diminishing } = planTraining(posterior, { leastGain });
      expect(diminishing.leastGain).toBe(leastGain);
      expect(gain(diminishing.x!)).toBeLessThan(leastGain);
      expect(gain(diminishing.x! / 1.05)).toBeGreaterThanOrEqual(leastGain);
      expect(Math.log(diminishing.x! / 16) / Math.log(1.05)).toBeCloseTo(
        Math.round(Math.log(diminishing.x! / 16) / Math.log(1.05)),
        8,
      );
    }
    // It gives less already, and it never does within a million times what there is.
    expect(planTraining(posterior, { leastGain: 20 }).diminishing.x).toBe(16);
    const slow = handmadePosterior([{ share: 1, start: 50, gain: 1e9, halfLife: 1e12 }]);
    expect(planTraining(slow, { leastGain: 1e-3 }).diminishing.x).toBeNull();
    // 20·(2⁻ⁿ − 2⁻²ⁿ) falls below 1 after 4.2 half-lives.
    const slower = handmadePosterior([{ share: 1, start: 50, gain: 20, halfLife: 1e6 }]);
    expect(planTraining(slower, {}).diminishing.x! / 1e6).toBeGreaterThan(4.2);
    expect(planTraining(slower, {}).diminishing.x! / 1e6).toBeLessThan(4.5);
    expect(planTraining(posterior, {}).diminishing.leastGain).toBe(1);
  });

  /** Share by which a run at `at` narrows the curve at `horizon`: 1 − √(1 − cov²/((var + σ²)·var)). */
  const narrowing = (at: number, horizon: number) => {
    const covariance = (a: number, b: number) =>
      mean((curve) => value(curve, a) * value(curve, b)) -
      mean((curve) => value(curve, a)) * mean((curve) => value(curve, b));
    const share = covariance(at, horizon) ** 2 / ((covariance(at, at) + 0.25) * covariance(horizon, horizon));
    return 1 - Math.sqrt(1 - share);
  };

  it.each([
    [{ more: 32 }, 48],
    [{ more: 0 }, 16],
    [{}, 32],
    [{ target: 65 }, 32],
    [{ target: 56 }, 16],
    [{ target: 69 }, 16 * Math.log2(20)],
    [{ target: 71 }, 32],
  ])("recommends the run that narrows the answer most: %o", (options, horizon) => {
    const { nextRun } = planTraining(posterior, options);
    expect(nextRun.horizon).toBeCloseTo(horizon, 6);
    // Half to four times what there is, but no more than can be afforded.
    const all = [8, 11.2, 16, 22.4, 32, 44.8, 64];
    const limit = 16 + ("more" in options ? options.more : Infinity);
    const candidates = "more" in options ? [...all.filter((x) => x < limit), limit] : all;
    const best = candidates.reduce((a, b) => (narrowing(b, horizon) > narrowing(a, horizon) ? b : a));
    expect(nextRun.x).toBeCloseTo(best, 10);
    expect(nextRun.narrowing).toBeCloseTo(narrowing(best, horizon), 6);
  });

  it("knows that a run tells nothing where all is known", () => {
    const one = handmadePosterior([{ ...far, share: 1 }]);
    expect(planTraining(one, {}).nextRun.narrowing).toBe(0);
  });

  it("says so in words", () => {
    const words = (options: Parameters<typeof planTraining>[1], of = posterior) =>
      planTraining(of, options).verdict;
    const gain = "The next doubling is expected to give 3.56 (0.586 to 5).";
    expect(words({ target: 69.9 })).toBe(
      `69.9 is within reach with a chance of 51 %: at x of about 122 (at least 122, no upper limit). ${gain}`,
    );
    expect(words({ target: 65 })).toContain(
      "65 is within reach with a chance of 81 %: at x of about 32 (at least 32, no",
    );
    expect(words({ target: 65, level: 0.4 })).toContain("(at least 32, at most 32)");
    expect(words({ target: 56 })).toBe(`56 is most likely reached already. ${gain}`);
    expect(words({ target: 71 })).toBe(
      `More data of this kind will not get you to 71: the chance that the plateau lies above it is 0.0 %. ${gain}`,
    );
    expect(words({})).toMatch(
      /^The next doubling .* From x = 54\.2 on a doubling is expected to give less than 1\.$/,
    );
    const slow = handmadePosterior([{ share: 1, start: 50, gain: 1e9, halfLife: 1e12 }]);
    expect(words({ leastGain: 1e-3 }, slow)).toBe(
      "The next doubling is expected to give 0.0111 (0.0111 to 0.0111).",
    );
    const unlikely = handmadePosterior([
      { ...far, share: 0.3 },
      { ...flat, share: 0.7 },
    ]);
    expect(words({ target: 65 }, unlikely)).toContain(
      "65 is within reach with a chance of 30 %: it is more likely than not that it is never reached.",
    );
    const hopeless = handmadePosterior([
      { ...far, share: 0.04 },
      { ...flat, share: 0.96 },
    ]);
    expect(words({ target: 65 }, hopeless)).toContain("the chance that the plateau lies above it is 4 %.");
    const barely = handmadePosterior([
      { ...far, share: 0.051 },
      { ...flat, share: 0.949 },
    ]);
    expect(words({ target: 65 }, barely)).toContain("within reach with a chance of 5 %");
    const least = handmadePosterior([
      { ...far, share: 0.004 },
      { ...flat, share: 0.996 },
    ]);
    expect(words({ target: 65 }, least)).toContain("the chance that the plateau lies above it is 0.4 %.");
  });

  it("takes what is no more and nothing to gain, and refuses the rest", () => {
    expect(planTraining(posterior, { more: 0 }).afforded!.x).toBe(16);
    for (const leastGain of [-1, Infinity, Number.NaN])
      expect(() => planTraining(posterior, { leastGain })).toThrow("leastGain");
    expect(() => planTraining(posterior, { target: Infinity })).toThrow("target");
  });
});

describe("the next run", () => {
  it("has the standard error that it is given, σ of each draw where none is", () => {
    const draws = (sigma: number) => open.draws.map((draw) => ({ ...draw, sigma }));
    const { nextRun } = planTraining({ ...open, draws: draws(0.3) }, { more: 64 });
    const given = (runStandardError: number) => planTraining(open, { more: 64, runStandardError }).nextRun;
    expect(given(0.3)).toEqual(nextRun);
    // And more noise would tell less.
    expect(given(1).narrowing).toBeLessThan(nextRun.narrowing);
    for (const wrong of [0, -1, Infinity]) expect(() => given(wrong)).toThrow(/^runStandardError must be/);
  });

  it("needs a standard error where the data have them: one of theirs need not be its own", () => {
    const { sample } = open.prior;
    const known = { ...open, prior: { ...open.prior, sample: { ...sample, known: true } } };
    expect(() => planTraining(known, { more: 64 })).toThrow(/^runStandardError must be that of the run/);
    const precise = { ...sample, known: true, weight: sample.weight.map((w, i) => (i === 3 ? 1e6 : w)) };
    const run = (of: typeof sample) =>
      planTraining({ ...open, prior: { ...open.prior, sample: of } }, { more: 64, runStandardError: 0.3 });
    expect(run(precise).nextRun).toEqual(run(sample).nextRun);
  });

  it("narrows by the same share in any unit of y that has squares", () => {
    const scaled = (factor: number) =>
      open.draws.map((draw) => ({
        ...draw,
        start: draw.start * factor,
        sigma: draw.sigma * factor,
        gains: draw.gains.map((gain) => gain * factor),
      }));
    const { nextRun } = planTraining(open, { more: 64 });
    for (const factor of [1e-148, 1e148]) {
      const same = planTraining({ ...open, draws: scaled(factor) }, { more: 64 }).nextRun;
      expect(same.x).toBe(nextRun.x);
      expect(same.narrowing).toBeCloseTo(nextRun.narrowing, 9);
    }
  });
});
