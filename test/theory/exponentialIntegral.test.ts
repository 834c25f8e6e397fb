import { describe, expect, it } from "vitest";
import {
  entireExponentialIntegral,
  exponentialIntegral,
  exponentialIntegralAtExp,
} from "../../src/theory/exponentialIntegral.ts";
import { gaussLegendre } from "../../src/theory/gaussLegendre.ts";
import { big, relativeError } from "./bigNumber.ts";

/** −γ − ln x + Σ (−1)^{n+1}xⁿ/(n·n!) at 64 digits, of which e^{2x} are lost. */
function exactE1(x: number) {
  const gamma = big(1)
    .div(10 ** 15)
    .times(577215664901532)
    .plus(
      big(1)
        .div(10 ** 15)
        .div(10 ** 15)
        .times(860606512090082),
    );
  let sum = gamma.plus(big(x).ln()).neg();
  let power = big(-1);
  for (let n = 1; n < 400; n++) {
    power = power.times(big(x)).div(n).neg();
    sum = sum.plus(power.div(n));
  }
  return sum;
}

describe("exponential integrals", () => {
  // γ is given to 30 digits, which leaves 30 − 2x/ln 10 − x/ln 10 of the result.
  it.each([1e-9, 0.1, 1, 1.999, 2, 2.001, 3, 5])("E1 agrees with 64 digits at x = %f", (x) => {
    expect(relativeError(exponentialIntegral(x), exactE1(x))).toBeLessThan(2 ** -49);
  });

  it("E1 is bounded by e^-x ln(1 + 1/x) beyond", () => {
    for (const x of [10, 30, 100, 500]) {
      expect(exponentialIntegral(x)).toBeLessThan(Math.exp(-x) * Math.log1p(1 / x));
      expect(exponentialIntegral(x)).toBeGreaterThan((Math.exp(-x) * Math.log1p(2 / x)) / 2);
    }
  });

  it("Ein is the integral of (1 - e^-t)/t", () => {
    const { nodes, weights } = gaussLegendre(0, 1.7, 14);
    const integral = weights.reduce(
      (sum, weight, i) => sum + (weight * -Math.expm1(-nodes[i]!)) / nodes[i]!,
      0,
    );
    expect(entireExponentialIntegral(1.7)).toBeCloseTo(integral, 14);
  });

  it("takes a logarithm where the argument underflows", () => {
    expect(exponentialIntegralAtExp(Math.log(0.3))).toBeCloseTo(exponentialIntegral(0.3), 14);
    expect(exponentialIntegralAtExp(-5000)).toBeCloseTo(5000 - 0.5772156649015329, 11);
  });
});

describe("Gauss-Legendre quadrature", () => {
  it("is exact for polynomials of degree 2n - 1, and not one higher", () => {
    for (const order of [1, 2, 5, 12]) {
      const error = (degree: number) => {
        const { nodes, weights } = gaussLegendre(-1, 1, order);
        const exact = degree % 2 === 0 ? 2 / (degree + 1) : 0;
        return Math.abs(weights.reduce((sum, weight, i) => sum + weight * nodes[i]! ** degree, 0) - exact);
      };
      for (let degree = 0; degree < 2 * order; degree++) expect(error(degree)).toBeLessThan(1e-14);
      expect(error(2 * order)).toBeGreaterThan(1e-8);
    }
  });

  it("splits into panels", () => {
    const { nodes, weights } = gaussLegendre(1, 4, 3, 5);
    expect(nodes.length).toBe(15);
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(3, 14);
    expect(weights.reduce((sum, weight, i) => sum + weight * nodes[i]! ** 5, 0)).toBeCloseTo(
      (4 ** 6 - 1) / 6,
      11,
    );
  });
});
