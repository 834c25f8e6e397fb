import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  descendantLosses,
  independentLosses,
  type LevelLosses,
  pairedLosses,
} from "../../src/theory/subtreeLosses.ts";

/** E[1 − e^{−s·size}] of vertex 0 of each level, over all equally likely choices of parents. */
function enumeratedLosses(levels: readonly number[], s: number): number[] {
  let forests: number[][][] = [[[]]];
  for (let d = 1; d < levels.length; d++) {
    let parents: number[][] = [[]];
    for (let i = 0; i < levels[d]!; i++) {
      parents = parents.flatMap((chosen) => Array.from({ length: levels[d - 1]! }, (_, u) => [...chosen, u]));
    }
    forests = forests.flatMap((forest) => parents.map((chosen) => [...forest, chosen]));
  }
  return levels.map((_, d) => {
    const losses = forests.map((forest) => {
      let members = new Set([0]);
      let size = 1;
      for (let e = d + 1; e < levels.length; e++) {
        const kept = members;
        members = new Set(forest[e]!.flatMap((u, i) => (kept.has(u) ? [i] : [])));
        size += members.size;
      }
      return -Math.expm1(-s * size);
    });
    return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  });
}

const levelLists = fc
  .array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 7 })
  .map((tail) => [1, ...tail]);

describe("losses of subtrees", () => {
  it.each([[[1, 2, 3, 2]], [[1, 3, 2, 2]], [[1, 1, 4, 1, 2]], [[1, 2, 2, 3]]])(
    "are exact over all parents for levels %j",
    (levels) => {
      for (const s of [1e-3, 0.4, 5]) {
        const { values } = descendantLosses(levels, s);
        enumeratedLosses(levels, s).forEach((exact, d) => {
          if (d > 0) expect(Math.abs(values[d]! / exact - 1)).toBeLessThan(1e-13);
        });
      }
    },
  );

  it("are approximated where a level holds several subtrees", () => {
    const levels = [1, 2, 3, 2];
    const [independent, exact] = [independentLosses(levels, 0.4), enumeratedLosses(levels, 0.4)];
    expect(independent.values[3]).toBeCloseTo(exact[3]!, 14);
    expect(independent.values[2]).toBeCloseTo(exact[2]!, 14);
    expect(Math.abs(independent.values[1]! / exact[1]! - 1)).toBeGreaterThan(1e-3);
    expect(Math.abs(independent.values[1]! / exact[1]! - 1)).toBeLessThan(0.02);
  });

  it("are exact, dependent in pairs, where a level has one or two vertices or the next is the last", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 40 }),
        fc.double({ min: 1e-6, max: 5, noNaN: true }),
        (few, last, s) => {
          const levels = [1, ...few, last];
          const [paired, exact] = [pairedLosses(levels, s), descendantLosses(levels, s)];
          // The last level but one has no dependence below it: its law is exact, and a level of one is deterministic.
          const d = levels.length - 2;
          expect(Math.abs(paired.values[d]! / exact.values[d]! - 1)).toBeLessThan(1e-12);
        },
      ),
      { numRuns: 100 },
    );
    const chain = [1, 1, 1, 1, 5];
    pairedLosses(chain, 0.3).values.forEach((value, d) => {
      if (d > 0) expect(value).toBeCloseTo(descendantLosses(chain, 0.3).values[d]!, 14);
    });
  });

  it("have the second moment of the size, dependent in pairs: s² is right, where independence errs", () => {
    // 1 − E e^{−sX} = sE[X] − s²E[X²]/2 + O(s³): the second difference at small s is E[X²].
    const second = (losses: LevelLosses, levels: readonly number[], d: number) => {
      const s = 1e-3;
      const [one, two] = [losses(levels, s).values[d]!, losses(levels, 2 * s).values[d]!];
      return (2 * one - two) / (s * s);
    };
    const levels = [1, 3, 4, 5, 3, 4];
    for (const d of [1, 2, 3]) {
      const exact = second(descendantLosses, levels, d);
      // The members below are at most 19: O(s³) is below s·19³/second = 7 a part in a thousand of a difference.
      expect(Math.abs(second(pairedLosses, levels, d) / exact - 1)).toBeLessThan(0.002);
      expect(Math.abs(second(independentLosses, levels, d) / exact - 1)).toBeGreaterThan(0.01);
    }
  });

  it("agree on their mean size, which independence does not touch", () => {
    fc.assert(
      fc.property(levelLists, (levels) => {
        const s = 1e-9;
        const laws = [independentLosses, pairedLosses, descendantLosses].map((losses) => losses(levels, s));
        for (let d = 1; d < levels.length; d++) {
          // The mean size of a subtree is (members from d on)/L_d; s²E[size²]/2 stays below s·(280/2)·mean.
          const mean = levels.slice(d).reduce((sum, size) => sum + size, 0) / levels[d]!;
          for (const { values, slopes } of laws) {
            expect(Math.abs(values[d]! / (s * mean) - 1)).toBeLessThan(2e-7);
            expect(Math.abs(slopes[d]! / mean - 1)).toBeLessThan(4e-7);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it("lie between those of a single vertex and of the mean size", () => {
    const bounds = fc.double({ min: 0.001, max: 3, noNaN: true });
    fc.assert(
      fc.property(levelLists, bounds, (levels, s) => {
        const { values } = descendantLosses(levels, s);
        for (let d = 1; d < levels.length; d++) {
          const mean = levels.slice(d).reduce((sum, size) => sum + size, 0) / levels[d]!;
          // Jensen: 1 − e^{−sx} is concave; and a subtree has at least one member.
          expect(values[d]!).toBeLessThanOrEqual(-Math.expm1(-s * mean) * (1 + 1e-12));
          expect(values[d]!).toBeGreaterThanOrEqual(-Math.expm1(-s) * (1 - 1e-12));
        }
      }),
      { numRuns: 100 },
    );
  });

  it("have the slopes of their values, and end well at s = 0 and infinity", () => {
    // A single vertex between levels has the share 1 at s = ∞, where 0·∞ lurks.
    const levels = [1, 3, 7, 1, 5, 1];
    for (const losses of [independentLosses, pairedLosses, descendantLosses]) {
      const [s, h] = [0.2, 1e-5];
      const [low, mid, high] = [s - h, s, s + h].map((at) => losses(levels, at));
      for (let d = 1; d < levels.length; d++) {
        expect((high!.values[d]! - low!.values[d]!) / (2 * h)).toBeCloseTo(mid!.slopes[d]!, 7);
        expect(losses(levels, 0).values[d]).toBe(0);
        expect(losses(levels, Infinity).values[d]).toBe(1);
        expect(losses(levels, Infinity).slopes[d]).toBe(0);
      }
    }
  });

  it("do not underflow for 500 trials at a half", () => {
    const { values } = descendantLosses([1, 2, 495], 1e-4);
    // Two subtrees that share 495: size 1 + Binomial(495, 1/2), for which E e^{−sX} is known.
    const exact = -Math.expm1(-1e-4 + 495 * Math.log1p(Math.expm1(-1e-4) / 2));
    expect(Math.abs(values[1]! / exact - 1)).toBeLessThan(1e-12);
  });
});
