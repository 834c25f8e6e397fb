import { all, bignumber, create } from "mathjs";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/errors.ts";
import { sampleBinomial } from "../../src/random/binomial.ts";
import { sampleHypergeometric } from "../../src/random/hypergeometric.ts";
import { sampleNewlyOccupied } from "../../src/random/occupancy.ts";
import { type Rng, stream } from "../../src/random/stream.ts";
import { ALPHA } from "../support/bounds.ts";

const math = create(all!, { number: "BigNumber", precision: 64 });
const DRAWS = 20_000;

/** Largest distance between the distribution function of a sample and that of a mass function. */
function distance(draw: (rng: Rng) => number, mass: (k: number) => number, top: number): number {
  const rng = stream(1, "test");
  const counts = new Float64Array(top + 1);
  for (let i = 0; i < DRAWS; i++) counts[draw(rng)]!++;
  let sampled = 0;
  let exact = 0;
  let largest = 0;
  for (let k = 0; k <= top; k++) {
    sampled += counts[k]! / DRAWS;
    exact += mass(k);
    largest = Math.max(largest, Math.abs(sampled - exact));
  }
  expect(exact).toBeCloseTo(1, 9);
  return largest;
}

/** Dvoretzky, Kiefer, Wolfowitz and Massart: P[distance > radius] ≤ 2·exp(−2n·radius²). */
const RADIUS = Math.sqrt(Math.log(2 / ALPHA) / (2 * DRAWS));

function choose(n: number, k: number) {
  return math.combinations(bignumber(n), bignumber(k));
}

function hypergeometricMass(items: number, marked: number, draws: number): (k: number) => number {
  return (k) => {
    if (k > marked || draws - k > items - marked) return 0;
    return Number(
      math.divide(math.multiply(choose(marked, k), choose(items - marked, draws - k)), choose(items, draws)),
    );
  };
}

/** Newly occupied cells, by the recursion over single balls. */
function occupancyMass(cells: number, empty: number, balls: number): (k: number) => number {
  let mass = [1, ...new Array<number>(empty).fill(0)];
  for (let ball = 0; ball < balls; ball++) {
    mass = mass.map((stay, k) => {
      const hit = (k: number) => (empty - k) / cells;
      return stay * (1 - hit(k)) + (k > 0 ? mass[k - 1]! * hit(k - 1) : 0);
    });
  }
  return (k) => mass[k]!;
}

describe("hypergeometric draws", () => {
  it.each([
    [10, 4, 3],
    [60, 55, 50],
    [400, 150, 120],
    [2000, 20, 1000],
  ])("have the exact law, %d items, %d marked, %d draws", (items, marked, draws) => {
    const draw = (rng: Rng) => sampleHypergeometric(rng, items, marked, draws);
    const top = Math.min(marked, draws);
    expect(distance(draw, hypergeometricMass(items, marked, draws), top)).toBeLessThan(RADIUS);
    // Negative control: with replacement the law is another.
    const wrong = (rng: Rng) => Math.min(top, sampleBinomial(rng, draws, marked / items));
    expect(distance(wrong, hypergeometricMass(items, marked, draws), top)).toBeGreaterThan(RADIUS);
  });

  it("take all or nothing where there is no choice", () => {
    const rng = stream(1, "test");
    expect(sampleHypergeometric(rng, 10, 10, 4)).toBe(4);
    expect(sampleHypergeometric(rng, 10, 3, 10)).toBe(3);
    expect(sampleHypergeometric(rng, 0, 0, 0)).toBe(0);
    expect(() => sampleHypergeometric(rng, 3, 4, 1)).toThrow(DomainError);
  });
});

describe("numbers of newly occupied cells", () => {
  it.each([
    [20, 20, 15],
    [50, 12, 100],
    [300, 300, 260],
    [900, 400, 3000],
  ])("have the exact law, %d cells, %d empty, %d balls", (cells, empty, balls) => {
    const draw = (rng: Rng) => sampleNewlyOccupied(rng, cells, empty, balls);
    expect(distance(draw, occupancyMass(cells, empty, balls), empty)).toBeLessThan(RADIUS);
    // Negative control: a tenth more balls is noticed.
    const wrong = (rng: Rng) => sampleNewlyOccupied(rng, cells, empty, Math.ceil(1.1 * balls));
    expect(distance(wrong, occupancyMass(cells, empty, balls), empty)).toBeGreaterThan(RADIUS);
  });

  it("fill everything in the end", () => {
    expect(sampleNewlyOccupied(stream(1, "test"), 2, 2, Number.MAX_SAFE_INTEGER)).toBe(2);
  });
});
