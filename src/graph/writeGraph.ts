import { InputError } from "../errors.ts";
import { type Digraph, linkCount, linkedEntities } from "./digraph.ts";
import type { GraphFormat } from "./graphFormat.ts";
import { isId } from "./nodeLinkGraph.ts";

/** The formats that are written: triples would need a relation. */
export const WRITTEN_FORMATS = ["edges", "json", "graphml", "gexf"] as const satisfies readonly GraphFormat[];

/** A format that {@link graphText} writes. */
export type WrittenFormat = (typeof WRITTEN_FORMATS)[number];

/** The format that the ending of a file's name stands for, `.gz` after it or not; an edge list if none. */
export function formatOfName(file: string): WrittenFormat {
  const ending = /\.(json|graphml|gexf)(\.gz)?$/i.exec(file)?.[1]?.toLowerCase();
  return WRITTEN_FORMATS.find((format) => format === ending) ?? "edges";
}

/**
 * A graph as text that `readAnyGraph` reads back, links in increasing order. Node-link JSON, GraphML and GEXF hold every
 * entity and every name but the empty one, save characters that XML does not know; an edge list holds neither
 * entities without links, nor names with spaces around them, nor names that are all numbers. Names come back in
 * the same order, but from an edge list in that of their first appearance.
 *
 * @param title - one line that says what the graph is; kept as comment, description or attribute of the graph
 * @returns the text in pieces of about 64 kB; 14 to 60 bytes a link
 * @throws {InputError} naming a name that the format cannot hold
 */
export function graphText(graph: Digraph, title: string, format: WrittenFormat): Iterable<string> {
  if (graph.labels) requireNames(graph.labels, format);
  return inPieces({ edges: edgeList, json, graphml, gexf }[format](graph, title));
}

/**
 * How many entities a text of {@link graphText} would not bring back: of an edge list all that have no link or, where
 * ids are numbers, those above the last that has one.
 */
export function entitiesLost(graph: Digraph, format: WrittenFormat): number {
  if (format !== "edges") return 0;
  const linked = linkedEntities(graph);
  if (!graph.labels) return graph.vertexCount - 1 - linked.lastIndexOf(1);
  return linked.reduce((without, has) => without - has, graph.vertexCount);
}

/** What no XML document can hold, escaped or not. */
const NOT_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
/** What text in UTF-8 cannot hold: halves of a pair. */
const NOT_UTF8 = /\p{Surrogate}/u;

function requireNames(names: readonly string[], format: WrittenFormat): void {
  if (format === "edges" && names.every(isId)) {
    const problem = `would be read back as an id, as all names are whole numbers; ${OTHER_FORMATS}`;
    throw new InputError(JSON.stringify(names[0]), problem);
  }
  const seen = new Set<string>();
  for (const name of names) {
    const problem = seen.has(name) ? "is the name of two entities" : problemOf(name, format);
    if (problem !== undefined) throw new InputError(JSON.stringify(name), problem);
    seen.add(name);
  }
}

const OTHER_FORMATS = "write json, graphml or gexf";

function problemOf(name: string, format: WrittenFormat): string | undefined {
  if (name === "") return "is no name that a file can hold";
  if (format === "json") return undefined;
  if (format !== "edges") {
    return NOT_XML.test(name) ? `holds a character that ${format} cannot; write json` : undefined;
  }
  if (name === name.trim() && !/[\r\0]/.test(name) && !NOT_UTF8.test(name)) return undefined;
  return `cannot be a name in an edge list, for spaces around it or a character; ${OTHER_FORMATS}`;
}

function* edgeList(graph: Digraph, title: string): Generator<string> {
  const { vertexCount, labels } = graph;
  yield `# ${title}\n`;
  const columns = labels ? "tail,head" : "tail head";
  const counts = `${vertexCount} entities, ${linkCount(graph)} links`;
  yield `# ${counts}: ${columns}; entities without links are not named\n`;
  if (labels) {
    yield `${headerWord("tail", labels)},${headerWord("head", labels)}\n`;
    const cells = labels.map(quoted);
    for (const [tail, head] of links(graph)) yield `${cells[tail]},${cells[head]}\n`;
  } else {
    for (const [tail, head] of links(graph)) yield `${tail} ${head}\n`;
  }
}

/** A title that the reader takes for one: the word, and underscores as long as an entity has the name. */
function headerWord(word: string, names: readonly string[]): string {
  const taken = new Set(names);
  let title = word;
  while (taken.has(title)) title += "_";
  return title;
}

/** A cell as in RFC 4180; the number sign would begin a comment, a space or a tab could part columns. */
function quoted(name: string): string {
  return /[",#\s]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}

function* json(graph: Digraph, title: string): Generator<string> {
  const { vertexCount, labels } = graph;
  const id = (entity: number) => (labels ? JSON.stringify(labels[entity]) : String(entity));
  yield `{"directed":true,"multigraph":false,"graph":{"title":${JSON.stringify(title)}},"nodes":[\n`;
  for (let x = 0; x < vertexCount; x++) yield `${x === 0 ? "" : ",\n"}{"id":${id(x)}}`;
  yield '\n],"links":[\n';
  let separator = "";
  for (const [tail, head] of links(graph)) {
    yield `${separator}{"source":${id(tail)},"target":${id(head)}}`;
    separator = ",\n";
  }
  yield "\n]}\n";
}

const XML = '<?xml version="1.0" encoding="UTF-8"?>\n';

function* graphml(graph: Digraph, title: string): Generator<string> {
  const { vertexCount, labels } = graph;
  yield `${XML}<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n<desc>${escaped(title)}</desc>\n`;
  if (labels) yield '<key id="name" for="node" attr.name="name" attr.type="string"/>\n';
  yield '<graph edgedefault="directed">\n';
  for (let x = 0; x < vertexCount; x++) {
    yield labels
      ? `<node id="${x}"><data key="name">${escaped(labels[x]!)}</data></node>\n`
      : `<node id="${x}"/>\n`;
  }
  for (const [tail, head] of links(graph)) yield `<edge source="${tail}" target="${head}"/>\n`;
  yield "</graph>\n</graphml>\n";
}

function* gexf(graph: Digraph, title: string): Generator<string> {
  const { vertexCount, labels } = graph;
  // Version 1.2 is read by everything that reads GEXF.
  yield `${XML}<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n`;
  yield `<meta><creator>entigraph</creator><description>${escaped(title)}</description></meta>\n`;
  yield '<graph defaultedgetype="directed">\n<nodes>\n';
  for (let x = 0; x < vertexCount; x++)
    yield `<node id="${x}" label="${escaped(labels?.[x] ?? String(x))}"/>\n`;
  yield "</nodes>\n<edges>\n";
  let edge = 0;
  for (const [tail, head] of links(graph)) yield `<edge id="${edge++}" source="${tail}" target="${head}"/>\n`;
  yield "</edges>\n</graph>\n</gexf>\n";
}

/** Text as it may stand in an element or an attribute; as references, spaces of all kinds stay what they are. */
function escaped(text: string): string {
  return text.replace(/[&<>"'\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function* links({ vertexCount, offsets, targets }: Digraph): Generator<readonly [number, number]> {
  for (let x = 0; x < vertexCount; x++) {
    for (let link = offsets[x]!; link < offsets[x + 1]!; link++) yield [x, targets[link]!];
  }
}

/** The same text in fewer pieces: no text can be longer than 2²⁹ characters, and tiny ones are slow to write. */
function* inPieces(lines: Iterable<string>): Generator<string> {
  let piece = "";
  for (const line of lines) {
    piece += line;
    if (piece.length < 1 << 16) continue;
    yield piece;
    piece = "";
  }
  if (piece !== "") yield piece;
}
