import { InputError } from "../errors.ts";
import { columns, type DelimitedRow, readDelimited, requireRectangular } from "../table/delimited.ts";
import { type Digraph, type DroppedLinks, digraphFromLinks, MAX_ENTITIES } from "./digraph.ts";
import { textKind } from "./graphFormat.ts";
import { isId, withIsolated } from "./nodeLinkGraph.ts";

/** How rows state links: two columns, or head, relation and tail. */
export type RowFormat = "edges" | "triples";

/** How to read a text file of links. */
export interface GraphReading {
  /** `auto` (default) reads two columns as edges and three as triples. */
  readonly format?: RowFormat | "auto" | undefined;
  /** V, to add isolated entities beyond those named; default: no more than named. */
  readonly vertexCount?: number | undefined;
  /** Whether the first row is a header: `auto` (default) judges by its words. */
  readonly header?: "auto" | "yes" | "no" | undefined;
}

/** A graph read from text, and what the reader assumed and dropped. */
export interface GraphText {
  readonly graph: Digraph;
  readonly format: RowFormat;
  readonly dropped: DroppedLinks;
  /** The first row, if it was taken for a header. */
  readonly header: readonly string[] | undefined;
}

/** The columns of tail and head. */
type Ends = readonly [tail: number, head: number];

const HEADER_WORDS = new Set(
  (
    "source target from to tail head relation predicate subject object src dst start end entity entity1 entity2 " +
    "node node1 node2 vertex id x y u v label type weight"
  ).split(" "),
);

/** What a third column is called where it tells something of a link whose ends are the first two. */
const LINK_WORDS = new Set("weight weights type label value count relation predicate".split(" "));

/**
 * Read a directed graph from an edge list (two columns) or from triples (head, relation, tail; the relation is
 * read and not used). Columns are separated by commas, tabs or spaces; a line that begins with `#` is a comment.
 *
 * If every label is a non-negative integer as one writes it (7, not 007), the label is the id; otherwise ids follow
 * first appearance and the labels are kept. A first row is taken for a header if it consists of words such as
 * `source,target` of which none names an entity further down, or if its words stand above nothing but ids.
 *
 * @param text - the whole file
 * @param place - name of the file, for messages
 * @throws {InputError} on ragged rows, a column count that fits neither format, three columns of which the last
 *   looks like a weight or a type while the format is `auto`, an empty label, no links while `vertexCount` is not
 *   given, more entities than `vertexCount` allows, or text that begins like JSON, GraphML or GEXF while the format is
 *   `auto`
 */
export function readGraph(text: string, place: string, reading: GraphReading = {}): GraphText {
  const { format = "auto", vertexCount } = reading;
  if (format === "auto" && textKind(text) !== "delimited") {
    throw new InputError(
      place,
      "looks like JSON or XML, which the command line reads; here give a link a line",
    );
  }
  const { rows: allRows } = readDelimited(text, place);
  requireRectangular(allRows, place);
  const found = detectFormat(allRows, place, format);
  const ends: Ends = found === "triples" ? [0, 2] : [0, 1];
  const header = hasHeader(allRows, ends, reading) ? allRows[0]?.cells : undefined;
  const rows = header ? allRows.slice(1) : allRows;
  if (found === "triples" && format === "auto") requireTailColumn(rows, header, place);
  requireEnds(rows, ends, place, vertexCount);
  const areIds = rows.every(({ cells }) => isId(cells[ends[0]]!) && isId(cells[ends[1]]!));
  const named = areIds ? readIds(rows, ends, place) : readNames(rows, ends);
  if (vertexCount !== undefined && vertexCount < named.count) {
    const needed = areIds ? `entity id ${named.count - 1}` : `${named.count} entities`;
    throw new InputError(place, `holds ${needed}, too many for ${vertexCount} entities`);
  }
  const size = vertexCount ?? named.count;
  const labels = named.labels && withIsolated(named.labels, size);
  const { graph, dropped } = digraphFromLinks(size, named.tails, named.heads, labels);
  return { graph, format: found, dropped, header };
}

function requireEnds(
  rows: readonly DelimitedRow[],
  ends: Ends,
  place: string,
  vertexCount: number | undefined,
): void {
  if (rows.length === 0 && vertexCount === undefined) {
    throw new InputError(place, "holds no links; give the number of entities to study a graph without links");
  }
  for (const end of ends) {
    const empty = rows.find(({ cells }) => cells[end] === "");
    if (empty)
      throw new InputError(`${place}:${empty.line}`, `column ${end + 1} is empty; a link needs two entities`);
  }
}

function detectFormat(rows: readonly DelimitedRow[], place: string, format: RowFormat | "auto"): RowFormat {
  const first = rows[0];
  if (!first) return format === "auto" ? "edges" : format;
  const width = first.cells.length;
  if (format === "auto" && (width === 2 || width === 3)) return width === 2 ? "edges" : "triples";
  if (format === "edges" && width === 2) return format;
  if (format === "triples" && width === 3) return format;
  const wanted = {
    auto: "2 columns (tail, head) or 3 (head, relation, tail)",
    edges: "2 columns (tail, head)",
    triples: "3 columns (head, relation, tail)",
  }[format];
  throw new InputError(`${place}:${first.line}`, `expected ${wanted}, found ${columns(width)}`);
}

/** Refuse an edge list with a third column, which read as triples would be another graph. */
function requireTailColumn(
  rows: readonly DelimitedRow[],
  header: readonly string[] | undefined,
  place: string,
): void {
  const remedy =
    "drop that column to read edges (tail, head), or give --format triples if it does name the tail entity";
  // A first row that was not taken for a header may be one all the same.
  const below = rows.length > 1 && !isNumeric(rows[0]!.cells[2]!) ? rows.slice(1) : rows;
  const areNumbers = below.every(({ cells }) => isNumeric(cells[2]!));
  const title = header?.[2] ?? (areNumbers ? (rows[0]?.cells[2] ?? "") : "");
  if (LINK_WORDS.has(headerWord(title))) {
    throw new InputError(place, `column 3 is called "${title}", which is no entity; ${remedy}`);
  }
  const measure = below.find(({ cells }) => !isId(cells[2]!));
  if (measure && areNumbers) {
    const found = `column 3 holds numbers such as ${measure.cells[2]}, which are no entities`;
    throw new InputError(`${place}:${measure.line}`, `${found}; ${remedy}`);
  }
}

function isNumeric(cell: string): boolean {
  return cell !== "" && Number.isFinite(Number(cell));
}

function headerWord(cell: string): string {
  return cell.toLowerCase().replace(/[\s_-]*(id|name)?$/, "");
}

function hasHeader(rows: readonly DelimitedRow[], ends: Ends, { header = "auto" }: GraphReading): boolean {
  const [first, ...later] = rows;
  if (!first || header !== "auto") return header === "yes";
  const titles = ends.map((end) => first.cells[end]!);
  if (titles.some(isNumeric)) return false;
  if (later.length > 0 && later.every(({ cells }) => ends.every((end) => isId(cells[end]!)))) return true;
  if (!first.cells.every((cell) => HEADER_WORDS.has(headerWord(cell)))) return false;
  // In a graph whose entities are called x, y and z, "x y" is a link.
  return !later.some(({ cells }) => ends.some((end) => titles.includes(cells[end]!)));
}

interface NamedLinks {
  readonly tails: ArrayLike<number>;
  readonly heads: ArrayLike<number>;
  readonly count: number;
  readonly labels?: readonly string[];
}

function readIds(rows: readonly DelimitedRow[], ends: Ends, place: string): NamedLinks {
  let largest = -1;
  const read = (end: number) =>
    Uint32Array.from(rows, ({ line, cells }) => {
      const id = Number(cells[end]);
      if (id >= MAX_ENTITIES) {
        throw new InputError(
          `${place}:${line}`,
          `entity id ${cells[end]} is above ${MAX_ENTITIES - 1}; use names`,
        );
      }
      if (id > largest) largest = id;
      return id;
    });
  const tails = read(ends[0]);
  const heads = read(ends[1]);
  return { tails, heads, count: largest + 1 };
}

function readNames(rows: readonly DelimitedRow[], ends: Ends): NamedLinks {
  const ids = new Map<string, number>();
  const idOf = (name: string) => {
    const known = ids.get(name);
    if (known !== undefined) return known;
    ids.set(name, ids.size);
    return ids.size - 1;
  };
  const tails = new Uint32Array(rows.length);
  const heads = new Uint32Array(rows.length);
  rows.forEach(({ cells }, row) => {
    tails[row] = idOf(cells[ends[0]]!);
    heads[row] = idOf(cells[ends[1]]!);
  });
  return { tails, heads, count: ids.size, labels: [...ids.keys()] };
}
