/**
 * A slow, independent way to the least sum of squares of y = plateau − Σ a_i·e^{−k_i x}, a ≥ 0: every subset of a
 * grid of log rates, then a pattern search from the best of them. It shares no code with the package: normal
 * equations with a shifted and scaled basis, solved by Gaussian elimination with pivoting.
 */
export function bruteForceLoss(
  { x, y }: { x: readonly number[]; y: readonly number[] },
  count: number,
  [slowest, fastest]: readonly [number, number],
  gridSize: number,
): number {
  const [low, high] = [Math.log(slowest), Math.log(fastest)];
  const grid = Array.from({ length: gridSize }, (_, i) => low + ((high - low) * i) / (gridSize - 1));
  const scored = subsets(gridSize, count)
    .map((subset) => subset.map((i) => grid[i]!))
    .map((thetas) => ({ thetas, loss: lossAt(x, y, thetas) }))
    .sort((a, b) => a.loss - b.loss);
  const spacing = (high - low) / (gridSize - 1);
  return Math.min(
    ...scored.slice(0, 5).map(({ thetas, loss }) => patternSearch(x, y, thetas, loss, spacing, low, high)),
  );
}

function subsets(size: number, count: number): number[][] {
  if (count === 0) return [[]];
  return subsets(size, count - 1).flatMap((head) => {
    const from = (head.at(-1) ?? -1) + 1;
    return Array.from({ length: size - from }, (_, i) => [...head, from + i]);
  });
}

function patternSearch(
  x: readonly number[],
  y: readonly number[],
  start: readonly number[],
  startLoss: number,
  spacing: number,
  low: number,
  high: number,
): number {
  let [best, loss, step] = [[...start], startLoss, spacing];
  // Along every direction with entries −1, 0, 1, so that narrow diagonal valleys are followed.
  const directions = subsetsOfSigns(start.length);
  while (step > 1e-6) {
    let improved = false;
    for (const direction of directions) {
      const next = best.map((theta, i) => Math.min(high, Math.max(low, theta + step * direction[i]!)));
      const nextLoss = lossAt(x, y, next);
      if (nextLoss < loss) {
        [best, loss, improved] = [next, nextLoss, true];
      }
    }
    step = improved ? step * 1.5 : step / 2;
  }
  return loss;
}

function subsetsOfSigns(count: number): number[][] {
  if (count === 0) return [[]];
  return subsetsOfSigns(count - 1).flatMap((head) => [-1, 0, 1].map((sign) => [...head, sign]));
}

/** Least sum of squares for fixed log rates, over the constant and all subsets with non-negative coefficients. */
function lossAt(x: readonly number[], y: readonly number[], thetas: readonly number[]): number {
  let least = Infinity;
  for (let mask = 0; mask < 1 << thetas.length; mask++) {
    const chosen = thetas.filter((_, i) => mask & (1 << i));
    const rows = x.map((value) => [
      1,
      ...chosen.map((theta) => -Math.expm1(-Math.exp(theta) * (value - x[0]!))),
    ]);
    const solution = solveNormal(rows, y);
    if (!solution || solution.slice(1).some((value) => value < 0)) continue;
    const loss = rows.reduce(
      (sum, row, j) => sum + (y[j]! - row.reduce((total, entry, i) => total + entry * solution[i]!, 0)) ** 2,
      0,
    );
    least = Math.min(least, loss);
  }
  return least;
}

function solveNormal(rows: number[][], y: readonly number[]): number[] | undefined {
  const size = rows[0]!.length;
  const matrix = Array.from({ length: size }, (_, a) => [
    ...Array.from({ length: size }, (_, b) => rows.reduce((sum, row) => sum + row[a]! * row[b]!, 0)),
    rows.reduce((sum, row, j) => sum + row[a]! * y[j]!, 0),
  ]);
  for (let a = 0; a < size; a++) {
    const pivot = matrix
      .slice(a)
      .reduce((best, row) => (Math.abs(row[a]!) > Math.abs(best[a]!) ? row : best));
    if (Math.abs(pivot[a]!) < 1e-13) return undefined;
    const at = matrix.indexOf(pivot);
    [matrix[a], matrix[at]] = [matrix[at]!, matrix[a]!];
    for (let b = a + 1; b < size; b++) {
      const factor = matrix[b]![a]! / matrix[a]![a]!;
      for (let c = a; c <= size; c++) matrix[b]![c]! -= factor * matrix[a]![c]!;
    }
  }
  const solution = new Array<number>(size).fill(0);
  for (let a = size - 1; a >= 0; a--) {
    const known = solution.reduce((sum, value, b) => (b > a ? sum + matrix[a]![b]! * value : sum), 0);
    solution[a] = (matrix[a]![size]! - known) / matrix[a]![a]!;
  }
  return solution;
}
