import { informationCriterion } from "./informationCriterion.ts";
import { downhillStep } from "./leastSquares.ts";
import type { Sample } from "./observations.ts";

/** A shape parameter of a law: searched on [least, most], on a logarithmic scale, or evenly where `least` is 0. */
export interface ShapeParameter {
  readonly name: string;
  readonly least: number;
  readonly most: number;
}

/** A law y = level + gain·shape(x; parameters) with gain ≥ 0 and a shape that never falls. */
export interface SeparableLaw {
  readonly name: string;
  /** Shape parameters with their bounds for a sample; at most three. */
  readonly parameters: (sample: Sample) => readonly ShapeParameter[];
  readonly shape: (parameters: readonly number[]) => (x: number) => number;
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

/** How many of the best nodes are followed. */
const STARTS = 3;

/** Nodes of the grid in each of two shape parameters, and values of a third. */
const [NODES, SLICES] = [18, 5];

/**
 * Fit a separable law by least squares over the whole box of its shape parameters: level and gain are solved for
 * exactly, the shape parameters by a grid and Newton's method from its best nodes. No start values. Of three parameters the
 * first two are fitted so at some values of the third, and then all from the best of these: as the least value of the third
 * is among them, such a law fits no worse than without it.
 *
 * @remarks About 18² + 200 evaluations of the shape at every point, with three parameters eight times as many.
 */
export function fitSeparableLaw(law: SeparableLaw, sample: Sample): FittedLaw {
  const box = law.parameters(sample);
  const low = box.map(({ least }) => (least === 0 ? 0 : Math.log(least)));
  const high = box.map(({ least, most }) => (least === 0 ? most : Math.log(most)));
  const shapeAt = (point: readonly number[]) =>
    point.map((value, i) => (box[i]!.least === 0 ? value : Math.exp(value)));
  const { point } = searchBox((p) => linearFit(law, sample, shapeAt(p)).loss, low, high);
  const shape = shapeAt(point);
  const curve = law.shape(shape);
  const { level, gain, loss } = linearFit(law, sample, shape);
  const sse = loss + sample.pureError;
  const count = 2 + box.length;
  return {
    law: law.name,
    parameters: { level, gain, ...Object.fromEntries(box.map(({ name }, i) => [name, shape[i]!])) },
    count,
    sse,
    aicc: informationCriterion(sample, sse, count),
    predict: (x) => level + gain * curve(x),
  };
}

/** A point of a box and the loss there. */
interface Found {
  readonly point: readonly number[];
  readonly loss: number;
}

type Loss = (point: readonly number[]) => number;

/** The least loss in a box, from the best nodes of a grid, or of the slices where there is a third parameter. */
function searchBox(f: Loss, low: readonly number[], high: readonly number[]): Found {
  const starts =
    low.length > 2 ? slices(f, low, high) : gridPoints(low, high).map((point) => ({ point, loss: f(point) }));
  return starts
    .sort((a, b) => a.loss - b.loss)
    .slice(0, STARTS)
    .map((start) => descend(f, start, low, high))
    .reduce((a, b) => (b.loss < a.loss ? b : a));
}

/** The least loss in each of some slices of a box at values of its last parameter. */
function slices(f: Loss, low: readonly number[], high: readonly number[]): Found[] {
  const [from, to] = [low.at(-1)!, high.at(-1)!];
  return Array.from({ length: SLICES }, (_, slice) => {
    const last = from + ((to - from) * slice) / (SLICES - 1);
    const { point, loss } = searchBox((p) => f([...p, last]), low.slice(0, -1), high.slice(0, -1));
    return { point: [...point, last], loss };
  });
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
  const shape = x.map(law.shape(parameters));
  let [total, meanShape, meanY] = [0, 0, 0];
  for (let j = 0; j < x.length; j++) {
    total += weight[j]!;
    meanShape += (weight[j]! / total) * (shape[j]! - meanShape);
    meanY += (weight[j]! / total) * (y[j]! - meanY);
  }
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

/** Distance over which derivatives are taken: a relative error of 10⁻⁷, and as much rounding in the second ones. */
const WIDTH = 3e-4;

/** Longest step in a shape parameter. */
const LONGEST_STEP = 1;

/**
 * Newton's method with derivatives by differences, level and gain eliminated. Negative curvature is turned around, and the
 * step damped until the loss falls; steps end at the sides of the box.
 *
 * @returns a local minimum, its loss to about 10⁻¹⁰ of itself
 */
function descend(f: Loss, start: Found, low: readonly number[], high: readonly number[]): Found {
  let current = start;
  let damping = 0;
  let model = quadraticModel(f, current.point, low, high);
  for (let round = 0; round < 100; round++) {
    const { gradient, hessian } = model;
    const free = freeParameters(gradient, current.point, low, high);
    const step = downhillStep(gradient, hessian, free, damping, LONGEST_STEP);
    const point = current.point.map((value, i) => clamp(value + step[i]!, low[i]!, high[i]!));
    if (point.every((value, i) => Math.abs(value - current.point[i]!) < 1e-7)) break;
    const next = { point, loss: f(point) };
    if (next.loss < current.loss) {
      current = next;
      damping = damping < 1e-9 * model.size ? 0 : damping / 10;
      model = quadraticModel(f, current.point, low, high);
    } else damping = damping === 0 ? 1e-3 * model.size : 10 * damping;
  }
  return current;
}

/** Gradient and rows of the Hessian. */
interface QuadraticModel {
  readonly gradient: Float64Array;
  readonly hessian: readonly Float64Array[];
  /** Largest diagonal entry of the Hessian. */
  readonly size: number;
}

/** By differences about the point, or about the next one whose neighbours lie in the box, carried over by the Hessian. */
function quadraticModel(
  f: Loss,
  point: readonly number[],
  low: readonly number[],
  high: readonly number[],
): QuadraticModel {
  const centre = point.map((value, i) => clamp(value, low[i]! + WIDTH, high[i]! - WIDTH));
  const at = (i: number, a: number, j: number, b: number) =>
    f(centre.map((value, k) => value + WIDTH * ((k === i ? a : 0) + (k === j ? b : 0))));
  const middle = f(centre);
  const ends = centre.map((_, i) => [at(i, -1, i, 0), at(i, 1, i, 0)] as const);
  const hessian = centre.map(() => new Float64Array(centre.length));
  ends.forEach(([before, after], i) => {
    hessian[i]![i] = (before - 2 * middle + after) / WIDTH ** 2;
    for (let j = 0; j < i; j++) {
      const mixed = at(i, 1, j, 1) - at(i, 1, j, -1) - at(i, -1, j, 1) + at(i, -1, j, -1);
      hessian[i]![j] = mixed / (4 * WIDTH ** 2);
      hessian[j]![i] = hessian[i]![j]!;
    }
  });
  const gradient = Float64Array.from(ends, ([before, after], i) =>
    centre.reduce(
      (slope, value, j) => slope + hessian[i]![j]! * (point[j]! - value),
      (after - before) / (2 * WIDTH),
    ),
  );
  return { gradient, hessian, size: Math.max(0, ...hessian.map((row, i) => Math.abs(row[i]!))) };
}

/** Parameters that are not held at a side of the box by a slope that points out of it. */
function freeParameters(
  gradient: Float64Array,
  point: readonly number[],
  low: readonly number[],
  high: readonly number[],
): number[] {
  return point.flatMap((value, i) =>
    (value <= low[i]! && gradient[i]! > 0) || (value >= high[i]! && gradient[i]! < 0) ? [] : [i],
  );
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
