import { describe, expect, it } from "vitest";
import { informationCriterion } from "../../src/fit/informationCriterion.ts";

describe("informationCriterion", () => {
  it("counts σ as a parameter where it is not known", () => {
    // n·ln(SSE/n) + 2q + 2q(q + 1)/(n − q − 1) by hand: n = 10, q = 4, SSE = 10e.
    expect(informationCriterion({ rows: 10, known: false }, 10 * Math.E, 3)).toBeCloseTo(10 + 8 + 40 / 5, 12);
  });

  it("is the whitened sum of squares and twice the parameters where standard errors are known", () => {
    expect(informationCriterion({ rows: 3, known: true }, 7, 3)).toBe(13);
    expect(informationCriterion({ rows: 3, known: true }, 0, 3)).toBe(6);
  });

  it("is null where rows are too few for the correction, and for an exact fit", () => {
    // q + 2 = 6 rows are the fewest.
    expect(informationCriterion({ rows: 5, known: false }, 1, 3)).toBeNull();
    expect(informationCriterion({ rows: 6, known: false }, 6, 3)).toBe(8 + 40);
    expect(informationCriterion({ rows: 10, known: false }, 0, 3)).toBeNull();
  });
});
