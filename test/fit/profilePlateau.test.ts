import { describe, expect, it } from "vitest";
import { fitMixture } from "../../src/fit/fitMixture.ts";
import { studentCoverage } from "../../src/fit/profile.ts";
import { profilePlateau } from "../../src/fit/profilePlateau.ts";
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

describe("a small profile", () => {
  const x = [1, 2, 4, 8, 16, 32];
  const rows = (count: number, error?: number) => ({
    x: x.slice(0, count),
    y: x.slice(0, count).map((value, i) => 60 - 20 * Math.exp(-value / 8) + (i % 2 ? 0.2 : -0.2)),
    standardErrors: error === undefined ? undefined : x.slice(0, count).map(() => error),
  });

  it.each([
    [0.9, 2.705543],
    [0.95, 3.841459],
  ])(
    "ends at the quantile of χ² above the least sum of squares where errors are known, level %d",
    (level, quantile) => {
      const data = rows(6, 0.3);
      const { lower, upper, sse, sseBound, estimate, identified } = profilePlateau(data, 1, level);
      expect(sseBound - sse).toBeCloseTo(quantile, 5);
      expect(sse).toBe(fitMixture(data, { terms: 1 }).sse);
      expect(identified).toBe(true);
      const at = (plateau: number) => fitMixture(data, { terms: 1, plateau }).sse;
      for (const end of [lower!, upper!]) {
        const outwards = end + 1e-4 * (end - estimate);
        expect(at(end)).toBeLessThanOrEqual(sseBound);
        expect(at(outwards)).toBeGreaterThan(sseBound);
      }
    },
  );

  it.each([
    [4, 1, 161.4476],
    [5, 2, 18.51282],
    [6, 3, 10.12796],
  ])(
    "ends at the tabulated quantile of F where errors are not known: %i points leave %i",
    (count, freedom, quantile) => {
      const { sse, sseBound } = profilePlateau(rows(count), 1, 0.95);
      expect((sseBound / sse - 1) * freedom).toBeCloseTo(quantile, 3);
    },
  );

  it("searches to ten ranges above the largest y, or to the ceiling", () => {
    const data = rows(6, 0.3);
    const [least, most] = [Math.min(...data.y), Math.max(...data.y)];
    expect(profilePlateau(data, 1, 0.9).searched).toBeCloseTo(most + 10 * (most - least), 10);
    const { upper, estimate } = profilePlateau(data, 1, 0.9);
    const cut = profilePlateau(data, 1, 0.9, (estimate + upper!) / 2);
    expect(cut).toMatchObject({ searched: (estimate + upper!) / 2, upper: null, identified: false });
    // A ceiling below the estimate is where the search starts.
    const low = profilePlateau(data, 1, 0.9, estimate - 0.01);
    expect(low.upper).toBeNull();
    expect(low.lower).toBeCloseTo(profilePlateau(data, 1, 0.9).lower!, 3);
  });

  it("is open above where errors hide the rise, and ends below the points where a constant does", () => {
    const data = rows(6, 30);
    const { lower, upper, identified, searched } = profilePlateau(data, 1, 0.9);
    expect([upper, identified]).toEqual([null, false]);
    const mean = data.y.reduce((sum, value) => sum + value / 6, 0);
    const about = data.y.reduce((sum, value) => sum + ((value - mean) / 30) ** 2, 0);
    const left = fitMixture(data, { terms: 1 }).sse + 2.705543 - about;
    expect(lower).toBeCloseTo(mean - 30 * Math.sqrt(left / 6), 5);
    expect(lower).toBeLessThan(Math.min(...data.y));
    // The range of y is less than the interval of a constant.
    expect(searched).toBeCloseTo(Math.max(...data.y) + 20 * 30 * Math.sqrt(2.705543 / 6), 4);
    expect(profilePlateau(rows(3, 0.3), 1, 0.9).sse).toBeLessThan(1e-9);
  });
});

describe("the profile of a constant", () => {
  const x = [1, 2, 3, 5, 8];
  const y = x.map(() => 10);

  it("ends below at the interval of its level, and is open above, where errors are known", () => {
    const constant = profilePlateau({ x, y, standardErrors: x.map(() => 0.1) }, 1, 0.95);
    // 5·(P − 10)²/0.1² = 3.841459.
    const half = 0.1 * Math.sqrt(3.841459 / 5);
    expect(constant.lower).toBeCloseTo(10 - half, 6);
    expect(constant.searched).toBeCloseTo(10 + 20 * half, 5);
    expect(constant).toMatchObject({ estimate: 10, upper: null, identified: false });
  });

  it("is the level, without noise of any kind", () => {
    expect(profilePlateau({ x, y }, 1, 0.95)).toMatchObject({ lower: 10, upper: null, estimate: 10 });
  });

  it("takes the interval on where it passes the lowest point", () => {
    const rows = { x: [1, 2, 4, 8], y: [10.2, 9.9, 10.1, 9.8], standardErrors: [1, 1, 1, 1] };
    for (const level of [0.5, 0.9, 0.999]) {
      const { lower, sseBound } = profilePlateau(rows, 1, level);
      expect(fitMixture(rows, { terms: 1, plateau: lower }).sse / sseBound).toBeCloseTo(1, 4);
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
      const covers = (plateau: number) => lower <= plateau && plateau <= (upper ?? Infinity);
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
