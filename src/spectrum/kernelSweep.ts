import { FOLLOWS, LONGEST_CHAIN, NOBODY } from "../kernel/followers.ts";
import { type KernelSweep, kernelInstance } from "../kernel/instance.ts";
import {
  binCount,
  followersOf,
  histograms,
  MOST_COUNTED,
  type PlacedGraph,
  reachOf,
  rowsOf,
  workingArea,
} from "../kernel/placedGraph.ts";
import { emptyBins, type SizeBins } from "./sizeBins.ts";
import {
  countSize,
  countsTooFarApart,
  fractionalSizes,
  type Resolution,
  type Sweep,
} from "./spectrumPart.ts";

/**
 * The compiled sweep of a worker over a graph laid out for it, for rule `first`.
 *
 * @param placed - laid out for the task "first"
 * @param worker - which of its working areas
 */
export function firstKernelSweep(placed: PlacedGraph, worker: number): Sweep {
  const { memory, entities, layout } = placed;
  const { plan, addresses, setter } = workingArea(placed, "first", worker);
  const setLimit = setter("limit");
  const setFollowers = setter("followers");
  const search = variant(placed, "first");
  const withdraw = kernelInstance(memory)[layout.idBytes === 2 ? "withdraw16" : "withdraw32"];
  const ids = new Uint32Array(memory.buffer, placed.ids, entities);
  const rows = rowsOf(placed);
  const reach = reachOf(placed);
  const followers = followersOf(placed);
  const chain = new Uint32Array(memory.buffer, addresses.chain, LONGEST_CHAIN);
  const lanes = histograms(layout);
  const counts = new Uint32Array(memory.buffer, addresses.counts, lanes * (entities + 1));
  const laneBits = Math.log2(lanes);
  const bySize = new Float64Array(entities + 1);
  let reachable = 0;
  let pending = 0;
  const empty = () => {
    for (let i = 0; i < counts.length; i++) bySize[i >>> laneBits]! += counts[i]!;
    counts.fill(0);
    pending = 0;
  };
  const searchFrom = (source: number, following: number) => {
    if (pending + entities * (1 + following) > MOST_COUNTED) empty();
    setLimit(reach.from(source));
    setFollowers(following);
    const reached = search(plan, ids[source]!);
    reach.note(source, reached);
    pending += reached * (1 + following);
    reachable += reached - 1;
    return reached;
  };
  /** The kernel has counted the tree of the leader for this follower; what remains is the way to the leader. */
  const follow = (source: number, leader: number, reached: number) => {
    let length = 0;
    for (let id = ids[source]!; id !== ids[leader]!; id = rows[id * layout.slots]!) chain[length++] = id;
    const leaderSize = reached - withdraw(plan, reached, length);
    for (let distance = 2; distance <= length; distance++) bySize[leaderSize + length - distance]!++;
    reachable += leaderSize + length - 1;
  };
  return {
    run(source) {
      searchFrom(source, 0);
    },
    lead(source) {
      if (followers.first[source] === FOLLOWS) return;
      let following = 0;
      for (let x = followers.first[source]!; x !== NOBODY; x = followers.next[x]!) following++;
      const reached = searchFrom(source, following);
      for (let x = followers.first[source]!; x !== NOBODY; x = followers.next[x]!) follow(x, source, reached);
    },
    part() {
      empty();
      // Identity 1 of docs/theory.md: the sizes of a source add up to its distances, those at distance 1 to the
      // number of vertices it reaches.
      const distanceSum = bySize.reduce((sum, count, size) => sum + count * size, reachable);
      return {
        reachablePairs: reachable,
        distanceSum,
        bySize: bySize.slice(),
        fractional: new Float64Array(),
        bins: undefined,
      };
    },
    reset() {
      empty();
      bySize.fill(0);
      reachable = 0;
    },
  };
}

/** The compiled sweep for rule `uniform`; `placed` is laid out for the task "uniform". */
export function uniformKernelSweep(placed: PlacedGraph, worker: number, resolution: Resolution): Sweep {
  const { memory, entities } = placed;
  const { plan, addresses, setter } = workingArea(placed, "uniform", worker);
  const setLimit = setter("limit");
  const search = variant(placed, "uniform");
  const reach = reachOf(placed);
  const ids = new Uint32Array(memory.buffer, placed.ids, entities);
  const levels = new Uint32Array(memory.buffer, addresses.levels, entities + 3);
  const sizes = new Float64Array(memory.buffer, addresses.sizes, entities);
  const bySize = new Float64Array(resolution === "binned" ? 0 : entities + 1);
  const fractional = fractionalSizes();
  const binned = resolution === "binned" ? binnedSizes(placed, plan, addresses) : undefined;
  let reachable = 0;
  let distances = 0;
  return {
    run(source) {
      setLimit(reach.from(source));
      const reached = search(plan, ids[source]!);
      if (reached === 0) throw countsTooFarApart();
      reach.note(source, reached);
      reachable += reached - 1;
      for (let level = 1; levels[level]! < reached; level++) distances += reached - levels[level]!;
      const from = levels[2]!;
      if (binned) binned.add(from, reached);
      else for (let i = from; i < reached; i++) countSize(sizes[i]!, bySize, fractional.push);
    },
    part: () => ({
      reachablePairs: reachable,
      distanceSum: distances,
      bySize: bySize.slice(),
      fractional: fractional.values(),
      bins: binned?.bins(),
    }),
    reset() {
      bySize.fill(0);
      fractional.clear();
      binned?.reset();
      reachable = 0;
      distances = 0;
    },
  };
}

/** Sizes that a bin of the kernel has room for: 40 bits are the sum of their further bits, 24 their number. */
const MOST_BINNED = 2 ** 24 - 1;

function binnedSizes(
  { memory, entities }: PlacedGraph,
  plan: number,
  addresses: { readonly bins?: number },
): { add(from: number, to: number): void; bins(): SizeBins; reset(): void } {
  const { binSizes } = kernelInstance(memory);
  const length = binCount(entities);
  // Low and high halves in turn.
  const bins = new Uint32Array(memory.buffer, addresses.bins, 2 * length);
  const total = emptyBins(length);
  let room = MOST_BINNED;
  const empty = () => {
    for (let bin = 0; bin < length; bin++) {
      const high = bins[2 * bin + 1]!;
      total.counts[bin]! += high >>> 8;
      total.sums[bin]! += bins[2 * bin]! + (high & 255) * 2 ** 32;
    }
    bins.fill(0);
    room = MOST_BINNED;
  };
  return {
    add(from, to) {
      for (let next = from; next < to; ) {
        if (room === 0) empty();
        const end = Math.min(to, next + room);
        binSizes(plan, next, end);
        room -= end - next;
        next = end;
      }
    },
    bins() {
      empty();
      return { counts: total.counts.slice(), sums: total.sums.slice() };
    },
    reset() {
      empty();
      total.counts.fill(0);
      total.sums.fill(0);
    },
  };
}

function variant({ memory, layout }: PlacedGraph, task: "first" | "uniform"): KernelSweep {
  return kernelInstance(memory)[
    `${task}${layout.idBytes === 2 ? "16" : "32"}x${String(layout.slots) as "3"}`
  ];
}
