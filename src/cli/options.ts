import { InputError } from "../errors.ts";
import { requireWritable } from "../run/files.ts";
import { parseAmount } from "../table/amount.ts";

/** A parser for commander: a number that satisfies a condition. */
function numberOption(option: string, condition: (value: number) => boolean, domain: string) {
  return (text: string): number => {
    const value = toNumber(text);
    if (value !== undefined && condition(value)) return value;
    throw new InputError(option, `must be ${domain}, got ${text}`);
  };
}

/** A whole number of at least `least` and at most `most`. */
export function wholeNumber(option: string, least: number, most = Infinity): (text: string) => number {
  return numberOption(
    option,
    (value) => Number.isSafeInteger(value) && value >= least && value <= most,
    most === Infinity ? `a whole number >= ${least}` : `a whole number from ${least} to ${most}`,
  );
}

/** A number above zero. */
export function positive(option: string): (text: string) => number {
  return numberOption(option, (value) => value > 0, "a number above 0");
}

/** A number of at least zero. */
export function nonNegative(option: string): (text: string) => number {
  return numberOption(option, (value) => value >= 0, "a number >= 0");
}

/** A number from 0 to 1. */
export function share(option: string): (text: string) => number {
  return numberOption(option, (value) => value >= 0 && value <= 1, "a number from 0 to 1");
}

/** Any finite number. */
export function finite(option: string): (text: string) => number {
  return numberOption(option, () => true, "a number");
}

/** A number above 0 and below 1. */
export function openShare(option: string): (text: string) => number {
  return numberOption(option, (value) => value > 0 && value < 1, "a number between 0 and 1");
}

/** A positive number that may end in k, M, B or T for thousands, millions, billions or trillions. */
export function amount(option: string): (text: string) => number {
  return (text) => {
    const value = amountOf(text);
    if (value !== undefined && value > 0) return value;
    throw new InputError(option, `must be a number above 0, such as 1300000 or 1.3M, got ${text}`);
  };
}

function amountOf(text: string): number | undefined {
  const found = parseAmount(text);
  return found?.suffix === "%" ? undefined : found?.value;
}

/** A comma-separated list of numbers of at least zero, such as times; 500M is one. */
export function numberList(option: string): (text: string) => number[] {
  return list(option, () => true, "numbers >= 0");
}

/** A comma-separated list of whole numbers of at least zero, such as steps; 10k is one. */
export function wholeNumberList(option: string): (text: string) => number[] {
  return list(option, Number.isSafeInteger, `whole numbers from 0 to ${Number.MAX_SAFE_INTEGER}`);
}

function list(option: string, condition: (value: number) => boolean, domain: string) {
  return (text: string): number[] =>
    text.split(",").map((item, index) => {
      const value = amountOf(item.trim());
      if (value !== undefined && value >= 0 && condition(value)) return value;
      const which = `item ${index + 1} is "${item.trim()}"`;
      throw new InputError(option, `must be ${domain} separated by commas, but ${which}`);
    });
}

/** Two numbers `a,b` with 0 < a < b, such as the slowest and the fastest rate. */
export function positiveRange(option: string): (text: string) => [number, number] {
  return (text) => {
    const [from, to, ...more] = text.split(",").map((item) => toNumber(item.trim()));
    if (from !== undefined && to !== undefined && more.length === 0 && from > 0 && from < to)
      return [from, to];
    throw new InputError(option, `must be a positive number and a greater one, such as 0.001,2, got ${text}`);
  };
}

/** `column=value`, to be given as often as needed. */
export function condition(option: string) {
  return (text: string, earlier: [string, string][] | undefined): [string, string][] => {
    const equals = text.indexOf("=");
    if (equals <= 0) throw new InputError(option, `must be column=value, got ${text}`);
    return [...(earlier ?? []), [text.slice(0, equals), text.slice(equals + 1)]];
  };
}

/** The name of a file that can be written: it is looked at before the work, not after. */
export function outputFile(name: string): string {
  requireWritable(name);
  return name;
}

function toNumber(text: string): number | undefined {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}
