import type { Digraph } from "../graph/digraph.ts";
import { type GraphReading, type GraphText, readGraph } from "../graph/readGraph.ts";
import { readTextFile } from "./files.ts";

/**
 * Read a graph file.
 *
 * @param notes - receives what was assumed and dropped, a sentence each
 * @throws {InputError} if the file cannot be read or holds no graph
 */
export async function loadGraph(
  file: string,
  options: Pick<GraphReading, "format" | "header"> & { readonly entities?: number | null },
  notes: (note: string) => void,
): Promise<GraphText & { sha256: string }> {
  const { text, sha256 } = await readTextFile(file);
  const { format, header, entities } = options;
  const read = readGraph(text, file, { format, header, vertexCount: entities ?? undefined });
  for (const note of describeReading(read)) notes(`${file}: ${note}`);
  return { ...read, sha256 };
}

function describeReading({ graph, format, dropped, header }: GraphText): string[] {
  const notes: string[] = [];
  const columns = format === "edges" ? "two columns: tail, head" : "three columns: head, relation, tail";
  const ids = graph.labels ? "names in order of first appearance" : "labels are entity ids";
  notes.push(`read as ${format} (${columns}; ${ids})`);
  if (header) notes.push(`took the first row for a header: ${header.join(", ")}`);
  if (dropped.selfLoops > 0) notes.push(`dropped ${counted(dropped.selfLoops, "self-loop")}`);
  if (dropped.repeated > 0) notes.push(`dropped ${counted(dropped.repeated, "repeated link")}`);
  const isolated = graph.labels ? undefined : describeIsolated(graph);
  if (isolated) notes.push(isolated);
  return notes;
}

/** Ids without a link are entities all the same, which the writer of a list that counts from 1 did not mean. */
function describeIsolated({ vertexCount, offsets, targets }: Digraph): string | undefined {
  const linked = new Uint8Array(vertexCount);
  for (const head of targets) linked[head] = 1;
  for (let tail = 0; tail < vertexCount; tail++) if (offsets[tail + 1]! > offsets[tail]!) linked[tail] = 1;
  const count = linked.reduce((without, has) => without - has, vertexCount);
  if (count === 0 || count === vertexCount) return undefined;
  const guess = linked[0] ? "" : ", 0 among them: do the ids count from 1?";
  return `kept ids without a link: ${count} of ${vertexCount}${guess}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
