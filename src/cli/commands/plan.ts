import type { Command } from "commander";
import type { FitData } from "../../run/fitData.ts";
import { type PlanResult, planResult, type TrainingAmount } from "../../run/outlook.ts";
import { amount, finite, outputFile, positive } from "../options.ts";
import {
  caveats,
  forewarning,
  type LookAheadOptions,
  noteAssumptions,
  noteCeiling,
  outlookOptions,
  percent,
  readData,
  rounded,
  withLookAheadOptions,
} from "../outlookOptions.ts";
import { deliver, note, shown, type Terminal } from "../terminal.ts";

interface Options extends LookAheadOptions {
  readonly target?: number;
  readonly budget?: number;
  readonly pricePerMillion?: number;
  readonly tokensPerX?: number;
  readonly sourceTokens?: number;
  readonly leastGain?: number;
}

/** `entigraph plan`: how much more to generate, what it gives and what it costs. */
export function addPlanCommand(root: Command, terminal: Terminal): void {
  const command = root
    .command("plan")
    .summary("plan further training: targets, budgets, the next doubling")
    .description(
      "How much more to generate, what it will give, what it will cost and how sure that is. " +
        "Tokens in a unit of x: by the column's name (tokens, tokens_millions, Tokens (B), …), or --tokens-per-x.",
    );
  withLookAheadOptions(command)
    .option("--target <y>", "value to be reached", finite("--target"))
    .option("--budget <money>", "what can be spent beyond the largest x so far", positive("--budget"))
    .option("--price-per-million <money>", "price of a million tokens", positive("--price-per-million"))
    .option("--tokens-per-x <n>", "tokens in one unit of x, such as 1M", amount("--tokens-per-x"))
    .option(
      "--source-tokens <n>",
      "tokens of the source, such as 1.3M: amounts are also multiples of it; a unit of x if nothing else says",
      amount("--source-tokens"),
    )
    .option(
      "--least-gain <y>",
      "gain per doubling that is still worth it (default: 1, or 0.01 for fractions)",
      positive("--least-gain"),
    )
    .option("--json", "print one JSON document")
    .option("--out <file>", "write the JSON document to a file", outputFile)
    .addHelpText(
      "after",
      "\nExamples:\n  $ entigraph plan quality-entigraph --target 60 --ceiling 100 --price-per-million 12.5 --source-tokens 1.3M" +
        "\n  $ entigraph plan quality-entigraph --budget 5000 --price-per-million 12.5 --ceiling 100",
    )
    .action(async (name: string, options: Options) => {
      const { target, budget, pricePerMillion, tokensPerX, sourceTokens, leastGain } = options;
      const request = { target, budget, pricePerMillion, tokensPerX, sourceTokens, leastGain };
      const data = await readData(name, options);
      const result = planResult(data, request, outlookOptions(options, data));
      noteAssumptions(terminal, data);
      noteUnit(terminal, data, tokensPerX);
      noteCeiling(terminal, options, data);
      await deliver(terminal, options, result, () => describe(result, options.level));
    });
}

/** Say where an option overrules what the data say of their unit: one of the two is a slip. */
function noteUnit(
  terminal: Terminal,
  { place, xColumn, tokensPerUnit }: FitData,
  tokensPerX: number | undefined,
): void {
  if (tokensPerX === undefined || tokensPerUnit === null || tokensPerX === tokensPerUnit) return;
  const read = `where "${xColumn}" as read has ${tokensPerUnit}`;
  note(terminal, `${place}: Beware: --tokens-per-x says ${tokensPerX} tokens in a unit of x, ${read}`);
}

function describe(result: PlanResult, level: number): string {
  const { x, y, points, now, target, afforded, cost, nextRun, diminishing, amounts, verdict } = result;
  const interval = (each: { lower: number; upper: number }) =>
    `${rounded(each.lower)} to ${rounded(each.upper)}`;
  return [
    `${points} points; x = ${x}, y = ${y}; intervals of ${percent(level)}`,
    "",
    ...forewarning(result.adequacy),
    verdict,
    "",
    `Now, at ${inWords(amounts.now)}: ${rounded(now.mean)} (${interval(now)})`,
    ...(target ? [targetLine(target, amounts.target!)] : []),
    ...(cost && cost.lower !== null
      ? [
          `Cost beyond now: ${between(brief(cost.median), brief(cost.lower), brief(cost.upper), "more likely than not no sum is enough")}`,
        ]
      : []),
    ...(afforded
      ? [
          `The budget leads to ${inWords(amounts.afforded)}: ${rounded(afforded.mean)} (${interval(afforded)})`,
        ]
      : []),
    diminishing.x === null
      ? `Every doubling is expected to give at least ${shown(diminishing.leastGain)}`
      : `A doubling gives less than ${shown(diminishing.leastGain)} from ${diminishing.x > now.x ? `${inWords(amounts.diminishing)} on` : "now on"}`,
    `One more run tells most at ${inWords(amounts.nextRun)}: it narrows what is known of the curve at x = ${brief(nextRun.horizon)} by ${percent(nextRun.narrowing)}`,
    ...caveats(result),
  ].join("\n");
}

function targetLine(
  { target, reachable, lower }: NonNullable<PlanResult["target"]>,
  amounts: NonNullable<PlanResult["amounts"]["target"]>,
): string {
  const chance = `chance that it is reached at all ${percent(reachable)}`;
  if (lower === null) return `To reach ${shown(target)}: most likely no amount will do; ${chance}`;
  const upper = amounts.upper && inWords(amounts.upper);
  const range = between(
    amounts.median && inWords(amounts.median),
    inWords(amounts.lower),
    upper,
    "more likely than not never",
  );
  return `To reach ${shown(target)}: ${range}; ${chance}`;
}

/** A median with its interval; null for what is never reached, in these words. */
function between(median: string | null, lower: string, upper: string | null, never: string): string {
  return `${median ?? never}; at least ${lower}, ${upper === null ? "no upper limit" : `at most ${upper}`}`;
}

const TOKENS = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 });

/** `x = 1030 (1.03B tokens, 792 × the source)`, with as much of it as is known. */
function inWords(amount: TrainingAmount | null): string {
  if (amount === null) return "no amount";
  const { x, tokens, timesSource } = amount;
  const others = [
    ...(tokens === null || tokens === x ? [] : [`${TOKENS.format(tokens)} tokens`]),
    ...(timesSource === null || timesSource === x ? [] : [`${brief(timesSource)} × the source`]),
  ];
  return `x = ${brief(x)}${others.length > 0 ? ` (${others.join(", ")})` : ""}`;
}

function brief(value: number): string;
function brief(value: number | null): string | null;
function brief(value: number | null): string | null {
  return value === null ? null : String(Number(value.toPrecision(3)));
}
