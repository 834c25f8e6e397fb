import type { Command } from "commander";
import { TIE_RULES } from "../../graph/tieRule.ts";
import { loadGraph } from "../../run/loadGraph.ts";
import { provenance } from "../../run/provenance.ts";
import { type SpectrumResult, spectrumResponsively, spectrumResult } from "../../run/spectrumResult.ts";
import { MAX_WORKERS } from "../../run/workers/parallelSpectrum.ts";
import { defaultSteps } from "../../spec/readSpec.ts";
import { numberList, outputFile, wholeNumber } from "../options.ts";
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

interface Options extends OutputOptions {
  readonly format: string;
  readonly header: string;
  readonly entities?: number;
  readonly ties: string;
  readonly at?: number[];
  readonly workers?: number;
}

/** `entigraph spectrum FILE`: the exact rate spectrum and growth curve of a graph. */
export function addSpectrumCommand(root: Command, terminal: Terminal): void {
  root
    .command("spectrum")
    .summary("exact rate spectrum and growth curve of a graph")
    .description("Compute the exact rate spectrum of a graph and its curve of known links, for every step t.")
    .argument("<file>", "edge list or triples; - for standard input")
    .option("--format <format>", "auto, edges (two columns) or triples (head, relation, tail)", "auto")
    .option("--header <choice>", "whether the first row is a header: auto, yes or no", "auto")
    .option("--entities <n>", "number of entities, to add isolated ones", wholeNumber("--entities", 1))
    .option("--ties <rule>", "shortest path taken where there are several: first or uniform", "first")
    .option("--at <t1,t2,…>", "steps at which to print the curve", numberList("--at"))
    .option(
      "--workers <n>",
      "threads, which change no digit (default: one a core, fewer for small graphs)",
      wholeNumber("--workers", 1, MAX_WORKERS),
    )
    .option("--json", "print one JSON document")
    .option("--out <file>", "write the JSON document to a file", outputFile)
    .addHelpText("after", "\nExample:\n  $ entigraph spectrum links.csv --ties uniform --at 0,100,1000")
    .action(async (file: string, options: Options) => {
      const ties = choice("--ties", options.ties, TIE_RULES);
      const format = choice("--format", options.format, ["auto", "edges", "triples"]);
      const header = choice("--header", options.header, ["auto", "yes", "no"]);
      const entities = options.entities ?? null;
      const read = await loadGraph(file, { format, header, entities }, (text) => note(terminal, text));
      const spectrum = await withProgress(terminal, (watch) =>
        spectrumResponsively(read.graph, ties, watch, options.workers),
      );
      const at = options.at ?? defaultSteps(5 * spectrum.pairs);
      const input = {
        file,
        format: read.format,
        header: read.header !== undefined,
        entities: spectrum.entities,
        ties,
        at,
      };
      const from = provenance("spectrum", input, { [file]: read.sha256 });
      const result = spectrumResult(spectrum, ties, at, from);
      await deliver(terminal, options, result, () => describe(result));
    });
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
