import { Worker } from "node:worker_threads";
import { requireInteger } from "../../errors.ts";
import { type Digraph, pairCount } from "../../graph/digraph.ts";
import type { GraphSpectrum } from "../../growth/rateSpectrum.ts";
import { defaultResolution, sweepOf } from "../../spectrum/exactSpectrum.ts";
import type { SearchRule } from "../../spectrum/randomTreeSpectrum.ts";
import { curvesBySource } from "../../spectrum/sourceCurve.ts";
import {
  addParts,
  type Resolution,
  type SpectrumPart,
  spectrumBySource,
  spectrumOfPart,
} from "../../spectrum/spectrumPart.ts";
import { Interrupted, runResponsively, type Watch } from "../responsive.ts";
import { shareSearches } from "./searches.ts";
import { DONE, type SpectrumTask, STOP } from "./spectrumWorker.ts";

/** How searches are divided; none of it changes the result. */
export interface Division {
  /** Number of worker threads, of which no more start than there are chunks; 1 runs in this thread. */
  readonly workers: number;
  /** Sources a worker takes at a time: few enough that all end together. Default: 512 takes a worker, or one source. */
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
 * @param ties - the tie rule, or the seed of random trees
 * @returns memory: the graph once, and per worker at most 40 bytes an entity on sparse graphs, and for `uniform`
 *   with resolution `exact` its fractional sizes
 * @throws {Interrupted} if the signal is aborted
 * @throws {DomainError} if the number of workers or the chunk is not a positive integer
 */
export async function parallelSpectrum(
  graph: Digraph,
  ties: SearchRule,
  { workers, chunk = defaultChunk(graph.vertexCount, workers) }: Division,
  watch: Watch = {},
  resolution: Resolution = defaultResolution(graph),
): Promise<GraphSpectrum> {
  requireDivision(workers, chunk);
  const searches = workers > 1 ? shareSearches(graph, ties, workers, resolution) : undefined;
  if (!searches) {
    const work = spectrumBySource(graph, sweepOf(graph, ties, resolution));
    return runResponsively(work, graph.vertexCount, "searching", watch);
  }
  const parts = await runWorkers<SpectrumPart>({ searches, total: graph.vertexCount, chunk }, workers, watch);
  return spectrumOfPart(graph, addParts(parts));
}

/** Searches one list of sources after another: the curve of each source, in the order of the list. */
export type CurveSearch = (sources: Uint32Array, watch: Watch) => Promise<Float64Array[]>;

/**
 * A search for curves of single sources by several worker threads, the same to the last bit for any number of them and
 * any chunk: every source has its own curve. The graph is laid out once, in memory as {@link parallelSpectrum} says.
 *
 * @param ties - the tie rule, or the seed of random trees
 * @param times - t, ≥ 0
 * @throws {DomainError} if the number of workers or the chunk is not a positive integer
 */
export function parallelCurves(
  graph: Digraph,
  ties: SearchRule,
  times: Float64Array,
  { workers, chunk = 1 }: Division,
): CurveSearch {
  requireDivision(workers, chunk);
  const searches = workers > 1 ? shareSearches(graph, ties, workers, "binned") : undefined;
  if (!searches) {
    const sweep = sweepOf(graph, ties, "binned");
    return (sources, watch) => {
      const work = curvesBySource(sweep, sources, pairCount(graph.vertexCount), times);
      return runResponsively(work, sources.length, "searching", watch);
    };
  }
  return async (sources, watch) => {
    const room = 8 * times.length * sources.length;
    const values = new Float64Array(new SharedArrayBuffer(room));
    const curves = { sources, times, values };
    await runWorkers({ searches, total: sources.length, chunk, curves }, workers, watch);
    return Array.from(sources, (_, i) => values.slice(i * times.length, (i + 1) * times.length));
  };
}

function defaultChunk(sources: number, workers: number): number {
  return Math.ceil(sources / (512 * workers));
}

function requireDivision(workers: number, chunk: number): void {
  requireInteger("workers", workers, 1, MAX_WORKERS);
  requireInteger("chunk", chunk, 1);
}

async function runWorkers<Message>(
  work: Omit<SpectrumTask, "worker" | "tally">,
  workers: number,
  { onProgress, signal }: Watch,
): Promise<Message[]> {
  const { total } = work;
  const tally = new Int32Array(new SharedArrayBuffer(12));
  const chunk = Math.min(work.chunk, total);
  const threads = Math.min(workers, Math.ceil(total / work.chunk));
  const tasks = Array.from({ length: threads }, (_, worker) => ({ ...work, chunk, worker, tally }));
  const stop = () => Atomics.store(tally, STOP, 1);
  signal?.addEventListener("abort", stop);
  if (signal?.aborted) stop();
  const report = setInterval(() => onProgress?.(Atomics.load(tally, DONE) / total, "searching"), REPORT);
  try {
    const parts = await Promise.all(tasks.map((task) => runWorker<Message>(task)));
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

function runWorker<Message>(task: SpectrumTask): Promise<Message> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./spectrumWorker.js", import.meta.url), { workerData: task });
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", (code) => {
      if (code !== 0) reject(new Error(`a worker thread ended with code ${code}`));
    });
  });
}
