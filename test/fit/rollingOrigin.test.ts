import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stackWeights } from "../../src/fit/rollingOrigin.ts";

const product = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, i) => sum + value * b[i]!, 0);
const length = (a: readonly number[]) => Math.sqrt(product(a, a));

/** The least |Σ w_i errors_i|² on w ≥ 0, Σ w = 1: nowhere does moving weight to another law help (Karush, Kuhn and Tucker). */
function expectBest(weights: readonly number[], errors: readonly (readonly number[])[]): void {
  expect(Math.min(...weights)).toBeGreaterThanOrEqual(0);
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
  const stacked = errors[0]!.map((_, j) =>
    errors.reduce((sum, column, i) => sum + weights[i]! * column[j]!, 0),
  );
  errors.forEach((column, i) => {
    // Solutions by QR leave some 10⁻¹⁵ of the columns' lengths; weight is for those columns alone that do not hurt.
    const rounding = 1e-11 * length(column) * length(stacked) + 1e-300;
    const gain = product(stacked, stacked) - product(stacked, column);
    expect(gain).toBeLessThanOrEqual(rounding);
    if (weights[i]! > 1e-9) expect(gain).toBeGreaterThanOrEqual(-rounding);
  });
}

const ones = Array.from({ length: 12 }, () => 1);
const column = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 12, maxLength: 12 });
const sized = fc.record({ column, size: fc.integer({ min: -8, max: 8 }) });

describe("stackWeights", () => {
  it("are the best of all, however far the laws' errors are apart in size", () => {
    fc.assert(
      fc.property(fc.array(sized, { minLength: 1, maxLength: 5 }), (laws) => {
        const errors = laws.map(({ column: shape, size }) =>
          shape.map((value) => (value + 0.01) * 10 ** size),
        );
        expectBest(stackWeights(errors, ones), errors);
      }),
    );
  });

  it.each([1, 1e3, 1e4, 1e6, 1e12])("are the same beside a law that fails %d-fold", (factor) => {
    const a = [0.5, -0.3, 0.2, 0.4, -0.1];
    const b = [-0.02, 0.03, -0.05, 0.01, 0.04];
    const failing = [0.4, 0.7, 0.5, 0.9, 0.3].map((value) => factor * value);
    // The third law only adds to what the two leave.
    const apart = a.map((value, i) => value - b[i]!);
    const best = -product(apart, b) / product(apart, apart);
    const weights = stackWeights([a, null, failing, b], ones);
    expect(weights).toEqual([expect.closeTo(best, 12), 0, 0, expect.closeTo(1 - best, 12)]);
  });

  it("go to a law without errors", () => {
    expect(stackWeights([[1, 1], [0, 0], null], ones)).toEqual([0, 1, 0]);
    expect(stackWeights([[0, 0]], ones)).toEqual([1]);
    expect(stackWeights([null, null], [])).toEqual([0.5, 0.5]);
  });

  it("count an error as often as its weight says", () => {
    const [a, b] = [
      [1, -0.5, 2],
      [-0.3, 0.4, -1.5],
    ];
    const rows = (errors: readonly number[]) => [
      errors[0]!,
      errors[0]!,
      errors[0]!,
      errors[1]!,
      errors[2]!,
      errors[2]!,
    ];
    const [share, rest] = stackWeights([a!, b!], [3, 1, 2]);
    expect([share, rest]).toEqual(
      stackWeights([rows(a!), rows(b!)], ones).map((value) => expect.closeTo(value, 12) as number),
    );
    expect(share).not.toBeCloseTo(stackWeights([a!, b!], ones)[0]!, 2);
  });
});
