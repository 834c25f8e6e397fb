import { mean, quantile } from "simple-statistics";
import { compareLaws } from "../fit/compareLaws.ts";
import { mixtureSpectrum } from "../fit/mixture.ts";
import { type MixturePosterior, mixturePosterior, predictCurve } from "../fit/posterior.ts";
import { breadthFirstTree } from "../graph/breadthFirst.ts";
import { type Digraph, pairCount } from "../graph/digraph.ts";
import { sampleErdosRenyi } from "../graph/erdosRenyi.ts";
import { linkDensity, linkDensitySlope, quenchedBounds } from "../growth/growthCurve.ts";
import { graphRateSpectrum, type RateSpectrum } from "../growth/rateSpectrum.ts";
import { regimes } from "../growth/regimes.ts";
import { type LiteralProcess, literalProcess } from "../process/literalProcess.ts";
import { stream } from "../random/stream.ts";
import { exactSpectrum } from "../spectrum/exactSpectrum.ts";
import { explorationCorrected } from "../theory/explorationCorrected.ts";
import { explorationLimitFinite } from "../theory/explorationLimit.ts";
import { explorationRateSpectrum } from "../theory/explorationSpectrum.ts";
import { levelChain } from "../theory/levelChain.ts";
import { claimNamed, measureClaims } from "../verify/measureClaims.ts";
import { growthResults, type PaperResults, qualityData, qualitySeries } from "./paper.ts";

/** What figures of the main job are made of. */
export interface MainJob {
  readonly results: PaperResults;
  readonly toy: Digraph;
}

const OF_MAIN_JOB: Readonly<Record<string, (results: PaperResults, toy: Digraph) => unknown>> = {
  scaling: ({ training, constants }) => ({
    series: training,
    references: constants.filter(({ openBook }) => !openBook),
  }),
  "mixture-fit": ({ training, fit }) => ({ points: training[0]!.points, fit }),
  "three-regimes": growthResults,
  comparison: growthResults,
  theory: theoryCurves,
  bounds: boundsOfToy,
  spectrum: spectra,
  regimes: regimesOfToy,
  "plateau-profile": ({ plateauProfile }) => plateauProfile,
};

/** Examples that stand by themselves. */
const EXAMPLES: Readonly<Record<string, () => unknown>> = {
  simulation: smallSimulation,
  evidence: closedFormulaTested,
  "search-tree": searchTree,
  knowledge,
  forecast: () => forecastFromFirst(23),
  "model-comparison": lawScores,
  plan: planToSixty,
};

/**
 * What a figure shows where the user brings no results: the toy model and the training results of the main job, or an
 * example.
 *
 * @param name - of a figure of the catalogue
 * @param mainJob - called only for figures that are made of it
 */
export async function galleryResults(name: string, mainJob: () => Promise<MainJob>): Promise<unknown> {
  const example = EXAMPLES[name];
  if (example) return example();
  const { results, toy } = await mainJob();
  return OF_MAIN_JOB[name]!(results, toy);
}

function model({ theory: { entities, linkProbability } }: PaperResults) {
  return { entities, linkProbability };
}

/** Steps of the main job's many graphs, from the first on: curves on a logarithmic axis. */
function logSteps({ manyGraphs }: PaperResults): number[] {
  return manyGraphs.points.map(({ step }) => step).filter((step) => step > 0);
}

function points(steps: readonly number[], density: (step: number) => number) {
  return steps.map((step) => ({ step, density: density(step) }));
}

function toyCurve(toy: Digraph): RateSpectrum {
  return graphRateSpectrum(exactSpectrum(toy, "first"));
}

/** Theories over the mean of exact curves of many graphs: theory knows no single graph. */
function theoryCurves(results: PaperResults) {
  const { manyGraphs } = results;
  const steps = logSteps(results);
  const graph = model(results);
  const finite = explorationLimitFinite(graph);
  const corrected = explorationCorrected(graph);
  const chain = levelChain(stream(1, "gallery", 0), graph, 4000);
  return {
    ...graph,
    exact: manyGraphs.points.map(({ step, exact }) => ({ step, density: exact })),
    theories: [
      {
        name: "paper’s closed formula",
        points: manyGraphs.points.map(({ step, paperFormula }) => ({ step, density: paperFormula })),
      },
      { name: "exploration limit, finite V", points: points(steps, finite.density) },
      { name: "exploration limit, corrected", points: points(steps, corrected.density) },
      { name: "level chain", points: points(steps, chain.density) },
    ],
  };
}

/** The closed formula against random graphs of two sizes and against the limit. */
function closedFormulaTested() {
  const work = measureClaims([claimNamed("closed-formula")!], "quick", 1);
  for (;;) {
    const next = work.next();
    if (next.done) return next.value[0]!;
  }
}

function boundsOfToy(results: PaperResults, toy: Digraph) {
  const curve = toyCurve(toy);
  const { theorem1 } = growthResults(results);
  const steps = theorem1.map(({ step }) => step);
  return {
    ...model(results),
    exact: points(steps, (step) => linkDensity(curve, step)),
    quenched: steps.map((step) => ({ step, ...quenchedBounds(curve, step) })),
    theorem1,
  };
}

function regimesOfToy(results: PaperResults, toy: Digraph) {
  const curve = toyCurve(toy);
  const found = regimes(curve)!;
  const steps = logSteps(results);
  return {
    ...model(results),
    exact: points(steps, (step) => linkDensity(curve, step)),
    slopes: steps.map((step) => ({ step, perStep: linkDensitySlope(curve, step) })),
    transitions: { toLogarithmic: found.linearUntil, toPlateau: found.plateauFrom },
  };
}

/** The toy graph and theory in units of 1/N; the fit as shares of its gain, with its slowest rate put at 1. */
function spectra({ simulation, theory, fit }: PaperResults, toy: Digraph) {
  const { pairs } = simulation;
  const graph = toyCurve(toy);
  const fitted = mixtureSpectrum(fit);
  const gain = fitted.weights.reduce((sum, weight) => sum + weight, 0);
  const unit = fitted.rates[0]!;
  return {
    spectra: [
      { name: "toy graph", atoms: atoms(graph, pairs) },
      { name: "exploration limit", atoms: limitAtoms(theory.lambda) },
      { name: "fit to EntiGraph, slowest rate at 1", atoms: atoms(fitted, 1 / unit, 1 / gain) },
    ],
  };
}

/** Sizes to 100: the last atom of the spectrum stands for all larger ones. */
function limitAtoms(lambda: number) {
  return atoms(explorationRateSpectrum(lambda, 100), 1).slice(0, -1);
}

function atoms({ rates, weights }: RateSpectrum, perRate: number, perWeight = 1) {
  return Array.from(rates, (rate, i) => ({ rate: rate * perRate, weight: weights[i]! * perWeight })).filter(
    ({ weight }) => weight > 0,
  );
}

/** A small tree with labels that can be read: the search from entity 0 of a graph of 24. */
function searchTree() {
  const graph = smallGraph();
  const { parents, distances } = breadthFirstTree(graph, 0);
  const farthest = distances.reduce((best, distance, z) => (distance > distances[best]! ? z : best), 0);
  return { entities: graph.vertexCount, source: 0, parents: Array.from(parents), target: farthest };
}

function smallGraph(): Digraph {
  return sampleErdosRenyi(stream(4, "gallery", 1), 24, 2 / 24);
}

/** On a graph so small that single runs differ visibly from the exact curve. */
function smallSimulation() {
  const graph = smallGraph();
  const curve = toyCurve(graph);
  const steps = [...new Set(logGrid(1, 3000, 60).map(Math.round))];
  const replicates = 400;
  const runs = Array.from({ length: replicates }, (_, replicate) => {
    const process = literalProcess(graph, "first");
    const rng = stream(1, "gallery", 3, replicate);
    return steps.map((step) => {
      while (process.steps < step) process.step(rng);
      return process.knownLinks / pairCount(graph.vertexCount);
    });
  });
  return {
    entities: graph.vertexCount,
    linkProbability: 2 / graph.vertexCount,
    replicates,
    exact: points(steps, (step) => linkDensity(curve, step)),
    simulation: steps.map((step, i) => {
      const densities = runs.map((run) => run[i]!);
      const [lower, upper] = quantile(densities, [0.05, 0.95]) as [number, number];
      return { step, mean: mean(densities), lower, upper };
    }),
  };
}

/** A matrix whose cells can be seen. */
function knowledge() {
  const entities = 30;
  const process = literalProcess(sampleErdosRenyi(stream(1, "gallery", 4), entities, 3 / entities), "first");
  const rng = stream(1, "gallery", 2);
  const sourceLinks = knownPairs(process, entities);
  const snapshots = [0, 20, 100, 500, 1000, 5000].map((step) => {
    while (process.steps < step) process.step(rng);
    return { step, known: knownPairs(process, entities) };
  });
  return { entities, sourceLinks, snapshots };
}

function knownPairs(process: LiteralProcess, entities: number): [number, number][] {
  const ids = Array.from({ length: entities }, (_, id) => id);
  return ids.flatMap((x) => ids.filter((z) => process.isKnown(x, z)).map((z): [number, number] => [x, z]));
}

function quality() {
  return qualityData("quality-entigraph");
}

/** What the first points would have said of those that followed. */
function forecastFromFirst(count: number) {
  const { x, y } = quality();
  const posterior = mixturePosterior({ x: x.slice(0, count), y: y.slice(0, count) }, { ceiling: 100 });
  const all = qualitySeries("EntiGraph", "quality-entigraph").points;
  const tokens = logGrid(x[0]!, 1000, 60);
  const range = (level: number) =>
    tokens.map((at) => {
      const { lower, upper } = predictCurve(posterior, at, level);
      return { tokens: at, lower, upper };
    });
  return {
    title: `What the first ${count} EntiGraph runs say of the others`,
    points: all.slice(0, count),
    heldOut: all.slice(count),
    mean: tokens.map((at) => ({ tokens: at, accuracy: predictCurve(posterior, at, 0.9).mean })),
    intervals: [0.5, 0.9].map((level) => ({ level, range: range(level) })),
  };
}

function lawScores() {
  const { scores } = compareLaws(quality());
  return {
    models: scores.flatMap(({ law, fitted, rollingOrigin }) =>
      fitted.aicc === null
        ? []
        : [
            {
              name: law,
              parameters: fitted.count,
              aicc: fitted.aicc,
              forecastError: rollingOrigin,
            },
          ],
    ),
  };
}

/** Dollars for a million tokens in the plan: an example, not a quotation. */
const EXAMPLE_PRICE = 12.5;

function planToSixty() {
  const posterior: MixturePosterior = mixturePosterior(quality(), { ceiling: 100 });
  return {
    predictions: logGrid(100, 4000, 50).map((tokens) => {
      const { mean, lower, upper } = predictCurve(posterior, tokens, 0.9);
      return { tokens, mean, lower, upper };
    }),
    level: 0.9,
    pricePerMillion: EXAMPLE_PRICE,
    target: 60,
    budget: 20_000,
  };
}

function logGrid(from: number, to: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => from * (to / from) ** (i / (count - 1)));
}
