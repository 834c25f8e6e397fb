import { describe, expect, it } from "vitest";
import { planTraining } from "../../src/fit/plan.ts";
import { mixturePosterior, predictCurve } from "../../src/fit/posterior.ts";

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

describe("the next run", () => {
  it("has the noise of a row, in whatever unit the weights are", () => {
    // The same posterior with σ = 1 and standard errors of 0.3.
    const draws = (sigma: number) => open.draws.map((draw) => ({ ...draw, sigma }));
    const { sample } = open.prior;
    const known = { ...sample, known: true, weight: sample.weight.map((weight) => weight / 0.09) };
    const { nextRun } = planTraining({ ...open, draws: draws(0.3) }, { more: 64 });
    const same = planTraining(
      { ...open, draws: draws(1), prior: { ...open.prior, sample: known } },
      { more: 64 },
    ).nextRun;
    expect(same.x).toBe(nextRun.x);
    expect(same.narrowing).toBeCloseTo(nextRun.narrowing, 12);
    // And more noise would tell less.
    expect(planTraining({ ...open, draws: draws(1) }, { more: 64 }).nextRun.narrowing).toBeLessThan(
      nextRun.narrowing,
    );
  });
});
