import { type Digraph, linkCount } from "../graph/digraph.ts";
import { sweepOf } from "../spectrum/exactSpectrum.ts";
import type { SearchRule } from "../spectrum/randomTreeSpectrum.ts";

/** What a run of searches will take, before it starts. */
export interface SearchPlan {
  readonly searches: number;
  readonly seconds: number;
  readonly bytes: number;
}

/** Sources of the pilot, spread over the ids, and the milliseconds after which it ends early. */
const PILOT = 32;
const PILOT_MILLISECONDS = 300;

/** Bytes of working memory for each entity and worker, at most, and for each word of the graph. */
const WORKING = 40;
const WORD = 4;

/**
 * Estimate time and memory of a run of searches from a short timed pilot. It says how long to wait, and is no promise:
 * searches differ, and workers share caches.
 */
export function searchPlan(graph: Digraph, ties: SearchRule, searches: number, workers: number): SearchPlan {
  const { vertexCount } = graph;
  const sweep = sweepOf(graph, ties, "binned");
  const pilot = Math.min(PILOT, vertexCount);
  sweep.run(0);
  const start = performance.now();
  let done = 0;
  while (done < pilot && performance.now() - start < PILOT_MILLISECONDS) {
    sweep.run(Math.floor((done * vertexCount) / pilot));
    done++;
  }
  const perSearch = (performance.now() - start) / 1000 / done;
  return {
    searches,
    seconds: (perSearch * searches) / workers,
    bytes: searchBytes(graph, workers),
  };
}

/** Bytes for a graph and the working memory of searches in so many threads. */
export function searchBytes(graph: Digraph, workers: number): number {
  return WORD * (graph.vertexCount + 1 + linkCount(graph)) + WORKING * graph.vertexCount * workers;
}
