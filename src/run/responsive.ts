import { setImmediate } from "node:timers/promises";
import { runInNewContext } from "node:vm";

/** Thrown when a run is told to stop. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
  /** What the program should exit with. */
  readonly exitCode: number;

  /** @param reason - of the abort signal: an exit code, or anything else for 130 */
  constructor(reason: unknown) {
    super("interrupted");
    this.exitCode = typeof reason === "number" ? reason : 130;
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
 * When the event loop last came round. There is one event loop: many short pieces of work in a row must let it run
 * as often as one long one.
 */
let lastBreath = -Infinity;

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
  for (;;) {
    const next = work.next();
    const now = performance.now();
    if (now > lastBreath + SLICE) {
      await setImmediate();
      lastBreath = performance.now();
      if (signal?.aborted) throw new Interrupted(signal.reason);
      if (!next.done) onProgress?.(next.value / total, what);
    }
    if (!next.done) continue;
    onProgress?.(1, what);
    return next.value;
  }
}

/**
 * Run work that does not let the event loop run, so that no listener hears a signal: here SIGINT breaks it off at once.
 * Listeners of SIGINT are back when it ends.
 *
 * @throws {Interrupted} on SIGINT
 */
export function runBreakably<Result>(work: () => Result): Result {
  try {
    return runInNewContext("work()", { work }, { breakOnSigint: true }) as Result;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_SCRIPT_EXECUTION_INTERRUPTED")
      throw new Interrupted(130);
    throw error;
  }
}
