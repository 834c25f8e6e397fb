import { join } from "node:path";
import type { Command } from "commander";
import {
  CATALOGUE,
  galleryPage,
  PRINT_DPI,
  renderPng,
  renderSvg,
  type VegaLiteSpec,
} from "../../figure/index.ts";
import { requireWritable, writeWholeFile } from "../../run/files.ts";
import { galleryResults } from "../../run/gallery.ts";
import { type PaperResults, paperResults, toyGraph } from "../../run/paper.ts";
import { dependencyVersions } from "../../run/provenance.ts";
import { paperReport } from "../../run/report.ts";
import { wholeNumber } from "../options.ts";
import { note, type Terminal, withProgress } from "../terminal.ts";

interface Options {
  readonly out: string;
  readonly seed?: number;
  readonly json?: boolean;
}

/** `entigraph paper`: the main job. */
export function addPaperCommand(root: Command, terminal: Terminal): void {
  root
    .command("paper")
    .summary("reproduce the paper's theory results: figures and a report")
    .description(
      "Reproduce the theory results of the paper from real training results and a real simulation, " +
        "and write all figures (Vega-Lite, SVG, PNG) with a gallery, and a report.",
    )
    .option("--out <folder>", "where the figures and the report go", "figures")
    .option(
      "--seed <s>",
      "seed of both simulations (default: that of simulations/*.json)",
      wholeNumber("--seed", 0),
    )
    .option("--json", "print the results as one JSON document")
    .addHelpText("after", "\nExample:\n  $ entigraph paper --out my-figures")
    .action(async ({ out, seed, json }: Options) => {
      const report = join(out, "report.md");
      const pages = ["report.md", "README.md"];
      for (const file of [...CATALOGUE.flatMap(({ name }) => filesOf(name)), ...pages])
        requireWritable(join(out, file));
      note(terminal, "simulating the toy model, searching 200 graphs, fitting the training results");
      const results = await withProgress(terminal, (watch) => paperResults(seed, watch));
      const mainJob = { results, toy: await toyGraph(seed) };
      for (const { name, draw } of CATALOGUE) {
        note(terminal, `drawing ${join(out, name)}`);
        await writeFigure(join(out, name), draw(await galleryResults(name, async () => mainJob), name));
      }
      await writeWholeFile(join(out, "README.md"), galleryPage());
      await writeWholeFile(
        report,
        paperReport(results, dependencyVersions(["vega", "vega-lite", "@resvg/resvg-js"])),
      );
      note(terminal, `wrote ${report}`);
      terminal.stdout.write(json ? `${JSON.stringify(results, null, 2)}\n` : `${summary(results, report)}\n`);
    });
}

/** The files of a figure: specification, vectors, pixels. */
function filesOf(base: string): [string, string, string] {
  return [`${base}.vl.json`, `${base}.svg`, `${base}.png`];
}

async function writeFigure(base: string, spec: VegaLiteSpec): Promise<void> {
  const svg = await renderSvg(spec);
  const [source, vectors, pixels] = filesOf(base);
  await writeWholeFile(source, `${JSON.stringify(spec, null, 1)}\n`);
  await writeWholeFile(vectors, svg);
  await writeWholeFile(pixels, renderPng(svg, { dpi: PRINT_DPI }));
}

function summary({ fit, simulation }: PaperResults, report: string): string {
  const end = simulation.curve.at(-1)!;
  return [
    `Toy model, V = ${simulation.entities}: after ${end.step} steps the density is ${end.density.toFixed(4)}, exactly ${end.exact.toFixed(4)}.`,
    `Training results: plateau ${fit.plateau.toFixed(4)}, RMSE ${fit.rmse.toFixed(3)} percentage points over ${fit.points} points.`,
    `Read ${report}.`,
  ].join("\n");
}
