import { describe, expect, it } from "vitest";
import { modelNumbers, requireSupercritical, supercriticalModel } from "../../src/theory/randomGraphModel.ts";

describe("the random graph model", () => {
  it("is completed from λ and from p", () => {
    const numbers = { entities: 8, pairs: 56, lambda: 2, linkProbability: 0.25 };
    expect(modelNumbers({ entities: 8, lambda: 2 })).toEqual(numbers);
    expect(modelNumbers({ entities: 8, linkProbability: 0.25 })).toEqual(numbers);
    expect(supercriticalModel({ entities: 8, lambda: 2 })).toEqual(numbers);
  });

  it("may have no link and all links", () => {
    expect(modelNumbers({ entities: 8, lambda: 0 }).linkProbability).toBe(0);
    expect(modelNumbers({ entities: 8, linkProbability: 0 }).lambda).toBe(0);
    expect(modelNumbers({ entities: 8, lambda: 8 }).linkProbability).toBe(1);
    expect(modelNumbers({ entities: 8, linkProbability: 1 }).lambda).toBe(8);
  });

  it("refuses what is no model", () => {
    for (const lambda of [-1e-300, 8.000001, Infinity, NaN]) {
      expect(() => modelNumbers({ entities: 8, lambda })).toThrow(/^lambda must be from 0 to the number of/);
    }
    for (const linkProbability of [-1e-300, 1.000001, NaN]) {
      expect(() => modelNumbers({ entities: 8, linkProbability })).toThrow(/^linkProbability must be/);
    }
    for (const entities of [1, 2.5, 94_906_267]) {
      expect(() => modelNumbers({ entities, lambda: 1 })).toThrow(/^entities must be an integer from 2 to/);
    }
    // V(V − 1) is the largest below 2⁵³.
    expect(modelNumbers({ entities: 94_906_266, lambda: 1 }).pairs).toBe(94_906_266 * 94_906_265);
    expect(94_906_266 * 94_906_265).toBeLessThan(2 ** 53);
    expect(94_906_267 * 94_906_266).toBeGreaterThan(2 ** 53);
  });

  it("asks for λ above 1 where there must be a giant component", () => {
    for (const lambda of [1, 0, NaN, Infinity]) {
      expect(() => requireSupercritical(lambda)).toThrow(/^lambda must be finite and > 1/);
    }
    expect(() => supercriticalModel({ entities: 8, lambda: 1 })).toThrow(/^lambda must be finite and > 1/);
    expect(() => requireSupercritical(1 + 2 ** -52)).not.toThrow();
  });
});
