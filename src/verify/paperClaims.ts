import { linkDensity } from "../growth/growthCurve.ts";
import { explorationLimit } from "../theory/explorationLimit.ts";
import { paperFormula } from "../theory/paperFormula.ts";
import { extinctionProbability, reachableShare } from "../theory/survival.ts";
import { theorem1Spectra } from "../theory/theorem1.ts";
import { progenyMoments } from "../theory/totalProgeny.ts";
import type { Chart, Claim } from "./claim.ts";
import { type CurveError, curveErrors, errorChart, largestError, percent, SIGMAS, TIMES } from "./compare.ts";
import { type Ensemble, estimate } from "./ensemble.ts";
import { everyModel, growingModel } from "./grid.ts";

/** The ε at which Theorem 1 is tried. */
const EPSILONS = [0.05, 0.1, 0.25] as const;

const theorem1: Claim = {
  id: "theorem-1",
  statement: "The density of every large graph stays between the bounds of Theorem 1 at all times.",
  source: "paper, Theorem 1",
  method:
    "share of single graphs whose exact curve (rule first) leaves the bounds at t = 0, at t = ∞ or between",
  needs: (effort) => everyModel(effort, "first"),
  measure: ({ ensembles }) => {
    const cells = ensembles.flatMap((ensemble) =>
      EPSILONS.map((epsilon) => ({ ensemble, epsilon, share: violations(ensemble, epsilon) })),
    );
    const worst = Math.max(...cells.map(({ share }) => share));
    const largest = Math.max(...ensembles.map(({ entities }) => entities));
    const atLargest = Math.max(
      ...cells.filter(({ ensemble }) => ensemble.entities === largest).map(({ share }) => share),
    );
    return {
      // The theorem promises nothing at finite V: graphs outside the bounds do not refute it.
      verdict: worst === 0 ? "holds" : "holds in the limit",
      figure: `up to ${percent(worst, 0)} of graphs outside; at V = ${largest} up to ${percent(atLargest, 0)}`,
      head: ["V", "λ", "ε", "graphs outside"],
      rows: cells.map(({ ensemble, epsilon, share }) => [
        ensemble.entities,
        ensemble.lambda,
        epsilon,
        percent(share, 1),
      ]),
      ...chartOverSizes(
        "Graphs outside (%)",
        EPSILONS.flatMap((epsilon) =>
          lambdasOf(ensembles).map((lambda) => ({
            name: `$λ = ${lambda}$, $ε = ${epsilon}$`,
            points: cells
              .filter((cell) => cell.epsilon === epsilon && cell.ensemble.lambda === lambda)
              .map(({ ensemble, share }) => ({ at: ensemble.entities, value: 100 * share })),
          })),
        ),
      ),
    };
  },
};

function lambdasOf(ensembles: readonly { readonly lambda: number }[]): number[] {
  return [...new Set(ensembles.map(({ lambda }) => lambda))];
}

/** A chart over V, where there is more than one. */
function chartOverSizes(quantity: string, lines: Chart["lines"]): { chart?: Chart } {
  if (lines.every(({ points }) => points.length < 2)) return {};
  return { chart: { axis: "Entities $V$ (log scale)", quantity, lines } };
}

function violations({ entities, lambda, spectra }: Ensemble, epsilon: number): number {
  const { lower, upper } = theorem1Spectra({ entities, lambda }, epsilon);
  const times = [0, ...TIMES.map((s) => s * entities * (entities - 1)), Infinity];
  const outside = spectra.filter((spectrum) =>
    times.some((time) => {
      const density = linkDensity(spectrum, time);
      return density < linkDensity(lower, time) || density > linkDensity(upper, time);
    }),
  );
  return outside.length / spectra.length;
}

const closedFormula: Claim = {
  id: "closed-formula",
  statement: "The ratio of the closed formula to the true density tends to 1 as V grows.",
  source: "paper, §6 and Appendix G",
  method:
    "largest error against the mean of exact curves (rule first, λ = 3), and against the exploration limit",
  needs: (effort) => growingModel(effort, "first"),
  measure: ({ ensembles }) => {
    const cases = ensembles.map((ensemble) => {
      const pairs = ensemble.entities * (ensemble.entities - 1);
      const formula = paperFormula(ensemble);
      const errors = curveErrors(ensemble, (time) => ({ mean: formula.density(time * pairs) }));
      return { entities: ensemble.entities, name: `$V = ${ensemble.entities}$`, errors };
    });
    const inTheLimit = limitingErrors();
    const limit = largestError(inTheLimit);
    return {
      verdict: Math.abs(limit.error) > 0.01 ? "fails" : "holds in the limit",
      figure: `${percent(limit.error)} as V → ∞, at s = ${limit.s.toPrecision(2)}`,
      head: ["V", "largest error", "at s", "±"],
      rows: [
        ...cases.map(({ entities, errors }) => {
          const { error, s, standardError } = largestError(errors);
          return [entities, percent(error), s.toPrecision(2), percent(standardError)];
        }),
        ["∞", percent(limit.error), limit.s.toPrecision(2), "–"],
      ],
      chart: errorChart([...cases, { name: "$V \\to \\infty$", errors: inTheLimit }]),
    };
  },
};

/** The formula with p → 0 against the exploration limit, λ = 3, at s from 0.01. */
function limitingErrors(): CurveError[] {
  const entities = 94_906_266;
  const formula = paperFormula({ entities, lambda: 3 });
  const limit = explorationLimit(3);
  return TIMES.filter((s) => s >= 0.01).map((s) => ({
    error: formula.density(s * entities * (entities - 1)) / limit.density(s) - 1,
    s,
    standardError: 0,
  }));
}

const plateau: Claim = {
  id: "plateau",
  statement: "The share of reachable pairs tends to C_λ = (1 − ρ)².",
  source: "paper, Lemma G.1",
  method: "mean share of reachable pairs of random graphs against C_λ",
  needs: (effort) => everyModel(effort, "first"),
  measure: ({ ensembles }) => {
    const cells = ensembles.map((ensemble) => {
      const share = reachableShare(ensemble.lambda);
      const found = estimate(ensemble.spectra.map((spectrum) => linkDensity(spectrum, Infinity)));
      return { ...ensemble, share, found, error: found.mean / share - 1 };
    });
    const largest = Math.max(...cells.map(({ entities }) => entities));
    const last = cells.filter(({ entities }) => entities === largest);
    const off = (cell: (typeof cells)[number], bound: number) =>
      Math.abs(cell.error) - (SIGMAS * cell.found.standardError) / cell.share > bound;
    const worst = last.reduce((a, b) => (Math.abs(b.error) > Math.abs(a.error) ? b : a));
    return {
      // Finite-size effects are of order 1/V; ten of them at λ = 2 are allowed.
      verdict: last.some((cell) => off(cell, 10 / largest)) ? "fails" : "holds in the limit",
      figure: `off by ${percent(worst.error)} at V = ${largest}, λ = ${worst.lambda}`,
      head: ["V", "λ", "R/N", "±", "C_λ", "p + C_λ"],
      rows: cells.map(({ entities, lambda, found, share }) => [
        entities,
        lambda,
        found.mean.toFixed(4),
        found.standardError.toFixed(4),
        share.toFixed(4),
        (lambda / entities + share).toFixed(4),
      ]),
      ...chartOverSizes(
        "Deviation of the mean share (%)",
        lambdasOf(cells).map((lambda) => ({
          name: `$λ = ${lambda}$`,
          points: cells
            .filter((cell) => cell.lambda === lambda)
            .map(({ entities, error }) => ({ at: entities, value: 100 * error })),
        })),
      ),
    };
  },
};

const doubleCount: Claim = {
  id: "double-count",
  statement: "The closed formula ends at the share of pairs that can be known.",
  source: "paper, §6: p + C_λ(1 − …)",
  method: "p + C_λ against 1, the most that there is",
  needs: () => [],
  measure: () => {
    const models = [3, 10].map((lambda) => ({ entities: 100, lambda }));
    const ends = models.map((model) => paperFormula(model).density(Infinity));
    const most = Math.max(...ends);
    return {
      verdict: most > 1 ? "fails" : "holds",
      figure: `ends at ${most.toFixed(3)} for V = 100, λ = 10: links known from the start are counted twice`,
      head: ["V", "λ", "formula at t = ∞", "C_λ"],
      rows: models.map(({ entities, lambda }, i) => [
        entities,
        lambda,
        ends[i]!.toFixed(4),
        reachableShare(lambda).toFixed(4),
      ]),
    };
  },
};

/** Generations at which sums that ought to converge are cut. */
const CUTS = [10, 100, 1000] as const;

const finiteMean: Claim = {
  id: "finite-mean",
  statement: "The weights μ of the closed formula have a finite mean.",
  source: "paper, assumed in Lemma G.3",
  method: "Σ_{ℓ<L} (λ − 1)/λ^{ℓ+1}·E[Y_ℓ] at λ = 1.02, L = 10, 100, 1000",
  needs: () => [],
  measure: () => {
    // λ near 1, so that E[Y_1000] does not overflow; for every λ the terms tend to 1.
    const lambda = 1.02;
    const sums = CUTS.map((cut) =>
      Array.from(
        { length: cut },
        (_, l) => ((lambda - 1) / lambda ** (l + 1)) * progenyMoments(lambda, l).mean,
      ).reduce((a, b) => a + b, 0),
    );
    const grows = sums[2]! - sums[1]! > 0.5 * (CUTS[2] - CUTS[1]);
    return {
      verdict: grows ? "fails" : "holds",
      figure: `partial sums ${sums.map((sum) => sum.toFixed(1)).join(", ")}: each generation adds nearly 1`,
      head: ["L", "mean over generations below L"],
      rows: CUTS.map((cut, i) => [cut, sums[i]!.toFixed(3)]),
    };
  },
};

const printedSum: Claim = {
  id: "printed-sum",
  statement: "The closed formula as printed, a double sum over (1 − k/N)^t, has a value for t ≥ 1.",
  source: "paper, §6",
  method: "partial sums over generations at t = 1, V = 100, λ = 3, where the inner sum is 1 − E[Y_ℓ]/N",
  needs: () => [],
  measure: () => {
    const [lambda, entities] = [3, 100];
    const pairs = entities * (entities - 1);
    const values = CUTS.map((cut) => {
      // (λ − 1)/λ^{ℓ+1}·(1 − E[Y_ℓ]/N), with E[Y_ℓ] written out so that large ℓ does not overflow.
      const terms = Array.from({ length: cut }, (_, l) => {
        const weight = lambda ** -(l + 1);
        return (lambda - 1) * weight - (1 - weight) / pairs;
      });
      const sum = terms.reduce((a, b) => a + b, 0);
      return lambda / entities + (1 - extinctionProbability(lambda)) ** 2 * (1 - sum);
    });
    const grows = values[2]! - values[1]! > 0.5 * (reachableShare(lambda) / pairs) * (CUTS[2] - CUTS[1]);
    return {
      verdict: grows ? "fails" : "holds",
      figure: `density after one step, cut after L generations: ${values.map((v) => v.toFixed(4)).join(", ")}`,
      head: ["L", "formula at t = 1"],
      rows: CUTS.map((cut, i) => [cut, values[i]!.toFixed(5)]),
    };
  },
};

/** What the paper states, assumes or prints. */
export const PAPER_CLAIMS: readonly Claim[] = [
  theorem1,
  closedFormula,
  plateau,
  doubleCount,
  finiteMean,
  printedSum,
];
