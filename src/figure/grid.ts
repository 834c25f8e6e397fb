/** `count` values from `from` to `to`, both included, evenly spaced. */
export function linearGrid(from: number, to: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));
}

/** `count` values from `from` to `to`, both included, in equal ratios; both positive. */
export function logGrid(from: number, to: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => from * (to / from) ** (i / (count - 1)));
}

/** Ticks of a logarithmic axis within `[from, to]`: 1 and 3 times the powers of ten, over many decades the powers alone. */
export function logTicks(from: number, to: number): number[] {
  const first = Math.floor(Math.log10(from));
  const decades = Math.ceil(Math.log10(to)) - first + 1;
  const digits = decades > 4 ? [1] : [1, 3];
  const ticks = Array.from({ length: decades }, (_, i) =>
    digits.map((digit) => Number(`${digit}e${first + i}`)),
  );
  return ticks.flat().filter((tick) => tick >= from && tick <= to);
}
