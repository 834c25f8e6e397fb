import { describe, expect, it } from "vitest";
import { explorationKernel, KERNEL_LAMBDAS } from "../../src/fit/explorationKernel.ts";
import { explorationLimit } from "../../src/theory/explorationLimit.ts";

const exact = (lambda: number) => {
  const curve = explorationLimit(lambda);
  const whole = curve.density(Infinity);
  return (s: number) => curve.density(s) / whole;
};

describe("explorationKernel", () => {
  it("is the limit itself at the nodes of the table, first and last among them", () => {
    expect(KERNEL_LAMBDAS).toEqual({ least: 1.05, most: 201 });
    for (const node of [0, 1, 12, 23, 24]) {
      const lambda = 1 + 0.05 * 4000 ** (node / 24);
      const limit = exact(lambda);
      for (const at of [0, 1, 90, 140, 183]) {
        const s = 1e-8 * 1e10 ** (at / 184);
        // Logarithms lose some 10⁻¹⁵ of a place in the table, and curves rise by less than 0.1 a node.
        expect(Math.abs(explorationKernel(lambda)(s) - limit(s))).toBeLessThan(1e-13);
      }
    }
  });

  it("is within 10⁻⁴ of the limit between the nodes", () => {
    for (const lambda of [1.06, 1.37, 2, 3.3, 17, 190]) {
      const limit = exact(lambda);
      for (let time = -18; time < 4.6; time += 0.31) {
        const s = Math.exp(time);
        expect(Math.abs(explorationKernel(lambda)(s) - limit(s))).toBeLessThan(1e-4);
      }
    }
  });

  it("is proportional to s before the table, and has ended after it", () => {
    const first = explorationKernel(3)(1e-8);
    expect(first).toBeGreaterThan(0);
    for (const share of [0.5, 0.1, 1e-3, 1e-12]) {
      // A cubic spline with knots h apart is off an exponential by up to 5/384·h⁴ of it: 3·10⁻⁶ for h = 1/8.
      expect(Math.abs(explorationKernel(3)(share * 1e-8) / (share * first) - 1)).toBeLessThan(4e-6);
    }
    expect([0, -1, Number.NaN].map((s) => explorationKernel(3)(s))).toEqual([0, 0, 0]);
    expect([100, 1e6, Infinity].map((s) => explorationKernel(3)(s))).toEqual([1, 1, 1]);
    expect(explorationKernel(3)(99)).toBeLessThanOrEqual(1);
  });

  it("stays between 0 and 1 and never falls", () => {
    for (const lambda of [1.05, 1.2, 4.4, 201]) {
      let before = 0;
      for (let time = -20; time < 5; time += 0.013) {
        const value = explorationKernel(lambda)(Math.exp(time));
        // Cubics through a rising table may wave by what they are good to.
        expect(value).toBeGreaterThan(before - 1e-6);
        expect(value).toBeLessThanOrEqual(1);
        before = value;
      }
    }
  });
});
