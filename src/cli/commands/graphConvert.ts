import type { Command } from "commander";
import { linkCount } from "../../graph/digraph.ts";
import { provenance } from "../../run/provenance.ts";
import { type GraphFileOptions, readGraphFile, withGraphFile } from "../graphFile.ts";
import { deliverGraph, withGraphOutput, writtenFormat } from "../graphOutput.ts";
import type { OutputOptions, Terminal } from "../terminal.ts";

interface Options extends OutputOptions, GraphFileOptions {
  readonly to?: string;
}

/** `entigraph graph convert FILE`: the same graph in another format. */
export function addConvertCommand(parent: Command, terminal: Terminal): void {
  const command = parent
    .command("convert")
    .summary("write the graph of a file in another format")
    .description("Read a graph in any format and write it as an edge list, JSON, GraphML or GEXF.");
  withGraphOutput(withGraphFile(command), "--to")
    .addHelpText("after", "\nExample:\n  $ entigraph graph convert links.csv --out links.graphml.gz")
    .action(async (file: string, options: Options) => {
      const to = writtenFormat("--to", options.to, options);
      const { graph, dropped, format, header, sha256 } = await readGraphFile(terminal, file, options);
      const input = { file, format, header: header !== undefined, entities: graph.vertexCount };
      const summary = {
        provenance: provenance("graph convert", input, { [file]: sha256 }),
        entities: graph.vertexCount,
        links: linkCount(graph),
        dropped,
      };
      await deliverGraph(terminal, options, graph, summary, to);
    });
}
