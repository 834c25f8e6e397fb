import { parentPort, workerData } from "node:worker_threads";
import { curveOfSource } from "../../spectrum/sourceCurve.ts";
import { pairsOf, type SharedSearches, sharedSweep } from "./searches.ts";

/** What a worker is given; graph, tally and curves are in shared memory. */
export interface SpectrumTask {
  readonly searches: SharedSearches;
  /** Which working area. */
  readonly worker: number;
  /** Number of sources. */
  readonly total: number;
  /** Sources taken at a time. */
  readonly chunk: number;
  /** Words: the next source to take, the number of sources done, and whether to stop. */
  readonly tally: Int32Array;
  /** Where each source has its own curve wanted: which sources, and room for their curves, one after the other. */
  readonly curves?: {
    readonly sources: Uint32Array;
    readonly times: Float64Array;
    readonly values: Float64Array;
  };
}

export const NEXT = 0;
export const DONE = 1;
export const STOP = 2;

if (parentPort) parentPort.postMessage(searchAll(workerData as SpectrumTask));

function searchAll(task: SpectrumTask) {
  const { searches, worker, curves } = task;
  const sweep = sharedSweep(searches, worker);
  if (!curves) {
    takeChunks(task, sweep.lead ?? sweep.run);
    return sweep.part();
  }
  const { sources, times, values } = curves;
  const pairs = pairsOf(searches);
  takeChunks(task, (index) => {
    values.set(curveOfSource(sweep, sources[index]!, pairs, times), index * times.length);
  });
  return undefined;
}

/** Take chunks of sources until there are none left; look before each source whether a stop is asked for. */
function takeChunks({ total, chunk, tally }: SpectrumTask, search: (index: number) => void): void {
  for (;;) {
    const start = Atomics.add(tally, NEXT, chunk);
    const end = Math.min(start + chunk, total);
    for (let index = start; index < end; index++) {
      if (Atomics.load(tally, STOP) !== 0) return;
      search(index);
      Atomics.add(tally, DONE, 1);
    }
    if (end === total) return;
  }
}
