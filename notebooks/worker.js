/**
 * The work of the notebooks that takes longer than a page may be still. Each task is a generator: what it yields is
 * sent to the page at once, so that a chart fills up while the work goes on.
 */
import {
  DomainError,
  exactSpectrum,
  explorationCorrected,
  explorationLimitFinite,
  fitMixture,
  graphRateSpectrum,
  levelChain,
  linkDensity,
  mixturePosterior,
  paperFormula,
  planTraining,
  plateauInterval,
  predictCurve,
  profilePlateau,
  sampleErdosRenyi,
  stream,
} from "entigraph";

const TASKS = { meanCurve, deviationBySize, plateauProfile, outlook, plan };

self.onmessage = ({ data: { task, input } }) => {
  try {
    for (const result of TASKS[task](input)) self.postMessage(result);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    self.postMessage({ problem: error.message });
  }
};

/** How often a growing mean is sent, in milliseconds. */
const REPORT_EVERY = 150;

/** Sources of which the level chain is a mean: a standard error of about half a percent. */
const CHAINS = 1000;

/**
 * The mean of the exact curves of many graphs at the times t = share·N, with its standard error; then the theories
 * that are too slow for the page.
 */
function* meanCurve({ entities, lambda, seed, graphs, shares }) {
  const times = shares.map((share) => share * entities * (entities - 1));
  let mean = meanOfGraphs(times);
  let reported = performance.now();
  for (let index = 0; index < graphs; index++) {
    mean = withGraph(mean, { entities, lambda, seed, index }, times);
    if (performance.now() - reported < REPORT_EVERY) continue;
    reported = performance.now();
    yield summary(mean);
  }
  const done = { ...summary(mean), complete: true };
  yield done;
  const theory = explorationCorrected({ entities, lambda });
  const corrected = times.map((time) => theory.density(time));
  yield { ...done, corrected };
  const chain = levelChain(stream(seed, "levels"), { entities, lambda }, CHAINS);
  yield { ...done, corrected, chain: times.map((time) => chain.density(time)) };
}

function meanOfGraphs(times) {
  return { count: 0, mean: times.map(() => 0), squares: times.map(() => 0) };
}

/** Welford's update with the curve of one more graph. */
function withGraph({ count, mean, squares }, { entities, lambda, seed, index }, times) {
  const graph = sampleErdosRenyi(stream(seed, "graph", index), entities, lambda / entities);
  const rates = graphRateSpectrum(exactSpectrum(graph, "first"));
  const values = times.map((time) => linkDensity(rates, time));
  const next = mean.map((middle, i) => middle + (values[i] - middle) / (count + 1));
  const spread = squares.map((sum, i) => sum + (values[i] - mean[i]) * (values[i] - next[i]));
  return { count: count + 1, mean: next, squares: spread };
}

function summary({ count, mean, squares }) {
  const error = squares.map((sum) => (count > 1 ? Math.sqrt(sum / (count - 1) / count) : null));
  return { graphs: count, mean, error };
}

/** Work spent on each size, as V² times the number of graphs. */
const WORK_PER_SIZE = 4e6;

/** At one time t = share·N, the deviation of each theory from the mean of graphs of several sizes. */
function* deviationBySize({ lambda, seed, share, sizes }) {
  const rows = [];
  for (const entities of sizes) {
    const times = [share * entities * (entities - 1)];
    const graphs = Math.min(500, Math.max(5, Math.round(WORK_PER_SIZE / entities ** 2)));
    let mean = meanOfGraphs(times);
    for (let index = 0; index < graphs; index++) {
      mean = withGraph(mean, { entities, lambda, seed, index }, times);
    }
    const {
      mean: [exact],
      error: [error],
    } = summary(mean);
    const deviation = (theory) => theory.density(times[0]) / exact - 1;
    const model = { entities, lambda };
    rows.push({
      entities,
      graphs,
      error: error / exact,
      paper: deviation(paperFormula(model)),
      limit: deviation(explorationLimitFinite(model)),
    });
    yield rows;
  }
}

/** The least sum of squares with each of several plateaus, and the interval that is not rejected. */
function* plateauProfile({ observations, terms, level, plateaus }) {
  const profile = plateaus.map((plateau) => ({
    plateau,
    sse: fitMixture(observations, { terms, plateau }).sse,
  }));
  yield { profile };
  yield { profile, interval: profilePlateau(observations, terms, level) };
}

/** The posterior distribution of the curve, its fan and what it says about the plateau. */
function* outlook({ observations, ceiling, at, level }) {
  const posterior = mixturePosterior(observations, { ceiling });
  const fan = at.map((x) => predictCurve(posterior, x, level));
  yield { posterior, fan, plateau: plateauInterval(posterior, level) };
}

/** A plan from a posterior distribution. */
function* plan({ posterior, target, level }) {
  yield planTraining(posterior, { target, level });
}
