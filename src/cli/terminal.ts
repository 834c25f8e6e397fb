import { setImmediate } from "node:timers/promises";
import { SingleBar } from "cli-progress";
import { markdownTable } from "markdown-table";
import { InputError } from "../errors.ts";
import { writeWholeFile } from "../run/files.ts";
import { Interrupted, type Watch } from "../run/responsive.ts";
import { drawPlot, type TerminalPlot } from "./plot.ts";

/** The streams and signals of one call of the command line. */
export interface Terminal {
  readonly stdout: NodeJS.WritableStream & {
    readonly isTTY?: boolean;
    readonly columns?: number;
    hasColors?(): boolean;
  };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
  /**
   * Have `stop` called with an exit code when the user wants the program to end, until the returned function is
   * called. Only work that listens asks for this: to anything else a signal does what it does by default.
   */
  listen(stop: (exitCode: number) => void): () => void;
}

/** Where a command sends its result. */
export interface OutputOptions {
  readonly json?: boolean;
  readonly out?: string;
  /** False with `--no-plot`. */
  readonly plot?: boolean;
}

/** Tell the user something that is not the result: one line on stderr. */
export function note(terminal: Terminal, text: string): void {
  terminal.stderr.write(`${text}\n`);
}

/**
 * Run `work`, which can be interrupted, with a progress bar on stderr that shows on a terminal only and is gone
 * afterwards.
 */
export async function withProgress<Result>(
  terminal: Terminal,
  work: (watch: Watch) => Promise<Result>,
): Promise<Result> {
  const bar = new SingleBar({
    format: "{what} {bar} {percentage} % · {eta_formatted} left",
    stream: terminal.stderr,
    barsize: 30,
    barCompleteChar: "█",
    barIncompleteChar: "░",
    clearOnComplete: true,
    hideCursor: true,
    etaBuffer: 50,
  });
  bar.start(1, 0, { what: "" });
  try {
    return await interruptible(terminal, (signal) =>
      work({ signal, onProgress: (share, what) => bar.update(share, { what }) }),
    );
  } finally {
    bar.stop();
  }
}

/** Run `work`, which can be interrupted. */
export async function interruptible<Result>(
  terminal: Terminal,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const stopping = new AbortController();
  const unlisten = terminal.listen((exitCode) => stopping.abort(exitCode));
  try {
    const result = await work(stopping.signal);
    // What came while the event loop did not run is heard now.
    await setImmediate();
    if (stopping.signal.aborted) throw new Interrupted(stopping.signal.reason);
    return result;
  } finally {
    unlisten();
  }
}

/**
 * Deliver a result: the JSON document to the file of `--out` if there is one, and to stdout the same document with
 * `--json`, else the text for people; in a terminal with a plot below it, where there is one.
 */
export async function deliver(
  terminal: Terminal,
  { json, out, plot: wanted }: OutputOptions,
  document: unknown,
  text: () => string,
  plot?: () => TerminalPlot,
): Promise<void> {
  const serialized = `${JSON.stringify(document, null, 2)}\n`;
  terminal.stdout.write(json ? serialized : `${text()}\n`);
  if (!json && plot && wanted !== false && terminal.stdout.isTTY) {
    const drawn = drawPlot(plot(), terminal.stdout);
    if (drawn !== undefined) terminal.stdout.write(`\n${drawn}\n`);
  }
  // Last, so that what was computed is not lost where the file cannot be written after all.
  if (out === undefined) return;
  await writeWholeFile(out, serialized);
  note(terminal, `wrote ${out}`);
}

/** What is aligned like a number: a number, alone or with its unit, or a dash in its place. */
const NUMERIC = /^(–|[−+-]?[\d.,]+(e[+-]?\d+)?( %)?)$/;

/** A table for people; numbers are shown to six significant digits and right-aligned, but for the first column. */
export function table(
  head: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): string {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === "string" ? cell : shown(cell))));
  const isText = head.map((_, column) => column === 0 || cells.some((row) => !NUMERIC.test(row[column]!)));
  return markdownTable([head as string[], ...cells], { align: isText.map((text) => (text ? "l" : "r")) });
}

/** A number to six significant digits; a dash for what does not exist. */
export function shown(value: number | null): string {
  return value === null ? "–" : String(Number(value.toPrecision(6)));
}

/** The item of a list of choices. */
export function choice<Choice extends string>(
  option: string,
  value: string,
  choices: readonly Choice[],
): Choice {
  const found = choices.find((each) => each === value);
  if (found !== undefined) return found;
  throw new InputError(option, `must be ${choices.join(" or ")}, got ${value}`);
}
