import type { Command } from "commander";
import { InputError } from "../errors.ts";
import type { Adequacy } from "../fit/mixtureAdequacy.ts";
import { type FitData, loadFitData, noiseInWords, type SharedNoise } from "../run/fitData.ts";
import type { OutlookOptions } from "../run/outlook.ts";
import { condition, finite, openShare, positive, wholeNumber } from "./options.ts";
import { note, type OutputOptions, shown, type Terminal } from "./terminal.ts";

/** Options of the commands that read training results. */
export interface DataOptions extends OutputOptions {
  readonly x?: string;
  readonly y?: string;
  readonly where?: [string, string][];
  readonly standardError?: string;
  readonly correct?: string;
  readonly questions?: string;
  readonly sharedError?: number;
}

/** Options of the commands that look ahead. */
export interface LookAheadOptions extends DataOptions {
  readonly level: number;
  readonly ceiling?: number | "none";
  readonly floor?: number;
  readonly seed: number;
  readonly draws: number;
}

/** Declare the argument and the options that say which numbers to read. */
export function withDataOptions(command: Command): Command {
  return command
    .argument(
      "<data>",
      "name of a dataset (entigraph dataset list), table of results, or - for standard input",
    )
    .option("--x <column>", "name or number of the column of x (default: the dataset's, or by its name)")
    .option("--y <column>", "name or number of the column of y (default: the dataset's, or by its name)")
    .option("--standard-error <column>", "column of standard errors of y; none: do without")
    .option("--correct <column>", "column of correct answers; y is then correct/questions in percent")
    .option(
      "--questions <n|column>",
      "y is an accuracy on n questions, or on as many as a column says; where they are the same number at every x they are taken for the same questions",
    )
    .option(
      "--shared-error <se>",
      "standard error that all rows share, as of the same questions asked at every x",
      positive("--shared-error"),
    )
    .option("--where <column=value>", "keep rows with this value; may be repeated", condition("--where"))
    .addHelpText("after", DATA_RULES);
}

const DATA_RULES = `
Tables: columns named in the first row, separated by commas, semicolons, tabs or spaces, rows in any order. Columns that
no option names are found by their names (tokens, accuracy, se, correct, questions, …), else the first two of numbers
are x and y; what was assumed is said on stderr. Cells: 1300000, 1.3e6, 1.3M, 56.2 or 56.2%; an empty cell, NA or NaN
leaves out its row. Rows with equal x are runs of the same training: all count. More in docs/fitting.md, section 9.`;

/** Declare what is believed beforehand and how sure the answer is to be. */
export function withLookAheadOptions(command: Command): Command {
  return withDataOptions(command)
    .option("--level <p>", "probability of the intervals", openShare("--level"), 0.9)
    .option(
      "--ceiling <y>",
      "nothing can exceed it (default: 100 or 1 where y is a percentage or fraction); none: no limit",
      ceilingOption,
    )
    .option("--floor <y>", "nothing can fall below it, such as 25 for four choices", finite("--floor"))
    .option("--seed <s>", "seed of the random stream", wholeNumber("--seed", 0), 1)
    .option("--draws <n>", "draws for each number of terms", wholeNumber("--draws", 100), 1000);
}

/** Reads --ceiling. */
export function ceilingOption(text: string): number | "none" {
  return text === "none" ? text : finite("--ceiling")(text);
}

/** Read the numbers that the options name. */
export async function readData(name: string, options: DataOptions): Promise<FitData> {
  const { x, y, where = [], standardError, correct, questions, sharedError } = options;
  const columns = { x, y, where, standardError, correct, sharedError };
  // A number of questions for all rows, unless it numbers the column beside --correct.
  if (questions === undefined || correct !== undefined || !/^[-+.\d]+$/.test(questions))
    return loadFitData(name, { ...columns, questions });
  return loadFitData(name, {
    ...columns,
    questions: "none",
    questionCount: wholeNumber("--questions", 1)(questions),
  });
}

/** Say on stderr what was assumed of the data; once the work is done, so that wrong input is one line. */
export function noteAssumptions(terminal: Terminal, { notes }: FitData): void {
  for (const line of notes) note(terminal, line);
}

/** The options that shape a posterior distribution. */
export function outlookOptions(options: LookAheadOptions, data: FitData): OutlookOptions {
  const { level, floor, seed, draws } = options;
  return { level, ceiling: ceilingOf(options, data), floor, seed, draws };
}

/** What nothing can exceed; where it is not said, what y is decides. */
export function ceilingOf(
  { ceiling }: { readonly ceiling?: number | "none" },
  { whole, place }: FitData,
): number | undefined {
  if (whole === 1 && ceiling === 100) {
    throw new InputError(
      "--ceiling",
      `is 100, but y in ${place} is a fraction from 0 to 1; give --ceiling 1`,
    );
  }
  if (ceiling === "none") return undefined;
  return ceiling ?? whole ?? undefined;
}

/** What y was taken for, where that set the ceiling. */
export function noteCeiling(
  terminal: Terminal,
  { ceiling }: { readonly ceiling?: number | "none" },
  data: FitData,
): void {
  if (ceiling !== undefined || data.whole === null) return;
  const unit = data.whole === 100 ? "a percentage" : "a fraction";
  note(
    terminal,
    `${data.place}: ${data.yColumn} is ${unit}, so nothing exceeds ${data.whole} (--ceiling none: no limit)`,
  );
}

/** Lines that every outlook ends with: where the data come from, and what is not known. */
export function caveats(result: {
  readonly plateauInterval: { lower: number; upper: number | null; level: number; identified: boolean };
  readonly noise: SharedNoise | null;
  readonly plateauAllQuestions: { lower: number; upper: number | null } | null;
  readonly effectiveSampleSize: number;
  readonly source: { citation: string } | null;
  readonly provenance: { readonly input: unknown };
}): string[] {
  const { lower, upper, level, identified } = result.plateauInterval;
  const { ceiling } = result.provenance.input as { ceiling?: number };
  const limit = ceiling === undefined ? "no upper limit" : `no upper limit below ${shown(ceiling)}`;
  const plateau = identified
    ? `Plateau: ${rounded(lower)} to ${rounded(upper!)} (${percent(level)})`
    : `Plateau not identified: at least ${rounded(lower)}, ${limit}`;
  return [
    plateau +
      (ceiling === undefined && !identified
        ? "; how far it reaches is the prior's word (give --ceiling)"
        : ""),
    ...noiseLines(result),
    ...(result.effectiveSampleSize < 100
      ? [
          `Beware: the draws are worth ${Math.round(result.effectiveSampleSize)} independent ones only; raise --draws.`,
        ]
      : []),
    ...(result.source ? [`Data: ${result.source.citation}`] : []),
  ];
}

/** The noise in its two parts, and what the shared one does to the plateau. */
export function noiseLines({
  noise,
  plateauAllQuestions,
}: {
  readonly noise: SharedNoise | null;
  readonly plateauAllQuestions: { lower: number; upper: number | null } | null;
}): string[] {
  if (!noise) return [];
  return [
    `Noise: ${noiseInWords(noise)}. All else here is for these questions`,
    ...(plateauAllQuestions ? [`Plateau for all questions of their kind: ${ends(plateauAllQuestions)}`] : []),
  ];
}

function ends({ lower, upper }: { lower: number; upper: number | null }): string {
  return `at least ${rounded(lower)}, ${upper === null ? "no upper limit" : `at most ${rounded(upper)}`}`;
}

/** Why no mixture of exponentials describes the points; nothing where one does. */
export function inadequacy({ adequate, reasons }: Adequacy): string[] {
  return adequate ? [] : [`Beware: no mixture of exponentials fits these points: ${reasons.join("; ")}.`];
}

/** The same before an outlook, which rests on such a mixture and is not to be read without it. */
export function forewarning(adequacy: Adequacy): string[] {
  return adequacy.adequate
    ? []
    : [...inadequacy(adequacy), "What follows holds for such a mixture only.", ""];
}

/** To a tenth, below 1 to three digits: forecasts know no more of an accuracy, in per cent or as a fraction. */
export function rounded(value: number): string {
  const size = Math.abs(value);
  return size >= 1 && size < 1e6 ? value.toFixed(1) : String(Number(value.toPrecision(3)));
}

/** A probability in percent. */
export function percent(value: number): string {
  return `${Number((100 * value).toPrecision(3))} %`;
}
