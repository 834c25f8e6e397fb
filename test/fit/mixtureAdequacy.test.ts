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
