import type { Command } from "commander";
import { InputError } from "../../errors.ts";
import { pairCount } from "../../graph/digraph.ts";
import { SPECTRUM_RULES, type TieRule } from "../../graph/tieRule.ts";
import { linkDensity } from "../../growth/growthCurve.ts";
import { graphRateSpectrum, type RateSpectrum } from "../../growth/rateSpectrum.ts";
import { provenance } from "../../run/provenance.ts";
import { type SearchPlan, searchPlan } from "../../run/searchPlan.ts";
import {
  type EstimatedSpectrumResult,
  estimatedSpectrumResult,
  randomSpectrumResponsively,
  type SpectrumResult,
  spectrumResponsively,
  spectrumResult,
  usefulWorkers,
} from "../../run/spectrumResult.ts";
import { MAX_WORKERS } from "../../run/workers/parallelSpectrum.ts";
import { defaultSteps } from "../../spec/readSpec.ts";
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
      "--confidence <c>",
      "of the band over all steps, with --sources (default: 0.95)",
      openShare("--confidence"),
    )
    .option(
      "--seed <s>",
      "seed of the trees of --ties random, or of the sources of --sources (default: 1)",
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
      if (options.sources !== undefined && ties !== "random") {
        return estimate(terminal, file, read, { ...options, ties, sources: options.sources });
      }
      const seed = options.seed ?? 1;
      if (ties !== "random") {
        const workers = options.workers ?? usefulWorkers(read.graph);
        notePlan(terminal, file, searchPlan(read.graph, ties, read.graph.vertexCount, workers));
      }
      const spectrum = await withProgress(terminal, (watch) =>
        ties === "random"
          ? randomSpectrumResponsively(read.graph, seed, watch)
          : spectrumResponsively(read.graph, ties, watch, options.workers),
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
function notePlan(terminal: Terminal, file: string, { searches, seconds, bytes }: SearchPlan): void {
  if (seconds < LONG) return;
  const time = seconds < 120 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
  const hint = seconds > 60 && searches > 1000 ? "; --sources 200 or so estimates the curve sooner" : "";
  note(
    terminal,
    `${file}: ${searches} searches, about ${time} and ${Math.ceil(bytes / 2 ** 20)} MiB for graph and searches${hint}`,
  );
}

/** Options that only say how to estimate would otherwise be silently idle, and so would threads. */
function requireUse({ sources, confidence, seed, workers, ties }: Options): void {
  const random = ties === "random";
  if (random && sources !== undefined) {
    throw new InputError("--sources", "cannot be had with --ties random; take --ties first or uniform");
  }
  if (random && workers !== undefined) {
    throw new InputError("--workers", "has no effect with --ties random, which uses one thread");
  }
  if (sources !== undefined && workers !== undefined) {
    throw new InputError("--workers", "has no effect with --sources, which uses one thread");
  }
  if (sources !== undefined) return;
  if (confidence !== undefined) throw new InputError("--confidence", "has no effect without --sources");
  if (seed !== undefined && !random) {
    throw new InputError("--seed", "has no effect without --sources or --ties random");
  }
}

async function estimate(
  terminal: Terminal,
  file: string,
  { graph, format, header, sha256 }: Awaited<ReturnType<typeof readGraphFile>>,
  options: Options & { readonly ties: TieRule; readonly sources: number },
): Promise<void> {
  const { ties, sources, confidence = 0.95, seed = 1 } = options;
  const at = options.at ?? defaultSteps(5 * pairCount(graph.vertexCount));
  const sampling = { sources, confidence, seed };
  const input = {
    file,
    format,
    header: header !== undefined,
    entities: graph.vertexCount,
    ties,
    at,
    ...sampling,
  };
  const from = provenance("spectrum", input, { [file]: sha256 });
  const searches = Math.min(graph.vertexCount, 2 * sources);
  notePlan(terminal, file, searchPlan(graph, ties, searches, 1));
  const result = await withProgress(terminal, (watch) =>
    estimatedSpectrumResult(graph, ties, sampling, at, from, watch),
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
  const { sources, confidence } = result.estimate;
  return [
    `${result.entities} entities, ${result.links} links, tie rule ${result.tieRule}`,
    `Estimated from ${sources} sources. The band holds at all steps at once with a confidence of ${shown(100 * confidence)} %,`,
    "for large samples.",
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
    `Rates: a link of size s is learned in a step with probability s / ${result.pairs}.`,
    table(
      ["size", "links"],
      result.rates.slice(0, ROWS_SHOWN).map(({ size, count }) => [shown(size), count]),
    ),
    ...(hidden > 0 ? [`and ${hidden} larger sizes (--json prints all)`] : []),
    "",
    table(
      ["step", "density"],
      result.curve.map(({ step, density }) => [shown(step), density]),
    ),
  ].join("\n");
}
