import { markdownTable } from "markdown-table";
import type { ManyGraphsPoint, PaperResults } from "./paper.ts";

/**
 * The report of the main job: a page for a reader who has not run it, with every number from the results.
 *
 * @param results - of the main job
 * @param libraries - versions of what drew the figures, by name
 */
export function paperReport(results: PaperResults, libraries: Record<string, string>): string {
  return `${[
    ...introduction(results),
    ...toyModel(results),
    ...formulaBias(results),
    ...scaling(),
    ...mixture(results),
    ...agreement(results),
    ...origin(results, libraries),
  ].join("\n")}\n`;
}

function introduction({ simulation }: PaperResults): string[] {
  const { entities, links, reachablePairs, pairs } = simulation;
  return [
    "# The theory results of *Synthetic continued pretraining*, reproduced",
    "",
    "A small corpus is a directed graph of entities. Each synthetic document relates one random pair of them and teaches",
    "every link along the shortest path between the two. How fast do known links grow, and does test accuracy grow alike?",
    "",
    `Everything below is computed by \`npm start\`: a toy corpus of ${entities} entities (${links} links, ${percent(reachablePairs / pairs)} of all`,
    "ordered pairs connected by a path), simulated step by step and solved exactly, beside the paper's theory; and the",
    "paper's real training results, with the mixture of exponentials fitted to them.",
    "",
  ];
}

function toyModel({ simulation, theory, provenance }: PaperResults): string[] {
  const { toy } = provenance.input as { toy: { replicates: number } };
  const rows = [0, 100, 1000, 4950, 9900, 49_500].flatMap((wanted) => {
    const point = nearest(simulation.curve, wanted);
    const bounds = nearest(theory.points, wanted);
    return [
      [
        whole(point.step),
        fixed(point.density),
        point.standardError === null ? "–" : fixed(point.standardError, 5),
        fixed(point.exact),
        fixed(bounds.paperFormula),
        `${fixed(bounds.theorem1Lower)} to ${fixed(bounds.theorem1Upper)}`,
      ],
    ];
  });
  return [
    "## Three regimes (the paper's Figure 9)",
    "",
    "![Link density against steps in three panels: linear, log-linear, plateau](three-regimes.png)",
    "",
    "Growth is linear at first, then steepest against log t, then it levels off. At each time the band holds 90 % of the",
    `${toy.replicates} replicates; the exact curve is this project's and needs no simulation.`,
    "",
    aligned(
      [
        "step t",
        "simulated",
        "standard error",
        "exact",
        "paper's formula",
        `Theorem 1, ε = ${theory.epsilon}`,
      ],
      rows,
    ),
    "",
  ];
}

function formulaBias({ manyGraphs }: PaperResults): string[] {
  const rows = manyGraphs.points
    .filter((_, i) => i % 4 === 1 || i === manyGraphs.points.length - 1)
    .map((point) => [
      whole(point.step),
      `${fixed(point.exact)} ± ${fixed(point.standardError)}`,
      fixed(point.paperFormula),
      signedPercent(point.relativeError),
      percent(point.belowTheorem1),
      percent(point.aboveTheorem1),
    ]);
  return [
    "## How exact is the closed formula?",
    "",
    "![Relative error of the paper's formula and of the simulation against the exact curve](comparison.png)",
    "",
    `One graph could be unusual; so here is the mean of the exact curves of ${manyGraphs.graphs} graphs of the same model, and how many`,
    "of them leave the bounds of Theorem 1, which is a statement about V → ∞.",
    "",
    aligned(
      [
        "step t",
        "exact, mean ± standard error",
        "paper's formula",
        "error",
        "below Theorem 1",
        "above Theorem 1",
      ],
      rows,
    ),
    "",
    "Theory that goes further (`docs/theory.md`, sections 4 and 5), against the same mean: the exploration limit is the",
    "true limit V → ∞, here in its forms for finite V; the level chain holds at any V, for a random choice among shortest",
    "paths.",
    "",
    "![The paper's formula, the exploration limit and the level chain over the exact curve, with deviations](theory.png)",
    "",
  ];
}

function scaling(): string[] {
  return [
    "## Real training results (the paper's Figure 2)",
    "",
    "![Closed-book accuracy on QuALITY against synthetic tokens, with the accuracies of other models as lines](scaling.png)",
    "",
    "Llama 3 8B, trained on synthetic text made from 265 documents and asked without them at hand. The points are the",
    "literals of the authors' notebook; nothing is digitised from a picture (`entigraph dataset show quality-entigraph`).",
    "",
  ];
}

function mixture({ fit, printedFit, printedSse, heldPlateaus }: PaperResults): string[] {
  const printed = printedFit.terms;
  const rows = [
    coefficient("plateau a", fit.plateau, printedFit.plateau, 4),
    ...fit.terms.flatMap(({ amplitude, ratio }, i) => [
      coefficient(`amplitude b${i + 1}`, amplitude, printed[i]!.amplitude, i === 2 ? 3 : 4),
      coefficient(`ratio r${i + 1}`, ratio, printed[i]!.ratio, 4),
    ]),
  ];
  const held = heldPlateaus.map(({ plateau, sse, rmse }) => [fixed(plateau), fixed(sse), fixed(rmse)]);
  return [
    "## A mixture of exponentials (the paper's Figure 4)",
    "",
    "![The three-term fit to the EntiGraph points, and where it would lead](mixture-fit.png)",
    "",
    `y(x) = a − b1·r1^x − b2·r2^x − b3·r3^x, x in millions of tokens, ${fit.points} points, least squares over all rates:`,
    "",
    aligned(["coefficient", "fitted here", "printed", "difference", "units of the last printed digit"], rows),
    "",
    `SSE ${fixed(fit.sse, 5)}, RMSE ${fixed(fit.rmse)} percentage points; the printed, rounded coefficients give SSE ${fixed(printedSse, 5)}.`,
    ...(fit.gap === null
      ? []
      : [
          `Proven by branch and bound: no three-term mixture has an SSE lower by more than ${fit.gap.toExponential(1)}.`,
        ]),
    "",
    "The plateau is an extrapolation. Hold it at another value, fit the rest again, and see what it costs:",
    "",
    aligned(["plateau held at", "SSE", "RMSE"], held),
    "",
    "![Profile likelihood of the plateau: a lower limit, no upper one](plateau-profile.png)",
    "",
  ];
}

function agreement(results: PaperResults): string[] {
  return [
    "## What agrees with the paper, and what does not",
    "",
    ...simulationVerdict(results),
    ...regimesVerdict(results),
    ...formulaVerdict(results),
    ...theorem1Verdict(results),
    ...fitVerdict(results),
    ...plateauVerdict(results),
    "",
  ];
}

function simulationVerdict({ simulation }: PaperResults): string[] {
  const scores = simulation.curve.flatMap(({ density, exact, standardError }) =>
    standardError ? [Math.abs(density - exact) / standardError] : [],
  );
  return [
    `- **Simulation and exact curve**: over ${scores.length} times they differ by at most ${Math.max(...scores).toFixed(1)} standard errors. The times of one run are not`,
    "  independent, so this is a look, not a test; the tests bound it.",
  ];
}

function regimesVerdict({ regimes, simulation }: PaperResults): string[] {
  const { linearUntil, plateauFrom, logLike } = regimes;
  const step = (value: number) => whole(Math.round(value));
  return [
    `- **Three regimes**: growth is linear well before t₁ = ${step(linearUntil)} and saturates from t₂ = ${step(plateauFrom)}. Between them the slope against`,
    `  log t stays within 80 % of its largest from t = ${step(logLike.from)} to ${step(logLike.to)} only, ${logLike.decades.toFixed(2)} decades: at V = ${simulation.entities} "linear in log t" is a`,
    "  passing inflection. As V grows the curve tends to s·log(1/s) for small s = t/N (`docs/theory.md`, section 4).",
  ];
}

function formulaVerdict({ simulation, manyGraphs, theory }: PaperResults): string[] {
  const worst = manyGraphs.points.reduce((a, b) =>
    Math.abs(b.relativeError) > Math.abs(a.relativeError) ? b : a,
  );
  const end = manyGraphs.points.at(-1)!;
  return [
    `- **Closed formula**: the paper calls it asymptotically exact. At V = ${simulation.entities} it is off by up to ${signedPercent(worst.relativeError)} (at t = ${whole(worst.step)}; the`,
    `  mean it is held against has a standard error of ${percent(worst.standardError / worst.exact)}). It adds p to a reachable share that holds the source links`,
    `  already, and so tends to ${fixed(theory.linkProbability + theory.reachableShare)}; the exact mean is ${fixed(end.exact)} (standard error ${fixed(end.standardError)}) at t = ${whole(end.step)}.`,
  ];
}

function theorem1Verdict({ manyGraphs, theory }: PaperResults): string[] {
  const outside = ({ belowTheorem1, aboveTheorem1 }: ManyGraphsPoint) => belowTheorem1 + aboveTheorem1;
  const later = manyGraphs.points.filter(({ step }) => step > 0);
  const worst = later.reduce((a, b) => (outside(b) > outside(a) ? b : a));
  return [
    `- **Theorem 1** is a statement about V → ∞. With ε = ${theory.epsilon}, ${percent(manyGraphs.everOutsideTheorem1)} of ${manyGraphs.graphs} graphs with V = ${theory.entities} leave its bounds at some time`,
    `  after the start, most of them (${percent(outside(worst))}) at t = ${whole(worst.step)}.`,
  ];
}

function fitVerdict({ fit, printedFit, printedSse }: PaperResults): string[] {
  const gap = fit.gap === null ? "" : `, and none can be lower by more than ${fit.gap.toExponential(1)}`;
  return [
    `- **Three-term fit**: plateau ${fixed(fit.plateau)} against ${printedFit.plateau} printed. The least sum of squares found is ${fixed(fit.sse)}${gap};`,
    `  the printed, rounded coefficients give ${fixed(printedSse)}.`,
  ];
}

function plateauVerdict({ plateauProfile: { interval }, fit }: PaperResults): string[] {
  const upper = interval.upper === null ? "no upper limit below 100" : `to ${interval.upper.toFixed(1)}`;
  return [
    `- **The plateau itself**: the ${percent(interval.level, 0)} interval of the profile likelihood runs from ${interval.lower.toFixed(1)}, with ${upper}. Four decimals of`,
    `  ${fixed(fit.plateau)} are not knowledge.`,
  ];
}

function origin({ provenance, fit }: PaperResults, libraries: Record<string, string>): string[] {
  const { toy, manyGraphs } = provenance.input as Record<"toy" | "manyGraphs", { seed: number }>;
  const versions = Object.entries({ entigraph: provenance.version, ...libraries });
  return [
    "## Where this comes from",
    "",
    "- Simulations: `simulations/three-regimes.json` (seed " +
      `${toy.seed}) and \`simulations/many-graphs.json\` (seed ${manyGraphs.seed}); each runs alone with \`entigraph simulate\`.`,
    `- Data: ${fit.source!.citation}; ${fit.source!.location}; ${fit.source!.licence}.`,
    `- Versions: ${versions.map(([name, version]) => `${name} ${version}`).join(", ")}.`,
    "- Made by `npm start`; run again, it gives the same bytes. The mathematics is in `docs/theory.md`.",
  ];
}

function coefficient(name: string, fitted: number, printed: number, digits: number): string[] {
  const difference = fitted - printed;
  return [
    name,
    fitted.toFixed(digits + 2),
    String(printed),
    signed(difference, digits + 2),
    Math.abs(difference * 10 ** digits).toFixed(2),
  ];
}

function signed(value: number, digits: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(digits)}`;
}

function nearest<Point extends { readonly step: number }>(points: readonly Point[], step: number): Point {
  return points.reduce((best, point) =>
    Math.abs(point.step - step) < Math.abs(best.step - step) ? point : best,
  );
}

function aligned(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return markdownTable([head as string[], ...rows.map((row) => [...row])], {
    align: head.map((_, i) => (i === 0 ? "l" : "r")),
  });
}

function fixed(value: number, digits = 4): string {
  return value.toFixed(digits);
}

function whole(value: number): string {
  return value.toLocaleString("en-US");
}

function percent(share: number, digits = 1): string {
  return `${(100 * share).toFixed(digits)} %`;
}

function signedPercent(share: number): string {
  return `${signed(100 * share, 1)} %`;
}
