import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { WriteStream } from "node:tty";
import { onTestFinished } from "vitest";
import { runCli } from "../../src/cli/main.ts";

/** What one call of the command line did. */
export interface Called {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a terminal has that a pipe has not. */
export interface Screen {
  readonly columns: number;
  /** Whether it shows colours if NO_COLOR does not forbid them. */
  readonly colors: boolean;
}

/**
 * Run the command line in this process; the exit code that `interrupt` brings interrupts it. Standard output is a
 * pipe, or with a screen a terminal.
 */
export async function entigraph(
  args: readonly string[],
  interrupt?: Promise<number>,
  screen?: Screen,
): Promise<Called> {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const code = await runCli(args, {
    stdout: Object.assign(collector(stdout), screen && terminalOf(screen)),
    stderr: collector(stderr),
    listen(stop) {
      let listening = true;
      interrupt?.then((exitCode) => listening && stop(exitCode));
      return () => {
        listening = false;
      };
    },
  });
  return { code, stdout: stdout.join(""), stderr: stderr.join("") };
}

/** The JSON document that a command prints; fails if it prints anything else. */
export async function entigraphJson(...args: readonly string[]) {
  const { code, stdout, stderr } = await entigraph([...args, "--json"]);
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** A folder that is gone when the test ends, with the given files in it. */
export function temporaryFolder(files: Record<string, string | Uint8Array> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "entigraph-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

/** Node itself decides on colours, by NO_COLOR and the like. */
function terminalOf({ columns, colors }: Screen) {
  const env = { TERM: colors ? "xterm-256color" : "dumb", ...(process.env["NO_COLOR"] && { NO_COLOR: "1" }) };
  return { isTTY: true, columns, hasColors: () => WriteStream.prototype.hasColors(2 ** 4, env) };
}

function collector(chunks: string[]): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk.toString("utf8"));
      done();
    },
  });
}
