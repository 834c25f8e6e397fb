import type { Command } from "commander";
import { DEFAULT_GAIN_SCALE } from "../../fit/conditionalDraw.ts";
import type { FitData } from "../../run/fitData.ts";
import {
  type ForecastResult,
  forecastCurve,
  forecastResult,
  type OutlookOptions,
} from "../../run/outlook.ts";
import { numberList, outputFile } from "../options.ts";
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
import { amountAxis, type TerminalPlot } from "../plot.ts";
import { deliver, shown, type Terminal, table } from "../terminal.ts";

/** `entigraph forecast`: what more training will give, with intervals. */
export function addForecastCommand(root: Command, terminal: Terminal): void {
  const command = root
    .command("forecast")
    .summary("forecast training results, with intervals")
    .description(
      "Forecast the curve behind a table of results: a Bayesian average over mixtures of 1 to 4 exponentials. " +
        "The intervals are for the curve itself; those of a further noisy run, where it would be measured, stand beside them.",
    );
  withLookAheadOptions(command)
    .requiredOption("--at <x1,x2,…>", "where to forecast", numberList("--at"))
    .option("--no-plot", "draw no plot where the output is a terminal")
    .option("--json", "print one JSON document")
    .option("--out <file>", "write the JSON document to a file", outputFile)
    .addHelpText("after", "\nExample:\n  $ entigraph forecast quality-entigraph --at 1000 --ceiling 100")
    .action(async (name: string, options: LookAheadOptions & { at: number[] }) => {
      const data = await readData(name, options);
      const beliefs = outlookOptions(options, data);
      const result = forecastResult(data, options.at, beliefs);
      noteAssumptions(terminal, data);
      noteCeiling(terminal, options, data);
      await deliver(
        terminal,
        options,
        result,
        () => describe(result, options.level),
        () => plot(data, options.at, beliefs),
      );
    });
}

function describe(result: ForecastResult, level: number): string {
  const { x, y, points, model, predictions, allQuestions, runs, sensitivity } = result;
  const interval = ({ lower, upper }: { lower: number; upper: number }) =>
    `${rounded(lower)} to ${rounded(upper)}`;
  const [half, double] = sensitivity;
  const rows = predictions.map((each, i) => [
    shown(each.x),
    rounded(each.mean),
    rounded(each.lower),
    rounded(each.upper),
    interval(runs[i]!),
    ...(allQuestions ? [interval(allQuestions[i]!)] : []),
    rounded(half!.predictions[i]!.mean),
    rounded(double!.predictions[i]!.mean),
  ]);
  return [
    `${model}, ${points} points; x = ${x}, y = ${y}; intervals of ${percent(level)}`,
    "",
    ...forewarning(result.adequacy),
    table(
      [
        x,
        "mean",
        "lower",
        "upper",
        "a further run",
        ...(allQuestions ? ["all questions of the kind"] : []),
        "mean, half prior",
        "mean, double prior",
      ],
      rows,
    ),
    "",
    `Prior: ${result.termProbabilities.length} numbers of terms alike; a term gains for ever a half-normal amount of unknown scale (middle ${DEFAULT_GAIN_SCALE} × range of ${y}, halved and doubled above)`,
    `Draws worth ${Math.round(result.effectiveSampleSize)} independent ones`,
    ...caveats(result),
  ].join("\n");
}

function plot(data: FitData, at: readonly number[], beliefs: OutlookOptions): TerminalPlot {
  const predict = forecastCurve(data, beliefs);
  const band = (x: number): [number, number] => {
    const { lower, upper } = predict(x);
    return [lower, upper];
  };
  return {
    x: amountAxis(data.xColumn, [...data.x, ...at]),
    y: data.yColumn,
    series: [
      { name: `interval of ${percent(beliefs.level)}`, mark: "░", values: band },
      { name: "mean", mark: "━", values: (x) => predict(x).mean },
      { name: "results", mark: "●", values: Array.from(data.x, (x, i) => [x, data.y[i]!]) },
    ],
  };
}
