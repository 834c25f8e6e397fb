import { existsSync } from "node:fs";
import { DATASETS } from "../datasets/catalogue.ts";
import { type Dataset, type DatasetSource, datasetTable } from "../datasets/dataset.ts";
import { InputError } from "../errors.ts";
import { binomialStandardErrors, splitNoise } from "../fit/noise.ts";
import { type ResultTable, readResultTable, selectRows } from "../table/resultTable.ts";
import { type ColumnChoice, detectColumns, readColumns, wordsOf } from "./dataColumns.ts";
import { readTextFile } from "./files.ts";
import { naming } from "./naming.ts";

/** Which numbers to fit. */
export interface FitInput extends ColumnChoice {
  /** Rows to keep: column and value. */
  readonly where: readonly (readonly [string, string])[];
  /** y is an accuracy on so many questions. */
  readonly questionCount?: number | undefined;
  /** Standard error that all rows share. */
  readonly sharedError?: number | undefined;
}

/** An error that all points share, beside the scatter of each. Standard errors in the unit of y. */
export interface SharedNoise {
  readonly shared: number;
  /** Scatter of each point, where it was split from the binomial noise of questions. */
  readonly own: number | null;
  /** Number of questions, the same at every x, that the binomial noise is of; null where the shared error was given. */
  readonly questions: number | null;
}

/** Numbers to fit, where they come from and what was taken for granted. */
export interface FitData {
  readonly place: string;
  readonly xColumn: string;
  readonly yColumn: string;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** From a column, or binomial from numbers of questions. */
  readonly standardErrors?: Float64Array | undefined;
  /** Where the standard errors come from. */
  readonly errorsFrom: string | null;
  /** Null where nothing is known of a shared error. */
  readonly noise: SharedNoise | null;
  /** 100 where y is a percentage, 1 where it is a fraction, null where it is neither. */
  readonly whole: 1 | 100 | null;
  /** Tokens in a unit of x; null where the name of x does not say. */
  readonly tokensPerUnit: number | null;
  readonly where: readonly (readonly [string, string])[];
  readonly source: DatasetSource | null;
  readonly files: Record<string, string>;
  /** What was assumed or left out, in lines for the user. */
  readonly notes: readonly string[];
}

/**
 * The numbers of a dataset of the package or of a file.
 *
 * @param name - a dataset's name, a file, or - for standard input
 * @throws {InputError} if there is neither, or the columns hold no numbers, naming line and column
 */
export async function loadFitData(name: string, input: FitInput): Promise<FitData> {
  const dataset = DATASETS.find((each) => each.name === name);
  if (!dataset && name !== "-" && !existsSync(name)) {
    const names = DATASETS.map((each) => each.name).join(", ");
    throw new InputError(name, `no such file, and no dataset of that name; datasets: ${names}`);
  }
  if (dataset) return datasetFitData(dataset, input);
  const { text, sha256 } = await readTextFile(name);
  return tableFitData(readResultTable(text, name), input, null, { [name]: sha256 });
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
  const usual = { x: dataset.x, standardError: "none", questions: "none" };
  const y = input.correct === undefined ? { y: dataset.y, correct: "none" } : {};
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  return tableFitData(table, { ...usual, ...y, ...given, where: input.where }, dataset.source, {});
}

/** A value of a column for an example: of the second row, as the first may stand apart from the curves. */
function firstValue(table: ResultTable, column: string): string {
  return table.rows[1]!.cells[table.columns.indexOf(column)]!;
}

function tableFitData(
  whole: ResultTable,
  input: FitInput,
  source: DatasetSource | null,
  files: Record<string, string>,
): FitData {
  const table = input.where.reduce((rows, [column, value]) => selectRows(rows, column, value), whole);
  const columns = detectColumns(table, input);
  const roles = ["x", "y", "standardError", "correct", "questions"] as const;
  const used = roles.filter((role) => columns[role] !== undefined);
  const indices = used.map((role) => columns[role]!);
  const read = readColumns(table, indices);
  const cellsOf = (role: (typeof roles)[number]): Column | undefined => {
    const at = used.indexOf(role);
    return at < 0
      ? undefined
      : { name: table.columns[indices[at]!]!, values: read.values[at]!, suffix: read.suffixes[at] };
  };
  const check = (
    column: Column | undefined,
    fits: (value: number, row: number) => boolean,
    domain: string,
  ) => {
    const row = column ? column.values.findIndex((value, at) => !fits(value, at)) : -1;
    if (row < 0) return;
    const place = `${table.place}:${read.lines[row]}`;
    throw new InputError(place, `column "${column!.name}" holds ${column!.values[row]}; ${domain}`);
  };
  const x = cellsOf("x")!;
  const [errors, correct, questions] = [cellsOf("standardError"), cellsOf("correct"), cellsOf("questions")];
  check(x, (value) => value >= 0, "x must be >= 0");
  check(errors, (value) => value > 0, "a standard error must be > 0 (--standard-error none does without)");
  check(questions, (value) => Number.isInteger(value) && value > 0, "questions must be a whole number >= 1");
  check(
    correct,
    (value, row) => Number.isInteger(value) && value >= 0 && value <= questions!.values[row]!,
    "correct must be a whole number from 0 to the number of questions",
  );
  const y: Column = cellsOf("y") ?? {
    name: `${correct!.name}/${questions!.name}`,
    values: correct!.values.map((value, row) => (100 * value) / questions!.values[row]!),
    suffix: "%",
  };
  const share = shareOf(y);
  const asked = input.questionCount ?? questions?.values;
  // Without a name that says so, numbers of questions make y an accuracy; one above 1 is then a percentage.
  const unit = share ?? (y.values.some((value) => value > 1) ? 100 : 1);
  if (!errors && asked !== undefined)
    check(y, (value) => value >= 0 && value <= unit, `an accuracy must be from 0 to ${unit}`);
  if (input.sharedError !== undefined && input.questionCount !== undefined) {
    const problem =
      "and --questions cannot both be given: from a number of questions the shared error follows";
    throw new InputError("--shared-error", problem);
  }
  const noise =
    input.sharedError !== undefined
      ? { shared: input.sharedError, own: null, questions: null }
      : errors
        ? null
        : naming(table.place, () => questionNoise(x.values, y.values, asked, unit));
  const binomial =
    !errors && !noise && asked !== undefined ? binomialStandardErrors(y.values, asked, unit) : undefined;
  const errorsFrom =
    errors?.name ?? (binomial ? `binomial, ${questions?.name ?? `${asked} questions`}` : null);
  const assumed = `x = ${x.name}, y = ${y.name}${unitName(share)}${errorsFrom === null ? "" : `, standard errors: ${errorsFrom}`}${noise ? `, noise: ${noiseInWords(noise)}` : ""}`;
  const unused = table.columns.filter((_, i) => !indices.includes(i));
  return {
    place: table.place,
    xColumn: x.name,
    yColumn: y.name,
    x: x.values,
    y: y.values,
    ...((errors || binomial) && { standardErrors: errors?.values ?? binomial }),
    errorsFrom,
    noise,
    whole: share ?? (asked === undefined || errors ? null : unit),
    tokensPerUnit: tokensPerUnit(table, x),
    where: input.where,
    source,
    files,
    notes: [
      ...(source ? [] : [`${assumed}${unused.length > 0 ? `; not used: ${unused.join(", ")}` : ""}`]),
      ...missingNote(read.missing),
      ...repeatNotes(x.values, y.values, read.lines),
    ].map((text) => `${table.place}: ${text}`),
  };
}

/** The two parts of the binomial noise where all rows were asked as many questions: the same ones, as is assumed. */
function questionNoise(
  x: Float64Array,
  y: Float64Array,
  asked: number | Float64Array | undefined,
  unit: 1 | 100,
): SharedNoise | null {
  const questions = typeof asked === "object" ? asked[0]! : asked;
  if (questions === undefined) return null;
  if (typeof asked === "object" && asked.some((each) => each !== questions)) return null;
  const split = splitNoise({ x, y }, questions, unit);
  return split && { ...split, questions };
}

/** The parts of the noise, to three digits, and what the split rests on. */
export function noiseInWords({ shared, own, questions }: SharedNoise): string {
  const digits = (value: number) => Number(value.toPrecision(3));
  if (own === null) return `shared ${digits(shared)}`;
  return `own scatter ${digits(own)}, shared ${digits(shared)} (${questions} questions, the same at every x)`;
}

interface Column {
  readonly name: string;
  readonly values: Float64Array;
  readonly suffix: string | undefined;
}

/** 100 or 1 where y is a share by its name, its percent signs, or for want of a word by its values. */
function shareOf({ name, values, suffix }: Column): 1 | 100 | null {
  const words = wordsOf(name);
  const within = (most: number) => values.every((value) => value >= 0 && value <= most);
  if (suffix === "%" || /\b(percent(age)?|pct)\b/i.test(words)) return within(100) ? 100 : null;
  if (/\b(fraction|share|proportion)\b/i.test(words)) return within(1) ? 1 : null;
  if (!/\b(accuracy|acc|exact match|em|f1)\b/i.test(words)) return null;
  return within(1) ? 1 : within(100) ? 100 : null;
}

function unitName(share: 1 | 100 | null): string {
  return share === null ? "" : share === 1 ? " (fraction)" : " (percent)";
}

const UNIT_WORDS: readonly (readonly [RegExp, number])[] = [
  [/\b(thousands?|k)\b/i, 1e3],
  [/\b(millions?|mio|m)\b/i, 1e6],
  [/\b(billions?|bn|b)\b/i, 1e9],
  [/\b(trillions?|t)\b/i, 1e12],
];

/** Tokens in a unit of x, by the name of the column: `tokens`, `Tokens (millions)`, `tokens_B`. */
function tokensPerUnit({ place }: ResultTable, { name, suffix }: Column): number | null {
  const words = wordsOf(name);
  if (!/\btokens?\b/i.test(words)) return null;
  const unit = UNIT_WORDS.find(([word]) => word.test(words))?.[1];
  if (unit !== undefined && suffix !== undefined) {
    throw new InputError(
      place,
      `column "${name}" names a unit, and its cells have another (${suffix}); keep one of the two`,
    );
  }
  return unit ?? 1;
}

/** Lines listed by number; the others are counted. */
const LISTED = 5;

function missingNote(missing: readonly { line: number; column: string }[]): string[] {
  if (missing.length === 0) return [];
  const listed = missing.slice(0, LISTED).map(({ line, column }) => `line ${line} (${column})`);
  const more = missing.length > LISTED ? `, and ${missing.length - LISTED} more` : "";
  return [`left out ${count(missing.length, "row")} with a missing value: ${listed.join(", ")}${more}`];
}

/** Rows that share their x, and those that are the same in x and y. */
function repeatNotes(x: Float64Array, y: Float64Array, lines: readonly number[]): string[] {
  const order = Float64Array.from(x, (_, row) => row).sort((a, b) => x[a]! - x[b]! || y[a]! - y[b]! || a - b);
  let [distinct, equal] = [0, 0];
  let first: [number, number] | undefined;
  order.forEach((row, at) => {
    const before = at === 0 ? undefined : order[at - 1]!;
    if (before === undefined || x[before] !== x[row]) distinct++;
    else if (y[before] === y[row]) {
      equal++;
      first ??= [lines[before]!, lines[row]!];
    }
  });
  if (distinct === x.length) return [];
  const same = first
    ? `; ${count(equal, "row")} the same as an earlier one in x and y (line ${first[1]} as line ${first[0]}), kept as further runs`
    : "";
  return [
    `${count(x.length, "row")} at ${count(distinct, "different x", "different x")}: the scatter among equals counts as noise${same}`,
  ];
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** What provenance says of the numbers: where they stand and which were read. */
export function about({ place, xColumn, yColumn, where, errorsFrom, noise }: FitData) {
  return {
    data: place,
    x: xColumn,
    y: yColumn,
    where,
    ...(errorsFrom !== null && { standardErrors: errorsFrom }),
    ...(noise && { noise }),
  };
}

/**
 * Root mean square of the standard errors of the rows with the largest x, which stands for that of a further run; undefined
 * where none are known.
 */
export function lastStandardError({
  x,
  standardErrors,
}: Pick<FitData, "x" | "standardErrors">): number | undefined {
  if (!standardErrors) return undefined;
  const last = x.reduce((most, value) => Math.max(most, value), -Infinity);
  const errors = standardErrors.filter((_, row) => x[row] === last);
  return Math.hypot(...errors) / Math.sqrt(errors.length);
}
