import type { Command } from "commander";
import { stream } from "../../random/stream.ts";
import { type GraphInfo, graphInfo } from "../../run/graphInfo.ts";
import { provenance } from "../../run/provenance.ts";
import { type GraphFileOptions, readGraphFile, withGraphFile } from "../graphFile.ts";
import { outputFile, wholeNumber } from "../options.ts";
import { deliver, type OutputOptions, shown, type Terminal, table, withProgress } from "../terminal.ts";
import { addConvertCommand } from "./graphConvert.ts";
import { addSampleCommand } from "./graphSample.ts";

interface InfoOptions extends OutputOptions, GraphFileOptions {
  readonly seed: number;
}

/** `entigraph graph info | sample | convert`: what a graph looks like, graphs from random families, other formats. */
export function addGraphCommand(root: Command, terminal: Terminal): void {
  const graph = root
    .command("graph")
    .summary("describe a graph, draw a random one, or convert one")
    .description("Describe a graph, draw a random one, or convert one to another format.")
    .addHelpText("after", "\nExample:\n  $ entigraph graph info simulations/small-corpus.csv");
  addInfo(graph, terminal);
  addSampleCommand(graph, terminal);
  addConvertCommand(graph, terminal);
}

function addInfo(parent: Command, terminal: Terminal): void {
  const command = parent
    .command("info")
    .summary("entities, links, degrees, components, distances, and what λ they suggest")
    .description(
      "Describe a graph: degrees, components, mean distance, and the λ of the Erdős–Rényi graphs that are alike. " +
        "Distances are those from all entities of a small graph, and from a random sample in a large one.",
    );
  withGraphFile(command)
    .option("--seed <s>", "seed of the sample of sources in a large graph", wholeNumber("--seed", 0), 1)
    .option("--json", "print one JSON document")
    .option("--out <file>", "write the JSON document to a file", outputFile)
    .addHelpText("after", "\nExample:\n  $ entigraph graph info simulations/small-corpus.csv")
    .action(async (file: string, options: InfoOptions) => {
      const read = await readGraphFile(terminal, file, options);
      const input = {
        file,
        format: read.format,
        header: read.header !== undefined,
        entities: read.graph.vertexCount,
        seed: options.seed,
      };
      const from = provenance("graph info", input, { [file]: read.sha256 });
      const info = await withProgress(terminal, (watch) =>
        graphInfo(read.graph, stream(options.seed, "sources"), from, watch),
      );
      await deliver(terminal, options, info, () => describeInfo(info));
    });
}

function describeInfo(info: GraphInfo): string {
  const { outDegrees, inDegrees, strongComponents, weakComponents, lambda } = info;
  return [
    `${info.entities} entities, ${info.links} links, ${shown(info.meanDegree)} from and to an entity in the mean`,
    describeDistances(info),
    "",
    table(
      ["degrees", "largest", "entities with none", "variance / mean"],
      Object.entries({ out: outDegrees, in: inDegrees }).map(([side, { max, zero, dispersion }]) => {
        return [side, max, zero, dispersion];
      }),
    ),
    "",
    table(
      ["components", "number", "largest", "share of entities"],
      Object.entries({ strong: strongComponents, weak: weakComponents }).map(
        ([kind, { count, largest, largestShare }]) => [kind, count, largest, largestShare],
      ),
    ),
    "",
    "λ of the Erdős–Rényi graphs with as many links, and with as large a strong and a weak component; in such a graph",
    "these agree, and variance / mean is near 1:",
    table(
      ["by links", "by strong component", "by weak component"],
      [[shown(lambda.links), lambda.strongComponent, lambda.weakComponent]],
    ),
  ].join("\n");
}

function describeDistances({ entities, distances }: GraphInfo): string {
  const { mean, standardError, reachableShare, sources } = distances;
  const error = standardError ? ` ± ${shown(Number(standardError.toPrecision(2)))}` : "";
  const share = reachableShare === null ? "–" : `${shown(100 * reachableShare)} %`;
  const how =
    sources === entities ? "exact" : `estimated from ${sources} random sources; ± is a standard error`;
  return `${share} of ordered pairs reachable, mean distance ${shown(mean)}${error} (${how})`;
}
