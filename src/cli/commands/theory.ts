import type { Command } from "commander";
import { InputError } from "../../errors.ts";
import { MAX_ENTITIES, pairCount } from "../../graph/digraph.ts";
import { annealedPoints } from "../../run/annealedTheory.ts";
import {
  type SharperTheoryResult,
  type TheorySpectrum,
  withAnnealed,
  withSharperTheory,
} from "../../run/sharperTheory.ts";
import { theoryResult } from "../../run/theoryResult.ts";
import { defaultSteps } from "../../spec/readSpec.ts";
import { explorationLimitFinite, SMALLEST_EXPLORABLE } from "../../theory/explorationLimit.ts";
import { paperFormula } from "../../theory/paperFormula.ts";
import { theorem1Bounds } from "../../theory/theorem1.ts";
import { finite, nonNegative, numberList, outputFile, share, wholeNumber } from "../options.ts";
import { stepAxis, type TerminalPlot } from "../plot.ts";
import { deliver, type OutputOptions, shown, type Terminal, table, withProgress } from "../terminal.ts";

interface Options extends OutputOptions {
  readonly entities: number;
  readonly lambda?: number;
  readonly linkProbability?: number;
  readonly epsilon: number;
  readonly at?: number[];
  readonly samples: number;
  readonly seed: number;
  readonly spectrum?: number;
  readonly annealed?: number;
}

/** `entigraph theory`: what branching-process theory says, without any graph. */
export function addTheoryCommand(root: Command, terminal: Terminal): void {
  root
    .command("theory")
    .summary("theory without graphs: the paper's, and sharper limits beside it")
    .description(
      "Evaluate the theory of a directed Erdős–Rényi graph with link probability p = λ/V > 1/V: " +
        "extinction probability, reachable share C_λ, the bounds of Theorem 1 and the paper's closed formula; " +
        "beside them the exploration limit, its forms for finite V, and the level chain (docs/theory.md).",
    )
    .requiredOption("--entities <V>", "number of entities", wholeNumber("--entities", 2, MAX_ENTITIES))
    .option("--lambda <λ>", "expected number of links from an entity, λ = p V", finite("--lambda"))
    .option(
      "--link-probability <p>",
      "probability of an ordered pair to be a link",
      share("--link-probability"),
    )
    .option("--at <t1,t2,…>", "steps at which to evaluate (default: 40 on a log scale)", numberList("--at"))
    .option("--epsilon <ε>", "the ε of Theorem 1", nonNegative("--epsilon"), 0.1)
    .option("--spectrum <K>", "print the limit spectrum μ(k) for k up to K", wholeNumber("--spectrum", 1))
    .option("--samples <n>", "level sequences drawn for the level chain", wholeNumber("--samples", 2), 10_000)
    .option("--seed <s>", "seed of the level chain and of --annealed", wholeNumber("--seed", 0), 1)
    .option(
      "--annealed <sources>",
      "average over random graphs too, from this many searches in which the graph is drawn as it is met;\n" +
        "exact but for sampling, up to 10⁷ entities and more (λ ≤ 700)",
      wholeNumber("--annealed", 2),
    )
    .option("--no-plot", "draw no plot where the output is a terminal")
    .option("--json", "print one JSON document")
    .option("--out <file>", "write the JSON document to a file", outputFile)
    .addHelpText("after", "\nExample:\n  $ entigraph theory --entities 100 --lambda 3 --at 0,100,1000,10000")
    .action(async (options: Options) => {
      const at = options.at ?? defaultSteps(5 * pairCount(options.entities));
      const paper = theoryResult(randomGraphModel(options), at, options.epsilon);
      const result = await addAnnealed(terminal, withSharperTheory(paper, options), options);
      await deliver(
        terminal,
        options,
        result,
        () => describe(result),
        () => plot(result),
      );
    });
}

function addAnnealed(
  terminal: Terminal,
  theory: SharperTheoryResult,
  options: Options,
): SharperTheoryResult | Promise<SharperTheoryResult> {
  if (options.annealed === undefined) return theory;
  const sampling = { sources: options.annealed, seed: options.seed };
  const at = theory.points.map(({ step }) => step);
  return withProgress(terminal, async (watch) => {
    return withAnnealed(
      theory,
      sampling,
      await annealedPoints(randomGraphModel(options), at, sampling, watch),
    );
  });
}

function randomGraphModel({ entities, lambda, linkProbability }: Options) {
  const range = (least: string, most: string) => `must be above ${least} and at most ${most}`;
  if (lambda !== undefined && linkProbability === undefined) {
    if (lambda > 1 && lambda <= entities) return { entities, lambda };
    throw new InputError("--lambda", `${range("1", `the number of entities (${entities})`)}, got ${lambda}`);
  }
  if (linkProbability !== undefined && lambda === undefined) {
    if (linkProbability * entities > 1) return { entities, linkProbability };
    throw new InputError(
      "--link-probability",
      `${range(`1/V (${1 / entities})`, "1")}, got ${linkProbability}`,
    );
  }
  throw new InputError("--lambda", "give either --lambda or --link-probability");
}

function describe(result: SharperTheoryResult): string {
  return [
    `${result.entities} entities, λ = ${shown(result.lambda)}, p = ${shown(result.linkProbability)}`,
    `extinction probability ρ = ${shown(result.extinctionProbability)}`,
    `reachable share C_λ = (1 − ρ)² = ${shown(result.reachableShare)}`,
    "",
    `Bounds of Theorem 1 with ε = ${shown(result.epsilon)}: they hold with probability tending to 1 as V grows.`,
    "The paper's formula is an approximation; docs/theory.md says how far off it is.",
    "",
    table(
      ["step", "lower bound", "paper's formula", "upper bound"],
      result.points.map(({ step, theorem1Lower, theorem1Upper, paperFormula }) => [
        shown(step),
        theorem1Lower,
        paperFormula,
        theorem1Upper,
      ]),
    ),
    "",
    "Exploration limit (V → ∞ at the same t/N), its forms for this V, and the level chain with its standard error:",
    "",
    table(
      ["step", "limit", "finite V", "corrected", "level chain", "±"],
      result.points.map((point) => [
        shown(point.step),
        point.explorationLimit,
        point.explorationLimitFinite,
        point.explorationCorrected,
        point.levelChain,
        point.levelChainStandardError.toPrecision(2),
      ]),
    ),
    ...describeAnnealed(result),
    ...(result.spectrum ? describeSpectrum(result.spectrum) : []),
  ].join("\n");
}

function describeAnnealed({ points }: SharperTheoryResult): string[] {
  if (points[0]?.annealed === undefined) return [];
  return [
    "",
    "Mean over random graphs, tie rule first, from annealed searches, with its standard error:",
    "",
    table(
      ["step", "density", "±"],
      points.map(({ step, annealed, annealedStandardError }) => [
        shown(step),
        annealed!,
        annealedStandardError!.toPrecision(2),
      ]),
    ),
  ];
}

function plot({ entities, lambda, epsilon, points }: SharperTheoryResult): TerminalPlot {
  const model = { entities, lambda };
  const bounds = theorem1Bounds(model, epsilon);
  const range = (step: number): [number, number] => {
    const { lower, upper } = bounds(step);
    return [lower, upper];
  };
  return {
    x: stepAxis(points.map(({ step }) => step)),
    y: "link density",
    series: [
      { name: "between the bounds of Theorem 1", mark: "░", values: range },
      { name: "paper's formula", mark: "─", values: paperFormula(model).density },
      ...(lambda < SMALLEST_EXPLORABLE
        ? []
        : [
            {
              name: "exploration limit for this V",
              mark: "●",
              values: explorationLimitFinite(model).density,
            },
          ]),
    ],
  };
}

function describeSpectrum({ shares, beyond }: TheorySpectrum): string[] {
  return [
    "",
    "Limit spectrum: share μ(k) of the links to be learned that are learned at rate k/N.",
    "",
    table(["k", "μ(k)"], [...shares.map(({ size, share }) => [String(size), share]), ["larger", beyond]]),
  ];
}
