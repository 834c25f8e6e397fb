import { InputError } from "../errors.ts";
import { parseAmount } from "./amount.ts";
import { type DelimitedRow, readDelimited, requireRectangular } from "./delimited.ts";

/** A table of results: named columns of text cells, with the line of the source on which each row stands. */
export interface ResultTable {
  /** Name of the file or dataset, for messages. */
  readonly place: string;
  readonly columns: readonly string[];
  readonly rows: readonly DelimitedRow[];
}

/**
 * Read a table of results from delimited text. The first row names the columns if it holds text and no
 * number; if it holds numbers and no text, the columns are called "1", "2", ….
 *
 * @param text - separated by commas, semicolons, tabs or spaces; `#` comments
 * @param place - name of the file, for messages
 * @throws {InputError} if the text has no data rows, a ragged row, a repeated column name, or a first row of text and
 *   numbers, which may be a header or a row with a slip in it
 */
export function readResultTable(text: string, place: string): ResultTable {
  const { rows } = readDelimited(text, place);
  requireRectangular(rows, place);
  const [first] = rows;
  if (!first) throw new InputError(place, "is empty");
  const hasHeader = isHeader(first, place);
  const columns = hasHeader ? first.cells : first.cells.map((_, index) => String(index + 1));
  const data = hasHeader ? rows.slice(1) : rows;
  if (data.length === 0) throw new InputError(place, "holds no rows of numbers");
  const repeated = columns.find((name, index) => columns.indexOf(name) !== index);
  if (repeated !== undefined)
    throw new InputError(`${place}:${first.line}`, `column "${repeated}" stands twice`);
  return { place, columns, rows: data };
}

function isHeader({ line, cells }: DelimitedRow, place: string): boolean {
  if (cells.every((cell) => parseAmount(cell) === undefined)) return true;
  const text = cells.findIndex((cell) => cell !== "" && parseAmount(cell) === undefined);
  if (text < 0) return false;
  const found = `column ${text + 1} holds "${cells[text]}", not a number`;
  throw new InputError(
    `${place}:${line}`,
    `${found}, in a first row with numbers; name the columns above it`,
  );
}

/**
 * The numbers of one column.
 *
 * @param column - the column's name, or its number counted from 1
 * @throws {InputError} if there is no such column, or a cell is not a finite number
 */
export function numericColumn(table: ResultTable, column: string): Float64Array {
  const index = columnIndex(table, column);
  return Float64Array.from(table.rows, ({ line, cells }) => {
    const value = parseNumber(cells[index]!);
    if (value !== undefined) return value;
    const found = cells[index] === "" ? "is empty" : `holds "${cells[index]}", not a number`;
    throw new InputError(`${table.place}:${line}`, `column "${table.columns[index]}" ${found}`);
  });
}

/**
 * The rows whose cell in `column` is `value`.
 *
 * @throws {InputError} if there is no such column or no such row
 */
export function selectRows(table: ResultTable, column: string, value: string): ResultTable {
  const index = columnIndex(table, column);
  const rows = table.rows.filter(({ cells }) => cells[index] === value);
  if (rows.length > 0) return { ...table, rows };
  const present = [...new Set(table.rows.map(({ cells }) => cells[index]))].slice(0, 12);
  throw new InputError(table.place, `no row has ${column} = ${value}; there are ${present.join(", ")}`);
}

/**
 * Index of a column given by its name or, where no column has that name, by its number counted from 1.
 *
 * @throws {InputError} if there is no such column
 */
export function columnIndex({ place, columns }: ResultTable, column: string): number {
  const byName = columns.indexOf(column);
  if (byName >= 0) return byName;
  const number = /^\d+$/.test(column) ? Number(column) : 0;
  if (number >= 1 && number <= columns.length) return number - 1;
  throw new InputError(place, `has no column "${column}"; it has ${columns.join(", ")}`);
}

function parseNumber(cell: string): number | undefined {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(cell)) return undefined;
  const value = Number(cell);
  return Number.isFinite(value) ? value : undefined;
}
