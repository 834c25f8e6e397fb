import type { Command } from "commander";
import { type CompareResult, compareResult } from "../../run/outlook.ts";
import { numberList, outputFile } from "../options.ts";
import {
  type DataOptions,
  inadequacy,
  noteAssumptions,
  readData,
  withDataOptions,
} from "../outlookOptions.ts";
import { deliver, shown, type Terminal, table } from "../terminal.ts";

/** `entigraph compare`: which law of growth fits best, and which forecasts best. */
export function addCompareCommand(root: Command, terminal: Terminal): void {
  const command = root
    .command("compare")
    .summary("compare laws of growth by fit and by forecast")
    .description(
      "Fit mixtures of exponentials and other laws of growth, without start values, and rank them by their " +
        "forecasts of later points from earlier ones.",
    );
  withDataOptions(command)
    .option("--at <x1,x2,…>", "where to evaluate the laws and their stacked forecast", numberList("--at"))
    .option("--json", "print one JSON document")
    .option("--out <file>", "write the JSON document to a file", outputFile)
    .addHelpText("after", "\nExample:\n  $ entigraph compare quality-rephrase --at 100")
    .action(async (name: string, options: DataOptions & { at?: number[] }) => {
      const data = await readData(name, options);
      const result = compareResult(data, options.at ?? []);
      noteAssumptions(terminal, data);
      await deliver(terminal, options, result, () => describe(result, data.standardErrors !== undefined));
    });
}

function describe(
  { x, y, points, laws, refused, origins, verdict, adequacy, stacked, source }: CompareResult,
  weighted: boolean,
): string {
  const at = stacked.map((point) => `${x} = ${shown(point.x)}`);
  const rows = laws.map(({ law, rmse, aicc, leaveOneOut, rollingOrigin, stackWeight, predictions }) => [
    law,
    brief(rollingOrigin),
    brief(leaveOneOut),
    brief(rmse),
    brief(aicc),
    brief(stackWeight),
    ...predictions.map(({ mean }) => brief(mean)),
  ]);
  const last =
    stacked.length > 0
      ? [["stacked", "–", "–", "–", "–", "–", ...stacked.map(({ mean }) => brief(mean))]]
      : [];
  return [
    `${points} points; x = ${x}, y = ${y}; errors are root mean squares; forecasts from the first ${origins.join(", ")} points`,
    ...(weighted ? ["Errors of forecasts and of points left out are weighted by 1/(standard error)²."] : []),
    "",
    table(
      ["law", "forecast error", "leave-one-out", "fit error", "AICc", "weight", ...at],
      [...rows, ...last],
    ),
    "",
    verdict,
    ...refused.map(({ law, reason }) => `Not fitted: ${law}: ${reason}.`),
    ...inadequacy(adequacy),
    ...(source ? [`Data: ${source.citation}`] : []),
  ].join("\n");
}

function brief(value: number | null): string {
  return value === null ? "–" : String(Number(value.toPrecision(4)));
}
