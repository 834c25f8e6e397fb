import { explorationLimit } from "../theory/explorationLimit.ts";

/** Bounds of λ − 1 in the table, and its nodes. */
const [LEAST, MOST, LAMBDAS] = [0.05, 200, 25];

/** Bounds of ln s in the table, and its nodes: below, the kernel is under 10⁻⁵ and taken as ∝ s; above, it has ended. */
const [EARLIEST, LATEST, TIMES] = [Math.log(1e-8), Math.log(100), 185];

/** Range of λ that {@link explorationKernel} knows. */
export const KERNEL_LAMBDAS = { least: 1 + LEAST, most: 1 + MOST } as const;

const table: (Float64Array | undefined)[] = [];

/**
 * The growth of the exploration limit from 0 to 1, Acc_∞(s; λ)/C_λ [docs/theory.md §4], by cubic interpolation in ln s
 * and ln(λ − 1) of a table made once where it is needed: a fit asks for it ten thousand times.
 *
 * @param s - t/N; ≥ 0
 * @param lambda - in {@link KERNEL_LAMBDAS}
 * @returns within 10⁻⁴ of the limit (test/fit/laws.test.ts)
 */
export function explorationKernel(s: number, lambda: number): number {
  if (!(s > 0)) return 0;
  const time = Math.log(s);
  if (time >= LATEST) return 1;
  const place = (Math.log((lambda - 1) / LEAST) / Math.log(MOST / LEAST)) * (LAMBDAS - 1);
  const position = ((Math.max(time, EARLIEST) - EARLIEST) / (LATEST - EARLIEST)) * (TIMES - 1);
  const value = cubic(LAMBDAS, place, (node) => {
    const row = rowOf(node);
    return cubic(TIMES, position, (at) => row[at]!);
  });
  return Math.min(1, Math.max(0, time < EARLIEST ? value * Math.exp(time - EARLIEST) : value));
}

function rowOf(node: number): Float64Array {
  table[node] ??= (() => {
    const curve = explorationLimit(1 + LEAST * (MOST / LEAST) ** (node / (LAMBDAS - 1)));
    const whole = curve.density(Infinity);
    return Float64Array.from(
      { length: TIMES },
      (_, i) => curve.density(Math.exp(EARLIEST + ((LATEST - EARLIEST) * i) / (TIMES - 1))) / whole,
    );
  })();
  return table[node];
}

/** Lagrange's cubic through the four nodes about a position. */
function cubic(nodes: number, position: number, value: (node: number) => number): number {
  const first = Math.min(nodes - 4, Math.max(0, Math.floor(position) - 1));
  const u = position - first;
  return (
    (-value(first) * (u - 1) * (u - 2) * (u - 3)) / 6 +
    (value(first + 1) * u * (u - 2) * (u - 3)) / 2 -
    (value(first + 2) * u * (u - 1) * (u - 3)) / 2 +
    (value(first + 3) * u * (u - 1) * (u - 2)) / 6
  );
}
