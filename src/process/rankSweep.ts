import type { TreeOf } from "../graph/randomTree.ts";
import { kernelInstance } from "../kernel/instance.ts";
import { type PlacedGraph, reachOf, workingArea } from "../kernel/placedGraph.ts";
import type { Rng } from "../random/stream.ts";

/** Rows of a trajectory, one source after the other. */
export interface RankSweep {
  /**
   * Deal the targets of a row places in the order of first draws.
   *
   * @param drawn - how many of the targets have been drawn by each time
   */
  run(source: number, drawn: Uint32Array): void;
  /** The least place in the subtree of `head` in the row last run; Infinity if it was not reached, or is the source. */
  placeOf(head: number): number;
  /** How many links, not counting those of the graph, are known by each time, over the rows run so far. */
  known(): Float64Array;
}

/** The compiled rows; `placed` is laid out for the task "ranks". */
export function kernelRanks(placed: PlacedGraph, rng: Rng): RankSweep {
  const { memory, layout, entities, times } = placed;
  const { plan, addresses, setter } = workingArea(placed, "ranks", 0);
  const setLimit = setter("limit");
  const reach = reachOf(placed);
  const search =
    kernelInstance(memory)[`ranks${layout.idBytes === 2 ? "16" : "32"}x${String(layout.slots) as "3"}`];
  const ids = new Uint32Array(memory.buffer, placed.ids, entities);
  // Ids and positions of parents in turn.
  const queue =
    layout.idBytes === 2
      ? new Uint16Array(memory.buffer, addresses.queue, 2 * entities)
      : new Uint32Array(memory.buffer, addresses.queue, 2 * entities);
  const clocks = new Uint32Array(memory.buffer, addresses.clocks, entities);
  const drawnBy = new Uint32Array(memory.buffer, addresses.drawn, times);
  const known = new Float64Array(memory.buffer, addresses.known, times);
  new Uint32Array(memory.buffer, addresses.generator, 4).set(generatorState(rng));
  new Uint32Array(memory.buffer, addresses.ranks, entities - 1).forEach((_, i, ranks) => {
    ranks[i] = i;
  });
  let reached = 0;
  return {
    run(source, drawn) {
      drawnBy.set(drawn);
      setLimit(reach.from(source));
      reached = search(plan, ids[source]!);
      reach.note(source, reached);
    },
    placeOf(head) {
      let position = 1;
      while (position < reached && queue[2 * position] !== ids[head]) position++;
      return position < reached ? clocks[position]! : Infinity;
    },
    known: () => known.slice(),
  };
}

/**
 * The same rows for any trees, as readable as can be; for those of rule `first` equal to the kernel's bit for bit.
 *
 * @param treeOf - the tree of each source over `vertexCount` entities
 */
export function textbookRanks(treeOf: TreeOf, vertexCount: number, timeCount: number, rng: Rng): RankSweep {
  const below = uniformBelow(generatorState(rng));
  const permutation = Uint32Array.from({ length: vertexCount - 1 }, (_, i) => i);
  const places = new Float64Array(vertexCount);
  // How many links are first known at each time; the last counts those that are at none.
  const learned = new Float64Array(timeCount + 1);
  return {
    run(source, drawn) {
      const { order, parents, distances } = treeOf(source);
      places.fill(Infinity);
      for (let i = 1; i < order.length; i++) {
        const there = i - 1 + below(vertexCount - i);
        const place = permutation[there]!;
        permutation[there] = permutation[i - 1]!;
        permutation[i - 1] = place;
        places[order[i]!] = place;
      }
      for (let i = order.length - 1; i > 0; i--) {
        const v = order[i]!;
        if (distances[v]! < 2) break;
        const parent = parents[v]!;
        places[parent] = Math.min(places[parent]!, places[v]!);
        learned[firstAbove(drawn, places[v]!)]!++;
      }
    },
    placeOf: (head) => places[head]!,
    known() {
      let sum = 0;
      return learned.subarray(0, timeCount).map((count) => (sum += count));
    },
  };
}

/** The first time by which more than `place` targets have been drawn; the number of times if there is none. */
export function firstAbove(drawn: Uint32Array, place: number): number {
  let from = 0;
  let to = drawn.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (drawn[middle]! > place) to = middle;
    else from = middle + 1;
  }
  return from;
}

/** Four words for a generator of its own; sfc32 has no state that is unfit. */
function generatorState(rng: Rng): Uint32Array {
  return Uint32Array.from({ length: 4 }, () => rng.nextFloat() * 2 ** 32);
}

/** Uniform integers below a bound, without bias [Lemire2019], from sfc32 [Doty-Humphrey2010]. */
function uniformBelow(state: Uint32Array): (bound: number) => number {
  let [a, b, c, counter] = state as unknown as [number, number, number, number];
  function next(): number {
    const result = (a + b + counter) >>> 0;
    counter = (counter + 1) >>> 0;
    a = (b ^ (b >>> 9)) >>> 0;
    b = (c + (c << 3)) >>> 0;
    c = (((c << 21) | (c >>> 11)) + result) >>> 0;
    return result;
  }
  return (bound) => {
    for (;;) {
      const word = next();
      const low = Math.imul(word, bound) >>> 0;
      if (low >= bound || low >= 2 ** 32 % bound) return Math.round((word * bound - low) / 2 ** 32);
    }
  };
}
