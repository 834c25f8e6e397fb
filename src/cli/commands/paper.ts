import { join } from "node:path";
import type { Command } from "commander";
import {
  comparisonFigure,
  type GrowthResults,
  mixtureFitFigure,
  PRINT_DPI,
  renderPng,
  renderSvg,
  scalingFigure,
  threeRegimesFigure,
  type VegaLiteSpec,
} from "../../figure/index.ts";
import { writeWholeFile } from "../../run/files.ts";
import { type PaperResults, paperResults } from "../../run/paper.ts";
import { dependencyVersions } from "../../run/provenance.ts";
import { paperReport } from "../../run/report.ts";
import { Interrupted } from "../../run/responsive.ts";
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
      "Reproduce the theory results of the paper from real training results and a real simulation,\n" +
        "and write the figures (Vega-Lite, SVG, PNG) and a report.",
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
      note(terminal, "simulating the toy model, searching 200 graphs, fitting the training results");
      const results = await withProgress(terminal, (watch) => paperResults(seed, watch));
      for (const [name, spec] of Object.entries(figures(results))) {
        if (terminal.signal.aborted) throw new Interrupted();
        note(terminal, `drawing ${join(out, name)}`);
        await writeFigure(join(out, name), spec);
      }
      const report = join(out, "report.md");
      await writeWholeFile(
        report,
        paperReport(results, dependencyVersions(["vega", "vega-lite", "@resvg/resvg-js"])),
      );
      note(terminal, `wrote ${report}`);
      terminal.stdout.write(json ? `${JSON.stringify(results, null, 2)}\n` : `${summary(results, report)}\n`);
    });
}

/** The figures of the main job, by file name. */
function figures(results: PaperResults): Record<string, VegaLiteSpec> {
  const growth = growthResults(results);
  return {
    "three-regimes": threeRegimesFigure(growth),
    "formula-error": comparisonFigure(growth),
    scaling: scalingFigure({
      series: results.training,
      references: results.constants.filter(({ openBook }) => !openBook),
    }),
    "mixture-fit": mixtureFitFigure({ points: results.training[0]!.points, fit: results.fit }),
  };
}

function growthResults({ simulation, theory, provenance }: PaperResults): GrowthResults {
  const { toy } = provenance.input as { toy: { replicates: number } };
  return {
    entities: theory.entities,
    linkProbability: theory.linkProbability,
    replicates: toy.replicates,
    exact: simulation.curve.map(({ step, exact }) => ({ step, density: exact })),
    simulation: simulation.curve.map(({ step, density, lower, upper }) => ({
      step,
      mean: density,
      lower,
      upper,
    })),
    theorem1: theory.points.map(({ step, theorem1Lower, theorem1Upper }) => ({
      step,
      lower: theorem1Lower,
      upper: theorem1Upper,
    })),
    paperFormula: theory.points.map(({ step, paperFormula }) => ({ step, density: paperFormula })),
  };
}

async function writeFigure(base: string, spec: VegaLiteSpec): Promise<void> {
  const svg = await renderSvg(spec);
  await writeWholeFile(`${base}.vl.json`, `${JSON.stringify(spec, null, 1)}\n`);
  await writeWholeFile(`${base}.svg`, svg);
  await writeWholeFile(`${base}.png`, renderPng(svg, { dpi: PRINT_DPI }));
}

function summary({ fit, simulation }: PaperResults, report: string): string {
  const end = simulation.curve.at(-1)!;
  return [
    `Toy model, V = ${simulation.entities}: after ${end.step} steps the density is ${end.density.toFixed(4)}, exactly ${end.exact.toFixed(4)}.`,
    `Training results: plateau ${fit.plateau.toFixed(4)}, RMSE ${fit.rmse.toFixed(3)} percentage points over ${fit.points} points.`,
    `Read ${report}.`,
  ].join("\n");
}
