/** Nodes and weights of a quadrature: ∫ f ≈ Σ weights[i]·f(nodes[i]). */
export interface Quadrature {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/**
 * Gauss–Legendre quadrature on [from, to], split into equal panels [Abramowitz1964, 25.4.29]; exact for polynomials
 * of degree 2·order − 1 on each panel, up to rounding.
 */
export function gaussLegendre(from: number, to: number, order: number, panels = 1): Quadrature {
  const unit = unitGaussLegendre(order);
  const half = (to - from) / (2 * panels);
  const nodes = new Float64Array(order * panels);
  const weights = new Float64Array(order * panels);
  for (let i = 0; i < nodes.length; i++) {
    const panel = Math.floor(i / order);
    nodes[i] = from + half * (2 * panel + 1 + unit.nodes[i % order]!);
    weights[i] = half * unit.weights[i % order]!;
  }
  return { nodes, weights };
}

/** On [−1, 1]: the roots of the Legendre polynomial by Newton's method from Tricomi's estimate. */
function unitGaussLegendre(order: number): Quadrature {
  const nodes = new Float64Array(order);
  const weights = new Float64Array(order);
  for (let i = 0; i < order; i++) {
    let x = -Math.cos((Math.PI * (i + 0.75)) / (order + 0.5));
    // The estimate is good to 10⁻³ and Newton's method squares that each time: four times is to rounding.
    for (let round = 0; round < 4; round++) {
      const { value, slope } = legendre(order, x);
      x -= value / slope;
    }
    nodes[i] = x;
    weights[i] = 2 / ((1 - x * x) * legendre(order, x).slope ** 2);
  }
  return { nodes, weights };
}

function legendre(order: number, x: number): { value: number; slope: number } {
  let previous = 0;
  let value = 1;
  for (let n = 1; n <= order; n++) {
    const next = ((2 * n - 1) * x * value - (n - 1) * previous) / n;
    previous = value;
    value = next;
  }
  return { value, slope: (order * (x * value - previous)) / (x * x - 1) };
}
