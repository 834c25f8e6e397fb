/** A number as people write it in tables of results: its value, and the suffix it came with. */
export interface Amount {
  readonly value: number;
  /** `k`, `M`, `B` or `T`, by which the value has been multiplied; `%`, by which it has not; or nothing. */
  readonly suffix: string;
}

const POWERS: Readonly<Record<string, number>> = { k: 3, K: 3, M: 6, B: 9, T: 12 };

/**
 * Read a number such as `1300000`, `1.3e6`, `1.3M`, `450 k` or `56.2 %`.
 *
 * @returns undefined for anything else: thousands separators, decimal commas, infinities
 */
export function parseAmount(text: string): Amount | undefined {
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+))((?:[eE][+-]?\d+)?)\s?([kKMBT%]?)$/.exec(text);
  if (!match) return undefined;
  const [, digits, exponent, suffix] = match as unknown as [string, string, string, string];
  // The power goes into the decimal exponent: 4.35M is 4350000, and no rounding on the way.
  const value = Number(`${digits}e${Number(exponent.slice(1)) + (POWERS[suffix] ?? 0)}`);
  return Number.isFinite(value) ? { value, suffix } : undefined;
}

/** Whether a cell says that there is no value. */
export function isMissing(cell: string): boolean {
  return /^(-|–|n\/?a|nan|null|none|missing)?$/i.test(cell);
}

/** What is wrong with a cell that holds no number, and how to mend it: continues `holds "…", `. */
export function numberProblem(cell: string): string {
  const grouped = /^[+-]?\d{1,3}([,_'’ \u00A0\u202F]\d{3})+(\.\d+)?$/.test(cell);
  const plain = cell.replace(/[,_'’\s]/g, "");
  if (/^[+-]?\d{1,3},\d{3}$/.test(cell))
    return `which has two meanings; write ${plain}, or ${cell.replace(",", ".")} for a decimal comma`;
  if (grouped) return `with thousands separators; write ${plain}`;
  if (/^[+-]?\d+,\d+$/.test(cell)) return `with a decimal comma; write ${cell.replace(",", ".")}`;
  if (/^[+-]?inf(inity)?$/i.test(cell)) return "not a finite number; empty the cell to leave out the row";
  return "not a number";
}
