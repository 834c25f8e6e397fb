import { type ResultTable, readResultTable } from "../table/resultTable.ts";

/** What a column of a dataset holds. */
export interface DatasetColumn {
  readonly name: string;
  readonly meaning: string;
  /** Unit of the numbers; "label" for a column of names. */
  readonly unit: string;
}

/** Where the numbers come from. */
export interface DatasetSource {
  /** Key in docs/references.md. */
  readonly reference: string;
  readonly citation: string;
  /** Repository, file and commit in which the numbers stand. */
  readonly location: string;
  readonly licence: string;
}

/** Real training results with their provenance. No value is digitised from a picture, smoothed or interpolated. */
export interface Dataset {
  readonly name: string;
  readonly title: string;
  readonly columns: readonly DatasetColumn[];
  /** The column that a curve is usually drawn against. */
  readonly x: string;
  /** The column that a curve usually shows. */
  readonly y: string;
  /** Columns whose values tell several curves of one file apart; empty for one curve. */
  readonly seriesColumns: readonly string[];
  /** Number of test questions behind each value of y; null where the source does not say. */
  readonly questions: number | null;
  readonly source: DatasetSource;
  /** How the numbers came here, such as "transcribed". */
  readonly status: string;
  readonly caveats: readonly string[];
  /** The numbers, comma-separated, the first line naming the columns. */
  readonly csv: string;
}

/** The numbers of a dataset as a table. */
export function datasetTable(dataset: Dataset): ResultTable {
  return readResultTable(dataset.csv, dataset.name);
}
