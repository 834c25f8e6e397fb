import type { Command } from "commander";
import { InputError } from "../errors.ts";
import type { Digraph } from "../graph/digraph.ts";
import {
  entitiesLost,
  formatOfName,
  graphText,
  WRITTEN_FORMATS,
  type WrittenFormat,
} from "../graph/writeGraph.ts";
import { writeTextFile } from "../run/files.ts";
import type { WrittenGraph } from "../run/sampleGraph.ts";
import { outputFile } from "./options.ts";
import { choice, note, type OutputOptions, type Terminal } from "./terminal.ts";

/** The option that names the format in which a graph is written. */
type FormatOption = "--format" | "--to";

/** Give a command that writes a graph the options that say where and how. */
export function withGraphOutput(command: Command, formatOption: FormatOption): Command {
  return command
    .option(
      `${formatOption} <format>`,
      "edges, json (node-link), graphml or gexf (default: as the name of --out ends, else edges)",
    )
    .option("--json", "print one JSON document about the graph")
    .option(
      "--out <file>",
      "write the graph to a file instead of standard output; compressed if its name ends in .gz",
      outputFile,
    );
}

/** The format in which a graph is to be written, settled before the work. */
export function writtenFormat(
  option: FormatOption,
  value: string | undefined,
  { json, out }: OutputOptions,
): WrittenFormat {
  if (json && out === undefined) {
    throw new InputError("--json", "needs --out: standard output takes the graph");
  }
  return value === undefined ? formatOfName(out ?? "") : choice(option, value, WRITTEN_FORMATS);
}

/** Write a graph to the file of `--out`, and tell what it is; without a file to stdout. */
export async function deliverGraph(
  terminal: Terminal,
  { json, out }: OutputOptions,
  graph: Digraph,
  summary: WrittenGraph,
  format: WrittenFormat,
): Promise<void> {
  const { version, command, input } = summary.provenance;
  const text = graphText(graph, `entigraph ${version} ${command} ${JSON.stringify(input)}`, format);
  const lost = entitiesLost(graph, format);
  if (lost > 0) {
    const share = `${lost} of ${graph.vertexCount} entities`;
    note(terminal, `without links, so not in the edge list: ${share}; json, graphml and gexf keep them`);
  }
  if (out === undefined) {
    for (const piece of text) terminal.stdout.write(piece);
    return;
  }
  await writeTextFile(out, text);
  note(terminal, `wrote ${out}`);
  const line = `${summary.entities} entities, ${summary.links} links`;
  terminal.stdout.write(json ? `${JSON.stringify(summary, null, 2)}\n` : `${line}\n`);
}
