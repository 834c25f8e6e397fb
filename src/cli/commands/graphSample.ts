import type { Command } from "commander";
import { InputError } from "../../errors.ts";
import { MAX_ENTITIES } from "../../graph/digraph.ts";
import { type RandomFamily, sampleGraph } from "../../run/sampleGraph.ts";
import { deliverGraph, withGraphOutput, writtenFormat } from "../graphOutput.ts";
import { nonNegative, share, wholeNumber, wholeNumberList } from "../options.ts";
import { note, type OutputOptions, type Terminal } from "../terminal.ts";

interface SampleOptions extends OutputOptions {
  readonly seed: number;
  readonly format?: string;
}

const MODELS = "erdos-renyi, configuration, stochastic-block, preferential-attachment or small-world";

/** `entigraph graph sample MODEL`: a random graph as an edge list, JSON, GraphML or GEXF. */
export function addSampleCommand(parent: Command, terminal: Terminal): void {
  const sample = parent
    .command("sample")
    .summary("draw a random graph and write it")
    .description(`Draw a random graph and write it as an edge list, JSON, GraphML or GEXF: ${MODELS}.`)
    .addHelpText("after", "\nExample:\n  $ entigraph graph sample small-world --help");
  addErdosRenyi(sample, terminal);
  addConfiguration(sample, terminal);
  addStochasticBlock(sample, terminal);
  addPreferentialAttachment(sample, terminal);
  addSmallWorld(sample, terminal);
}

function addErdosRenyi(sample: Command, terminal: Terminal): void {
  const description = "every ordered pair is a link with probability p, independently";
  withEntities(sample.command("erdos-renyi").description(description))
    .option("--lambda <λ>", "expected number of links from an entity, λ = p V", nonNegative("--lambda"))
    .option("--link-probability <p>", "p", share("--link-probability"));
  finish(sample, terminal, "--entities 1000 --lambda 3", ({ entities, lambda, linkProbability }) => {
    if ((lambda === undefined) === (linkProbability === undefined)) {
      throw new InputError("--lambda", "give either --lambda or --link-probability");
    }
    if (lambda !== undefined && lambda > entities) {
      throw new InputError("--lambda", `must be at most the number of entities (${entities}), got ${lambda}`);
    }
    return { model: "erdos-renyi", entities, linkProbability: linkProbability ?? lambda / entities };
  });
}

function addConfiguration(sample: Command, terminal: Terminal): void {
  sample
    .command("configuration")
    .description("given degrees, ends matched at random; self-loops and repeated links are dropped")
    .option("--degrees <file>", "table with a row for each entity: links from it, links to it")
    .option(
      "--entities <V>",
      "without a file: number of entities",
      wholeNumber("--entities", 1, MAX_ENTITIES),
    )
    .option(
      "--degree <d>",
      "without a file: links from and to every entity",
      wholeNumber("--degree", 0, MAX_DEGREE),
    );
  finish(sample, terminal, "--entities 1000 --degree 3", ({ degrees, entities, degree }) => {
    const regular = entities !== undefined && degree !== undefined;
    const isClear = degrees === undefined ? regular : entities === undefined && degree === undefined;
    if (!isClear) throw new InputError("--degrees", "give either --degrees, or --entities and --degree");
    if (degrees !== undefined) return { model: "configuration", degrees };
    if (entities * degree > MAX_LINKS) {
      throw new InputError("--degree", `${entities} entities with ${degree} links each are too many links`);
    }
    return { model: "configuration", entities, degree };
  });
}

function addStochasticBlock(sample: Command, terminal: Terminal): void {
  sample
    .command("stochastic-block")
    .description("entities in blocks; pairs are links with one probability inside a block, another between")
    .requiredOption("--blocks <n1,n2,…>", "entities of each block", wholeNumberList("--blocks"))
    .requiredOption("--inside <p>", "probability of a pair within a block", share("--inside"))
    .requiredOption("--between <p>", "probability of a pair from two blocks", share("--between"));
  finish(sample, terminal, "--blocks 500,500 --inside 0.005 --between 0.001", (options) => {
    const { blocks, inside, between } = options;
    return { model: "stochastic-block", blocks, inside, between };
  });
}

function addPreferentialAttachment(sample: Command, terminal: Terminal): void {
  const description = "entities come one by one and link to earlier ones, more to those with more links";
  withLinksEach(withEntities(sample.command("preferential-attachment").description(description))).option(
    "--reciprocity <q>",
    "probability of a link to be stated backwards too",
    share("--reciprocity"),
    0,
  );
  finish(sample, terminal, "--entities 1000 --links-each 3", ({ entities, linksEach, reciprocity }) => {
    return { model: "preferential-attachment", entities, linksEach, reciprocity };
  });
}

function addSmallWorld(sample: Command, terminal: Terminal): void {
  const description = "on a ring, links to the next entities, some of them led elsewhere at random";
  withLinksEach(withEntities(sample.command("small-world").description(description))).requiredOption(
    "--rewiring <q>",
    "probability of a link to lead to a random entity",
    share("--rewiring"),
  );
  finish(sample, terminal, "--entities 1000 --links-each 3 --rewiring 0.1", (options) => {
    const { entities, linksEach, rewiring } = options;
    return { model: "small-world", entities, linksEach, rewiring };
  });
}

/** An edge list of more links could not be read back: the longest text there is has 2²⁹ characters. */
const MAX_LINKS = 25_000_000;
const MAX_DEGREE = MAX_LINKS;

function withEntities(command: Command): Command {
  return command.requiredOption(
    "--entities <V>",
    "number of entities",
    wholeNumber("--entities", 1, MAX_ENTITIES),
  );
}

function withLinksEach(command: Command): Command {
  return command.requiredOption(
    "--links-each <k>",
    "links that each entity brings",
    wholeNumber("--links-each", 1, MAX_DEGREE),
  );
}

/** Options as commander hands them over; each model names those that it declared. */
// biome-ignore lint/suspicious/noExplicitAny: what a parser returns is not in commander's types.
type Declared = any;

/** Give the model that was declared last what all models have. */
function finish(
  sample: Command,
  terminal: Terminal,
  example: string,
  familyOf: (options: Declared) => RandomFamily,
): void {
  const command = sample.commands.at(-1)!;
  command.option("--seed <s>", "seed of all random numbers", wholeNumber("--seed", 0), 1);
  withGraphOutput(command, "--format")
    .addHelpText(
      "after",
      `\nExample:\n  $ entigraph graph sample ${command.name()} ${example} --out graph.txt`,
    )
    .action((options: SampleOptions) => write(terminal, familyOf(options), options));
}

async function write(terminal: Terminal, family: RandomFamily, options: SampleOptions): Promise<void> {
  const format = writtenFormat("--format", options.format, options);
  const { graph, summary } = await sampleGraph(family, options.seed);
  const { selfLoops, repeated } = summary.dropped;
  if (selfLoops + repeated > 0) {
    note(terminal, `dropped ${selfLoops} self-loops and ${repeated} repeated links`);
  }
  await deliverGraph(terminal, options, graph, summary, format);
}
