import { strongComponents } from "../graph/components.ts";
import type { Digraph } from "../graph/digraph.ts";
import { assignIds, type BlockLayout, blockLayout, writeRows } from "./blockLayout.ts";
import { type Followers, findFollowers, LONGEST_CHAIN } from "./followers.ts";
import { type KernelMemory, kernelMemory } from "./instance.ts";

/** What a worker computes, which decides how much memory it needs. */
export type KernelTask = "first" | "uniform" | "ranks";

/**
 * A graph in the memory of the kernel, followed by one working area for each worker. It consists of numbers and of the
 * memory, so that it can be posted to worker threads if the memory is shared.
 */
export interface PlacedGraph {
  readonly memory: KernelMemory;
  readonly layout: BlockLayout;
  /** V. */
  readonly entities: number;
  /** Number of times at which a trajectory is observed; 0 for other tasks. */
  readonly times: number;
  /** Addresses of ids and strong components by vertex. */
  readonly ids: number;
  readonly groups: number;
  /** Number of strong components. */
  readonly groupCount: number;
  /** For the task "first": who follows whom, as {@link Followers}, by vertex. */
  readonly firstFollowers: number;
  readonly nextFollowers: number;
  /** Addresses of blocks, block counts and the first working area. */
  readonly rows: number;
  readonly lengths: number;
  readonly areas: number;
  /** Bytes from one working area to the next. */
  readonly areaBytes: number;
}

/** The kernel's counts are 32-bit: they must be emptied before what was counted could exceed this. */
export const MOST_COUNTED = 2 ** 32 - 1;

/** Below this many entities a memory costs more time to set up than the kernel saves. */
export const KERNEL_ENTITIES = 150;

/** Words of a plan, in the order in which assembly/kernel.ts reads them. */
const PLAN_WORDS = [
  "rows",
  "two",
  "many",
  "lengths",
  "blocks",
  "seen",
  "queue",
  "ends",
  "sums",
  "counts",
  "paths",
  "handed",
  "sizes",
  "levels",
  "bins",
  "ranks",
  "clocks",
  "generator",
  "entities",
  "times",
  "drawn",
  "known",
  "limit",
  "touched",
  "followers",
  "positions",
  "chain",
  "fronts",
] as const;

type PlanWord = (typeof PLAN_WORDS)[number];

/** Reads ahead go this many places beyond the end of the queue. */
const AHEAD = 16;

/** Bins of the sizes from 1 to V: 2¹⁰ for each power of two, and one more in case V itself rounds up. */
export function binCount(entities: number): number {
  return (Math.floor(Math.log2(entities)) + 1) * 1024 + 1;
}

/** Histograms that the task "first" keeps side by side. */
export function histograms({ idBytes }: BlockLayout): 4 | 2 {
  return idBytes === 2 ? 4 : 2;
}

/** Bytes of an entry of the queue: an id; for the task "ranks" also the queue position of its parent. */
function entryBytes(task: KernelTask, { idBytes }: BlockLayout): number {
  return task === "ranks" ? 2 * idBytes : idBytes;
}

/** Bytes of each array of a working area, in the order in which they lie there. */
function arrays(
  task: KernelTask,
  layout: BlockLayout,
  entities: number,
  times: number,
): [PlanWord, number][] {
  const { idBytes, blocks, two } = layout;
  const queue: [PlanWord, number] = ["queue", (entities + AHEAD) * entryBytes(task, layout)];
  if (task === "first") {
    return [
      queue,
      ["ends", (entities + 1) * idBytes],
      ["seen", blocks + 1],
      ["sums", (entities + 1) * 4],
      ["counts", (entities + 1) * 4 * histograms(layout)],
      ["positions", (two + 1) * idBytes],
      ["chain", LONGEST_CHAIN * 4],
      ["fronts", LONGEST_CHAIN * 8],
    ];
  }
  if (task === "ranks") {
    return [
      queue,
      ["seen", blocks + 1],
      ["ranks", entities * 4],
      ["clocks", (entities + 1) * 4],
      ["counts", (entities + 1) * 4],
      ["generator", 16],
      ["drawn", times * 4],
      ["known", times * 8],
    ];
  }
  return [
    queue,
    ["paths", (blocks + 1) * 8],
    ["handed", entities * 8],
    ["sizes", entities * 8],
    ["levels", (entities + 3) * 4],
    ["bins", binCount(entities) * 8],
  ];
}

/** Bytes of the working area of one worker. */
export function workingBytes(task: KernelTask, layout: BlockLayout, entities: number, times = 0): number {
  const words = PLAN_WORDS.length * 4;
  return arrays(task, layout, entities, times).reduce(
    (sum, [, bytes]) => sum + aligned(bytes),
    aligned(words),
  );
}

/** Arrays begin on cache lines, so that workers do not write to each other's. */
function aligned(bytes: number): number {
  return Math.ceil(bytes / 64) * 64;
}

/**
 * Lay a graph out in a memory of the kernel.
 *
 * @param task - what will be computed
 * @param workers - number of working areas; more than one makes the memory shared
 * @param times - for the task "ranks", the number of times at which trajectories are observed
 * @returns undefined where the kernel cannot run: no WebAssembly, or more than 4 GiB needed
 */
export function placeGraph(
  graph: Digraph,
  task: KernelTask,
  workers: number,
  times = 0,
): PlacedGraph | undefined {
  const layout = blockLayout(graph);
  const entities = graph.vertexCount;
  const ids = 64;
  const groups = ids + aligned(entities * 4);
  const firstFollowers = groups + aligned(entities * 4);
  const followerBytes = task === "first" ? aligned(entities * 4) : 0;
  const nextFollowers = firstFollowers + followerBytes;
  const rows = nextFollowers + followerBytes;
  const lengths = rows + aligned((layout.blocks + 1) * layout.slots * layout.idBytes);
  const areas = lengths + aligned((layout.blocks - layout.many) * 4);
  const areaBytes = workingBytes(task, layout, entities, times);
  const memory = kernelMemory(areas + workers * areaBytes, workers > 1);
  if (!memory) return undefined;
  const idView = new Uint32Array(memory.buffer, ids, entities);
  assignIds(graph, layout, idView);
  const components = strongComponents(graph);
  new Uint32Array(memory.buffer, groups, entities).set(components.groupOf);
  const lengthView = new Uint32Array(memory.buffer, lengths, layout.blocks - layout.many);
  const placed = {
    memory,
    layout,
    entities,
    times,
    ids,
    groups,
    groupCount: components.sizes.length,
    firstFollowers,
    nextFollowers,
    rows,
    lengths,
    areas,
    areaBytes,
  };
  if (task === "first") findFollowers(graph, followersOf(placed), MOST_COUNTED / entities - 1);
  writeRows(graph, layout, idView, rowsOf(placed), lengthView);
  return placed;
}

/** Who follows whom in a graph placed for the task "first". */
export function followersOf({ memory, entities, firstFollowers, nextFollowers }: PlacedGraph): Followers {
  return {
    first: new Uint32Array(memory.buffer, firstFollowers, entities),
    next: new Uint32Array(memory.buffer, nextFollowers, entities),
  };
}

/** The blocks of a graph. */
export function rowsOf({ memory, layout, rows }: PlacedGraph): Uint16Array | Uint32Array {
  const slots = (layout.blocks + 1) * layout.slots;
  return layout.idBytes === 2
    ? new Uint16Array(memory.buffer, rows, slots)
    : new Uint32Array(memory.buffer, rows, slots);
}

/**
 * How many vertices a source reaches, where that is known: all sources of a strong component reach the same, so that
 * once one was searched, the searches from the others may stop when they have reached as many.
 */
export function reachOf({ memory, entities, groups, groupCount }: PlacedGraph): {
  /** 0 if it is not known. */
  from(source: number): number;
  note(source: number, reached: number): void;
} {
  const groupOf = new Uint32Array(memory.buffer, groups, entities);
  const byGroup = new Uint32Array(groupCount);
  return {
    from: (source) => byGroup[groupOf[source]!]!,
    note(source, reached) {
      byGroup[groupOf[source]!] = reached;
    },
  };
}

/** The working area of one worker: where its arrays lie, ready for the first search. */
export interface WorkingArea {
  /** Address of the plan. */
  readonly plan: number;
  readonly addresses: Readonly<Partial<Record<PlanWord, number>>>;
  /** Sets a word of the plan. */
  setter(name: PlanWord): (value: number) => void;
}

/** Write the plan of a worker and prepare its arrays. */
export function workingArea(placed: PlacedGraph, task: KernelTask, worker: number): WorkingArea {
  const { memory, layout, entities, times } = placed;
  const plan = placed.areas + worker * placed.areaBytes;
  const addresses: Partial<Record<PlanWord, number>> = {};
  let next = plan + aligned(PLAN_WORDS.length * 4);
  for (const [name, bytes] of arrays(task, layout, entities, times)) {
    addresses[name] = next;
    next += aligned(bytes);
  }
  const { two, many, blocks } = layout;
  const words = {
    ...addresses,
    rows: placed.rows,
    lengths: placed.lengths,
    two,
    many,
    blocks,
    entities,
    times,
  };
  const view = new Uint32Array(memory.buffer, plan, PLAN_WORDS.length);
  PLAN_WORDS.forEach((name, index) => {
    view[index] = (words as Partial<Record<PlanWord, number>>)[name] ?? 0;
  });
  // Every vertex unseen, marked by what a queue grows by; the sentinel always seen.
  if (addresses.seen !== undefined)
    new Uint8Array(memory.buffer, addresses.seen, blocks).fill(entryBytes(task, layout));
  return {
    plan,
    addresses,
    setter(name) {
      const index = PLAN_WORDS.indexOf(name);
      return (value) => {
        view[index] = value;
      };
    },
  };
}
