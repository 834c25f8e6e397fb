/** Dense linear algebra for a handful of columns. Vectors are Float64Array; a matrix is a list of its columns. */

/** Inner product. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Euclidean norm. */
export function norm(a: Float64Array): number {
  return Math.sqrt(dot(a, a));
}

/** a ← a + factor·b. */
export function addScaled(a: Float64Array, factor: number, b: Float64Array): void {
  for (let i = 0; i < a.length; i++) a[i]! += factor * b[i]!;
}

/**
 * Householder QR in place: afterwards column j holds R[0..j][j] and zeros below, and `targets` hold Qᵀ·target.
 * Columns are not pivoted; a column within rounding of the span of the earlier ones gets a diagonal of 0.
 *
 * @returns the diagonal of R
 */
export function triangularize(
  columns: readonly Float64Array[],
  targets: readonly Float64Array[],
): Float64Array {
  const diagonal = new Float64Array(columns.length);
  columns.forEach((column, j) => {
    const whole = norm(column);
    let below = 0;
    for (let i = j; i < column.length; i++) below += column[i]! * column[i]!;
    below = Math.sqrt(below);
    // Rounding of the earlier reflections leaves about (number of columns)·2⁻⁵³ of the column's length.
    if (below <= columns.length * 2 ** -52 * whole) return;
    const head = column[j]!;
    const r = head > 0 ? -below : below;
    diagonal[j] = r;
    column[j] = head - r;
    const scale = 1 / (r * (r - head));
    for (const other of [...columns.slice(j + 1), ...targets]) reflect(column, j, scale, other);
    column[j] = r;
    column.fill(0, j + 1);
  });
  return diagonal;
}

function reflect(reflector: Float64Array, from: number, scale: number, column: Float64Array): void {
  let projection = 0;
  for (let i = from; i < column.length; i++) projection += reflector[i]! * column[i]!;
  const factor = -projection * scale;
  for (let i = from; i < column.length; i++) column[i]! += factor * reflector[i]!;
}

/** Solve R·z = v for the triangle that {@link triangularize} left in `columns`; a diagonal of 0 gives z_j = 0. */
export function backSubstitute(
  columns: readonly Float64Array[],
  diagonal: Float64Array,
  v: Float64Array,
): Float64Array {
  // Columns beyond the number of rows have a diagonal of 0.
  const z = new Float64Array(columns.length);
  z.set(v.subarray(0, columns.length));
  for (let j = columns.length - 1; j >= 0; j--) {
    z[j] = diagonal[j] === 0 ? 0 : z[j]! / diagonal[j]!;
    for (let i = 0; i < j; i++) z[i]! -= z[j]! * columns[j]![i]!;
  }
  return z;
}

/** Coefficients that minimise |target − Σ z_j columns_j|, by QR. Neither argument is changed. */
export function solveLeastSquares(columns: readonly Float64Array[], target: Float64Array): Float64Array {
  const copies = columns.map((column) => column.slice());
  const rotated = target.slice();
  const diagonal = triangularize(copies, [rotated]);
  return backSubstitute(copies, diagonal, rotated);
}

/** target − Σ coefficients_j columns_j. */
export function residual(
  columns: readonly Float64Array[],
  coefficients: Float64Array,
  target: Float64Array,
): Float64Array {
  const rest = target.slice();
  columns.forEach((column, j) => {
    if (coefficients[j] !== 0) addScaled(rest, -coefficients[j]!, column);
  });
  return rest;
}

/**
 * Non-negative coefficients that minimise |target − Σ z_j columns_j|: the active-set method of Lawson and Hanson
 * [LawsonHanson1974, ch. 23] with a QR solution at every step.
 *
 * @param columns - of unit length, so that their inner products with the residual compare
 * @param tolerance - inner product below which a column cannot help
 */
export function solveNonNegative(
  columns: readonly Float64Array[],
  target: Float64Array,
  tolerance: number,
): Float64Array {
  const coefficients = new Float64Array(columns.length);
  let passive: number[] = [];
  const refused = new Set<number>();
  let rest = target;
  // Every round lowers the sum of squares, so no passive set returns; the bound is for rounding alone.
  for (let round = 0; round < 3 * columns.length; round++) {
    const entering = mostHelpful(columns, rest, passive, refused, tolerance);
    if (entering < 0) break;
    passive.push(entering);
    const kept = descend(columns, target, coefficients, passive);
    if (kept.includes(entering)) refused.clear();
    else refused.add(entering);
    passive = kept;
    rest = residual(columns, coefficients, target);
  }
  return coefficients;
}

function mostHelpful(
  columns: readonly Float64Array[],
  rest: Float64Array,
  passive: readonly number[],
  refused: ReadonlySet<number>,
  tolerance: number,
): number {
  let best = -1;
  let most = tolerance;
  columns.forEach((column, j) => {
    const help = dot(column, rest);
    if (help <= most || passive.includes(j) || refused.has(j)) return;
    most = help;
    best = j;
  });
  return best;
}

/** Move to the least-squares solution on the passive columns, dropping those that reach zero on the way. */
function descend(
  columns: readonly Float64Array[],
  target: Float64Array,
  coefficients: Float64Array,
  passive: readonly number[],
): number[] {
  let kept = [...passive];
  while (kept.length > 0) {
    const solution = solveLeastSquares(
      kept.map((j) => columns[j]!),
      target,
    );
    // How far along the way to the solution each coefficient reaches zero; 1 or more if it does not.
    const reach = kept.map((j, i) =>
      solution[i]! > 0 ? 1 : coefficients[j]! / (coefficients[j]! - solution[i]!),
    );
    const step = Math.min(...reach.map((way) => (Number.isNaN(way) ? 0 : way)));
    const blocked = solution.some((value) => value <= 0);
    kept.forEach((j, i) => {
      if (!blocked) coefficients[j] = solution[i]!;
      else if (solution[i]! <= 0 && !(reach[i]! > step)) coefficients[j] = 0;
      else coefficients[j]! += step * (solution[i]! - coefficients[j]!);
    });
    if (!blocked) break;
    kept = kept.filter((j) => coefficients[j]! > 0);
  }
  return kept;
}

/**
 * Eigenvalues and orthonormal eigenvectors of a symmetric matrix by Jacobi's cyclic rotations
 * [GolubVanLoan2013, §8.5], to rounding of the largest eigenvalue. Cost: some ten sweeps of n³.
 *
 * @param rows - of the matrix, which is not changed
 */
export function symmetricEigen(rows: readonly Float64Array[]): { value: number; vector: Float64Array }[] {
  const matrix = rows.map((row) => row.slice());
  const vectors = rows.map((_, i) => Float64Array.from(rows, (__, j) => (i === j ? 1 : 0)));
  // Convergence is quadratic: a handful of sweeps; the bound is for entries that are not finite.
  for (let sweep = 0; sweep < 30; sweep++) {
    let turned = false;
    for (let p = 0; p < matrix.length; p++) {
      for (let q = p + 1; q < matrix.length; q++) turned = annihilate(matrix, vectors, p, q) || turned;
    }
    if (!turned) break;
  }
  return vectors.map((vector, i) => ({ value: matrix[i]![i]!, vector }));
}

/** Rotate rows and columns p and q so that entry (p, q) vanishes; false where it is rounding already. */
function annihilate(matrix: Float64Array[], vectors: Float64Array[], p: number, q: number): boolean {
  const [rowP, rowQ] = [matrix[p]!, matrix[q]!];
  const entry = rowP[q]!;
  if (!(Math.abs(entry) > 2 ** -53 * Math.sqrt(Math.abs(rowP[p]! * rowQ[q]!)))) return false;
  const cotangent = (rowQ[q]! - rowP[p]!) / (2 * entry);
  // The smaller root of t² + 2·cotangent·t − 1: a turn of at most 45°.
  const tangent = (cotangent < 0 ? -1 : 1) / (Math.abs(cotangent) + Math.hypot(cotangent, 1));
  const cosine = 1 / Math.hypot(tangent, 1);
  const sine = tangent * cosine;
  for (const row of matrix) turn(row, row, p, q, cosine, sine);
  for (let i = 0; i < matrix.length; i++) turn(rowP, rowQ, i, i, cosine, sine);
  for (let i = 0; i < matrix.length; i++) turn(vectors[p]!, vectors[q]!, i, i, cosine, sine);
  rowP[q] = 0;
  rowQ[p] = 0;
  return true;
}

/** (a_i, b_j) ← (cosine·a_i − sine·b_j, sine·a_i + cosine·b_j). */
function turn(a: Float64Array, b: Float64Array, i: number, j: number, cosine: number, sine: number): void {
  const [first, second] = [a[i]!, b[j]!];
  a[i] = cosine * first - sine * second;
  b[j] = sine * first + cosine * second;
}

/**
 * Newton's step towards a minimum, in the free coordinates alone: −Σ (vᵀg/(|κ| + damping))·v over eigenvalues κ and
 * eigenvectors v of the Hessian, so that negative curvature is turned around and saddle points repel.
 *
 * @param hessian - rows
 * @param free - coordinates that move
 * @param longest - largest step in a coordinate; a longer one is shortened as a whole
 */
export function downhillStep(
  gradient: Float64Array,
  hessian: readonly Float64Array[],
  free: readonly number[],
  damping: number,
  longest: number,
): Float64Array {
  const step = new Float64Array(gradient.length);
  const size = hessian.reduce((most, row, i) => Math.max(most, Math.abs(row[i]!)), 0);
  const matrix = free.map((a) => Float64Array.from(free, (b) => hessian[a]![b]!));
  for (const { value, vector } of symmetricEigen(matrix)) {
    const curvature = Math.max(Math.abs(value), 2 ** -50 * size) + damping;
    if (curvature === 0) continue;
    let slope = 0;
    free.forEach((at, i) => {
      slope += vector[i]! * gradient[at]!;
    });
    free.forEach((at, i) => {
      step[at]! -= (slope / curvature) * vector[i]!;
    });
  }
  const reach = step.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return reach > longest ? step.map((value) => (value * longest) / reach) : step;
}
