import type { Command } from "commander";
import { InputError } from "../../errors.ts";
import { pairCount } from "../../graph/digraph.ts";
import { SPECTRUM_RULES } from "../../graph/tieRule.ts";
import { linkDensity } from "../../growth/growthCurve.ts";
import { graphRateSpectrum, type RateSpectrum } from "../../growth/rateSpectrum.ts";
import { provenance } from "../../run/provenance.ts";
import { type SearchPlan, searchPlan } from "../../run/searchPlan.ts";
import {
  type EstimatedSpectrumResult,
  estimatedSpectrumResult,
  type FurtherSearches,
  type Sampling,
  type SpectrumResult,
  spectrumResponsively,
  spectrumResult,
  usefulWorkers,
} from "../../run/spectrumResult.ts";
import { MAX_WORKERS } from "../../run/workers/parallelSpectrum.ts";
import { defaultSteps } from "../../spec/readSpec.ts";
import type { SearchRule } from "../../spectrum/randomTreeSpectrum.ts";
import { type GraphFileOptions, readGraphFile, withGraphFile } from "../graphFile.ts";
import { numberList, openShare, outputFile, wholeNumber } from "../options.ts";
import { stepAxis, type TerminalPlot } from "../plot.ts";
import {
  choice,
  deliver,
  note,
  type OutputOptions,
  shown,
  type Terminal,
  table,
  withProgress,
} from "../terminal.ts";

interface Options extends OutputOptions, GraphFileOptions {
  readonly ties: string;
  readonly at?: number[];
  readonly workers?: number;
  readonly sources?: number;
  readonly error?: number;
  readonly confidence?: number;
  readonly seed?: number;
}

/** `entigraph spectrum FILE`: the exact rate spectrum and growth curve of a graph. */
export function addSpectrumCommand(root: Command, terminal: Terminal): void {
  const command = root
    .command("spectrum")
    .summary("exact rate spectrum and growth curve of a graph")
    .description(
      "Compute the exact rate spectrum of a graph and its curve of known links, for every step t.",
    );
  withGraphFile(command)
    .option("--ties <rule>", "shortest path taken where there are several: first, uniform or random", "first")
    .option("--at <t1,t2,…>", "steps at which to print the curve", numberList("--at"))
    .option(
      "--workers <n>",
      "threads, which change no digit (default: one a core, fewer for small graphs)",
      wholeNumber("--workers", 1, MAX_WORKERS),
    )
    .option(
      "--sources <m>",
      "estimate the curve from m random sources of each of two kinds, with a band",
      wholeNumber("--sources", 2),
    )
    .option(
      "--error <e>",
      "estimate the curve from as many sources as make the band at most 1 ± e times the curve",
      openShare("--error"),
    )
    .option(
      "--confidence <c>",
      "of the band over all steps, with --sources or --error (default: 0.95)",
      openShare("--confidence"),
    )
    .option(
      "--seed <s>",
      "seed of the trees of --ties random, or of the sources of --sources or --error (default: 1)",
      wholeNumber("--seed", 0),
    )
    .option("--no-plot", "draw no plot where the output is a terminal")
    .option("--json", "print one JSON document")
    .option("--out <file>", "write the JSON document to a file", outputFile)
    .addHelpText("after", "\nExample:\n  $ entigraph spectrum links.csv --ties uniform --at 0,100,1000")
    .action(async (file: string, options: Options) => {
      const ties = choice("--ties", options.ties, SPECTRUM_RULES);
      requireUse(options);
      const read = await readGraphFile(terminal, file, options);
      const sampling = samplingOf(options);
      const seed = options.seed ?? 1;
      const rule = ties === "random" ? { seed } : ties;
      if (sampling) return estimate(terminal, file, read, rule, sampling, options);
      const workers = options.workers ?? usefulWorkers(read.graph);
      notePlan(terminal, file, searchPlan(read.graph, rule, read.graph.vertexCount, workers));
      const spectrum = await withProgress(terminal, (watch) =>
        spectrumResponsively(read.graph, rule, watch, workers),
      );
      const at = options.at ?? defaultSteps(5 * spectrum.pairs);
      const input = {
        file,
        format: read.format,
        header: read.header !== undefined,
        entities: spectrum.entities,
        ties,
        at,
        ...(ties === "random" && { seed }),
      };
      const from = provenance("spectrum", input, { [file]: read.sha256 });
      const result = spectrumResult(spectrum, ties, at, from);
      await deliver(
        terminal,
        options,
        result,
        () => describe(result),
        () => plotCurve(result, graphRateSpectrum(spectrum)),
      );
    });
}

/** Seconds that one waits without wanting to know for how long. */
const LONG = 5;

/** Say before a long run what it will take; for a very long one, what would be sooner. */
function notePlan(terminal: Terminal, file: string, plan: SearchPlan): void {
  const { searches, seconds } = plan;
  if (seconds < LONG) return;
  const hint = seconds > 60 && searches > 1000 ? "; --error 0.01 or so estimates the curve sooner" : "";
  note(terminal, `${file}: ${searches} searches, ${expense(plan)}${hint}`);
}

function expense({ seconds, bytes }: SearchPlan): string {
  const time = seconds < 120 ? `${Math.ceil(seconds)} s` : `${Math.round(seconds / 60)} min`;
  return `about ${time} and ${Math.ceil(bytes / 2 ** 20)} MiB for graph and searches`;
}

/** Say what an error takes, which the pilot has shown. */
function noteFurther(terminal: Terminal, file: string, error: number, plan: FurtherSearches): void {
  const { searches, sourcesOfEachKind } = plan;
  note(
    terminal,
    `${file}: error ${error} takes ${sourcesOfEachKind} sources of each kind: ${searches} more searches, ${expense(plan)}`,
  );
}

/** How the curve is to be estimated, if it is. */
function samplingOf({ sources, error, confidence = 0.95, seed = 1 }: Options): Sampling | undefined {
  if (error !== undefined) return { error, confidence, seed };
  return sources === undefined ? undefined : { sources, confidence, seed };
}

/** Options that only say how to estimate would otherwise be silently idle. */
function requireUse({ sources, error, confidence, seed, ties }: Options): void {
  if (error !== undefined && sources !== undefined) {
    throw new InputError("--error", "chooses the number of sources itself; leave out --sources");
  }
  if (error !== undefined || sources !== undefined) return;
  if (confidence !== undefined) {
    throw new InputError("--confidence", "has no effect without --sources or --error");
  }
  if (seed !== undefined && ties !== "random") {
    throw new InputError("--seed", "has no effect without --sources, --error or --ties random");
  }
}

async function estimate(
  terminal: Terminal,
  file: string,
  { graph, format, header, sha256 }: Awaited<ReturnType<typeof readGraphFile>>,
  rule: SearchRule,
  sampling: Sampling,
  options: Options,
): Promise<void> {
  const at = options.at ?? defaultSteps(5 * pairCount(graph.vertexCount));
  const input = {
    file,
    format,
    header: header !== undefined,
    entities: graph.vertexCount,
    ties: options.ties,
    at,
    ...sampling,
  };
  const from = provenance("spectrum", input, { [file]: sha256 });
  const asked = "error" in sampling ? sampling.error : undefined;
  const searches = Math.min(graph.vertexCount, "error" in sampling ? Infinity : 2 * sampling.sources);
  const workers = options.workers ?? usefulWorkers(graph, searches);
  if (asked === undefined) notePlan(terminal, file, searchPlan(graph, rule, searches, workers));
  const result = await withProgress(terminal, (watch) =>
    estimatedSpectrumResult(graph, rule, sampling, at, { from, workers }, watch, (plan) => {
      if (asked !== undefined) noteFurther(terminal, file, asked, plan);
    }),
  );
  await deliver(
    terminal,
    options,
    result,
    () => describeEstimate(result),
    () => plotEstimate(result),
  );
}

function describeEstimate(result: EstimatedSpectrumResult): string {
  const { sources, confidence, error } = result.estimate;
  return [
    `${result.entities} entities, ${result.links} links, tie rule ${result.tieRule}`,
    `Estimated from ${sources} sources. The band holds at all steps at once with a confidence of ${shown(100 * confidence)} %,`,
    `for large samples, and reaches at most ${shown(Number((100 * error.achieved).toPrecision(2)))} % of the density to either side${error.asked === null ? "" : ` (asked: ${shown(100 * error.asked)} %)`}.`,
    "",
    table(
      ["step", "density", "s.e.", "lower", "upper"],
      result.curve.map(({ step, density, standardError, lower, upper }) => {
        return [shown(step), density, Number(standardError.toPrecision(2)), lower, upper];
      }),
    ),
  ].join("\n");
}

function plotEstimate({ curve, estimate }: EstimatedSpectrumResult): TerminalPlot {
  return {
    x: stepAxis(curve.map(({ step }) => step)),
    y: "link density",
    series: [
      {
        name: `band, ${shown(100 * estimate.confidence)} %`,
        mark: "░",
        values: curve.map(({ step, lower, upper }) => [step, [lower, upper]]),
      },
      { name: "estimate", mark: "●", values: curve.map(({ step, density }) => [step, density]) },
    ],
  };
}

function plotCurve({ curve }: SpectrumResult, rates: RateSpectrum): TerminalPlot {
  return {
    x: stepAxis(curve.map(({ step }) => step)),
    y: "link density",
    series: [{ name: "exact", mark: "━", values: (step) => linkDensity(rates, step) }],
  };
}

const ROWS_SHOWN = 15;

function describe(result: SpectrumResult): string {
  const hidden = result.rates.length - ROWS_SHOWN;
  return [
    `${result.entities} entities, ${result.links} links, ${result.reachablePairs} of ${result.pairs} ordered pairs reachable`,
    `mean distance ${shown(result.meanDistance)}, tie rule ${result.tieRule}`,
    "",
    ...(result.rates.length === 0
      ? ["Rates: none, as there is no link to be learned."]
      : [
          `Rates: a link of size s is learned in a step with probability s / ${result.pairs}.`,
          table(
            ["size", "links"],
            result.rates.slice(0, ROWS_SHOWN).map(({ size, count }) => [shown(size), count]),
          ),
        ]),
    ...(hidden > 0 ? [`and ${hidden} larger sizes (--json prints all)`] : []),
    "",
    table(
      ["step", "density"],
      result.curve.map(({ step, density }) => [shown(step), density]),
    ),
  ].join("\n");
}
