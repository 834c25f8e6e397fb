import { requireInteger } from "../errors.ts";
import { sampleBinomial } from "./binomial.ts";
import type { Rng } from "./stream.ts";

/**
 * How many more cells are occupied after `balls` further balls, each in a uniform cell of `cells`, of which `empty`
 * were empty before: the number of new pairs in a stretch of uniform draws with replacement.
 *
 * Exact and O(√balls) at most: of slightly fewer than the balls that meet empty cells the numbers of cells with k
 * balls are multinomial, as if the number of balls were Poisson; the balls that are missing then are thrown singly.
 *
 * @param empty - integer in [0, cells]
 * @param balls - integer in [0, 2⁵³ − 1]
 */
export function sampleNewlyOccupied(rng: Rng, cells: number, empty: number, balls: number): number {
  requireInteger("cells", cells, 1, Number.MAX_SAFE_INTEGER);
  requireInteger("empty", empty, 0, cells);
  requireInteger("balls", balls, 0, Number.MAX_SAFE_INTEGER);
  const hits = sampleBinomial(rng, balls, empty / cells);
  const poisson = hits > 200 ? poissonOccupied(rng, empty, hits) : { occupied: 0, thrown: 0 };
  let occupied = poisson.occupied;
  for (let ball = poisson.thrown; ball < hits; ball++) {
    if (rng.nextFloat() * empty >= occupied) occupied++;
  }
  return occupied;
}

/** Occupied cells and balls thrown, given that these are no more than `hits`: the Poisson mean is 6σ below it. */
function poissonOccupied(rng: Rng, cells: number, hits: number): { occupied: number; thrown: number } {
  const mean = (hits - 6 * Math.sqrt(hits)) / cells;
  // A cell stays empty with probability e^-700 at most, which no double can tell from never.
  if (mean > 700) return { occupied: cells, thrown: hits };
  for (;;) {
    let left = cells;
    let thrown = 0;
    let mass = Math.exp(-mean);
    let tail = 1;
    let empty = 0;
    for (let k = 0; left > 0; k++) {
      // Given that a cell has k balls or more, it has k with probability mass / tail.
      const cellsWithK = sampleBinomial(rng, left, Math.min(1, mass / Math.max(tail, mass)));
      if (k === 0) empty = cellsWithK;
      thrown += k * cellsWithK;
      left -= cellsWithK;
      tail -= mass;
      mass *= mean / (k + 1);
      if (tail < 1e-9) tail = poissonTail(mass, mean, k + 1);
    }
    if (thrown <= hits) return { occupied: cells - empty, thrown };
  }
}

/** P[Poisson ≥ k] from P[Poisson = k], where subtracting from 1 has lost its digits. */
function poissonTail(mass: number, mean: number, k: number): number {
  let sum = mass;
  for (let term = mass, j = k + 1; term > sum * 1e-17; j++) {
    term *= mean / j;
    sum += term;
  }
  return sum;
}
