import { InputError } from "../errors.ts";

/** One row of a text table, with the line of the text on which it begins, counted from 1. */
export interface DelimitedRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Rows of a text table and what was found to separate the cells. */
export interface DelimitedText {
  readonly separator: "tab" | "comma" | "semicolon" | "spaces";
  readonly rows: readonly DelimitedRow[];
}

const DELIMITERS = { tab: "\t", comma: ",", semicolon: ";", spaces: /\s+/ } as const;

/** In the order in which they are looked for. */
const SEPARATORS = ["tab", "comma", "semicolon"] as const;

/**
 * Split delimited text into rows of trimmed cells.
 *
 * The first row decides the separator: a tab if it has one outside quotes, else a comma, else a semicolon, else runs of
 * spaces. Blank lines and lines that begin with `#` are skipped. Cells between tabs, commas or semicolons may be quoted
 * as in RFC 4180; a quoted cell may hold the separator and line ends.
 *
 * @param text - the whole text; line ends of any kind, a byte order mark is ignored
 * @param place - name of the file, for messages
 * @throws {InputError} on quoting that is not closed, stands inside a cell or between spaces, naming the line
 *   on which the row begins
 */
export function readDelimited(text: string, place: string): DelimitedText {
  const normal = text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  const texts = rowTexts(normal.split("\n"));
  const first = (texts[0]?.text ?? "").replace(/"[^"]*"/g, "");
  const separator = SEPARATORS.find((name) => first.includes(DELIMITERS[name])) ?? "spaces";
  const delimiter = DELIMITERS[separator];
  const rows = texts.map(({ line, text }) => {
    // Splitting is far faster than a full parser, and the same where nothing is quoted.
    const cells = text.includes('"')
      ? quotedCells(text, delimiter, `${place}:${line}`)
      : split(text, delimiter);
    return { line, cells: cells.map((cell) => cell.trim()) };
  });
  return { separator, rows };
}

/**
 * Check that every row has as many cells as the first.
 *
 * @throws {InputError} naming the first row that has not
 */
export function requireRectangular(rows: readonly DelimitedRow[], place: string): void {
  const width = rows[0]?.cells.length ?? 0;
  for (const { line, cells } of rows) {
    if (cells.length === width) continue;
    throw new InputError(
      `${place}:${line}`,
      `expected ${columns(width)} as in the first row (line ${rows[0]!.line}), found ${cells.length}`,
    );
  }
}

/** "1 column", "2 columns": for messages. */
export function columns(count: number): string {
  return count === 1 ? "1 column" : `${count} columns`;
}

function isSkipped(line: string): boolean {
  const trimmed = line.trimStart();
  return trimmed === "" || trimmed.startsWith("#");
}

interface RowText {
  readonly line: number;
  readonly text: string;
}

/** The text of each row: a line, and as many more as it takes until every quote has its partner. */
function rowTexts(lines: readonly string[]): RowText[] {
  const rows: RowText[] = [];
  for (let next = 0; next < lines.length; ) {
    const first = next++;
    if (isSkipped(lines[first]!)) continue;
    let open = hasOddQuotes(lines[first]!);
    while (open && next < lines.length) open = open !== hasOddQuotes(lines[next++]!);
    rows.push({ line: first + 1, text: lines.slice(first, next).join("\n") });
  }
  return rows;
}

function hasOddQuotes(line: string): boolean {
  let odd = false;
  for (let at = line.indexOf('"'); at >= 0; at = line.indexOf('"', at + 1)) odd = !odd;
  return odd;
}

function split(text: string, delimiter: string | RegExp): string[] {
  // Leading and trailing spaces separate nothing, but a leading tab begins an empty first cell.
  return (delimiter === "\t" ? text : text.trim()).split(delimiter);
}

/** A csv parser would do as well, but weighs more in a browser than the rest of the mathematics. */
function quotedCells(text: string, delimiter: string | RegExp, place: string): string[] {
  if (typeof delimiter !== "string") {
    throw new InputError(place, "quotes do not hold between spaces; separate the columns by commas or tabs");
  }
  const cells: string[] = [];
  for (let at = 0; at <= text.length; ) {
    const { cell, end } = cellAt(text, at, delimiter, place);
    cells.push(cell);
    at = end + 1;
  }
  return cells;
}

/** The cell that begins at a place of a row, and where the delimiter or the end of the row follows it. */
function cellAt(text: string, at: number, delimiter: string, place: string): { cell: string; end: number } {
  // Spaces around quotes belong to a row with commas or semicolons; between tabs they would be part of the cell.
  const skip = (from: number) => (delimiter === "\t" ? from : afterSpaces(text, from));
  const open = skip(at);
  const next = text.indexOf(delimiter, at);
  const plainEnd = next < 0 ? text.length : next;
  const plain = text.slice(at, plainEnd);
  if (text[open] !== '"' && !plain.includes('"')) return { cell: plain, end: plainEnd };
  const close = closingQuote(text, open);
  const end = skip(close + 1);
  if (text[open] !== '"' || close < 0 || (end < text.length && text[end] !== delimiter)) {
    const problem = "a quoted cell is not closed, or a quote stands inside a cell";
    throw new InputError(place, `${problem}, in the row that begins here`);
  }
  return { cell: text.slice(open + 1, close).replaceAll('""', '"'), end };
}

function afterSpaces(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at]!.trim() === "") at++;
  return at;
}

/** The quote that closes the one at `open`: the next that is not doubled; −1 if there is none. */
function closingQuote(text: string, open: number): number {
  let at = text.indexOf('"', open + 1);
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at;
}
