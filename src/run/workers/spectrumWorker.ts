import { parentPort, workerData } from "node:worker_threads";
import type { TieRule } from "../../graph/tieRule.ts";
import type { PlacedGraph } from "../../kernel/placedGraph.ts";
import { firstKernelSweep, uniformKernelSweep } from "../../spectrum/kernelSweep.ts";
import type { Resolution } from "../../spectrum/spectrumPart.ts";

/** What a worker of {@link parallelSpectrum} is given; memory and tally are shared. */
export interface SpectrumTask {
  readonly placed: PlacedGraph;
  readonly ties: TieRule;
  readonly resolution: Resolution;
  /** Which working area. */
  readonly worker: number;
  /** Sources taken at a time. */
  readonly chunk: number;
  /** Words: the next source to take, the number of sources done, and whether to stop. */
  readonly tally: Int32Array;
}

export const NEXT = 0;
export const DONE = 1;
export const STOP = 2;

if (parentPort) parentPort.postMessage(searchAll(workerData as SpectrumTask));

/** Take chunks of sources until there are none left; look before each source whether a stop is asked for. */
function searchAll({ placed, ties, resolution, worker, chunk, tally }: SpectrumTask) {
  const sweep =
    ties === "first" ? firstKernelSweep(placed, worker) : uniformKernelSweep(placed, worker, resolution);
  const search = sweep.lead ?? sweep.run;
  for (;;) {
    const start = Atomics.add(tally, NEXT, chunk);
    const end = Math.min(start + chunk, placed.entities);
    for (let source = start; source < end; source++) {
      if (Atomics.load(tally, STOP) !== 0) return sweep.part();
      search(source);
      Atomics.add(tally, DONE, 1);
    }
    if (end === placed.entities) return sweep.part();
  }
}
