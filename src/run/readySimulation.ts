import { resolve } from "node:path";
import { InputError } from "../errors.ts";
import { type Digraph, pairCount } from "../graph/digraph.ts";
import { MAX_LITERAL_ENTITIES } from "../process/literalProcess.ts";
import { defaultSteps } from "../spec/readSpec.ts";
import type { SimulationSpec } from "../spec/simulationSpec.ts";
import { loadGraph } from "./loadGraph.ts";

/** A {@link SimulationSpec} whose graph and times are known. */
export interface ReadySimulation {
  readonly spec: SimulationSpec & { readonly at: readonly number[] };
  /** The graph of the spec's file; undefined where graphs are drawn. */
  readonly graph: Digraph | undefined;
  /** SHA-256 of the files read, by name. */
  readonly files: Record<string, string>;
}

/** Runs of the process over all graphs: so many densities can be sorted, and records kept in a journal, at once. */
const MAX_RUNS = 1e7;
/** Numbers recorded over all runs and times: 0.8 gigabytes. */
const MAX_RECORDED = 1e8;

/**
 * Read the graph of a spec, if it names a file, and settle the times that depend on the graph's size.
 *
 * @param folder - the folder that file names in the spec are relative to
 * @param notes - receives what the reader assumed and dropped
 * @throws {InputError} if the graph cannot be read, or is too small or too large for the literal method, or if more
 *   would be recorded than can be kept
 * @throws {Interrupted} if the signal is aborted, or SIGINT comes while the graph is read
 */
export async function readySimulation(
  spec: SimulationSpec,
  folder: string,
  notes: (note: string) => void,
  signal?: AbortSignal,
): Promise<ReadySimulation> {
  if (spec.graph.model !== "file") return settled(spec, spec.graph.entities, undefined, {});
  const file = resolve(folder, spec.graph.file);
  const { graph, sha256 } = await loadGraph(file, { entities: spec.graph.entities }, notes, signal);
  return settled(spec, graph.vertexCount, graph, { [spec.graph.file]: sha256 });
}

function settled(
  spec: SimulationSpec,
  entities: number,
  graph: Digraph | undefined,
  files: Record<string, string>,
): ReadySimulation {
  const place = spec.graph.model === "file" ? spec.graph.file : "entities";
  if (entities < 2) throw new InputError(place, "one entity has no pairs to draw; at least two are needed");
  if (spec.method === "literal" && entities > MAX_LITERAL_ENTITIES) {
    const limit = `method literal keeps all V² pairs and takes at most ${MAX_LITERAL_ENTITIES} entities, got ${entities}`;
    throw new InputError(place, `${limit}; method trajectory takes larger graphs`);
  }
  const at = spec.at ?? defaultSteps(5 * pairCount(entities));
  requireKeepable(spec.graphs, spec.replicates, at.length);
  return { spec: { ...spec, at }, graph, files };
}

function requireKeepable(graphs: number, replicates: number, times: number): void {
  const runs = graphs * replicates;
  const asked = `got ${graphs} graphs x ${replicates} replicates`;
  if (runs > MAX_RUNS) throw new InputError("replicates", `at most ${MAX_RUNS} runs can be kept, ${asked}`);
  if (runs * times > MAX_RECORDED) {
    const problem = `at most ${MAX_RECORDED} numbers can be kept, ${asked} x ${times} times`;
    throw new InputError("replicates", problem);
  }
}
