/**
 * The largest root in [0, 1] of u = 1 − exp(−s − mu), s ≥ 0: one minus the generating function at e^{−s} of the total
 * progeny of a branching process with Poisson(m) offspring [docs/theory.md §3].
 *
 * The difference of the sides is convex in u and positive at 1, so that Newton's method descends to the root and has
 * arrived when rounding stops the descent. Every value on the way is above the root.
 */
export function progenyFixedPoint(mean: number, s: number): number {
  const step = (u: number) => {
    const decay = Math.exp(-s - mean * u);
    return u - (u + Math.expm1(-s - mean * u)) / (1 - mean * decay);
  };
  let u = 1;
  for (let next = step(u); next < u; next = step(u)) u = next;
  return u;
}
