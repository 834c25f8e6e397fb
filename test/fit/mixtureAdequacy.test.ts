import { describe, expect, it } from "vitest";
import { mixtureAdequacy } from "../../src/fit/mixtureAdequacy.ts";
import { binomialStandardErrors } from "../../src/fit/noise.ts";
import { stream } from "../../src/random/stream.ts";
import { NEW_ENTITIES, NEWS_IPT, NEWS_REWRITES, REVISED_ENTITIES } from "./fixtures/controls.ts";
import { ENTIGRAPH, QA_SFT, REPHRASE } from "./fixtures/quality.ts";

const withErrors = ({ x, correct, questions }: typeof NEWS_IPT) => {
  const y = correct.map((count) => (100 * count) / questions);
  return { x, y, standardErrors: binomialStandardErrors(y, questions, 100) };
};

describe("mixtureAdequacy", () => {
  it("finds the paper's three series adequate", () => {
    for (const data of [ENTIGRAPH, REPHRASE, QA_SFT])
      expect(mixtureAdequacy(data)).toEqual({ adequate: true, reasons: [] });
  });

  it.each([
    ["new", NEW_ENTITIES],
    ["revised", REVISED_ENTITIES],
  ])("rejects the sigmoid of %s entities, and says why", (_, data) => {
    const { adequate, reasons } = mixtureAdequacy(data);
    expect(adequate).toBe(false);
    expect(reasons.join(" ")).toMatch(/follow one another.*gains faster later/);
  });

  it("rejects the series that goes up and down, with its binomial errors and without", () => {
    const { adequate, reasons } = mixtureAdequacy(withErrors(NEWS_IPT));
    expect(adequate).toBe(false);
    expect(reasons).toEqual(["it falls by 4.70 between x = 1 and x = 10, and a mixture never falls"]);
    const { x, y } = withErrors(NEWS_IPT);
    expect(mixtureAdequacy({ x, y })).toEqual({ adequate, reasons });
  });

  it("accepts the rewritten news by the same errors", () => {
    expect(mixtureAdequacy(withErrors(NEWS_REWRITES)).adequate).toBe(true);
  });

  /** A falling series: the best mixture is its mean, so that residuals and sums of squares are known. */
  const line = (points: number) => ({
    x: Array.from({ length: points }, (_, j) => 1 + j),
    y: Array.from({ length: points }, (_, j) => 20 - j),
  });
  const reasonsOf = (y: readonly number[], error?: number | readonly number[]) =>
    mixtureAdequacy({
      x: y.map((_, j) => j),
      y,
      standardErrors: typeof error === "number" ? y.map(() => error) : error,
    }).reasons.join("; ");

  it.each([
    [6, 20.515],
    [8, 24.322],
    [31, 59.703],
  ])(
    "alarms where the sum of squares of %i points exceeds the tabulated quantile of χ²",
    (points, quantile) => {
      const { x, y } = line(points);
      // Σ (j − mean)² = n(n² − 1)/12.
      const square = (points * (points ** 2 - 1)) / 12;
      const reasons = (share: number) =>
        mixtureAdequacy({
          x,
          y,
          standardErrors: x.map(() => Math.sqrt(square / (share * quantile))),
        }).reasons.join(" ");
      // Wilson and Hilferty's quantile is good to about 1 %.
      expect(reasons(1.02)).toMatch(/^the best mixture misses the points by more than .*χ² = /);
      expect(reasons(0.98)).not.toContain("χ²");
    },
  );

  it("alarms where von Neumann's ratio of the residuals is too small, weighted by their errors", () => {
    // A line has the ratio 12/(n(n + 1)): 2.97 standard deviations below 2 for 8 points, 3.16 for 9, against 3.09.
    expect(mixtureAdequacy(line(8)).reasons.join()).not.toContain("follow one another");
    expect(mixtureAdequacy(line(9)).reasons.join()).toContain("follow one another");
    // The same residuals that count alike, in unlike units of error: they jump from weight to weight.
    const uneven = line(12);
    const errors = (odd: number) => uneven.x.map((_, j) => (j % 2 ? odd : 100));
    const alarm = (odd: number) =>
      mixtureAdequacy({ ...uneven, standardErrors: errors(odd) })
        .reasons.join()
        .includes("follow one another");
    expect([alarm(100), alarm(1)]).toEqual([true, false]);
  });

  it("tells a fall of two fifths of the range, between the deepest pair", () => {
    expect(reasonsOf([0, 10, 5.9, 9])).toBe(
      "it falls by 4.10 between x = 1 and x = 2, and a mixture never falls",
    );
    expect(reasonsOf([0, 10, 6.1, 9])).toBe("");
    expect(reasonsOf([3, 10, 4, 12, 7.5, 11])).toContain("it falls by 6.00 between x = 1 and x = 2");
    expect(reasonsOf([3, 8, 4, 12, 7.5, 5])).toContain("it falls by 7.00 between x = 3 and x = 5");
  });

  it("tells a fall of a fifth that is two standard errors of the difference", () => {
    const fall = (by: number, error: number | readonly number[]) =>
      reasonsOf([0, 10, 10 - by, 9.5], error).includes(`falls by ${by.toFixed(2)}`);
    expect(fall(2.1, 0.7)).toBe(true);
    expect(fall(2.1, 0.8)).toBe(false);
    // √(0.5² + 0.9²) = 1.03, √(0.6² + 0.9²) = 1.08.
    expect(fall(2.1, [9, 0.5, 0.9, 9])).toBe(true);
    expect(fall(2.1, [9, 0.6, 0.9, 9])).toBe(false);
    expect(fall(2.1, [9, 0.9, 0.6, 9])).toBe(false);
    expect(fall(1.9, 0.1)).toBe(false);
  });

  it("tells acceleration by the slopes over the sixths of the range", () => {
    const accelerates = /it gains faster later/;
    expect(reasonsOf([0, 1, 4, 9, 16, 25, 36], 0.1)).toMatch(
      /it gains faster later \(11\.0 per unit of x after x = 5\) than earlier \(1\.00\): a sigmoid/,
    );
    // 7 is more than one and a half times 4, not 4.9; and what is fastest at first does not accelerate.
    expect(reasonsOf([0, 5, 9, 13, 17, 21, 28], 1e-3)).toMatch(accelerates);
    expect(reasonsOf([0, 5, 9.9, 14.8, 19.7, 24.6, 31.6], 1e-3)).toMatch(
      /^the best mixture misses(?!.*gains faster)/,
    );
    expect(reasonsOf([0, 10, 12, 11, 12, 11, 12], 1e-3)).toMatch(
      /^the best mixture misses(?!.*gains faster)/,
    );
    // A gain after a fall counts from 0.
    expect(reasonsOf([10, 9, 8, 8.1, 8.2, 8.3, 8.4], 1e-3)).toContain("(0.100 per unit of x after x = ");
    expect(reasonsOf([10, 9, 8, 8.1, 8.2, 8.3, 8.4], 1e-3)).toContain("than earlier (-1.00)");
    // Where points are far apart, sixths without a point of their own are left out.
    const sparse = mixtureAdequacy({
      x: [10, 11, 12, 13, 70],
      y: [0, 1, 2, 3, 180],
      standardErrors: [1, 1, 1, 1, 1],
    });
    expect(sparse.reasons.join()).toContain("(3.11 per unit of x after x = 13) than earlier (1.00)");
    // Enough errors to say nothing: not a word of acceleration.
    expect(reasonsOf([0, 1, 4, 9, 16, 25, 36], 100)).toBe("");
  });

  it("raises few false alarms where a mixture is the truth", () => {
    let alarms = 0;
    for (let replicate = 0; replicate < 200; replicate++) {
      const rng = stream(replicate, "test-adequacy");
      const x = Array.from({ length: 20 }, (_, j) => 1.4 ** j);
      const y = x.map(
        (value) => 50 - 9 * Math.exp(-value / 90) - 6 * Math.exp(-value / 4) + (rng.nextFloat() - 0.5),
      );
      if (!mixtureAdequacy({ x, y }).adequate) alarms++;
    }
    // Fitted residuals alternate, so alarms are rarer than 0.001: 4 in 200 would have a probability under 10⁻⁴.
    expect(alarms).toBeLessThan(4);
  });

  it("is silent on an exact fit and on a constant", () => {
    const x = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    expect(mixtureAdequacy({ x, y: x.map((value) => 5 - Math.exp(-value)) }).adequate).toBe(true);
    expect(mixtureAdequacy({ x, y: x.map(() => 3) }).adequate).toBe(true);
  });
});

describe("binomialStandardErrors", () => {
  it("is √(p(1 − p)/n), never zero, in the unit of y", () => {
    expect(binomialStandardErrors([50], 4609, 100)[0]).toBeCloseTo(0.7365, 4);
    expect(binomialStandardErrors([0.5], 4609, 1)[0]).toBeCloseTo(0.007365, 6);
    expect(binomialStandardErrors([0, 100], 100, 100).every((error) => error > 1)).toBe(true);
  });

  it("refuses what is no share", () => {
    expect(() => binomialStandardErrors([101], 10, 100)).toThrow("y[0]");
    expect(() => binomialStandardErrors([0.5], 0, 1)).toThrow("questions");
  });
});
