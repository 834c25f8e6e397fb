/**
 * For each level d ≥ 1 of a breadth-first tree with given level sizes: 1 − E[e^{−s·size}] of the subtree of a vertex
 * of the level, and its derivative with respect to s; index d, nothing at 0.
 */
export type LevelLosses = (
  levels: readonly number[],
  s: number,
) => { readonly values: Float64Array; readonly slopes: Float64Array };

/**
 * Subtrees of a level taken for independent: u_d = 1 − exp(−s + L_{d+1}·ln(1 − u_{d+1}/L_d)), u = 1 at the end being
 * that of a single vertex                                                 [this project, docs/theory.md §5].
 */
export const independentLosses: LevelLosses = (levels, s) => {
  const values = new Float64Array(levels.length);
  const slopes = new Float64Array(levels.length);
  for (let d = levels.length - 1; d >= 1; d--) {
    const size = levels[d]!;
    const next = levels[d + 1] ?? 0;
    const share = (values[d + 1] ?? 0) / size;
    // A level without a successor is left as z: 0·ln(1 − share) must not become NaN where share is 1.
    const exponent = next === 0 ? -s : -s + next * Math.log1p(-share);
    values[d] = -Math.expm1(exponent);
    const hazard = next === 0 || share === 1 ? 0 : (next * slopes[d + 1]!) / (size * (1 - share));
    slopes[d] = Math.exp(exponent) * (1 + hazard);
  }
  return { values, slopes };
};

/**
 * The exact law: n members in level e have m ~ Binomial(L_{e+1}, n/L_e) children in the next, for every vertex there
 * chooses its parent uniformly and independently. With B_e(n) = 1 − E[e^{−s·(members from level e on)} | n in e],
 *
 *     B_e(n) = 1 − e^{−ns}·(1 − E[B_{e+1}(m)]),                            [this project, docs/theory.md §5]
 *
 * and the value of level d is B_d(1). Cost O(Σ_e L_e·L_{e+1}).
 */
export const descendantLosses: LevelLosses = (levels, s) => {
  const values = new Float64Array(levels.length);
  const slopes = new Float64Array(levels.length);
  let losses = new Float64Array(1);
  let derivatives = new Float64Array(1);
  for (let e = levels.length - 1; e >= 1; e--) {
    const size = levels[e]!;
    const here = new Float64Array(size + 1);
    const hereSlopes = new Float64Array(size + 1);
    for (let n = 1; n <= size; n++) {
      const law = binomialProbabilities(losses.length - 1, n / size);
      const loss = dot(law, losses);
      const decay = Math.exp(-n * s);
      here[n] = -Math.expm1(-n * s) + decay * loss;
      hereSlopes[n] = decay * (n * (1 - loss) + dot(law, derivatives));
    }
    values[e] = here[1]!;
    slopes[e] = hereSlopes[1]!;
    losses = here;
    derivatives = hereSlopes;
  }
  return { values, slopes };
};

/** The binomial law for up to 500 trials, from the side on which (1 − p)^trials ≥ 2⁻⁵⁰⁰ does not underflow. */
function binomialProbabilities(trials: number, probability: number): Float64Array {
  if (probability > 0.5) return binomialProbabilities(trials, 1 - probability).reverse();
  const law = new Float64Array(trials + 1);
  const odds = probability / (1 - probability);
  law[0] = (1 - probability) ** trials;
  for (let m = 0; m < trials; m++) law[m + 1] = (law[m]! * odds * (trials - m)) / (m + 1);
  return law;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
