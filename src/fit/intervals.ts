import { DomainError } from "../errors.ts";
import { upperTail } from "./normal.ts";

/** A number with a weight; weights sum to 1. */
export interface WeightedValue {
  readonly value: number;
  readonly weight: number;
}

/**
 * Mean and central interval of weighted numbers. Its ends are the first of them, from below and from above, with
 * (1 − level)/2 of the weight at or beyond them: turned round, the numbers have the interval turned round.
 *
 * @param level - probability of the interval; in (0, 1)
 */
export function centralInterval(
  values: readonly WeightedValue[],
  level: number,
): { readonly mean: number; readonly lower: number; readonly upper: number } {
  const sorted = values.toSorted((a, b) => a.value - b.value);
  const mean = sorted.reduce((sum, { value, weight }) => sum + weight * value, 0);
  const tail = (1 - level) / 2;
  return { mean, lower: firstReaching(sorted, tail), upper: firstReaching(sorted.toReversed(), tail) };
}

/** What the sum of thousands of weights is off by at most. */
const ROUNDING = 1e-12;

function firstReaching(ordered: readonly WeightedValue[], share: number): number {
  let at = 0;
  let sum = ordered[0]!.weight;
  while (sum < share - ROUNDING) sum += ordered[++at]!.weight;
  return ordered[at]!.value;
}

/**
 * Refuse a standard error of a further run that is none, or is missing where the data have standard errors.
 *
 * @param known - whether the data have standard errors
 */
export function requireRunError(
  standardError: number | undefined,
  known: boolean,
  argument = "standardError",
): void {
  if (standardError === undefined && known)
    throw new DomainError(argument, "nothing", "that of the run, as the data have standard errors");
  if (standardError !== undefined && !(standardError > 0 && standardError < Infinity))
    throw new DomainError(argument, standardError, "finite and > 0");
}

/** One normal of a mixture. */
export interface NormalPart {
  /** Weights of all parts sum to 1. */
  readonly weight: number;
  readonly centre: number;
  readonly spread: number;
}

/**
 * Central interval of a mixture of normals.
 *
 * @param level - probability of the interval; in (0, 1)
 * @returns ends to 10⁻⁹ of the interval's width
 */
export function normalMixtureInterval(
  parts: readonly NormalPart[],
  level: number,
): { readonly lower: number; readonly upper: number } {
  const above = (y: number) =>
    parts.reduce((sum, { weight, centre, spread }) => sum + weight * upperTail((y - centre) / spread), 0);
  // Beyond 40 standard deviations of every part there is nothing.
  const lowest = parts.reduce((least, { centre, spread }) => Math.min(least, centre - 40 * spread), Infinity);
  const highest = parts.reduce((most, { centre, spread }) => Math.max(most, centre + 40 * spread), -Infinity);
  const quantile = (tail: number) => {
    let [low, high] = [lowest, highest];
    for (let halving = 0; halving < 50; halving++) {
      const middle = (low + high) / 2;
      if (above(middle) > tail) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  };
  return { lower: quantile((1 + level) / 2), upper: quantile((1 - level) / 2) };
}
