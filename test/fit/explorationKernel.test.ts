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

  describe("with spread time scales", () => {
    const lambda = 1 + 0.05 * 4000 ** (12 / 24);
    const limit = exact(lambda);
    /** Trapezoids of a twentieth of the deviation over 7 deviations: e^{−2π²·400} of error, and 10⁻¹¹ left out. */
    const mean = (s: number, spread: number) => {
      let [sum, total] = [0, 0];
      for (let i = -140; i <= 140; i++) {
        const weight = Math.exp(-0.5 * (i / 20) ** 2);
        sum += weight * limit(s * Math.exp((spread * i) / 20));
        total += weight;
      }
      return sum / total;
    };
    const early = 1e-8 * 1e10 ** (60 / 184);
    const middle = 1e-8 * 1e10 ** (135 / 184);
    const late = 1e-8 * 1e10 ** (170 / 184);

    it.each([1, 2, 3, 7, 23, 24])("is the mean at node %i of the table, but for 4.8 deviations", (node) => {
      const spread = (4 * node) / 24;
      for (const s of [early, middle, late]) {
        // Beyond 4.8 standard deviations a normal has 1.6·10⁻⁶ of its mass.
        expect(Math.abs(explorationKernel(lambda, spread)(s) - mean(s, spread))).toBeLessThan(1.6e-6);
      }
    });

    it.each([0.05, 0.3, 1.1, 2.45, 3.95])("is within 10⁻⁴ of the mean for a spread of %d", (spread) => {
      for (const s of [early, middle, late])
        expect(Math.abs(explorationKernel(lambda, spread)(s) - mean(s, spread))).toBeLessThan(1e-4);
    });

    it("has not ended where a single time scale has", () => {
      const kernel = explorationKernel(lambda, 2);
      for (const s of [100, 1000]) {
        expect(Math.abs(kernel(s) - mean(s, 2))).toBeLessThan(1e-4);
        expect(kernel(s)).toBeLessThan(1);
      }
      expect(kernel(100 * Math.exp(4.8 * 2))).toBe(1);
    });
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
