import { type Digraph, linkedEntities } from "../graph/digraph.ts";
import { isRowFormat } from "../graph/graphFormat.ts";
import { type AnyGraph, readAnyGraph } from "../graph/readAnyGraph.ts";
import { readTextFile } from "./files.ts";
import { runBreakably } from "./responsive.ts";

type Reading = NonNullable<Parameters<typeof readAnyGraph>[2]>;

/**
 * Read a graph file, in any format and compressed or not.
 *
 * @param notes - receives what was assumed and dropped, a sentence each
 * @throws {InputError} if the file cannot be read or holds no graph
 * @throws {Interrupted} if the signal is aborted, or SIGINT comes while the text is read
 */
export async function loadGraph(
  file: string,
  options: Pick<Reading, "format" | "header"> & { readonly entities?: number | null },
  notes: (note: string) => void,
  signal?: AbortSignal,
): Promise<AnyGraph & { sha256: string }> {
  const { text, sha256 } = await readTextFile(file, undefined, signal);
  const { format, header, entities } = options;
  const read = runBreakably(() =>
    readAnyGraph(text, file, { format, header, vertexCount: entities ?? undefined }),
  );
  for (const note of describeReading(read, header)) notes(`${file}: ${note}`);
  return { ...read, sha256 };
}

const SHAPES = {
  edges: "two columns: tail, head",
  triples: "three columns: head, relation, tail",
  json: "nodes and links",
  graphml: "nodes and edges",
  gexf: "nodes and edges",
};

function describeReading(
  { graph, format, dropped, header, remarks }: AnyGraph,
  asked: Reading["header"],
): string[] {
  const notes: string[] = [];
  const ids = graph.labels ? "names in order of first appearance" : "labels are entity ids";
  notes.push(`read as ${format} (${SHAPES[format]}; ${ids})`, ...remarks);
  if (header) notes.push(`took the first row for a header: ${header.join(", ")}`);
  if (!header && asked !== "no" && isRowFormat(format) && firstStandsApart(graph)) {
    const [tail, head] = graph.labels!;
    notes.push(
      `took the first row for a link, though its names stand nowhere else: ${tail}, ${head} (--header yes: a header)`,
    );
  }
  if (dropped.selfLoops > 0) notes.push(`dropped ${counted(dropped.selfLoops, "self-loop")}`);
  if (dropped.repeated > 0) notes.push(`dropped ${counted(dropped.repeated, "repeated link")}`);
  // A name stands in a row for its link's sake, and a list of nodes says itself what there is.
  const isImplied = isRowFormat(format) && !graph.labels;
  const isolated = isImplied ? describeIsolated(graph) : undefined;
  if (isolated) notes.push(isolated);
  return notes;
}

/** Whether the first two names have one link, from the first to the second, and there are others, as below a header. */
function firstStandsApart({ labels, offsets, targets }: Digraph): boolean {
  if (!labels || targets.length < 2 || offsets[1] !== 1 || offsets[2] !== 1 || targets[0] !== 1) return false;
  return targets.subarray(1).every((head) => head > 1);
}

/** Ids without a link are entities all the same, which the writer of a list that counts from 1 did not mean. */
function describeIsolated(graph: Digraph): string | undefined {
  const { vertexCount } = graph;
  const linked = linkedEntities(graph);
  const count = linked.reduce((without, has) => without - has, vertexCount);
  if (count === 0 || count === vertexCount) return undefined;
  const guess = linked[0] ? "" : ", 0 among them: do the ids count from 1?";
  return `kept ids without a link: ${count} of ${vertexCount}${guess}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
