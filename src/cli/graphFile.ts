import type { Command } from "commander";
import { InputError } from "../errors.ts";
import { MAX_ENTITIES } from "../graph/digraph.ts";
import { GRAPH_FORMATS, isRowFormat } from "../graph/graphFormat.ts";
import { loadGraph } from "../run/loadGraph.ts";
import { wholeNumber } from "./options.ts";
import { choice, interruptible, note, type Terminal } from "./terminal.ts";

/** How a graph file is to be read. */
export interface GraphFileOptions {
  readonly format: string;
  readonly header: string;
  readonly entities?: number;
}

/** Give a command the graph file as its argument, and the options that say how to read it. */
export function withGraphFile(command: Command): Command {
  return command
    .argument("<file>", "edge list, triples, JSON, GraphML or GEXF, also gzipped; - for standard input")
    .option(
      "--format <format>",
      "auto, edges (two columns), triples (head, relation, tail), json (node-link), graphml or gexf",
      "auto",
    )
    .option("--header <choice>", "whether the first row is a header: auto, yes or no", "auto")
    .option(
      "--entities <n>",
      "number of entities, to add isolated ones",
      wholeNumber("--entities", 1, MAX_ENTITIES),
    );
}

/** Read the graph file of a command, telling what was assumed and dropped. */
export async function readGraphFile(
  terminal: Terminal,
  file: string,
  options: GraphFileOptions,
): ReturnType<typeof loadGraph> {
  const format = choice("--format", options.format, ["auto", ...GRAPH_FORMATS]);
  const header = choice("--header", options.header, ["auto", "yes", "no"]);
  const entities = options.entities ?? null;
  const read = await interruptible(terminal, (signal) =>
    loadGraph(file, { format, header, entities }, (text) => note(terminal, text), signal),
  );
  if (header !== "auto" && !isRowFormat(read.format)) {
    throw new InputError("--header", `has no effect on ${read.format}`);
  }
  return read;
}
