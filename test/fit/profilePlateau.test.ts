import { describe, expect, it } from "vitest";
import { fitMixture } from "../../src/fit/fitMixture.ts";
import { profilePlateau, studentCoverage } from "../../src/fit/profilePlateau.ts";
import { stream } from "../../src/random/stream.ts";
import { ENTIGRAPH, REPHRASE } from "./fixtures/quality.ts";

describe("studentCoverage", () => {
  it("has the tabulated quantiles", () => {
    // Two-sided 95 % quantiles of Student's distribution, any table.
    for (const [freedom, t] of [
      [1, 12.7062],
      [2, 4.30265],
      [5, 2.57058],
      [10, 2.22814],
      [29, 2.04523],
    ] as const) {
      expect(studentCoverage(t, freedom)).toBeCloseTo(0.95, 6);
    }
  });
});

describe("profilePlateau", () => {
  it("ends where the sum of squares reaches the F bound, and nowhere else", () => {
    const { lower, upper, estimate, identified } = profilePlateau(REPHRASE, 2, 0.95);
    expect(identified).toBe(true);
    expect(lower!).toBeLessThan(estimate);
    expect(upper!).toBeGreaterThan(estimate);
    const { sse } = fitMixture(REPHRASE, { terms: 2 });
    const bound = sse * (1 + 2.13145 ** 2 / 15);
    for (const end of [lower!, upper!]) {
      expect(fitMixture(REPHRASE, { terms: 2, plateau: end }).sse / bound).toBeCloseTo(1, 4);
    }
    const inside = (estimate + upper!) / 2;
    expect(fitMixture(REPHRASE, { terms: 2, plateau: inside }).sse).toBeLessThan(bound);
  });

  it("is open above for the paper's first series: 64.5456 is not known to four decimals, nor to two digits", () => {
    const { lower, upper, identified } = profilePlateau(ENTIGRAPH, 3, 0.95, 100);
    expect(upper).toBeNull();
    expect(identified).toBe(false);
    expect(lower!).toBeGreaterThan(56.5);
    expect(lower!).toBeLessThan(60);
  });

  it("covers the truth as often as it says", () => {
    let [covered, wrong] = [0, 0];
    for (let replicate = 0; replicate < 30; replicate++) {
      const rng = stream(replicate, "test-profile");
      const normal = () =>
        Math.sqrt(-2 * Math.log1p(-rng.nextFloat())) * Math.cos(2 * Math.PI * rng.nextFloat());
      const x = [1, 2, 4, 8, 16, 32, 64, 128];
      const y = x.map((value) => 60 - 20 * Math.exp(-value / 20) + 0.5 * normal());
      const { lower, upper } = profilePlateau({ x, y, standardErrors: x.map(() => 0.5) }, 1, 0.9);
      const covers = (plateau: number) => (lower ?? -Infinity) <= plateau && plateau <= (upper ?? Infinity);
      if (covers(60)) covered++;
      if (covers(62)) wrong++;
    }
    // Binomial(30, 0.9): 18 or fewer have a probability of 10⁻⁵.
    expect(covered).toBeGreaterThan(18);
    // Negative control: a plateau four standard errors off must not be covered like that.
    expect(wrong).toBeLessThan(18);
  });

  it("refuses a level outside (0, 1) and a fit without a degree of freedom", () => {
    expect(() => profilePlateau(REPHRASE, 1, 1)).toThrow("level");
    expect(() => profilePlateau({ x: [1, 2, 3], y: [1, 2, 2.5] }, 1, 0.9)).toThrow("terms");
  });
});
