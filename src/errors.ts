/**
 * The two ways in which a caller can be wrong. Everything else that is thrown is a defect of this package.
 */

/** A value outside the mathematics: a negative rate, a probability above one, NaN. */
export class DomainError extends RangeError {
  override readonly name = "DomainError";
  readonly argument: string;
  readonly value: unknown;

  /**
   * @param argument - name of the argument as the caller wrote it
   * @param value - the value that was refused
   * @param domain - what the value must be, continuing "argument must be …"
   */
  constructor(argument: string, value: unknown, domain: string) {
    super(`${argument} must be ${domain}, got ${String(value)}`);
    this.argument = argument;
    this.value = value;
  }
}

/** A file, specification or option that cannot be used: where it is, what is wrong and what to do about it. */
export class InputError extends Error {
  override readonly name = "InputError";
  readonly place: string;

  /**
   * @param place - file and line, option or spec path, as the user would look for it
   * @param problem - what is wrong there and, where it is not obvious, how to mend it
   */
  constructor(place: string, problem: string) {
    super(`${place}: ${problem}`);
    this.place = place;
  }
}

/** Throw {@link DomainError} unless `value` is an integer in `[least, most]`. */
export function requireInteger(argument: string, value: number, least: number, most = Infinity): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  const range = most === Infinity ? `>= ${least}` : `from ${least} to ${most}`;
  throw new DomainError(argument, value, `an integer ${range}`);
}

/** Throw {@link DomainError} unless `value` is a probability, that is, in `[0, 1]`. */
export function requireProbability(argument: string, value: number): void {
  if (!(value >= 0 && value <= 1)) throw new DomainError(argument, value, "in [0, 1]");
}

/** Throw {@link DomainError} unless `value` is finite and at least zero. */
export function requireNonNegative(argument: string, value: number): void {
  if (!(value >= 0 && value < Infinity)) throw new DomainError(argument, value, "finite and >= 0");
}
