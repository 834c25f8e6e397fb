import { CATALOGUE, type CatalogueEntry } from "./catalogue.ts";

/** The page that shows every figure of the catalogue beside its files, with the command that makes it; Markdown. */
export function galleryPage(): string {
  return [
    "# Gallery",
    "",
    "Every figure there is, as `npm start` draws it from the toy model and the training results of [the report](report.md).",
    "",
    "`--format` is svg, png (300 dpi), pdf or vl (Vega-Lite); `--theme dark` and `--column single` change the look;",
    "`--spec results.json` draws your own results; `--results` prints those of the main job, which show the shape.",
    ...CATALOGUE.flatMap(section),
    "",
  ].join("\n");
}

function section({ name, summary }: CatalogueEntry): string[] {
  return [
    "",
    `## ${name}`,
    "",
    `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`,
    "",
    `![${summary}](${name}.png)`,
    "",
    "```console",
    `$ npx entigraph figure ${name} --format pdf`,
    "```",
    "",
    `[SVG](${name}.svg), [Vega-Lite](${name}.vl.json)`,
  ];
}
