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
 * Subtrees of a level dependent in pairs: they share the children of their level, so that where one is large the
 * others are small. With H_d(n) = E[e^{−s·(members from level d on)} | n of them in d] = exp(a_d n + b_d n(n − 1)) and
 * r(q) = q e^a/(1 + q(e^a − 1)), a and b those of level d + 1,
 *
 *     ln H_d(n) ≈ −ns + L_{d+1} ln(1 + q(e^a − 1)) + b L_{d+1}(L_{d+1} − 1)·r(q)²,   q = n/L_d,
 *
 * to first order in b; a_d and b_d are read off at n = 1 and 2        [this project, docs/theory.md §5].
 */
export const pairedLosses: LevelLosses = (levels, s) => {
  const values = new Float64Array(levels.length);
  const slopes = new Float64Array(levels.length);
  let below: PairLaw = { alone: 0, aloneSlope: 0, pair: 0, pairSlope: 0 };
  for (let d = levels.length - 1; d >= 1; d--) {
    const size = levels[d]!;
    const children = levels[d + 1] ?? 0;
    const one = logTransform(below, children, 1 / size);
    const two = logTransform(below, children, Math.min(1, 2 / size));
    const alone = one.value - s;
    const aloneSlope = one.slope - 1;
    values[d] = 0 - Math.expm1(alone);
    slopes[d] = alone === -Infinity ? 0 : -Math.exp(alone) * aloneSlope;
    // A pair of vertices is left out where there is none, and where e^{−s·size} has vanished anyway.
    const dependent = size > 1 && Math.exp(alone) > 0;
    below = {
      alone,
      aloneSlope,
      pair: dependent ? two.value / 2 - one.value : 0,
      pairSlope: dependent ? two.slope / 2 - one.slope : 0,
    };
  }
  return { values, slopes };
};

/** a and b of a level, with their derivatives with respect to s. */
interface PairLaw {
  readonly alone: number;
  readonly aloneSlope: number;
  readonly pair: number;
  readonly pairSlope: number;
}

/** ln E[exp(a m + b m(m − 1))] for m ~ Binomial(trials, q) to first order in b, and its derivative. */
function logTransform(
  { alone, aloneSlope, pair, pairSlope }: PairLaw,
  trials: number,
  q: number,
): { value: number; slope: number } {
  if (trials === 0) return { value: 0, slope: 0 };
  const decay = Math.exp(alone);
  const share = -q * Math.expm1(alone);
  // What is left of 1, without cancellation where q is 1 and little is left.
  const left = 1 - q + q * decay;
  const tilted = decay === 0 ? 0 : (q * decay) / left;
  const pairs = trials * (trials - 1);
  const squared = tilted * tilted;
  return {
    value: trials * (share < 0.5 ? Math.log1p(-share) : Math.log(left)) + pairs * pair * squared,
    slope:
      tilted === 0
        ? 0
        : trials * tilted * aloneSlope + pairs * squared * (pairSlope + 2 * pair * aloneSlope * (1 - tilted)),
  };
}

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
