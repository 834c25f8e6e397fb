import type { Command } from "commander";
import { DATASETS, findDataset } from "../../datasets/catalogue.ts";
import { type Dataset, datasetTable } from "../../datasets/dataset.ts";
import { InputError } from "../../errors.ts";
import { writeWholeFile } from "../../run/files.ts";
import { outputFile } from "../options.ts";
import { deliver, note, type OutputOptions, type Terminal, table } from "../terminal.ts";

/** `entigraph dataset list | show`: the real training results that come with the package. */
export function addDatasetCommand(root: Command, terminal: Terminal): void {
  const command = root
    .command("dataset")
    .summary("real training results, with their sources")
    .description("List the real training results that come with the package, or show one with its source.")
    .addHelpText("after", "\nExample:\n  $ entigraph dataset show quality-entigraph");

  command
    .command("list")
    .description("list the datasets")
    .option("--json", "print one JSON document")
    .option("--out <file>", "write the JSON document to a file", outputFile)
    .addHelpText("after", "\nExample:\n  $ entigraph dataset list")
    .action((options: OutputOptions) => {
      const datasets = DATASETS.map(summary);
      return deliver(terminal, options, { datasets }, () =>
        table(
          ["dataset", "rows", "title"],
          datasets.map(({ name, rows, title }) => [name, rows, title]),
        ),
      );
    });

  command
    .command("show")
    .description("print a dataset: where it comes from, what to beware of, its numbers")
    .argument("<name>", "name of the dataset")
    .option("--csv", "print the numbers only, comma-separated")
    .option("--json", "print one JSON document")
    .option("--out <file>", "write the JSON document, with --csv the numbers, to a file", outputFile)
    .addHelpText("after", "\nExample:\n  $ entigraph dataset show quality-entigraph --csv > quality.csv")
    .action(async (name: string, options: OutputOptions & { csv?: boolean }) => {
      const dataset = findDataset(name);
      const { csv, ...about } = dataset;
      if (options.csv) return deliverCsv(terminal, options, csv);
      const rows = datasetTable(dataset).rows.map(({ cells }) => cells);
      await deliver(terminal, options, { ...about, rows }, () => describe(dataset));
    });
}

/** Numbers only, to the file of `--out` if there is one, else to stdout. */
async function deliverCsv(terminal: Terminal, { json, out }: OutputOptions, csv: string): Promise<void> {
  if (json) throw new InputError("--csv", "and --json cannot both be given");
  const text = `${csv.trimEnd()}\n`;
  if (out === undefined) {
    terminal.stdout.write(text);
    return;
  }
  await writeWholeFile(out, text);
  note(terminal, `wrote ${out}`);
}

function summary(dataset: Dataset) {
  const { name, title, source } = dataset;
  return { name, title, rows: datasetTable(dataset).rows.length, source: source.citation };
}

function describe(dataset: Dataset): string {
  const { title, columns, source, status, caveats, csv } = dataset;
  return [
    title,
    "",
    ...columns.map(({ name, meaning, unit }) => `  ${name}: ${meaning} (${unit})`),
    "",
    `Source: ${source.citation}`,
    `        ${source.location}`,
    `Licence: ${source.licence}. Status: ${status}.`,
    ...caveats.map((caveat) => `Beware: ${caveat}`),
    "",
    csv.trimEnd(),
  ].join("\n");
}
