import { dirname } from "node:path";
import type { Command } from "commander";
import { InputError } from "../../errors.ts";
import { MAX_ENTITIES } from "../../graph/digraph.ts";
import { SPECTRUM_RULES } from "../../graph/tieRule.ts";
import { linkDensity } from "../../growth/growthCurve.ts";
import type { RateSpectrum } from "../../growth/rateSpectrum.ts";
import { readTextFile } from "../../run/files.ts";
import { openJournal } from "../../run/journal.ts";
import { type ReadySimulation, readySimulation } from "../../run/readySimulation.ts";
import { Interrupted } from "../../run/responsive.ts";
import { type SimulationResult, simulate } from "../../run/simulate.ts";
import { type SimulationTheory, simulationTheory } from "../../run/simulationTheory.ts";
import { checkSpec, readSpec, type SpecOverrides } from "../../spec/readSpec.ts";
import { CLOCKS, METHODS } from "../../spec/simulationSpec.ts";
import { nonNegative, outputFile, share, wholeNumber, wholeNumberList } from "../options.ts";
import { stepAxis, type TerminalPlot } from "../plot.ts";
import {
  choice,
  deliver,
  interruptible,
  note,
  type OutputOptions,
  shown,
  type Terminal,
  table,
  withProgress,
} from "../terminal.ts";

interface Options extends OutputOptions {
  readonly graph?: string;
  readonly entities?: number;
  readonly lambda?: number;
  readonly linkProbability?: number;
  readonly ties?: string;
  readonly method?: string;
  readonly clock?: string;
  readonly steps?: number;
  readonly graphs?: number;
  readonly replicates?: number;
  readonly seed?: number;
  readonly at?: number[];
  /** False with `--no-theory`. */
  readonly theory?: boolean;
}

/** `entigraph simulate`: the process, replicated, beside the exact curve of the same graphs, and theory. */
export function addSimulateCommand(root: Command, terminal: Terminal): void {
  root
    .command("simulate")
    .summary("simulate the growth of known links")
    .description(
      "Run the process of the paper, replicated, beside the exact curve of the same " +
        "graphs and, where graphs are drawn with λ > 1, theory. Method literal takes " +
        "every step, as the process is defined; method trajectory draws all recorded " +
        "times at once, by the same law, for rules first and random. " +
        "What the spec says is replaced by what the options say.",
    )
    .argument("[spec]", "simulation spec, JSON or YAML; see simulations/")
    .option("--graph <file>", "simulate on the graph of a file: edge list, triples, JSON, GraphML or GEXF")
    .option(
      "--entities <V>",
      "number of entities; beyond those of a graph file they are isolated",
      wholeNumber("--entities", 2, MAX_ENTITIES),
    )
    .option("--lambda <λ>", "expected number of links from an entity, λ = p V", nonNegative("--lambda"))
    .option(
      "--link-probability <p>",
      "probability of an ordered pair to be a link",
      share("--link-probability"),
    )
    .option("--ties <rule>", "shortest path taken where there are several: first, uniform or random")
    .option("--method <method>", "literal or trajectory (default: literal)")
    .option(
      "--clock <clock>",
      "time of a trajectory: discrete (whole steps, exact) or poisson (default: discrete)",
    )
    .option(
      "--steps <T>",
      "last step (default: the last of --at, else 5 V (V − 1))",
      wholeNumber("--steps", 0),
    )
    .option("--graphs <g>", "graphs drawn (default: 1)", wholeNumber("--graphs", 1))
    .option("--replicates <r>", "runs on each graph (default: 20)", wholeNumber("--replicates", 1))
    .option("--seed <s>", "seed of all random numbers (default: 1)", wholeNumber("--seed", 0))
    .option(
      "--at <t1,t2,…>",
      "steps at which to record (default: 40 on a log scale)",
      wholeNumberList("--at"),
    )
    .option("--no-theory", "leave out the theory of the random graph")
    .option("--no-plot", "draw no plot where the output is a terminal")
    .option("--json", "print one JSON document")
    .option(
      "--out <file>",
      "write the JSON document to a file; an interrupted run goes on from <file>.partial",
      outputFile,
    )
    .addHelpText(
      "after",
      "\nExamples:\n  $ entigraph simulate --entities 100 --lambda 3 --replicates 50 --at 100,1000,10000" +
        "\n  $ entigraph simulate --entities 5000 --lambda 3 --replicates 5 --method trajectory" +
        "\n  $ entigraph simulate simulations/three-regimes.json --out result.json",
    )
    .action(async (specFile: string | undefined, options: Options) => {
      if (specFile === undefined) requireGraph(options);
      const spec = specFile
        ? await readSpec((await readTextFile(specFile)).text, specFile, overrides(options))
        : await checkSpec({}, "simulate", overrides(options));
      // A graph named by an option is relative to where the user is, one named by a spec to the spec.
      const folder = specFile && options.graph === undefined ? dirname(specFile) : ".";
      const ready = await interruptible(terminal, (signal) =>
        readySimulation(spec, folder, (text) => note(terminal, text), signal),
      );
      await run(terminal, ready, options);
    });
}

/** Without a spec the options name the graph. */
function requireGraph({ graph, entities, lambda, linkProbability }: Options): void {
  if (graph !== undefined || (entities !== undefined && (lambda ?? linkProbability) !== undefined)) return;
  const remedy = "give --entities with --lambda or --link-probability, or --graph, or a spec";
  throw new InputError("simulate", `names no graph: ${remedy}`);
}

function overrides(options: Options): SpecOverrides {
  const {
    graph,
    entities,
    lambda,
    linkProbability,
    ties,
    method,
    clock,
    steps,
    graphs,
    replicates,
    seed,
    at,
  } = options;
  if (lambda !== undefined && linkProbability !== undefined) {
    throw new InputError("--lambda", "give either --lambda or --link-probability");
  }
  const named = { file: graph, entities, lambda, linkProbability };
  const set = Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined));
  return {
    ...{ steps, graphs, replicates, seed, at },
    ...(ties !== undefined && { ties: choice("--ties", ties, SPECTRUM_RULES) }),
    ...(method !== undefined && { method: choice("--method", method, METHODS) }),
    ...(clock !== undefined && { clock: choice("--clock", clock, CLOCKS) }),
    ...(Object.keys(set).length > 0 && { graph: set }),
  };
}

/** With `--out`, finished replicates are kept in a journal beside it until the result is written. */
async function run(terminal: Terminal, ready: ReadySimulation, options: Options): Promise<void> {
  if (options.out === undefined) {
    return show(terminal, ready, options, await withProgress(terminal, (watch) => simulate(ready, watch)));
  }
  const file = `${options.out}.partial`;
  const journal = await openJournal(file, { spec: ready.spec, files: ready.files });
  if (journal.found > 0) note(terminal, `going on from ${file}: ${journal.found} replicates are done`);
  try {
    const simulated = await withProgress(terminal, (watch) => simulate(ready, watch, journal));
    await show(terminal, ready, options, simulated);
    await journal.close();
  } catch (error) {
    if (error instanceof Interrupted)
      note(terminal, `kept what is done in ${file}; run the same command to go on`);
    throw error;
  }
}

type Simulated = Awaited<ReturnType<typeof simulate>>;

function show(
  terminal: Terminal,
  ready: ReadySimulation,
  options: Options,
  { result, spectrum }: Simulated,
): Promise<void> {
  const theory = options.theory === false ? null : simulationTheory(ready);
  return deliver(
    terminal,
    options,
    { ...result, theory },
    () => [describe(result), ...(theory ? describeTheory(theory) : [])].join("\n"),
    () => plot(result, spectrum, theory),
  );
}

function plot(
  { curve }: SimulationResult,
  spectrum: RateSpectrum,
  theory: SimulationTheory | null,
): TerminalPlot {
  return {
    x: stepAxis(curve.map(({ step }) => step)),
    y: "link density",
    series: [
      {
        name: "5 % to 95 % of the replicates",
        mark: "░",
        values: curve.map(({ step, lower, upper }) => [step, [lower, upper]]),
      },
      { name: "exact", mark: "━", values: (step) => linkDensity(spectrum, step) },
      { name: "simulated", mark: "●", values: curve.map(({ step, density }) => [step, density]) },
      ...(theory
        ? [
            {
              name: "paper's formula",
              mark: "×",
              values: theory.points.map(({ step, paperFormula }) => [step, paperFormula] as const),
            },
          ]
        : []),
    ],
  };
}

function describeTheory({ lambda, points }: SimulationTheory): string[] {
  return [
    "",
    `Theory of the random graph, λ = ${shown(lambda)}: the paper's formula, the exploration limit for this V, the level chain`,
    "with its standard error (docs/theory.md):",
    "",
    table(
      ["step", "paper's formula", "exploration limit", "corrected", "level chain", "±"],
      points.map((point) => [
        String(point.step),
        point.paperFormula,
        point.explorationLimitFinite,
        point.explorationCorrected,
        point.levelChain,
        rounded(point.levelChainStandardError),
      ]),
    ),
  ];
}

function describe({ entities, pairs, links, reachablePairs, curve }: SimulationResult): string {
  const manyGraphs = curve.some(({ standardErrorOverGraphs }) => standardErrorOverGraphs !== null);
  return [
    `${entities} entities, ${shown(links)} links, ${shown(reachablePairs)} of ${pairs} ordered pairs reachable`,
    "Standard errors are those of the simulated mean given the graphs, to be held against the exact curve of the same graphs" +
      (manyGraphs ? ",\nand over the population of graphs." : "."),
    "",
    table(
      ["step", "simulated", "s.e.", ...(manyGraphs ? ["s.e. over graphs"] : []), "5 %", "95 %", "exact"],
      curve.map((point) => [
        String(point.step),
        point.density,
        rounded(point.standardError),
        ...(manyGraphs ? [rounded(point.standardErrorOverGraphs)] : []),
        point.lower,
        point.upper,
        point.exact,
      ]),
    ),
  ].join("\n");
}

/** Two digits are all that a standard error is worth. */
function rounded(standardError: number | null): number | null {
  return standardError === null ? null : Number(standardError.toPrecision(2));
}
