import { linkDensity, quenchedBounds } from "../growth/growthCurve.ts";
import { meanRate, totalWeight } from "../growth/rateSpectrum.ts";
import { stream } from "../random/stream.ts";
import { explorationCorrected } from "../theory/explorationCorrected.ts";
import { explorationLimit, explorationLimitFinite } from "../theory/explorationLimit.ts";
import { levelChain } from "../theory/levelChain.ts";
import { smallTimeLaw } from "../theory/smallTimeLaw.ts";
import { reachableShare } from "../theory/survival.ts";
import type { Claim, Effort } from "./claim.ts";
import {
  type CurveError,
  curveErrors,
  errorChart,
  exceeds,
  largestError,
  meanDensity,
  modelName,
  percent,
  TIMES,
} from "./compare.ts";
import type { Ensemble } from "./ensemble.ts";
import { everyModel, growingModel } from "./grid.ts";

const pairsOf = ({ entities }: Ensemble) => entities * (entities - 1);

/** Rows V, λ, error, where, standard error. */
const ERROR_HEAD = ["V", "λ", "largest error", "at s", "±"] as const;

/** Of errors over time: one row of {@link ERROR_HEAD} for each ensemble, and a chart. */
function errorTable(ensembles: readonly Ensemble[], curves: readonly (readonly CurveError[])[]) {
  return {
    head: ERROR_HEAD,
    rows: ensembles.map(({ entities, lambda }, i) => {
      const { error, s, standardError } = largestError(curves[i]!);
      return [entities, lambda, percent(error), s.toPrecision(2), percent(standardError)];
    }),
    chart: errorChart(ensembles.map((ensemble, i) => ({ name: modelName(ensemble), errors: curves[i]! }))),
  };
}

const limit: Claim = {
  id: "exploration-limit",
  statement: "At fixed s = t/N the mean density tends to the exploration limit.",
  source: "this project, docs/theory.md §4",
  method: "largest error for s ≥ 0.1 against the mean of exact curves (rule first, λ = 3), by V",
  needs: (effort) => growingModel(effort, "first"),
  measure: ({ ensembles }) => {
    const curve = explorationLimit(3);
    const times = TIMES.filter((s) => s > 0.09);
    const curves = ensembles.map((ensemble) =>
      curveErrors(ensemble, (s) => ({ mean: curve.density(s) }), times),
    );
    const errors = curves.map(largestError);
    // The error must fall at least like 1/√V, which is 10 % at V = 100.
    const bounds = ensembles.map(({ entities }) => 1 / Math.sqrt(entities));
    return {
      verdict: errors.some((error, i) => exceeds(error, bounds[i]!)) ? "fails" : "holds in the limit",
      figure: `error ${errors.map(({ error }) => percent(error)).join(", ")} at V = ${ensembles.map(({ entities }) => entities).join(", ")}`,
      ...errorTable(ensembles, curves),
    };
  },
};

const finite: Claim = {
  id: "exploration-finite",
  statement:
    "Its finite form is within 4 % of the mean density for λ ≥ 3 and V ≥ 100, within 10 % for λ = 2.",
  source: "this project, docs/theory.md §4",
  method: "largest error for s from 0.001 to 10 against the mean of exact curves (rule first)",
  needs: (effort) => everyModel(effort, "first"),
  measure: ({ ensembles }) => {
    const curves = ensembles.map((ensemble) => {
      const curve = explorationLimitFinite(ensemble);
      return curveErrors(ensemble, (s) => ({ mean: curve.density(s * pairsOf(ensemble)) }));
    });
    const errors = curves.map(largestError);
    const broken = errors.some((error, i) => exceeds(error, ensembles[i]!.lambda >= 3 ? 0.04 : 0.1));
    return {
      verdict: broken ? "fails" : "holds",
      figure: `largest error ${percent(largestError(errors).error)}`,
      ...errorTable(ensembles, curves),
    };
  },
};

const corrected: Claim = {
  id: "exploration-corrected",
  statement: "With corrections of order 1/V it is within 1 % at V = 100 for s ≤ 0.05.",
  source: "this project, docs/theory-results.md",
  method: "largest error for s from 0.001 to 0.05, and to 10, against the mean of exact curves (rule first)",
  needs: (effort) => everyModel(effort, "first"),
  measure: ({ ensembles }) => {
    const measured = ensembles.map((ensemble) => {
      const curve = explorationCorrected(ensemble);
      const errors = curveErrors(ensemble, (s) => ({ mean: curve.density(s * pairsOf(ensemble)) }));
      const early = largestError(errors.filter(({ s }) => s <= 0.05));
      return { ensemble, errors, early, all: largestError(errors) };
    });
    const small = measured.filter(({ ensemble }) => ensemble.entities === 100);
    return {
      verdict: small.some(({ early }) => exceeds(early, 0.01)) ? "fails" : "holds",
      figure: `largest error ${percent(largestError(small.map(({ early }) => early)).error)} at V = 100, s ≤ 0.05`,
      head: ["V", "λ", "error, s ≤ 0.05", "error, all s", "at s", "±"],
      rows: measured.map(({ ensemble, early, all }) => [
        ensemble.entities,
        ensemble.lambda,
        percent(early.error),
        percent(all.error),
        all.s.toPrecision(2),
        percent(all.standardError),
      ]),
      chart: errorChart(measured.map(({ ensemble, errors }) => ({ name: modelName(ensemble), errors }))),
    };
  },
};

const CHAIN_SAMPLES: Record<Effort, number> = { quick: 3000, full: 50_000 };

const chain: Claim = {
  id: "level-chain",
  statement: "The level chain is the mean density under the tie rule random, up to 0.3 %.",
  source: "this project, docs/theory.md §5",
  method: "largest error against the mean of exact curves (rule random), beyond six standard errors",
  needs: (effort) => everyModel(effort, "random"),
  measure: ({ ensembles, effort, seed }) => {
    const curves = ensembles.map((ensemble) => {
      const curve = levelChain(
        stream(seed, "verify chain", ensemble.entities),
        ensemble,
        CHAIN_SAMPLES[effort],
      );
      return curveErrors(ensemble, (s) => {
        const step = s * pairsOf(ensemble);
        return { mean: curve.density(step), standardError: curve.standardError(step) };
      });
    });
    const errors = curves.map(largestError);
    return {
      verdict: errors.some((error) => exceeds(error, 0.003)) ? "fails" : "holds",
      figure: `largest error ${percent(largestError(errors).error)} ± ${percent(largestError(errors).standardError)}`,
      ...errorTable(ensembles, curves),
    };
  },
};

const SUBTREE_SAMPLES: Record<Effort, number> = { quick: 200, full: 1000 };

/** A way to treat the subtrees of a level, held against the exact law of descendants. */
function subtreeClaim(id: string, statement: string, law: "paired" | "independent"): Claim {
  return {
    id,
    statement,
    source: "this project, docs/theory.md §5",
    method: `${law} against exact law of descendants on the same sampled levels; no graph takes part`,
    needs: () => [],
    measure: ({ effort, seed }) => {
      const rows = [100, 300].flatMap((entities) =>
        (effort === "quick" && entities > 100 ? [] : [2, 3, 10]).map((lambda) => {
          const draw = (subtrees: "paired" | "independent" | "exact") =>
            levelChain(
              stream(seed, "verify subtrees", entities),
              { entities, lambda },
              SUBTREE_SAMPLES[effort],
              subtrees,
            );
          const [treated, exact] = [draw(law), draw("exact")];
          const errors = [0.003, 0.01, 0.03, 0.1, 0.3].map((s) => {
            const step = s * entities * (entities - 1);
            return { s, error: treated.density(step) / exact.density(step) - 1 };
          });
          return { entities, lambda, ...largestError(errors) };
        }),
      );
      const worst = largestError(rows);
      return {
        verdict: Math.abs(worst.error) > 0.003 ? "fails" : "holds",
        figure: `moved by ${percent(worst.error)} at V = ${worst.entities}, λ = ${worst.lambda}, s = ${worst.s}`,
        head: ["V", "λ", "largest shift", "at s"],
        rows: rows.map(({ entities, lambda, error, s }) => [entities, lambda, percent(error), s]),
      };
    },
  };
}

const paired = subtreeClaim(
  "paired-subtrees",
  "Taking the subtrees of a level for dependent in pairs moves the level chain by less than 0.3 %.",
  "paired",
);

const independence = subtreeClaim(
  "independent-subtrees",
  "Taking the subtrees of a level for independent moves the level chain by less than 0.3 %.",
  "independent",
);

const ties: Claim = {
  id: "tie-rule",
  statement: "It does not matter which of several shortest paths a step takes.",
  source: "left open by the paper, §6.1",
  method: "mean density under the tie rule random against first, on the same graphs",
  needs: (effort) => [...everyModel(effort, "first"), ...everyModel(effort, "random")],
  measure: ({ ensembles }) => {
    const half = ensembles.length / 2;
    const first = ensembles.slice(0, half);
    const curves = first.map((ensemble, i) =>
      curveErrors(ensemble, (s) => ({ mean: meanDensity(ensembles[half + i]!, s).mean })),
    );
    const errors = curves.map(largestError);
    return {
      // Same graphs: the noise of the mean is common to both, and the ensemble's standard error an overestimate.
      verdict: errors.some((error) => exceeds(error, 0.005)) ? "fails" : "holds",
      figure: `random is above first by up to ${percent(largestError(errors).error)}`,
      ...errorTable(first, curves),
    };
  },
};

const firstStep: Claim = {
  id: "first-step",
  statement: "Every graph gains the same in its first step under every tie rule.",
  source: "this project, docs/theory.md §2",
  method: "largest relative difference of the gain of the first step, graph by graph, first against random",
  needs: (effort) => [...everyModel(effort, "first"), ...everyModel(effort, "random")],
  measure: ({ ensembles }) => {
    const half = ensembles.length / 2;
    const gain = (ensemble: Ensemble) =>
      ensemble.spectra.map((spectrum) => meanRate(spectrum) * totalWeight(spectrum));
    const rows = ensembles.slice(0, half).map((ensemble, i) => {
      const other = gain(ensembles[half + i]!);
      const differences = gain(ensemble).map((value, g) =>
        value === 0 ? other[g]! : Math.abs(other[g]! / value - 1),
      );
      return { ensemble, worst: Math.max(...differences) };
    });
    const worst = Math.max(...rows.map((row) => row.worst));
    return {
      // Two sums over at most V sizes.
      verdict: worst < 1e-12 ? "holds" : "fails",
      figure: `largest difference ${worst.toExponential(1)}`,
      head: ["V", "λ", "largest difference"],
      rows: rows.map((row) => [row.ensemble.entities, row.ensemble.lambda, row.worst.toExponential(1)]),
    };
  },
};

const quenched: Claim = {
  id: "quenched-bounds",
  statement: "The quenched bounds hold for every graph, at every time.",
  source: "this project, docs/theory.md §2",
  method: "number of graphs whose exact curve (rule first) leaves the bounds",
  needs: (effort) => everyModel(effort, "first"),
  measure: ({ ensembles }) => {
    const outside = ensembles.map(
      (ensemble) =>
        ensemble.spectra.filter((spectrum) =>
          TIMES.some((s) => {
            const step = s * pairsOf(ensemble);
            const density = linkDensity(spectrum, step);
            const { lower, upper } = quenchedBounds(spectrum, step);
            // Both sides are sums over up to V sizes.
            return density < lower * (1 - 1e-12) || density > upper * (1 + 1e-12);
          }),
        ).length,
    );
    const total = outside.reduce((a, b) => a + b, 0);
    const graphs = ensembles.reduce((sum, { spectra }) => sum + spectra.length, 0);
    return {
      verdict: total === 0 ? "holds" : "fails",
      figure: `${total} of ${graphs} graphs outside`,
      head: ["V", "λ", "graphs", "outside"],
      rows: ensembles.map(({ entities, lambda, spectra }, i) => [
        entities,
        lambda,
        spectra.length,
        outside[i]!,
      ]),
    };
  },
};

/** A periodic part this large would show in a figure of six digits. */
const VISIBLE_RIPPLE = 1e-6;

const smallTimes: Claim = {
  id: "small-times",
  statement: "Acc_∞(s)/(C_λ s) − ln(1/s)/ln λ tends to a constant κ_λ as s falls to 0.",
  source: "this project, docs/theory.md §4",
  method: "mean and largest deviation of C_λ times this over one period of ln s/ln λ near s = 10⁻¹⁵",
  needs: () => [],
  measure: () => {
    const laws = [1.5, 2, 3, 10, 50].map((lambda) => {
      const { kappa, ripple } = smallTimeLaw(lambda);
      const share = reachableShare(lambda);
      return { lambda, kappa: share * kappa, ripple: share * ripple };
    });
    const worst = laws.reduce((a, b) => (b.ripple > a.ripple ? b : a));
    return {
      verdict: worst.ripple > VISIBLE_RIPPLE ? "fails" : "holds in the limit",
      figure: `a periodic part of ±${worst.ripple.toPrecision(2)} stays at λ = ${worst.lambda}; none visible for λ ≤ 3`,
      head: ["λ", "C_λ κ_λ", "periodic part ±"],
      rows: laws.map(({ lambda, kappa, ripple }) => [lambda, kappa.toFixed(5), ripple.toExponential(1)]),
    };
  },
};

/** What this project states beyond the paper. */
export const PROJECT_CLAIMS: readonly Claim[] = [
  limit,
  finite,
  corrected,
  chain,
  paired,
  independence,
  ties,
  firstStep,
  quenched,
  smallTimes,
];
