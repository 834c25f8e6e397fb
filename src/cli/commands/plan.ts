import type { Command } from "commander";
import type { TargetPlan } from "../../fit/plan.ts";
import { type PlanResult, planResult } from "../../run/outlook.ts";
import { amount, finite, outputFile, positive } from "../options.ts";
import {
  caveats,
  type LookAheadOptions,
  noteAssumptions,
  noteCeiling,
  outlookOptions,
  percent,
  readData,
  rounded,
  withLookAheadOptions,
} from "../outlookOptions.ts";
import { deliver, shown, type Terminal } from "../terminal.ts";

interface Options extends LookAheadOptions {
  readonly target?: number;
  readonly budget?: number;
  readonly pricePerMillion?: number;
  readonly sourceTokens?: number;
  readonly leastGain: number;
}

/** `entigraph plan`: how much more to generate, what it gives and what it costs. */
export function addPlanCommand(root: Command, terminal: Terminal): void {
  const command = root
    .command("plan")
    .summary("plan further training: targets, budgets, the next doubling")
    .description(
      "How much more to generate, what it will give, what it will cost and how sure that is.\n" +
        "x is in millions of tokens, or in multiples of the source with --source-tokens.",
    );
  withLookAheadOptions(command)
    .option("--target <y>", "value to be reached", finite("--target"))
    .option("--budget <money>", "what can be spent beyond the largest x so far", positive("--budget"))
    .option("--price-per-million <money>", "price of a million tokens", positive("--price-per-million"))
    .option("--source-tokens <n>", "tokens in one unit of x, such as 1.3M", amount("--source-tokens"))
    .option("--least-gain <y>", "gain per doubling that is still worth it", positive("--least-gain"), 1)
    .option("--json", "print one JSON document")
    .option("--out <file>", "write the JSON document to a file", outputFile)
    .addHelpText(
      "after",
      "\nExamples:\n  $ entigraph plan quality-entigraph --target 60 --ceiling 100 --price-per-million 12.5" +
        "\n  $ entigraph plan quality-entigraph --budget 5000 --price-per-million 12.5 --ceiling 100",
    )
    .action(async (name: string, options: Options) => {
      const millions = options.sourceTokens === undefined ? 1 : options.sourceTokens / 1e6;
      const request = {
        target: options.target,
        budget: options.budget,
        unitPrice: options.pricePerMillion === undefined ? undefined : options.pricePerMillion * millions,
        leastGain: options.leastGain,
      };
      const data = await readData(name, options);
      const result = planResult(data, request, outlookOptions(options, data));
      noteAssumptions(terminal, data);
      noteCeiling(terminal, options, data);
      await deliver(terminal, options, result, () => describe(result, options.level));
    });
}

function describe(result: PlanResult, level: number): string {
  const { x, y, points, now, target, afforded, cost, nextRun, diminishing, verdict } = result;
  const interval = (each: { lower: number; upper: number }) =>
    `${rounded(each.lower)} to ${rounded(each.upper)}`;
  return [
    `${points} points; x = ${x}, y = ${y}; intervals of ${percent(level)}`,
    "",
    verdict,
    "",
    `Now, at ${shown(now.x)}: ${rounded(now.mean)} (${interval(now)})`,
    ...(target ? [targetLine(target)] : []),
    ...(cost && cost.lower !== null
      ? [`Cost beyond now: ${amountOf(cost.median)} (${amountOf(cost.lower)} to ${amountOf(cost.upper)})`]
      : []),
    ...(afforded
      ? [`The budget leads to x = ${shown(afforded.x)}: ${rounded(afforded.mean)} (${interval(afforded)})`]
      : []),
    diminishing.x === null
      ? `Every doubling is expected to give at least ${shown(diminishing.leastGain)}`
      : `A doubling gives less than ${shown(diminishing.leastGain)} from x = ${amountOf(diminishing.x)} on`,
    `One more run tells most at x = ${shown(nextRun.x)}: it narrows the answer by ${percent(nextRun.narrowing)}`,
    ...caveats(result),
  ].join("\n");
}

function targetLine({ target, reachable, median, lower, upper }: TargetPlan): string {
  const chance = `chance that it is reached at all ${percent(reachable)}`;
  if (lower === null) return `To reach ${shown(target)}: no amount will do; ${chance}`;
  return `To reach ${shown(target)}: x = ${amountOf(median)} (${amountOf(lower)} to ${amountOf(upper)}); ${chance}`;
}

function amountOf(value: number | null): string {
  return value === null ? "never" : String(Number(value.toPrecision(3)));
}
