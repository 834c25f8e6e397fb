import type { Command } from "commander";
import { type ForecastResult, forecastResult } from "../../run/outlook.ts";
import { numberList, outputFile } from "../options.ts";
import {
  caveats,
  type LookAheadOptions,
  outlookOptions,
  percent,
  readData,
  rounded,
  withLookAheadOptions,
} from "../outlookOptions.ts";
import { deliver, shown, type Terminal, table } from "../terminal.ts";

/** `entigraph forecast`: what more training will give, with intervals. */
export function addForecastCommand(root: Command, terminal: Terminal): void {
  const command = root
    .command("forecast")
    .summary("forecast training results, with intervals")
    .description(
      "Forecast the curve behind a table of results: a Bayesian average over mixtures of 1 to 4 exponentials.\n" +
        "The intervals are for the curve itself, not for a single noisy run.",
    );
  withLookAheadOptions(command)
    .requiredOption("--at <x1,x2,…>", "where to forecast", numberList("--at"))
    .option("--json", "print one JSON document")
    .option("--out <file>", "write the JSON document to a file", outputFile)
    .addHelpText("after", "\nExample:\n  $ entigraph forecast quality-entigraph --at 1000 --ceiling 100")
    .action(async (name: string, options: LookAheadOptions & { at: number[] }) => {
      const result = forecastResult(await readData(name, options), options.at, outlookOptions(options));
      await deliver(terminal, options, result, () => describe(result, options.level));
    });
}

function describe(result: ForecastResult, level: number): string {
  const { x, y, points, model, predictions, sensitivity } = result;
  const [half, double] = sensitivity;
  const rows = predictions.map((each, i) => [
    shown(each.x),
    rounded(each.mean),
    rounded(each.lower),
    rounded(each.upper),
    rounded(half!.predictions[i]!.mean),
    rounded(double!.predictions[i]!.mean),
  ]);
  return [
    `${model}, ${points} points; x = ${x}, y = ${y}; intervals of ${percent(level)}`,
    "",
    table([x, "mean", "lower", "upper", "mean, half prior", "mean, double prior"], rows),
    "",
    ...caveats(result),
  ].join("\n");
}
