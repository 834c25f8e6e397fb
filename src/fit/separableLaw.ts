import { informationCriterion } from "./informationCriterion.ts";
import type { Sample } from "./observations.ts";

/** A shape parameter of a law: searched on [least, most], on a logarithmic scale. */
export interface ShapeParameter {
  readonly name: string;
  readonly least: number;
  readonly most: number;
}

/** A law y = level + gain·shape(x; parameters) with gain ≥ 0 and a shape that never falls. */
export interface SeparableLaw {
  readonly name: string;
  /** Shape parameters with their bounds for a sample; at most two. */
  readonly parameters: (sample: Sample) => readonly ShapeParameter[];
  readonly shape: (x: number, parameters: readonly number[]) => number;
}

/** A law with its least-squares parameters. */
export interface FittedLaw {
  readonly law: string;
  /** Every parameter by name. */
  readonly parameters: Readonly<Record<string, number>>;
  /** Number of free parameters, σ not counted. */
  readonly count: number;
  readonly sse: number;
  readonly aicc: number | null;
  /** Value of the fitted curve; x > 0 for the laws that have ln x or a power of it. */
  readonly predict: (x: number) => number;
}

/** Nodes of the grid in each shape parameter. */
const NODES = 18;

/**
 * Fit a separable law by least squares over the whole box of its shape parameters: level and gain are solved for
 * exactly, the shape parameters by a grid and a pattern search from its best nodes. No start values.
 *
 * @remarks A search over at most two bounded parameters: about 18² + 500 evaluations of the shape at every point.
 */
export function fitSeparableLaw(law: SeparableLaw, sample: Sample): FittedLaw {
  const box = law.parameters(sample);
  const low = box.map(({ least }) => Math.log(least));
  const high = box.map(({ most }) => Math.log(most));
  const evaluate = (point: readonly number[]) => linearFit(law, sample, point.map(Math.exp));
  const nodes = gridPoints(low, high).map((point) => ({ point, loss: evaluate(point).loss }));
  const starts = nodes.sort((a, b) => a.loss - b.loss).slice(0, 2);
  const best = starts
    .map(({ point }) => patternSearch((p) => evaluate(p).loss, point, low, high))
    .reduce((a, b) => (b.loss < a.loss ? b : a));
  const shape = best.point.map(Math.exp);
  const { level, gain, loss } = linearFit(law, sample, shape);
  const sse = loss + sample.pureError;
  const count = 2 + box.length;
  return {
    law: law.name,
    parameters: { level, gain, ...Object.fromEntries(box.map(({ name }, i) => [name, shape[i]!])) },
    count,
    sse,
    aicc: informationCriterion(sample, sse, count),
    predict: (x) => level + gain * law.shape(x, shape),
  };
}

function gridPoints(low: readonly number[], high: readonly number[]): number[][] {
  return low.reduce<number[][]>(
    (points, from, i) =>
      points.flatMap((point) =>
        Array.from({ length: NODES }, (_, node) => [
          ...point,
          from + ((high[i]! - from) * node) / (NODES - 1),
        ]),
      ),
    [[]],
  );
}

/** Weighted regression of y on the shape, with a gain of at least 0. */
function linearFit(
  law: SeparableLaw,
  { x, y, weight }: Sample,
  parameters: readonly number[],
): { level: number; gain: number; loss: number } {
  const shape = x.map((value) => law.shape(value, parameters));
  const total = weight.reduce((sum, value) => sum + value, 0);
  const mean = (values: Float64Array) =>
    values.reduce((sum, value, j) => sum + (weight[j]! / total) * value, 0);
  const [meanShape, meanY] = [mean(shape), mean(y)];
  let [square, product] = [0, 0];
  for (let j = 0; j < x.length; j++) {
    square += weight[j]! * (shape[j]! - meanShape) ** 2;
    product += weight[j]! * (shape[j]! - meanShape) * (y[j]! - meanY);
  }
  const gain = square > 0 ? Math.max(0, product / square) : 0;
  const level = meanY - gain * meanShape;
  let loss = 0;
  for (let j = 0; j < x.length; j++) loss += weight[j]! * (y[j]! - level - gain * shape[j]!) ** 2;
  return { level, gain, loss: Number.isFinite(loss) ? loss : Infinity };
}

/** Compass search along axes and diagonals, with a step that grows with success and halves with failure. */
function patternSearch(
  f: (point: readonly number[]) => number,
  start: readonly number[],
  low: readonly number[],
  high: readonly number[],
): { point: readonly number[]; loss: number } {
  let [point, loss] = [start, f(start)];
  const directions = low.reduce<number[][]>(
    (found) => found.flatMap((direction) => [-1, 0, 1].map((sign) => [...direction, sign])),
    [[]],
  );
  let step = low.length === 0 ? 0 : Math.max(...low.map((from, i) => (high[i]! - from) / (NODES - 1)));
  // 10⁻⁷ of a log parameter moves the loss by 10⁻¹⁴ near its minimum.
  for (let round = 0; step > 1e-7 && round < 2000; round++) {
    let improved = false;
    for (const direction of directions) {
      const next = point.map((value, i) =>
        Math.min(high[i]!, Math.max(low[i]!, value + step * direction[i]!)),
      );
      const nextLoss = f(next);
      if (nextLoss < loss) [point, loss, improved] = [next, nextLoss, true];
    }
    step = improved ? step * 1.3 : step / 2;
  }
  return { point, loss };
}
