import { Worker } from "node:worker_threads";
import { requireInteger } from "../../errors.ts";
import type { Digraph } from "../../graph/digraph.ts";
import type { TieRule } from "../../graph/tieRule.ts";
import type { GraphSpectrum } from "../../growth/rateSpectrum.ts";
import { placeGraph } from "../../kernel/placedGraph.ts";
import { defaultResolution, exactSpectrumBySource } from "../../spectrum/exactSpectrum.ts";
import { addParts, type Resolution, type SpectrumPart, spectrumOfPart } from "../../spectrum/spectrumPart.ts";
import { Interrupted, runResponsively, type Watch } from "../responsive.ts";
import { DONE, type SpectrumTask, STOP } from "./spectrumWorker.ts";

/** How the work of {@link parallelSpectrum} is divided; none of it changes the result. */
export interface Division {
  /** Number of worker threads; 1 runs in this thread. */
  readonly workers: number;
  /** Sources a worker takes at a time: few enough that all end together. Default: 64 takes a worker. */
  readonly chunk?: number;
}

/** Milliseconds between two reports of progress. */
const REPORT = 100;

/** More threads than any machine has; a typing error would start them all. */
export const MAX_WORKERS = 1024;

/**
 * The exact spectrum of a graph by several worker threads, the same to the last bit for any number of them and any
 * chunk: they search the same shared memory, and what they count are whole numbers.
 *
 * @returns memory: the graph once, and per worker at most 40 bytes an entity on sparse graphs, and for `uniform`
 *   with resolution `exact` its fractional sizes
 * @throws {Interrupted} if the signal is aborted
 * @throws {DomainError} if the number of workers or the chunk is not a positive integer
 */
export async function parallelSpectrum(
  graph: Digraph,
  ties: TieRule,
  { workers, chunk = Math.ceil(graph.vertexCount / (64 * workers)) }: Division,
  watch: Watch = {},
  resolution: Resolution = defaultResolution(graph),
): Promise<GraphSpectrum> {
  requireInteger("workers", workers, 1, MAX_WORKERS);
  requireInteger("chunk", chunk, 1);
  const placed = workers > 1 ? placeGraph(graph, ties, workers) : undefined;
  if (!placed) {
    const work = exactSpectrumBySource(graph, ties, resolution);
    return runResponsively(work, graph.vertexCount, "searching", watch);
  }
  const tally = new Int32Array(new SharedArrayBuffer(12));
  const tasks = Array.from({ length: workers }, (_, worker): SpectrumTask => {
    return { placed, ties, resolution, worker, chunk: Math.min(chunk, graph.vertexCount), tally };
  });
  return spectrumOfPart(graph, addParts(await runWorkers(tasks, tally, graph.vertexCount, watch)));
}

async function runWorkers(
  tasks: readonly SpectrumTask[],
  tally: Int32Array,
  total: number,
  { onProgress, signal }: Watch,
): Promise<SpectrumPart[]> {
  const stop = () => Atomics.store(tally, STOP, 1);
  signal?.addEventListener("abort", stop);
  if (signal?.aborted) stop();
  const report = setInterval(() => onProgress?.(Atomics.load(tally, DONE) / total, "searching"), REPORT);
  try {
    const parts = await Promise.all(tasks.map(runWorker));
    if (signal?.aborted) throw new Interrupted(signal.reason);
    onProgress?.(1, "searching");
    return parts;
  } catch (error) {
    // One worker failed: its work is missing, so the others need not go on.
    stop();
    throw error;
  } finally {
    clearInterval(report);
    signal?.removeEventListener("abort", stop);
  }
}

function runWorker(task: SpectrumTask): Promise<SpectrumPart> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./spectrumWorker.js", import.meta.url), { workerData: task });
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", (code) => {
      if (code !== 0) reject(new Error(`a worker thread ended with code ${code}`));
    });
  });
}
