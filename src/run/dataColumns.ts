import { InputError } from "../errors.ts";
import { isMissing, numberProblem, parseAmount } from "../table/amount.ts";
import { columnIndex, type ResultTable } from "../table/resultTable.ts";

/** Columns asked for, by name or number; `none` for a standard error or questions that are not to be used. */
export interface ColumnChoice {
  readonly x?: string | undefined;
  readonly y?: string | undefined;
  readonly standardError?: string | undefined;
  readonly correct?: string | undefined;
  readonly questions?: string | undefined;
}

/** Indices of the columns to read. Either `y` or `correct` is there, and `questions` with `correct`. */
export interface DataColumns {
  readonly x: number;
  readonly y: number | undefined;
  readonly standardError: number | undefined;
  readonly correct: number | undefined;
  readonly questions: number | undefined;
}

/** What each column is usually called, in words parted by anything that is no letter. */
const USUAL: Readonly<Record<keyof DataColumns, RegExp>> = {
  x: /\b(x|tokens?|variations?|epochs?|steps?|rounds?|dollars?|cost|copies|examples|documents|samples)\b/i,
  y: /\b(y|accuracy|acc|score|percent(age)?|exact match|em|f1|fraction)\b/i,
  standardError: /\b(se|sem|std ?err(or)?|standard errors?|stderr)\b/i,
  correct: /^((n|num|number of|questions|answers) )?correct$/i,
  questions: /^((n|num|number of) )?(questions|total|asked|n)$/i,
};

/** The option that names each column. */
const OPTIONS: Readonly<Record<keyof DataColumns, string>> = {
  x: "--x",
  y: "--y",
  standardError: "--standard-error",
  correct: "--correct",
  questions: "--questions",
};

/** The words of a column's name, parted by single spaces. */
export function wordsOf(column: string): string {
  return column
    .replace(/[^\p{L}\d%]+/gu, " ")
    .replace(/%/g, " percent ")
    .trim();
}

/**
 * Which columns hold what: those asked for; else those with a usual name; for x and y else the first columns of numbers
 * that are left. A pair of correct answers and questions makes y where no column of y is asked for or found.
 *
 * @throws {InputError} for a column that does not exist or is asked for twice, or pairs that do not go together
 */
export function detectColumns(table: ResultTable, choice: ColumnChoice): DataColumns {
  const taken = new Map<number, string>();
  const named = (role: keyof DataColumns): number | undefined => {
    const asked = choice[role];
    if (asked === "none" && !table.columns.includes("none")) return undefined;
    const found =
      asked === undefined
        ? table.columns.findIndex(
            (name, i) => !taken.has(i) && USUAL[role].test(wordsOf(name)) && !holdsText(table, i),
          )
        : columnIndex(table, asked);
    if (found < 0) return undefined;
    const earlier = taken.get(found);
    if (earlier !== undefined)
      throw new InputError(
        OPTIONS[role],
        `names column "${table.columns[found]}", which ${earlier} names too`,
      );
    taken.set(found, OPTIONS[role]);
    return found;
  };
  // What is asked for comes first, and narrow names before wide ones.
  const order = (["standardError", "correct", "questions", "y", "x"] as const).toSorted(
    (a, b) => Number(choice[b] !== undefined) - Number(choice[a] !== undefined),
  );
  const found = Object.fromEntries(order.map((role) => [role, named(role)])) as Record<
    keyof DataColumns,
    number | undefined
  >;
  const paired = found.correct !== undefined && found.questions !== undefined;
  const pairAsked = choice.correct !== undefined && choice.correct !== "none";
  if (pairAsked && !paired)
    throw new InputError("--correct", "needs the number of questions asked: give --questions <column>");
  const nextNumbers = (): number | undefined => {
    const free = table.columns.findIndex((_, i) => !taken.has(i) && !holdsText(table, i));
    if (free < 0) return undefined;
    taken.set(free, "");
    return free;
  };
  const x = found.x ?? nextNumbers();
  const usesPair = paired && (pairAsked || found.y === undefined);
  if (usesPair && choice.y !== undefined)
    throw new InputError("--y", "and --correct cannot both be given: y is correct / questions");
  const y = usesPair ? undefined : (found.y ?? nextNumbers());
  if (x === undefined || (y === undefined && !usesPair)) {
    throw new InputError(table.place, "needs two columns of numbers, x and y");
  }
  return {
    x,
    y,
    standardError: found.standardError,
    correct: usesPair ? found.correct : undefined,
    questions: found.questions,
  };
}

/** Whether a column holds words: its first cell that is not missing begins like no number. */
function holdsText({ rows }: ResultTable, column: number): boolean {
  const cell = rows.find(({ cells }) => !isMissing(cells[column]!))?.cells[column];
  return cell !== undefined && !/^[+-]?(\.?\d|inf)/i.test(cell);
}

/** Numbers of some columns, from the rows in which none is missing. */
export interface ReadColumns {
  /** Numbers of each column, in the order asked for. */
  readonly values: readonly Float64Array[];
  /** Line of each row read. */
  readonly lines: readonly number[];
  /** For each column, the suffix of the first cell that has one. */
  readonly suffixes: readonly (string | undefined)[];
  /** Rows left out: line, and the column that has no value there. */
  readonly missing: readonly { readonly line: number; readonly column: string }[];
}

/**
 * Read the numbers of columns; rows with a missing cell are left out and listed.
 *
 * @throws {InputError} naming line and column of a cell that is neither a number nor missing, of a percent sign that
 *   not all cells of its column have, or if every row is left out
 */
export function readColumns(table: ResultTable, columns: readonly number[]): ReadColumns {
  const values = columns.map(() => new Float64Array(table.rows.length));
  const suffixes = columns.map((): string | undefined => undefined);
  const lines: number[] = [];
  const missing: { line: number; column: string }[] = [];
  const percent = columns.map((): boolean | undefined => undefined);
  for (const { line, cells } of table.rows) {
    const empty = columns.find((column) => isMissing(cells[column]!));
    if (empty !== undefined) {
      missing.push({ line, column: table.columns[empty]! });
      continue;
    }
    columns.forEach((column, i) => {
      const cell = cells[column]!;
      const refuse = (problem: string) =>
        new InputError(
          `${table.place}:${line}`,
          `column "${table.columns[column]}" holds "${cell}", ${problem}`,
        );
      const amount = parseAmount(cell);
      if (!amount) throw refuse(numberProblem(cell));
      percent[i] ??= amount.suffix === "%";
      if (percent[i] !== (amount.suffix === "%"))
        throw refuse("but not all cells of the column have a percent sign; write all alike");
      suffixes[i] ??= amount.suffix || undefined;
      values[i]![lines.length] = amount.value;
    });
    lines.push(line);
  }
  if (lines.length === 0) {
    throw new InputError(
      table.place,
      `every row lacks a value of x or y, the first on line ${missing[0]!.line}`,
    );
  }
  return { values: values.map((column) => column.subarray(0, lines.length)), lines, suffixes, missing };
}
