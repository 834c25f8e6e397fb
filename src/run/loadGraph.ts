import { type GraphFormat, type GraphText, readGraph } from "../graph/readGraph.ts";
import { readTextFile } from "./files.ts";

/**
 * Read a graph file.
 *
 * @param notes - receives what was assumed and dropped, a sentence each
 * @throws {InputError} if the file cannot be read or holds no graph
 */
export async function loadGraph(
  file: string,
  options: { format?: GraphFormat | "auto"; entities?: number | null },
  notes: (note: string) => void,
): Promise<GraphText & { sha256: string }> {
  const { text, sha256 } = await readTextFile(file);
  const read = readGraph(text, file, options.format ?? "auto", options.entities ?? undefined);
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
  return notes;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
