import type { Rng } from "../random/stream.ts";
import { type CurveDraw, type CurvePrior, drawGivenRates, forward } from "./conditionalDraw.ts";
import { upperQuantile } from "./normal.ts";

/** Share of every proposal that is the prior itself, so that no region is ever lost. */
const PRIOR_SHARE = 0.15;

/** Kernels of the adapted proposals. */
const KERNELS = 120;

/** Rounds spent at most on closing in on a narrow posterior distribution. */
const MOST_APPROACHES = 30;

/** Draws that tempered weights are to be worth while closing in. */
const WORTH = 20;

/** A distribution of ascending log rates that can be drawn from and evaluated. */
interface Proposal {
  draw(rng: Rng): number[];
  density(thetas: readonly number[]): number;
}

/**
 * Weighted draws of curves with `count` terms: population Monte Carlo [CappeEtAl2004]. Rates are proposed from the
 * prior, then twice from kernels at the draws that weighed most, mixed with the prior. Weights are posterior over
 * proposal density, so every round estimates the evidence without bias; the first, tempered, only finds the place.
 *
 * @returns the draws of the later rounds; the mean of e^{logWeight}·(number of draws) over rounds is the evidence
 */
export function sampleRates(prior: CurvePrior, count: number, draws: number, rng: Rng): CurveDraw[] {
  const base = priorProposal(prior, count);
  let population = propose(prior, base, base, draws, rng);
  // Where the noise is small against the range of y, even the fourth root of the weights can leave but a few draws:
  // close in slowly.
  for (let round = 0; round < MOST_APPROACHES; round++) {
    const temper = gentleTemper(population);
    if (temper >= 0.25) break;
    population = propose(prior, base, kernelProposal(prior, base, population, temper), draws / 2, rng);
  }
  // From the prior most of the weight may sit on one draw; the root of the weights keeps its neighbours in play.
  for (const temper of [0.25, 0.5, 0.75]) {
    const explored = propose(prior, base, kernelProposal(prior, base, population, temper), draws / 2, rng);
    population = explored;
  }
  const kept: CurveDraw[] = [];
  for (let round = 0; round < 2; round++) {
    population = propose(prior, base, kernelProposal(prior, base, population, 1), draws / 2, rng);
    kept.push(...population);
  }
  return kept.map((draw) => ({ ...draw, logWeight: draw.logWeight - Math.log(kept.length) }));
}

function propose(
  prior: CurvePrior,
  base: Proposal,
  proposal: Proposal,
  draws: number,
  rng: Rng,
): CurveDraw[] {
  return Array.from({ length: Math.ceil(draws) }, () => {
    const thetas = proposal.draw(rng);
    const believed = base.density(thetas);
    const rates = Float64Array.from(thetas, Math.exp);
    const draw = drawGivenRates(prior, rates, rng);
    const ratio = believed > 0 ? Math.log(believed / proposal.density(thetas)) : -Infinity;
    return { ...draw, logWeight: draw.logWeight + ratio };
  });
}

/** Independent uniform log rates, sorted: density count!/(length of the range)^count where ascending. */
function priorProposal({ slowest, fastest }: CurvePrior, count: number): Proposal {
  const span = fastest - slowest;
  let inside = 1;
  for (let i = 1; i <= count; i++) inside *= i / span;
  return {
    draw: (rng) =>
      Array.from({ length: count }, () => slowest + span * rng.nextFloat()).sort((a, b) => a - b),
    density: (thetas) => {
      if (thetas[0]! < slowest || thetas.at(-1)! > fastest) return 0;
      return thetas.every((theta, i) => i === 0 || thetas[i - 1]! <= theta) ? inside : 0;
    },
  };
}

/**
 * Normal kernels of one covariance at draws chosen in proportion to weight^temper. The covariance is that of the
 * chosen draws, shrunk as in Silverman's rule for so many kernels.
 */
function kernelProposal(
  { slowest, fastest }: CurvePrior,
  base: Proposal,
  population: readonly CurveDraw[],
  temper: number,
): Proposal {
  const count = population[0]!.rates.length;
  const centres = resample(population, temper).map((draw) => Array.from(draw.rates, Math.log));
  const silverman = (4 / ((count + 2) * KERNELS)) ** (1 / (count + 4));
  const factor = covarianceFactor(centres, silverman);
  const logScale =
    factor.reduce((sum, row, i) => sum - Math.log(row[i]!), 0) - 0.5 * count * Math.log(2 * Math.PI);
  const whitened = centres.map((centre) => forward(factor, centre));
  const density = (thetas: readonly number[]): number => {
    const point = forward(factor, thetas);
    let sum = 0;
    for (const centre of whitened) {
      let square = 0;
      for (let i = 0; i < count; i++) square += (point[i]! - centre[i]!) ** 2;
      sum += Math.exp(-0.5 * square);
    }
    return (Math.exp(logScale) * sum) / centres.length;
  };
  return {
    draw: (rng) => {
      if (rng.nextFloat() < PRIOR_SHARE) return base.draw(rng);
      const centre = centres[Math.floor(rng.nextFloat() * centres.length)]!;
      const normals = centre.map(() => upperQuantile(rng.nextFloat() * (1 - 2 ** -52) + 2 ** -54));
      return centre.map((theta, i) => {
        let moved = theta;
        for (let j = 0; j <= i; j++) moved += factor[i]![j]! * normals[j]!;
        return Math.min(fastest + 1, Math.max(slowest - 1, moved));
      });
    },
    density: (thetas) => PRIOR_SHARE * base.density(thetas) + (1 - PRIOR_SHARE) * density(thetas),
  };
}

/** The largest power up to 1/4 of the weights under which they are worth {@link WORTH} draws, to a factor of 1.3. */
function gentleTemper(population: readonly CurveDraw[]): number {
  const top = population.reduce((most, { logWeight }) => Math.max(most, logWeight), -Infinity);
  let temper = 0.25;
  for (; temper > 1e-9; temper /= 1.3) {
    let [sum, squares] = [0, 0];
    for (const { logWeight } of population) {
      const weight = Math.exp(temper * (logWeight - top));
      sum += weight;
      squares += weight * weight;
    }
    if (sum * sum >= WORTH * squares) break;
  }
  return temper;
}

/** Systematic resampling: evenly spaced through the cumulated weights. */
function resample(population: readonly CurveDraw[], temper: number): CurveDraw[] {
  const top = population.reduce((most, { logWeight }) => Math.max(most, logWeight), -Infinity);
  const weights = population.map(({ logWeight }) => Math.exp(temper * (logWeight - top)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const chosen: CurveDraw[] = [];
  let below = 0;
  population.forEach((draw, i) => {
    below += weights[i]! / total;
    while (chosen.length < KERNELS && (chosen.length + 0.5) / KERNELS < below) chosen.push(draw);
  });
  return chosen.length > 0 ? chosen : [population[0]!];
}

/** Cholesky factor of shrink²·covariance, with a floor of 10⁻³ in every direction. */
function covarianceFactor(points: readonly (readonly number[])[], shrink: number): Float64Array[] {
  const count = points[0]!.length;
  const mean = Array.from({ length: count }, (_, i) =>
    points.reduce((sum, p) => sum + p[i]! / points.length, 0),
  );
  const factor = Array.from({ length: count }, () => new Float64Array(count));
  for (let i = 0; i < count; i++) {
    for (let j = 0; j <= i; j++) {
      const covariance =
        points.reduce((sum, p) => sum + (p[i]! - mean[i]!) * (p[j]! - mean[j]!), 0) / points.length;
      let entry = shrink ** 2 * covariance + (i === j ? 1e-6 : 0);
      for (let k = 0; k < j; k++) entry -= factor[i]![k]! * factor[j]![k]!;
      factor[i]![j] = i === j ? Math.sqrt(Math.max(entry, 1e-6)) : entry / factor[j]![j]!;
    }
  }
  return factor;
}
