import { InputError } from "../errors.ts";
import { columns, type DelimitedRow, readDelimited, requireRectangular } from "../table/delimited.ts";
import { type Digraph, type DroppedLinks, digraphFromLinks, MAX_ENTITIES } from "./digraph.ts";

/** How a text file states links: two columns, or head, relation and tail. */
export type GraphFormat = "edges" | "triples";

/** A graph read from text, and what the reader assumed and dropped. */
export interface GraphText {
  readonly graph: Digraph;
  readonly format: GraphFormat;
  readonly dropped: DroppedLinks;
  /** The first row, if it was taken for a header. */
  readonly header: readonly string[] | undefined;
}

const HEADER_WORDS = new Set(
  (
    "source target from to tail head relation predicate subject object src dst start end entity entity1 entity2 " +
    "node node1 node2 vertex id x y u v label type weight"
  ).split(" "),
);

/**
 * Read a directed graph from an edge list (two columns) or from triples (head, relation, tail; the relation is
 * read and not used). Columns are separated by commas, tabs or spaces; `#` begins a comment.
 *
 * If every label is a non-negative integer, the label is the id; otherwise ids follow first appearance and the
 * labels are kept. A first row is taken for a header if it consists of words such as `source,target`, or if it
 * is the only row whose labels are not integers.
 *
 * @param text - the whole file
 * @param place - name of the file, for messages
 * @param format - `auto` reads two columns as edges and three as triples
 * @param vertexCount - V, to add isolated entities beyond those named; default: no more than named
 * @throws {InputError} on ragged rows, a column count that fits neither format, an empty label, no links while
 *   `vertexCount` is not given, or more entities than `vertexCount` allows
 */
export function readGraph(
  text: string,
  place: string,
  format: GraphFormat | "auto" = "auto",
  vertexCount?: number,
): GraphText {
  const { rows: allRows } = readDelimited(text, place);
  requireRectangular(allRows, place);
  const found = detectFormat(allRows, place, format);
  const ends = found === "triples" ? ([0, 2] as const) : ([0, 1] as const);
  const header = isHeader(allRows, ends) ? allRows[0]!.cells : undefined;
  const rows = header ? allRows.slice(1) : allRows;
  if (rows.length === 0 && vertexCount === undefined) {
    throw new InputError(place, "holds no links; give the number of entities to study a graph without links");
  }
  for (const end of ends) {
    const empty = rows.find(({ cells }) => cells[end] === "");
    if (empty)
      throw new InputError(`${place}:${empty.line}`, `column ${end + 1} is empty; a link needs two entities`);
  }
  const areIds = rows.every(({ cells }) => isId(cells[ends[0]]!) && isId(cells[ends[1]]!));
  const named = areIds ? readIds(rows, ends, place) : readNames(rows, ends);
  if (vertexCount !== undefined && vertexCount < named.count) {
    const needed = areIds ? `entity id ${named.count - 1}` : `${named.count} entities`;
    throw new InputError(place, `holds ${needed}, too many for ${vertexCount} entities`);
  }
  const size = vertexCount ?? named.count;
  const labels = named.labels && [...named.labels, ...isolatedLabels(named.count, size)];
  const { graph, dropped } = digraphFromLinks(size, named.tails, named.heads, labels);
  return { graph, format: found, dropped, header };
}

function detectFormat(
  rows: readonly DelimitedRow[],
  place: string,
  format: GraphFormat | "auto",
): GraphFormat {
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

function isId(label: string): boolean {
  return /^\d+$/.test(label);
}

function isHeader(rows: readonly DelimitedRow[], ends: readonly [number, number]): boolean {
  const first = rows[0]?.cells;
  if (!first) return false;
  const words = first.every((cell) => HEADER_WORDS.has(cell.toLowerCase().replace(/[\s_-]*(id|name)?$/, "")));
  if (words && !first.some(isId)) return true;
  const hasIds = ({ cells }: DelimitedRow) => ends.every((end) => isId(cells[end]!));
  return rows.length > 1 && !ends.some((end) => isId(first[end]!)) && rows.slice(1).every(hasIds);
}

interface NamedLinks {
  readonly tails: ArrayLike<number>;
  readonly heads: ArrayLike<number>;
  readonly count: number;
  readonly labels?: readonly string[];
}

function readIds(rows: readonly DelimitedRow[], ends: readonly [number, number], place: string): NamedLinks {
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

function readNames(rows: readonly DelimitedRow[], ends: readonly [number, number]): NamedLinks {
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

function isolatedLabels(count: number, size: number): string[] {
  return Array.from({ length: size - count }, (_, i) => `isolated ${i + 1}`);
}
