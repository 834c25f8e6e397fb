import { appendFile, readFile, rm } from "node:fs/promises";
import { InputError } from "../errors.ts";
import { writeWholeFile } from "./files.ts";
import { packageVersion } from "./provenance.ts";
import type { ReplicateRecord, ReplicateStore } from "./simulate.ts";

/** Finished replicates of a run, on disk: an interrupted run goes on where it stopped. */
export interface Journal extends ReplicateStore {
  /** How many replicates were there when the journal was opened. */
  readonly found: number;
  /** Remove the journal, once the result is safe. */
  close(): Promise<void>;
}

/**
 * Open the journal of a run: a first line that identifies the run, then a line for each finished replicate.
 *
 * @param file - such as `result.json.partial`
 * @param input - everything the run depends on
 * @throws {InputError} if the file is the journal of another run
 */
export async function openJournal(file: string, input: unknown): Promise<Journal> {
  const identity = JSON.stringify({ entigraph: packageVersion(), input });
  const text = await readFile(file, "utf8").catch(() => undefined);
  const [first, ...lines] = (text ?? "").split("\n");
  if (text !== undefined && first !== identity) {
    throw new InputError(file, "belongs to another run; delete it, or choose another --out");
  }
  if (text === undefined) await writeWholeFile(file, `${identity}\n`);
  // A line without its end was cut off by the interrupt: begin a new line after it and do its replicate again.
  else if (!text.endsWith("\n")) await appendFile(file, "\n");
  const records = new Map(lines.flatMap(parseRecord).map((record) => [key(record), record]));
  return {
    found: records.size,
    find: (graph, replicate) => records.get(key({ graph, replicate })),
    async add(record) {
      if (records.has(key(record))) return;
      records.set(key(record), record);
      await appendFile(file, `${JSON.stringify(record)}\n`);
    },
    close: () => rm(file, { force: true }),
  };
}

function key({ graph, replicate }: { graph: number; replicate: number }): string {
  return `${graph},${replicate}`;
}

function parseRecord(line: string): ReplicateRecord[] {
  try {
    return [JSON.parse(line) as ReplicateRecord];
  } catch {
    return [];
  }
}
