import type { Command } from "commander";
import { InputError } from "../../errors.ts";
import {
  CATALOGUE,
  findFigure,
  PRINT_DPI,
  renderPdf,
  renderPng,
  renderSvg,
  type VegaLiteSpec,
} from "../../figure/index.ts";
import { readTextFile, requireWritable, writeWholeFile } from "../../run/files.ts";
import { galleryResults, type MainJob } from "../../run/gallery.ts";
import { paperResults, toyGraph } from "../../run/paper.ts";
import { outputFile } from "../options.ts";
import { choice, note, type OutputOptions, type Terminal, table, withProgress } from "../terminal.ts";

interface Options extends OutputOptions {
  readonly spec?: string;
  readonly results?: boolean;
  readonly format?: string;
  readonly theme: string;
  readonly column: string;
}

const FORMATS = ["svg", "png", "pdf", "vl"] as const;
type Format = (typeof FORMATS)[number];

/** `entigraph figure list | NAME`: any figure, from the main job's results or from one's own. */
export function addFigureCommand(root: Command, terminal: Terminal): void {
  root
    .command("figure")
    .summary("draw a figure from results")
    .description(
      "Draw a figure from your results, or without --spec from those of the main job. " +
        "The name list prints the figures there are, --results the results behind one: the shape that --spec takes.",
    )
    .argument("<name>", "name of a figure, or list")
    .option("--spec <file>", "results to draw, JSON as of --results; - for standard input")
    .option("--results", "print the results that the figure shows, as JSON, and draw nothing")
    .option("--format <format>", "svg, png (300 dpi), pdf or vl (Vega-Lite); default: by the ending of --out")
    .option("--theme <theme>", "light or dark", "light")
    .option("--column <width>", "single or double: width of a paper's column or of its page", "double")
    .option("--out <file>", "where the figure goes (default: <name>.<format>)", outputFile)
    .option("--json", "print the list, or the Vega-Lite specification, as JSON")
    .addHelpText(
      "after",
      "\nExamples:\n  $ entigraph figure list\n  $ entigraph figure theory --format pdf --column single" +
        "\n  $ entigraph figure forecast --results > results.json" +
        "\n  $ entigraph figure forecast --spec results.json --out forecast.svg",
    )
    .action((name: string, options: Options) =>
      name === "list" ? list(terminal, options) : draw(terminal, name, options),
    );
}

function list(terminal: Terminal, { json }: Options): void {
  const figures = CATALOGUE.map(({ name, summary }) => ({ name, summary }));
  const text = table(
    ["figure", "what it shows"],
    figures.map(({ name, summary }) => [name, summary]),
  );
  terminal.stdout.write(`${json ? JSON.stringify({ figures }, null, 2) : text}\n`);
}

async function draw(terminal: Terminal, name: string, options: Options): Promise<void> {
  const figure = findFigure(name);
  if (options.results) return printResults(terminal, name, options);
  const look = {
    theme: choice("--theme", options.theme, ["light", "dark"]),
    column: choice("--column", options.column, ["single", "double"]),
  };
  const format = formatOf(options);
  const file = options.out ?? `${name}.${format === "vl" ? "vl.json" : format}`;
  if (!options.json) requireWritable(file);
  const [results, place] = options.spec
    ? [await readJson(options.spec), options.spec]
    : [await galleryResults(name, () => mainJob(terminal)), name];
  const spec = figure.draw(results, place, look);
  if (options.json) {
    terminal.stdout.write(`${JSON.stringify(spec, null, 1)}\n`);
    if (options.out === undefined) return;
  }
  await writeWholeFile(file, await render(spec, format));
  note(terminal, `wrote ${file}`);
}

/** The results of the main job that a figure shows, for others to be put in their place. */
async function printResults(terminal: Terminal, name: string, options: Options): Promise<void> {
  for (const other of ["spec", "format", "json"] as const)
    if (options[other] !== undefined)
      throw new InputError(`--${other}`, "goes with a figure, not with --results");
  const text = `${JSON.stringify(await galleryResults(name, () => mainJob(terminal)), null, 1)}\n`;
  if (options.out === undefined) terminal.stdout.write(text);
  else {
    await writeWholeFile(options.out, text);
    note(terminal, `wrote ${options.out}`);
  }
}

function formatOf({ format, out }: Options): Format {
  if (format !== undefined) return choice("--format", format, FORMATS);
  if (out === undefined) return "svg";
  const ending = out.endsWith(".json") ? "vl" : out.split(".").at(-1)!;
  return choice("--out without --format", ending, FORMATS);
}

async function readJson(file: string): Promise<unknown> {
  const { text } = await readTextFile(file);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(file, `is not JSON: ${(error as Error).message}`);
  }
}

async function mainJob(terminal: Terminal): Promise<MainJob> {
  const results = await withProgress(terminal, (watch) => paperResults(undefined, watch));
  return { results, toy: await toyGraph(undefined) };
}

async function render(spec: VegaLiteSpec, format: Format): Promise<string | Uint8Array> {
  if (format === "vl") return `${JSON.stringify(spec, null, 1)}\n`;
  const svg = await renderSvg(spec);
  if (format === "svg") return svg;
  return format === "png" ? renderPng(svg, { dpi: PRINT_DPI }) : renderPdf(svg);
}
