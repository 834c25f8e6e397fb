import type { Command } from "commander";
import { InputError } from "../../errors.ts";
import { MOST_POINTS } from "../../fit/fitMixture.ts";
import { mixtureCurve } from "../../fit/mixture.ts";
import type { ParameterInterval } from "../../fit/profileParameters.ts";
import type { FitData } from "../../run/fitData.ts";
import { type FitResult, fitResult, type TermsChoice } from "../../run/fitResult.ts";
import { finite, numberList, openShare, outputFile, positiveRange, wholeNumber } from "../options.ts";
import {
  ceilingOf,
  ceilingOption,
  type DataOptions,
  inadequacy,
  noiseLines,
  noteAssumptions,
  noteCeiling,
  percent,
  readData,
  rounded,
  withDataOptions,
} from "../outlookOptions.ts";
import { amountAxis, type TerminalPlot } from "../plot.ts";
import { deliver, shown, type Terminal, table } from "../terminal.ts";

interface Options extends DataOptions {
  readonly terms: TermsChoice;
  readonly certify?: boolean;
  readonly rateRange?: [number, number];
  readonly level: number;
  readonly ceiling?: number | "none";
  readonly floor?: number;
  readonly at?: number[];
  readonly bootstrap: number;
  readonly seed: number;
}

/** `entigraph fit`: a mixture of exponentials, fitted to training results. */
export function addFitCommand(root: Command, terminal: Terminal): void {
  const command = root
    .command("fit")
    .summary("fit a mixture of exponentials to training results")
    .description(
      "Fit y = plateau − Σ amplitude·ratio^x, amplitudes >= 0, to a table of results by least squares, " +
        "over the whole range of rates and without start values.",
    );
  withDataOptions(command)
    .option(
      "--terms <k>",
      "number of exponentials; auto: the number with the least AICc; spectrum: as many as help",
      termsChoice,
      3,
    )
    .option("--certify", "prove the optimum by branch and bound and print how far that led")
    .option(
      "--rate-range <slowest,fastest>",
      "rates allowed, per unit of x (default: from 0.01/largest x to 10/least positive x)",
      positiveRange("--rate-range"),
    )
    .option("--level <p>", "confidence of each parameter's interval and of bands", openShare("--level"), 0.95)
    .option(
      "--ceiling <y>",
      "largest plateau that can be (default: 100 or 1 where y is a percentage or fraction); none: no limit",
      ceilingOption,
    )
    .option(
      "--floor <y>",
      "nothing can fall below it, such as 25 for four choices: least value at x = 0",
      finite("--floor"),
    )
    .option("--at <x1,x2,…>", "where to evaluate the fitted curve", numberList("--at"))
    .option("--bootstrap <n>", "series drawn and fitted for the bands of --at; 0: none", replicates, 200)
    .option("--seed <s>", "seed of the bootstrap", wholeNumber("--seed", 0), 1)
    .option("--no-plot", "draw no plot where the output is a terminal")
    .option("--json", "print one JSON document")
    .option("--out <file>", "write the JSON document to a file", outputFile)
    .addHelpText(
      "after",
      "\nExamples:\n  $ entigraph fit quality-entigraph --terms 3 --at 1000" +
        "\n  $ entigraph fit results.csv --x tokens --y accuracy --terms 2",
    )
    .action(async (name: string, options: Options) => {
      const data = await readData(name, options);
      const { certify = false, rateRange, level, floor, bootstrap, seed } = options;
      const ceiling = ceilingOf(options, data);
      const result = fitResult(data, options.terms, options.at ?? [], {
        certify,
        rateRange,
        level,
        ceiling,
        floor,
        replicates: bootstrap,
        seed,
      });
      noteAssumptions(terminal, data);
      noteCeiling(terminal, options, data);
      await deliver(
        terminal,
        options,
        result,
        () => describe(result, new Set(data.x).size > MOST_POINTS),
        () => plot(data, result),
      );
    });
}

/** Fewer series than 20 have no tails. */
function replicates(text: string): number {
  const count = wholeNumber("--bootstrap", 0)(text);
  if (count > 0 && count < 20) throw new InputError("--bootstrap", `must be 0 or at least 20, got ${text}`);
  return count;
}

function termsChoice(text: string): TermsChoice {
  return text === "auto" || text === "spectrum" ? text : wholeNumber("--terms", 1)(text);
}

type Terms = FitResult["terms"];

function describe(result: FitResult, merged: boolean): string {
  const { x, y, points, sse, rmse, aicc, source, predictions } = result;
  return [
    `${result.model}, ${points} points; x = ${x}, y = ${y}`,
    "",
    equation(result),
    "",
    termTable(result),
    "",
    `SSE ${shown(sse)}, RMSE ${shown(rmse)}, AICc ${shown(aicc)}${aicc === null && sse > 0 ? " (too few points for it)" : ""}`,
    ...plateauLines(result),
    ...noiseLines(result),
    ...remarks(result, merged),
    ...(source ? [`Data: ${source.citation}`] : []),
    ...(predictions.length > 0 ? ["", predictionTable(result), ...bandLines(result)] : []),
  ].join("\n");
}

/** The curve as the paper writes it, with r^x, where six digits of r are three of its rate; otherwise with e^(−rate·x). */
function equation({ terms, plateau }: FitResult): string {
  const decays = ratiosTell(terms)
    ? terms.map(({ ratio }) => `${shown(ratio)}^x`)
    : terms.map(({ rate }) => `e^(−${shown(rate)}·x)`);
  const sum = terms.map(({ amplitude }, i) => ` − ${shown(amplitude)}·${decays[i]}`).join("");
  return `y = ${shown(plateau)}${sum}`;
}

/** Ratios near 1 leave few of their digits to the rate, and those of the fastest rates are 0. */
function ratiosTell(terms: Terms): boolean {
  return terms.every(({ rate }) => rate >= 1e-3 && rate <= 100);
}

/** Terms, each parameter with the values that the points do not reject. */
function termTable({ terms, intervals, plateauInterval }: FitResult): string {
  const withRatio = ratiosTell(terms);
  const ratios = terms.map(({ ratio }) => (withRatio ? [ratio] : []));
  const last = withRatio ? ["ratio"] : [];
  if (!intervals || !plateauInterval)
    return table(
      ["term", "amplitude", "rate", ...last],
      terms.map(({ amplitude, rate }, i) => [String(i + 1), amplitude, rate, ...ratios[i]!]),
    );
  const level = percent(plateauInterval.level);
  return table(
    ["term", "amplitude", `amplitude, ${level}`, "rate", `rate, ${level}`, ...last],
    terms.map(({ amplitude, rate }, i) => {
      const [ofAmplitude, ofRate] = [limits(intervals[i]!.amplitude), limits(intervals[i]!.rate)];
      return [String(i + 1), amplitude, ofAmplitude, rate, ofRate, ...ratios[i]!];
    }),
  );
}

function limits({ lower, upper }: ParameterInterval): string {
  if (lower === null) return upper === null ? "any" : `at most ${rounded(upper)}`;
  return upper === null ? `at least ${rounded(lower)}` : `${rounded(lower)} to ${rounded(upper)}`;
}

/** What the points know of the plateau: never more than its interval. */
function plateauLines({ plateau, plateauInterval }: FitResult): string[] {
  if (!plateauInterval) return [];
  const { lower, upper, level, searched, identified } = plateauInterval;
  const most = upper === null ? `no upper limit below ${shown(searched)}` : `at most ${rounded(upper)}`;
  // An interval narrower than the usual digits is shown with more of them.
  const end = identified && rounded(lower) === rounded(upper!) ? shown : rounded;
  const interval = identified ? `${end(lower)} to ${end(upper!)}` : `at least ${rounded(lower)}, ${most}`;
  return [
    `Plateau: ${interval} (${percent(level)}, profile likelihood${identified ? "" : "; not identified"}). ` +
      `The further digits of ${shown(plateau)} are not knowledge.`,
  ];
}

function plot({ x, y }: FitData, result: FitResult): TerminalPlot {
  return {
    x: amountAxis(result.x, [...x, ...result.predictions.map((point) => point.x)]),
    y: result.y,
    series: [
      { name: "fit", mark: "━", values: (amount) => mixtureCurve(result, amount) },
      { name: "results", mark: "●", values: Array.from(x, (amount, i) => [amount, y[i]!]) },
    ],
  };
}

function remarks(result: FitResult, merged: boolean): string[] {
  const { x, provenance, terms, intervals, held, boundary, gap, sse, nodes, adequacy } = result;
  const {
    terms: asked,
    certify,
    ...bounds
  } = provenance.input as {
    terms: TermsChoice;
    certify: boolean;
    ceiling?: number;
    floor?: number;
  };
  const fewer =
    typeof asked === "number" && terms.length < asked
      ? [
          `The best fit with up to ${asked === 1 ? "1 term" : `${asked} terms`} needs ${terms.length} of them.`,
        ]
      : [];
  const ends = held.map((bound) =>
    bound === "ceiling"
      ? `The plateau stands on the ceiling, ${shown(bounds.ceiling!)}: without it the fit would be closer and end higher. No intervals are given for a fit so held.`
      : `The curve starts on the floor, ${shown(bounds.floor!)}: without it the fit would be closer and start lower. No intervals are given for a fit so held.`,
  );
  const floor =
    intervals && bounds.floor !== undefined
      ? [
          `The intervals do not know of the floor, ${shown(bounds.floor)}: with it they could only be narrower.`,
        ]
      : [];
  const edges = boundary.map(
    ({ term, edge }) =>
      `Term ${term + 1} is as ${edge} as the data can tell apart: read it as a ${edge === "slow" ? "straight line" : "jump"}, not as a rate.`,
  );
  const proof =
    certify && gap !== null
      ? [
          merged
            ? `Proven for the points to which more than ${MOST_POINTS} different ${x} are merged, not for the rows: no such mixture lowers their SSE by more than ${shown(gap)} (${nodes} convex problems).`
            : `Proven: no such mixture has an SSE below ${shown(sse - gap)} (gap ${shown(gap)}, ${nodes} convex problems).`,
        ]
      : [];
  return [...fewer, ...ends, ...floor, ...edges, ...proof, ...inadequacy(adequacy)];
}

function predictionTable({ x, y, predictions, runs }: FitResult): string {
  if (!runs)
    return table(
      [x, y],
      predictions.map((point) => [shown(point.x), point.mean]),
    );
  return table(
    [x, y, "lower", "upper", "a further run"],
    predictions.map(({ x: at, mean, lower, upper }, i) => [
      shown(at),
      mean,
      rounded(lower!),
      rounded(upper!),
      `${rounded(runs[i]!.lower)} to ${rounded(runs[i]!.upper)}`,
    ]),
  );
}

/** What the band is of, and what it is not. */
function bandLines({ bootstrap }: FitResult): string[] {
  if (!bootstrap) return [];
  const { replicates, seed, level } = bootstrap;
  return [
    `Pointwise band of ${percent(level)}: ${replicates} series drawn about the curve and fitted likewise (seed ${seed}). It takes this number of terms for true; entigraph forecast weighs others too.`,
  ];
}
