import type { Command } from "commander";
import { InputError } from "../../errors.ts";
import { pairCount } from "../../graph/digraph.ts";
import { type TheoryResult, theoryResult } from "../../run/theoryResult.ts";
import { defaultSteps } from "../../spec/readSpec.ts";
import { nonNegative, numberList, positive, share, wholeNumber } from "../options.ts";
import { deliver, type OutputOptions, shown, type Terminal, table } from "../terminal.ts";

interface Options extends OutputOptions {
  readonly entities: number;
  readonly lambda?: number;
  readonly linkProbability?: number;
  readonly epsilon: number;
  readonly at?: number[];
}

/** `entigraph theory`: what branching-process theory says, without any graph. */
export function addTheoryCommand(root: Command, terminal: Terminal): void {
  root
    .command("theory")
    .summary("the paper's theory: extinction, reachable share, Theorem 1, closed formula")
    .description(
      "Evaluate the theory of a directed Erdős–Rényi graph with link probability p = λ/V > 1/V:\n" +
        "extinction probability, reachable share C_λ, the bounds of Theorem 1 and the paper's closed formula.",
    )
    .requiredOption("--entities <V>", "number of entities", wholeNumber("--entities", 2))
    .option("--lambda <λ>", "expected number of links from an entity, λ = p V", positive("--lambda"))
    .option(
      "--link-probability <p>",
      "probability of an ordered pair to be a link",
      share("--link-probability"),
    )
    .option("--at <t1,t2,…>", "steps at which to evaluate (default: 40 on a log scale)", numberList("--at"))
    .option("--epsilon <ε>", "the ε of Theorem 1", nonNegative("--epsilon"), 0.1)
    .option("--json", "print one JSON document")
    .option("--out <file>", "write the JSON document to a file")
    .addHelpText("after", "\nExample:\n  $ entigraph theory --entities 100 --lambda 3 --at 0,100,1000,10000")
    .action(async (options: Options) => {
      const at = options.at ?? defaultSteps(5 * pairCount(options.entities));
      const result = theoryResult(randomGraphModel(options), at, options.epsilon);
      await deliver(terminal, options, result, () => describe(result));
    });
}

function randomGraphModel({ entities, lambda, linkProbability }: Options) {
  if (lambda !== undefined && linkProbability === undefined) return { entities, lambda };
  if (linkProbability !== undefined && lambda === undefined) return { entities, linkProbability };
  throw new InputError("--lambda", "give either --lambda or --link-probability");
}

function describe(result: TheoryResult): string {
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
  ].join("\n");
}
