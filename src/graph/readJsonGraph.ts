import { InputError } from "../errors.ts";
import { type NodeLinkGraph, NodeLinks } from "./nodeLinkGraph.ts";

const SHAPE =
  'expected node-link JSON, {"directed": true, "nodes": [{"id": …}], "links": [{"source": …, "target": …}]}';

/**
 * Read a graph from node-link JSON as networkx and d3 write it: `nodes` with an `id` each and perhaps a `label` or
 * `name`, and `links` or `edges` with `source` and `target`, which are ids. Ids are texts or whole numbers. With
 * `directed: false` each edge is a link both ways; without `directed` it leads from source to target. An edge may
 * say `directed` for itself.
 *
 * @param text - the whole file
 * @param place - name of the file, for messages
 * @param vertexCount - V, to add isolated entities
 * @throws {InputError} on text that is no JSON, naming the line, and JSON of another shape, naming the item
 */
export function readJsonGraph(text: string, place: string, vertexCount?: number): NodeLinkGraph {
  const document = parsed(text, place);
  const { nodes, directed, ...rest } = isObject(document) ? document : {};
  const edgesKey = Array.isArray(rest["links"]) ? "links" : "edges";
  const edges = rest[edgesKey];
  if (!Array.isArray(nodes) || !Array.isArray(edges)) throw new InputError(place, SHAPE);
  if (directed !== undefined && typeof directed !== "boolean") {
    throw new InputError(place, '"directed" must be true or false');
  }
  const places = {
    node: (index: number) => `${place}: nodes[${index}]`,
    edge: (index: number) => `${place}: ${edgesKey}[${index}]`,
  };
  const stated = new NodeLinks(places);
  for (const [index, node] of nodes.entries()) {
    if (!isObject(node)) throw new InputError(places.node(index), SHAPE);
    stated.addNode(idOf(node["id"]), index);
    const label = node["label"] ?? node["name"];
    if (typeof label === "string") stated.labelNode(label);
  }
  for (const [index, edge] of edges.entries()) {
    if (!isObject(edge)) throw new InputError(places.edge(index), SHAPE);
    const isDirected = (edge["directed"] ?? directed) !== false;
    stated.addEdge(idOf(edge["source"]), idOf(edge["target"]), isDirected, index);
  }
  const read = stated.graph(place, vertexCount);
  if (directed !== undefined) return read;
  return {
    ...read,
    remarks: ['took edges for links from source to target: "directed" is not given', ...read.remarks],
  };
}

/** An id as text; what is neither text nor a whole number is none. */
function idOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return Number.isSafeInteger(value) ? String(value) : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parsed(text: string, place: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    const { message } = error as SyntaxError;
    throw new InputError(`${place}${lineOf(message, text)}`, `is not JSON: ${message.split("\n")[0]}`);
  }
}

/** The line that a message is about, after a colon. Some tell no position: they cite the place, or it is the end. */
function lineOf(message: string, text: string): string {
  const end = message.includes("end of JSON") ? text.length : undefined;
  const position = /position (\d+)/.exec(message)?.[1] ?? end;
  return position === undefined ? "" : `:${text.slice(0, Number(position)).split("\n").length}`;
}
