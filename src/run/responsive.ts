import { setImmediate } from "node:timers/promises";

/** Thrown when a run is told to stop. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
  constructor() {
    super("interrupted");
  }
}

/** How a long computation reports and when it stops. */
export interface Watch {
  /** Called now and then with the share done, in [0, 1], and what is being done. */
  readonly onProgress?: (share: number, what: string) => void;
  readonly signal?: AbortSignal;
}

/** Milliseconds of computing between two looks at signals and the terminal. */
const SLICE = 50;

/**
 * Drive a generator to its end, letting the event loop run in between, so that progress shows and an interrupt
 * is heard. The result does not depend on how the work is sliced.
 *
 * @param work - yields how much is done of `total`
 * @throws {Interrupted} if the signal is aborted
 */
export async function runResponsively<Result>(
  work: Generator<number, Result, void>,
  total: number,
  what: string,
  { onProgress, signal }: Watch = {},
): Promise<Result> {
  let sliceEnd = performance.now() + SLICE;
  for (;;) {
    const next = work.next();
    if (next.done) {
      onProgress?.(1, what);
      return next.value;
    }
    if (performance.now() < sliceEnd) continue;
    onProgress?.(next.value / total, what);
    await setImmediate();
    if (signal?.aborted) throw new Interrupted();
    sliceEnd = performance.now() + SLICE;
  }
}
