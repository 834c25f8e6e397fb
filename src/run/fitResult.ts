import { existsSync } from "node:fs";
import { DATASETS, findDataset } from "../datasets/catalogue.ts";
import { type Dataset, type DatasetSource, datasetTable } from "../datasets/dataset.ts";
import { DomainError, InputError } from "../errors.ts";
import { fitMixture, type MixtureOptions } from "../fit/fitMixture.ts";
import { mixtureCurve } from "../fit/mixture.ts";
import { type Adequacy, mixtureAdequacy } from "../fit/mixtureAdequacy.ts";
import { numericColumn, type ResultTable, readResultTable, selectRows } from "../table/resultTable.ts";
import { readTextFile } from "./files.ts";
import { type Provenance, provenance } from "./provenance.ts";

/** Which numbers to fit. */
export interface FitInput {
  /** Column of x; default: the dataset's, or the first. */
  readonly x: string | undefined;
  /** Column of y; default: the dataset's, or the second. */
  readonly y: string | undefined;
  /** Rows to keep: column and value. */
  readonly where: readonly (readonly [string, string])[];
}

/** Numbers to fit, and where they come from. */
export interface FitData {
  readonly place: string;
  readonly xColumn: string;
  readonly yColumn: string;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly where: readonly (readonly [string, string])[];
  readonly source: DatasetSource | null;
  readonly files: Record<string, string>;
}

/** A fitted mixture of exponentials, as `entigraph fit --json` prints it. */
export interface FitResult {
  readonly provenance: Provenance;
  readonly model: string;
  readonly x: string;
  readonly y: string;
  /** Value for x → ∞. */
  readonly plateau: number;
  /** Slowest first: y = plateau − Σ amplitude·ratio^x, ratio = e^{−rate}. */
  readonly terms: readonly { readonly amplitude: number; readonly rate: number; readonly ratio: number }[];
  readonly sse: number;
  readonly rmse: number;
  /** Null where the points are too few for it. */
  readonly aicc: number | null;
  /** Number of points fitted. */
  readonly points: number;
  /** Terms whose rate stands at an end of the range allowed: they have no meaning of their own. */
  readonly boundary: readonly { readonly term: number; readonly edge: "slow" | "fast" }[];
  /** How far `sse` can be above the least of any mixture with as many terms. */
  readonly gap: number | null;
  /** Convex problems solved to prove the optimum; 0 if that was not asked for. */
  readonly nodes: number;
  /** Whether a mixture of exponentials can describe these points at all, and why not. */
  readonly adequacy: Adequacy;
  readonly source: DatasetSource | null;
  readonly predictions: readonly { readonly x: number; readonly mean: number }[];
}

/**
 * The numbers of a dataset of the package or of a file.
 *
 * @param name - a dataset's name, a file, or - for standard input
 * @throws {InputError} if there is neither, or the columns hold no numbers
 */
export async function loadFitData(name: string, input: FitInput): Promise<FitData> {
  const dataset = DATASETS.find((each) => each.name === name);
  if (!dataset && name !== "-" && !existsSync(name)) {
    const names = DATASETS.map((each) => each.name).join(", ");
    throw new InputError(name, `no such file, and no dataset of that name; datasets: ${names}`);
  }
  if (dataset) return datasetFitData(dataset, input);
  const { text, sha256 } = await readTextFile(name);
  const table = readResultTable(text, name);
  return tableFitData(table, { x: "1", y: "2" }, input, null, { [name]: sha256 });
}

/** The numbers of a dataset of the package. */
export function datasetFitData(dataset: Dataset, input: FitInput): FitData {
  const table = datasetTable(dataset);
  const chosen = new Set(input.where.map(([column]) => column));
  const open = dataset.seriesColumns.filter((column) => !chosen.has(column));
  if (open.length > 0) {
    const example = dataset.seriesColumns.map((column) => `--where ${column}=${firstValue(table, column)}`);
    throw new InputError(dataset.name, `holds several curves; choose one, such as ${example.join(" ")}`);
  }
  return tableFitData(table, dataset, input, dataset.source, {});
}

/** A value of a column for an example: of the second row, as the first may stand apart from the curves. */
function firstValue(table: ResultTable, column: string): string {
  return table.rows[1]!.cells[table.columns.indexOf(column)]!;
}

function tableFitData(
  whole: ResultTable,
  usual: { readonly x: string; readonly y: string },
  { x, y, where }: FitInput,
  source: DatasetSource | null,
  files: Record<string, string>,
): FitData {
  const table = where.reduce((rows, [column, value]) => selectRows(rows, column, value), whole);
  const xColumn = columnName(table, x ?? usual.x);
  const yColumn = columnName(table, y ?? usual.y);
  const data = { x: numericColumn(table, xColumn), y: numericColumn(table, yColumn) };
  const negative = data.x.findIndex((value) => value < 0);
  if (negative >= 0) {
    const { line } = table.rows[negative]!;
    throw new InputError(
      `${table.place}:${line}`,
      `column "${xColumn}" holds ${data.x[negative]}; x must be >= 0`,
    );
  }
  return { place: table.place, xColumn, yColumn, ...data, where, source, files };
}

function columnName(table: ResultTable, column: string): string {
  return table.columns.includes(column) ? column : (table.columns[Number(column) - 1] ?? column);
}

/** How many terms: a number, as many as lower the sum of squares, or the number with the least AICc. */
export type TermsChoice = number | "spectrum" | "auto";

/** How to fit, beside the number of terms. */
type FitOptions = Pick<MixtureOptions, "certify" | "rateRange">;

/**
 * Fit a mixture of exponentials to loaded numbers.
 *
 * @param at - where to evaluate the fitted curve
 * @param options - prove the optimum by branch and bound; rates allowed
 * @throws {InputError} if the points are too few for so many terms
 */
export function fitResult(
  data: FitData,
  terms: TermsChoice,
  at: readonly number[],
  { certify = false, rateRange }: FitOptions = {},
): FitResult {
  if (typeof terms === "number") requireEnoughPoints(data, terms);
  const fit = fitted(data, { terms, certify, rateRange });
  const count = typeof fit.asked === "number" ? fit.asked : fit.terms.length;
  const { place, xColumn, yColumn, where } = data;
  return {
    provenance: provenance(
      "fit",
      { data: place, x: xColumn, y: yColumn, where, terms, certify, ...(rateRange && { rateRange }), at },
      data.files,
    ),
    model: `mixture of exponentials, ${count === 1 ? "1 term" : `${count} terms`}`,
    x: xColumn,
    y: yColumn,
    plateau: fit.plateau,
    terms: fit.terms.map(({ amplitude, rate }) => ({ amplitude, rate, ratio: Math.exp(-rate) })),
    sse: fit.sse,
    rmse: fit.rmse,
    aicc: fit.aicc,
    points: fit.points,
    boundary: fit.boundary,
    gap: fit.gap,
    nodes: fit.nodes,
    adequacy: mixtureAdequacy(data),
    source: data.source,
    predictions: at.map((x) => ({ x, mean: mixtureCurve(fit, x) })),
  };
}

function requireEnoughPoints({ place, x }: FitData, terms: number): void {
  const parameters = 2 * terms + 1;
  if (x.length >= parameters) return;
  const most = Math.floor((x.length - 1) / 2);
  const remedy =
    most >= 1 ? `ask for ${most === 1 ? "1 term" : `at most ${most} terms`}` : "three are the least";
  const demand = `a fit with ${terms === 1 ? "1 term" : `${terms} terms`} has ${parameters} parameters`;
  throw new InputError(place, `${demand} and needs as many points, got ${x.length}; ${remedy}`);
}

/** What is wrong with the numbers is the user's to mend: name the file or dataset. */
function fitted({ place, x, y }: FitData, options: MixtureOptions) {
  try {
    return fitMixture({ x, y }, options);
  } catch (error) {
    if (error instanceof DomainError) throw new InputError(place, error.message);
    throw error;
  }
}

/** The fit of a dataset by its usual columns, with its proof. */
export function certifiedFit(name: string, terms: number): FitResult {
  const data = datasetFitData(findDataset(name), { x: undefined, y: undefined, where: [] });
  return fitResult(data, terms, [], { certify: true });
}
