/** The formats of {@link readAnyGraph}. */
export const GRAPH_FORMATS = ["edges", "triples", "json", "graphml", "gexf"] as const;

/**
 * How a file states a graph: two columns; head, relation and tail; a node-link document as networkx and d3 write it; or
 * XML, GraphML or GEXF.
 */
export type GraphFormat = (typeof GRAPH_FORMATS)[number];

/** Whether a text in this format is rows of links, without a list of the entities. */
export function isRowFormat(format: GraphFormat): boolean {
  return format === "edges" || format === "triples";
}

/**
 * The kind of text that a graph is in, by how it begins. A name in angle brackets or braces alone makes no XML or JSON:
 * `<Ada>,<knew>,<Byron>` and `[1],cites,[2]` are triples.
 */
export function textKind(text: string): "xml" | "json" | "delimited" {
  // The start suffices, and spares a copy of the whole; a byte order mark counts as a space here.
  const start = text.slice(0, 1000).trimStart();
  if (/^<(\?xml|!--|!DOCTYPE|(\w+:)?(graphml|gexf)[\s>])/.test(start)) return "xml";
  if (/^(\{\s*["}]|\[\s*(\{|\[\s*["\d]))/.test(start)) return "json";
  return start.startsWith("[") && isJson(text) ? "json" : "delimited";
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
