import { DomainError } from "../errors.ts";
import type { CurvePoint } from "./results.ts";

/**
 * Deviation from a reference curve in percent, 100·(density/reference − 1).
 *
 * @returns a function of step and density; it throws {@link DomainError} at a step that the reference lacks
 */
export function relativeTo(reference: readonly CurvePoint[]): (step: number, density: number) => number {
  const byStep = new Map(reference.map(({ step, density }) => [step, density]));
  return (step, density) => {
    const expected = byStep.get(step);
    if (expected === undefined) throw new DomainError("step", step, "one of the steps of the exact curve");
    return 100 * (density / expected - 1);
  };
}

/** The vertical axis of such deviations. */
export const DEVIATION_AXIS = { scale: { nice: true }, axis: { title: "Deviation from exact (%)" } };
