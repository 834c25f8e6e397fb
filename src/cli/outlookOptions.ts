import type { Command } from "commander";
import type { Adequacy } from "../fit/mixtureAdequacy.ts";
import { type FitData, loadFitData } from "../run/fitResult.ts";
import { type OutlookOptions, withQuestions } from "../run/outlook.ts";
import { condition, finite, openShare, wholeNumber } from "./options.ts";
import { type OutputOptions, shown } from "./terminal.ts";

/** Options of the commands that read training results. */
export interface DataOptions extends OutputOptions {
  readonly x?: string;
  readonly y?: string;
  readonly where?: [string, string][];
  readonly questions?: number;
}

/** Options of the commands that look ahead. */
export interface LookAheadOptions extends DataOptions {
  readonly level: number;
  readonly ceiling?: number;
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
    .option("--x <column>", "name or number of the column of x (default: the dataset's, or the first)")
    .option("--y <column>", "name or number of the column of y (default: the dataset's, or the second)")
    .option("--where <column=value>", "keep rows with this value; may be repeated", condition("--where"))
    .option(
      "--questions <n>",
      "y is an accuracy on n questions: take binomial standard errors",
      wholeNumber("--questions", 1),
    );
}

/** Declare what is believed beforehand and how sure the answer is to be. */
export function withLookAheadOptions(command: Command): Command {
  return withDataOptions(command)
    .option("--level <p>", "probability of the intervals", openShare("--level"), 0.9)
    .option("--ceiling <y>", "nothing can exceed it, such as 100 for a percentage", finite("--ceiling"))
    .option("--floor <y>", "nothing can fall below it, such as 25 for four choices", finite("--floor"))
    .option("--seed <s>", "seed of the random stream", wholeNumber("--seed", 0), 1)
    .option("--draws <n>", "draws for each number of terms", wholeNumber("--draws", 100), 1000);
}

/** Read the numbers that the options name. */
export async function readData(name: string, options: DataOptions): Promise<FitData> {
  const data = await loadFitData(name, { x: options.x, y: options.y, where: options.where ?? [] });
  return options.questions === undefined ? data : withQuestions(data, options.questions);
}

/** The options that shape a posterior distribution. */
export function outlookOptions(options: LookAheadOptions): OutlookOptions {
  const { level, ceiling, floor, seed, draws } = options;
  return { level, ceiling, floor, seed, draws };
}

/** Lines that every outlook ends with: where the data come from, and what is not known. */
export function caveats(result: {
  readonly plateauInterval: { lower: number; upper: number | null; level: number; identified: boolean };
  readonly adequacy: Adequacy;
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
    ...inadequacy(result.adequacy),
    ...(result.effectiveSampleSize < 100
      ? [
          `Beware: the draws are worth ${Math.round(result.effectiveSampleSize)} independent ones only; raise --draws.`,
        ]
      : []),
    ...(result.source ? [`Data: ${result.source.citation}`] : []),
  ];
}

/** Why no mixture of exponentials describes the points; nothing where one does. */
export function inadequacy({ adequate, reasons }: Adequacy): string[] {
  return adequate ? [] : [`Beware: no mixture of exponentials fits these points: ${reasons.join("; ")}.`];
}

/** To a tenth: forecasts know no more digits. */
export function rounded(value: number): string {
  return Math.abs(value) >= 1 ? value.toFixed(1) : String(Number(value.toPrecision(2)));
}

/** A probability in percent. */
export function percent(value: number): string {
  return `${Number((100 * value).toPrecision(3))} %`;
}
