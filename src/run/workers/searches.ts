import { type Digraph, pairCount } from "../../graph/digraph.ts";
import { treeStreams } from "../../graph/randomTree.ts";
import { type PlacedGraph, placeGraph } from "../../kernel/placedGraph.ts";
import { firstKernelSweep, uniformKernelSweep } from "../../spectrum/kernelSweep.ts";
import { randomTreeSweep, type SearchRule } from "../../spectrum/randomTreeSpectrum.ts";
import type { Resolution, Sweep } from "../../spectrum/spectrumPart.ts";

/** What searches need, in shared memory, so that it can be posted to worker threads. */
export type SharedSearches =
  | { readonly ties: "first" | "uniform"; readonly placed: PlacedGraph; readonly resolution: Resolution }
  | { readonly ties: "random"; readonly seed: number; readonly graph: Digraph };

/**
 * Lay a graph out for searches in several threads.
 *
 * @returns undefined where the kernel is needed and cannot run
 */
export function shareSearches(
  graph: Digraph,
  ties: SearchRule,
  workers: number,
  resolution: Resolution,
): SharedSearches | undefined {
  if (typeof ties === "object") return { ties: "random", seed: ties.seed, graph: sharedGraph(graph) };
  const placed = placeGraph(graph, ties, workers);
  return placed && { ties, placed, resolution };
}

/** The sweep of one of the workers. */
export function sharedSweep(searches: SharedSearches, worker: number): Sweep {
  if (searches.ties === "random") return randomTreeSweep(searches.graph, treeStreams(searches.seed));
  const { ties, placed, resolution } = searches;
  return ties === "first" ? firstKernelSweep(placed, worker) : uniformKernelSweep(placed, worker, resolution);
}

/** N of the graph that is searched. */
export function pairsOf(searches: SharedSearches): number {
  return pairCount(searches.ties === "random" ? searches.graph.vertexCount : searches.placed.entities);
}

/** The same graph in shared memory, without the names. */
function sharedGraph({ vertexCount, offsets, targets }: Digraph): Digraph {
  return { vertexCount, offsets: shared(offsets), targets: shared(targets) };
}

/** A copy in shared memory. */
function shared(words: Uint32Array): Uint32Array {
  const copy = new Uint32Array(new SharedArrayBuffer(words.byteLength));
  copy.set(words);
  return copy;
}
