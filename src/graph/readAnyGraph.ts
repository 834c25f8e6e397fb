import { type GraphFormat, textKind } from "./graphFormat.ts";
import type { NodeLinkGraph } from "./nodeLinkGraph.ts";
import { type GraphReading, readGraph } from "./readGraph.ts";
import { readJsonGraph } from "./readJsonGraph.ts";
import { readXmlGraph } from "./readXmlGraph.ts";

/** A graph read from text of any format, and what the reader assumed and dropped. */
export interface AnyGraph extends NodeLinkGraph {
  readonly format: GraphFormat;
  /** The first row, if there are rows and it was taken for a header. */
  readonly header: readonly string[] | undefined;
}

/**
 * Read a directed graph from rows, node-link JSON, GraphML or GEXF, known by how the text begins: `readGraph` with
 * more formats, for a parser of XML that a page would have to load.
 *
 * @param text - the whole file
 * @param place - name of the file, for messages
 * @param reading - as for {@link readGraph}; the format may be any
 * @throws {InputError} on a text that holds no graph in that format
 */
export function readAnyGraph(
  text: string,
  place: string,
  reading: Omit<GraphReading, "format"> & { readonly format?: GraphFormat | "auto" | undefined } = {},
): AnyGraph {
  const { format = "auto", vertexCount } = reading;
  const kind = textKind(text);
  if (format === "json" || (format === "auto" && kind === "json")) {
    return { ...readJsonGraph(text, place, vertexCount), format: "json", header: undefined };
  }
  if (format === "graphml" || format === "gexf") {
    return { ...readXmlGraph(text, place, format, vertexCount), header: undefined };
  }
  if (format === "auto" && kind === "xml") {
    return { ...readXmlGraph(text, place, undefined, vertexCount), header: undefined };
  }
  return { ...readGraph(text, place, { ...reading, format }), remarks: [] };
}
