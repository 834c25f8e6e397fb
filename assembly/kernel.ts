/**
 * The compiled kernel: breadth-first searches on the block layout of src/kernel/blockLayout.ts, and what is summed over
 * their trees. It keeps no state and allocates nothing: JavaScript lays the memory out and passes a plan, a row of
 * 32-bit words that say where everything lies. docs/engine.md tells why it is built as it is.
 *
 * Ids and queue positions are 16-bit while they fit and 32-bit above; K is the number of slots of a block. Both are
 * constants of each exported function.
 */

// Words of a plan; src/kernel/placedGraph.ts has the same list.
const ROWS: usize = 0; // blocks of K heads
const TWO: usize = 4; // first id of a vertex with more than one block
const MANY: usize = 8; // first id of a vertex with more than two
const LENGTHS: usize = 12; // number of blocks of those, by id − MANY
const BLOCKS: usize = 16; // number of blocks; also the id of the sentinel, which is always seen
const SEEN: usize = 20; // bytes by id: the bytes of an entry of the queue for unseen, 0 for seen
const QUEUE: usize = 24; // ids; in trajectories each with the queue position of its parent
const ENDS: usize = 28; // by queue position: where its children end
const SUMS: usize = 32; // 32-bit words by queue position
const COUNTS: usize = 36; // histogram
const PATHS: usize = 40; // doubles by id
const HANDED: usize = 44; // doubles by queue position
const SIZES: usize = 48; // doubles by queue position
const LEVELS: usize = 52; // queue positions where levels start
const BINS: usize = 56; // 64-bit words
const RANKS: usize = 60; // a permutation of 0 … V − 2, 32-bit words
const CLOCKS: usize = 64; // 32-bit words by queue position
const GENERATOR: usize = 68; // four 32-bit words of sfc32
const ENTITIES: usize = 72; // V
const TIMES: usize = 76; // number of times
const DRAWN: usize = 80; // 32-bit words: how many targets of the row were drawn by each time
const KNOWN: usize = 84; // doubles: how many links became known by each time
const LIMIT: usize = 88; // number of vertices reached at which a search has found all it can; 0 if not known
const TOUCHED: usize = 92; // where reads ahead end up, so that they are not optimised away
const FOLLOWERS: usize = 96; // number of sources that follow the one searched from
const POSITIONS: usize = 100; // by id below TWO: queue position, of what the last search reached; anything elsewhere
const CHAIN: usize = 104; // ids from a follower to its leader, exclusive; 32-bit words
const FRONTS: usize = 108; // as many pairs of 32-bit words as a chain can have ids

/** How many queue places ahead a block is read, so that it is in the cache when its turn comes. */
const AHEAD: usize = 12;

// @ts-ignore: decorator
@inline
function word(plan: usize, field: usize): usize {
  return <usize>load<u32>(plan + field);
}

/** Append `w` if it is unseen, without a branch: write it always, and step on only if it was unseen. */
// @ts-ignore: decorator
@inline
function append<T>(w: usize, seen: usize, tail: usize): usize {
  const unseen = <usize>load<u8>(seen + w);
  store<T>(tail, <T>w);
  store<u8>(seen + w, 0);
  return tail + unseen;
}

// @ts-ignore: decorator
@inline
function appendBlock<T>(block: usize, seen: usize, tail: usize, K: i32): usize {
  tail = append<T>(<usize>load<T>(block), seen, tail);
  tail = append<T>(<usize>load<T>(block, sizeof<T>()), seen, tail);
  tail = append<T>(<usize>load<T>(block, 2 * sizeof<T>()), seen, tail);
  if (K > 3) tail = append<T>(<usize>load<T>(block, 3 * sizeof<T>()), seen, tail);
  if (K > 4) {
    tail = append<T>(<usize>load<T>(block, 4 * sizeof<T>()), seen, tail);
    tail = append<T>(<usize>load<T>(block, 5 * sizeof<T>()), seen, tail);
    tail = append<T>(<usize>load<T>(block, 6 * sizeof<T>()), seen, tail);
    tail = append<T>(<usize>load<T>(block, 7 * sizeof<T>()), seen, tail);
  }
  return tail;
}

/** Where the blocks of a vertex with more than two end, from the address of its second. */
// @ts-ignore: decorator
@inline
function lastBlock(plan: usize, second: usize, u: usize, size: usize): usize {
  const index = u - word(plan, MANY);
  return second + (<usize>load<u32>(word(plan, LENGTHS) + (index << 2)) - 1) * size;
}

/**
 * Breadth-first search; fills QUEUE and ENDS, clears what it marked, and returns the number of vertices reached. Once
 * LIMIT are reached the rest of the queue has no children, and is not searched.
 */
// @ts-ignore: decorator
@inline
function search<T>(plan: usize, source: usize, K: i32): usize {
  const rows = word(plan, ROWS);
  const two = word(plan, TWO);
  const seen = word(plan, SEEN);
  const queue = word(plan, QUEUE);
  let end = word(plan, ENDS);
  const size = <usize>K * sizeof<T>();
  let touched: u32 = 0;
  store<T>(queue, <T>source);
  store<u8>(seen + source, 0);
  let tail = queue + sizeof<T>();
  const full = queue + word(plan, LIMIT) * sizeof<T>();
  let head = queue;
  for (; head < tail && tail != full; head += sizeof<T>()) {
    const u = <usize>load<T>(head);
    let block = rows + u * size;
    if (sizeof<T>() == 4) touched += load<u32>(rows + <usize>load<T>(head, AHEAD * sizeof<T>()) * size);
    tail = appendBlock<T>(block, seen, tail, K);
    if (u >= two) {
      block += size;
      tail = appendBlock<T>(block, seen, tail, K);
      if (u >= word(plan, MANY)) {
        const last = lastBlock(plan, block, u, size);
        for (block += size; block < last; block += size) tail = appendBlock<T>(block, seen, tail, K);
      }
    }
    store<T>(end, <T>((tail - queue) / sizeof<T>()));
    end += sizeof<T>();
  }
  for (; head < tail; head += sizeof<T>()) {
    store<T>(end, <T>((tail - queue) / sizeof<T>()));
    end += sizeof<T>();
  }
  store<u32>(plan + TOUCHED, touched);
  const reached = (tail - queue) / sizeof<T>();
  forget<T, T>(seen, queue, tail, word(plan, BLOCKS));
  return reached;
}

/** Mark all as unseen again: the whole array where much of it was reached, else along the queue. */
// @ts-ignore: decorator
@inline
function forget<T, Entry>(seen: usize, queue: usize, tail: usize, blocks: usize): void {
  if ((tail - queue) / sizeof<Entry>() > blocks >> 3) {
    memory.fill(seen, <u8>sizeof<Entry>(), blocks);
  } else {
    for (let at = queue; at < tail; at += sizeof<Entry>()) store<u8>(seen + <usize>load<T>(at), <u8>sizeof<Entry>());
  }
}

/**
 * Rule `first`: count the subtree sizes of one source over vertices at distance 2 or more, and for each of its
 * FOLLOWERS over all other vertices; `withdraw` then takes away what is not in the tree of a follower.
 *
 * The children of a queue position are contiguous in the queue, so with S(i) the sum of the sizes from position i on,
 * size(i) = 1 + S(start of children) − S(end of children). S is kept modulo 2³²: differences below 2³² are exact.
 * Several histograms side by side, because the most frequent size would have to wait for its own last count.
 */
// @ts-ignore: decorator
@inline
function first<T>(plan: usize, source: usize, K: i32): u32 {
  const reached = search<T>(plan, source, K);
  const followers = load<u32>(plan + FOLLOWERS);
  store<u32>(word(plan, SUMS) + (reached << 2), 0);
  const from = <usize>load<T>(word(plan, ENDS));
  countSizes<T>(plan, from, reached, 1 + followers);
  if (followers > 0) {
    countSizes<T>(plan, 1, from, followers);
    notePositions<T>(plan, reached);
  }
  return <u32>reached;
}

/** Count the sizes at queue positions `from` to `to`, `weight` times each; S(to) is known, and S(from) is afterwards. */
// @ts-ignore: decorator
@inline
function countSizes<T>(plan: usize, from: usize, to: usize, weight: u32): void {
  const ends = word(plan, ENDS);
  const sums = word(plan, SUMS);
  const counts = word(plan, COUNTS);
  let sum = load<u32>(sums + (to << 2));
  if (from >= to) return;
  let behind = load<u32>(sums + (<usize>load<T>(ends + (to - 1) * sizeof<T>()) << 2));
  for (let i = to - 1; i >= from; i--) {
    const start = <usize>load<T>(ends + (i - 1) * sizeof<T>());
    const here = load<u32>(sums + (start << 2));
    const size = 1 + here - behind;
    behind = here;
    sum += size;
    store<u32>(sums + (i << 2), sum);
    const cell = countCell<T>(counts, size, i);
    store<u32>(cell, load<u32>(cell) + weight);
  }
}

/** The count of a size at queue position `i`: four histograms, or two where ids are 32-bit, to keep memory small. */
// @ts-ignore: decorator
@inline
function countCell<T>(counts: usize, size: u32, i: usize): usize {
  return sizeof<T>() == 2 ? counts + ((<usize>size << 4) | ((i & 3) << 2)) : counts + ((<usize>size << 3) | ((i & 1) << 2));
}

/** Only vertices with one block have followers' places in a chain; the others share the place behind them. */
function notePositions<T>(plan: usize, reached: usize): void {
  const queue = word(plan, QUEUE);
  const positions = word(plan, POSITIONS);
  const two = word(plan, TWO);
  for (let i: usize = 0; i < reached; i++) {
    const id = <usize>load<T>(queue + i * sizeof<T>());
    store<T>(positions + (id < two ? id : two) * sizeof<T>(), <T>i);
  }
}

/**
 * After a search from a leader: take away from the counts what the tree of one follower has not, the `length` entities
 * of its CHAIN, and correct the sizes above them. Returns how many of them the leader reaches.
 *
 * A chain's entities have one link each, so that in the leader's tree nothing but others of them lies below one.
 * FRONTS holds queue positions, ascending, each with how much its size is too large, twice that and one more if it is
 * of the chain. The highest is dealt with and moves to its parent, until the leader is reached.
 */
// @ts-ignore: decorator
@inline
function withdraw<T>(plan: usize, reached: usize, length: usize): u32 {
  const queue = word(plan, QUEUE);
  const positions = word(plan, POSITIONS);
  const sums = word(plan, SUMS);
  const counts = word(plan, COUNTS);
  const chain = word(plan, CHAIN);
  const fronts = word(plan, FRONTS);
  let top = fronts;
  for (let i: usize = 0; i < length; i++) {
    const id = <usize>load<u32>(chain + (i << 2));
    const at = <usize>load<T>(positions + id * sizeof<T>());
    if (at < reached && <usize>load<T>(queue + at * sizeof<T>()) == id) top = insertFront(fronts, top, <u32>at, 3);
  }
  const present = <u32>((top - fronts) >> 3);
  while (top > fronts) {
    top -= 8;
    const at = <usize>load<u32>(top);
    const excess = load<u32>(top, 4);
    const size = load<u32>(sums + (at << 2)) - load<u32>(sums + ((at + 1) << 2));
    const cell = countCell<T>(counts, size, at);
    store<u32>(cell, load<u32>(cell) - 1);
    if ((excess & 1) == 0) {
      const corrected = countCell<T>(counts, size - (excess >> 1), at);
      store<u32>(corrected, load<u32>(corrected) + 1);
    }
    const parent = parentOf<T>(plan, at);
    if (parent > 0) top = insertFront(fronts, top, <u32>parent, excess & ~1);
  }
  return present;
}

/** Insert a front at its place, or add to the one that is there. Returns where the fronts end. */
function insertFront(fronts: usize, top: usize, at: u32, excess: u32): usize {
  let place = top;
  while (place > fronts && load<u32>(place - 8) > at) place -= 8;
  if (place > fronts && load<u32>(place - 8) == at) {
    store<u32>(place - 8, load<u32>(place - 8, 4) + excess, 4);
    return top;
  }
  memory.copy(place + 8, place, top - place);
  store<u32>(place, at);
  store<u32>(place, excess, 4);
  return top + 8;
}

/** The parent of queue position `at` > 0: the first whose children end behind it. From near to far, then halving. */
// @ts-ignore: decorator
@inline
function parentOf<T>(plan: usize, at: usize): usize {
  const ends = word(plan, ENDS);
  let behind = at - 1;
  let step: usize = 1;
  while (behind >= step && <usize>load<T>(ends + (behind - step) * sizeof<T>()) > at) {
    behind -= step;
    step <<= 1;
  }
  // The parent is among the last `step` positions up to `behind`.
  let least = behind >= step ? behind - step + 1 : 0;
  while (least < behind) {
    const middle = (least + behind) >> 1;
    if (<usize>load<T>(ends + middle * sizeof<T>()) > at) behind = middle;
    else least = middle + 1;
  }
  return behind;
}

/** Path counts double as marks: zero is unseen. A vertex of an earlier level is added to as well, and not read again. */
// @ts-ignore: decorator
@inline
function appendPaths<T>(w: usize, paths: usize, tail: usize, count: f64): usize {
  const at = paths + (w << 3);
  const unseen = <usize>(load<u64>(at) == 0);
  store<T>(tail, <T>w);
  store<f64>(at, load<f64>(at) + count);
  return tail + unseen * sizeof<T>();
}

// @ts-ignore: decorator
@inline
function appendBlockPaths<T>(block: usize, paths: usize, tail: usize, count: f64, K: i32): usize {
  tail = appendPaths<T>(<usize>load<T>(block), paths, tail, count);
  tail = appendPaths<T>(<usize>load<T>(block, sizeof<T>()), paths, tail, count);
  tail = appendPaths<T>(<usize>load<T>(block, 2 * sizeof<T>()), paths, tail, count);
  if (K > 3) tail = appendPaths<T>(<usize>load<T>(block, 3 * sizeof<T>()), paths, tail, count);
  if (K > 4) {
    tail = appendPaths<T>(<usize>load<T>(block, 4 * sizeof<T>()), paths, tail, count);
    tail = appendPaths<T>(<usize>load<T>(block, 5 * sizeof<T>()), paths, tail, count);
    tail = appendPaths<T>(<usize>load<T>(block, 6 * sizeof<T>()), paths, tail, count);
    tail = appendPaths<T>(<usize>load<T>(block, 7 * sizeof<T>()), paths, tail, count);
  }
  return tail;
}

// @ts-ignore: decorator
@inline
function share<T>(slot: usize, paths: usize): f64 {
  return load<f64>(paths + (<usize>load<T>(slot) << 3));
}

// @ts-ignore: decorator
@inline
function addShares<T>(behind: f64, block: usize, paths: usize, K: i32): f64 {
  behind += share<T>(block, paths);
  behind += share<T>(block + sizeof<T>(), paths);
  behind += share<T>(block + 2 * sizeof<T>(), paths);
  if (K > 3) behind += share<T>(block + 3 * sizeof<T>(), paths);
  if (K > 4) {
    behind += share<T>(block + 4 * sizeof<T>(), paths);
    behind += share<T>(block + 5 * sizeof<T>(), paths);
    behind += share<T>(block + 6 * sizeof<T>(), paths);
    behind += share<T>(block + 7 * sizeof<T>(), paths);
  }
  return behind;
}

const LARGEST: f64 = 8.452712498170644e270; // 2⁹⁰⁰
const SMALLEST: f64 = 1.1830521861667747e-271; // 2⁻⁹⁰⁰

/**
 * Rule `uniform`: 1 + Brandes' dependency of one source on every vertex it reaches, into SIZES by queue position.
 * Returns the number of vertices reached; the second level starts at LEVELS[2], or nothing lies beyond the first.
 * Returns 0, and leaves its arrays unusable, if path counts of one level are too far apart for doubles.
 *
 * Backwards, PATHS holds s/σ of the levels below, and zero elsewhere. Links lead down one level at most, so that no
 * distance is compared.
 */
// @ts-ignore: decorator
@inline
function uniform<T>(plan: usize, source: usize, K: i32): u32 {
  const rows = word(plan, ROWS);
  const two = word(plan, TWO);
  const blocks = word(plan, BLOCKS);
  const queue = word(plan, QUEUE);
  const paths = word(plan, PATHS);
  const handed = word(plan, HANDED);
  const sizes = word(plan, SIZES);
  const levels = word(plan, LEVELS);
  const limit = word(plan, LIMIT);
  const size = <usize>K * sizeof<T>();
  store<f64>(paths + (blocks << 3), 1);
  store<T>(queue, <T>source);
  store<f64>(paths + (source << 3), 1);
  let touched: u32 = 0;
  let tail = queue + sizeof<T>();
  let start: usize = 0;
  let reached: usize = 1;
  let depth: usize = 0;
  while (true) {
    const end = reached;
    store<u32>(levels + (depth++ << 2), <u32>start);
    if (!hand<T>(queue, paths, handed, sizes, start, end)) return 0;
    if (end == limit) break;
    for (let i = start; i < end; i++) {
      const u = <usize>load<T>(queue + i * sizeof<T>());
      const count = load<f64>(handed + (i << 3));
      let block = rows + u * size;
      if (sizeof<T>() == 4) {
        touched += load<u32>(rows + <usize>load<T>(queue + i * sizeof<T>(), AHEAD * sizeof<T>()) * size);
      }
      tail = appendBlockPaths<T>(block, paths, tail, count, K);
      if (u >= two) {
        block += size;
        tail = appendBlockPaths<T>(block, paths, tail, count, K);
        if (u >= word(plan, MANY)) {
          const last = lastBlock(plan, block, u, size);
          for (block += size; block < last; block += size) tail = appendBlockPaths<T>(block, paths, tail, count, K);
        }
      }
    }
    reached = (tail - queue) / sizeof<T>();
    if (reached == end) break;
    start = end;
  }
  store<u32>(plan + TOUCHED, touched);
  store<u32>(levels + (depth << 2), <u32>reached);
  store<f64>(paths + (blocks << 3), 0);
  clearPaths<T>(queue, paths, reached, blocks);
  for (let i = start; i < reached; i++) {
    store<f64>(paths + (<usize>load<T>(queue + i * sizeof<T>()) << 3), 1 / load<f64>(sizes + (i << 3)));
    store<f64>(sizes + (i << 3), 1);
  }
  for (let level = depth - 1; level-- > 1; ) {
    const from = <usize>load<u32>(levels + (level << 2));
    const to = <usize>load<u32>(levels + ((level + 1) << 2));
    for (let i = from; i < to; i++) {
      const u = <usize>load<T>(queue + i * sizeof<T>());
      let block = rows + u * size;
      let behind = addShares<T>(0, block, paths, K);
      if (u >= two) {
        block += size;
        behind = addShares<T>(behind, block, paths, K);
        if (u >= word(plan, MANY)) {
          const last = lastBlock(plan, block, u, size);
          for (block += size; block < last; block += size) behind = addShares<T>(behind, block, paths, K);
        }
      }
      const s = 1 + load<f64>(handed + (i << 3)) * behind;
      store<f64>(handed + (i << 3), s / load<f64>(sizes + (i << 3)));
      store<f64>(sizes + (i << 3), s);
    }
    for (let i = from; i < to; i++) {
      store<f64>(paths + (<usize>load<T>(queue + i * sizeof<T>()) << 3), load<f64>(handed + (i << 3)));
    }
  }
  clearPaths<T>(queue, paths, reached, blocks);
  store<u32>(levels + ((depth + 1) << 2), <u32>reached);
  return <u32>reached;
}

/**
 * The path counts of a finished level: as received into SIZES, as handed on, scaled if they grow large, into HANDED.
 * False if a count would leave the doubles at the other end: only ones below 1, scaled once before, can.
 */
// @ts-ignore: decorator
@inline
function hand<T>(queue: usize, paths: usize, handed: usize, sizes: usize, start: usize, end: usize): bool {
  let largest: f64 = 0;
  for (let i = start; i < end; i++) {
    const count = load<f64>(paths + (<usize>load<T>(queue + i * sizeof<T>()) << 3));
    if (count > largest) largest = count;
    store<f64>(sizes + (i << 3), count);
    store<f64>(handed + (i << 3), count);
  }
  if (largest > LARGEST) {
    for (let i = start; i < end; i++) {
      const count = load<f64>(sizes + (i << 3));
      if (count < 1) return false;
      store<f64>(handed + (i << 3), count * SMALLEST);
    }
  }
  return true;
}

/** Forget path counts or shares: the whole array where much of it was reached, else along the queue. */
// @ts-ignore: decorator
@inline
function clearPaths<T>(queue: usize, paths: usize, reached: usize, blocks: usize): void {
  if (reached > blocks >> 3) {
    memory.fill(paths, 0, blocks << 3);
  } else {
    for (let i: usize = 0; i < reached; i++) store<f64>(paths + (<usize>load<T>(queue + i * sizeof<T>()) << 3), 0);
  }
}

/** Bits of a size that choose its bin, and further bits whose sum is kept; src/spectrum/sizeBins.ts tells why. */
const BIN_BITS: u64 = 10;
const FINE_BITS: u64 = 16;
/** Bits of a cell for the sum; its count has the others. */
const SUM_BITS: u64 = 40;

/**
 * Count SIZES from queue position `from` to `to` in bins of relative width 2⁻¹⁰, with the sum of what lies within: both
 * in one 64-bit word, so that a bin is one place in memory. It has room for 2²⁴ − 1 sizes.
 */
export function binSizes(plan: usize, from: usize, to: usize): void {
  const sizes = word(plan, SIZES);
  const bins = word(plan, BINS);
  const fine: u64 = 52 - BIN_BITS - FINE_BITS;
  for (let i = from; i < to; i++) {
    const bits = (reinterpret<u64>(load<f64>(sizes + (i << 3))) + ((1 as u64) << (fine - 1))) >> fine;
    const cell = bins + (<usize>((bits >> FINE_BITS) - ((1023 as u64) << BIN_BITS)) << 3);
    store<u64>(cell, load<u64>(cell) + ((1 as u64) << SUM_BITS) + (bits & ((1 << FINE_BITS) - 1)));
  }
}

// @ts-ignore: decorator
@inline
function appendChild<T, Entry>(w: usize, seen: usize, tail: usize, parent: Entry): usize {
  const unseen = <usize>load<u8>(seen + w);
  store<Entry>(tail, parent | <Entry>w);
  store<u8>(seen + w, 0);
  return tail + unseen;
}

// @ts-ignore: decorator
@inline
function appendChildren<T, Entry>(block: usize, seen: usize, tail: usize, parent: Entry, K: i32): usize {
  tail = appendChild<T, Entry>(<usize>load<T>(block), seen, tail, parent);
  tail = appendChild<T, Entry>(<usize>load<T>(block, sizeof<T>()), seen, tail, parent);
  tail = appendChild<T, Entry>(<usize>load<T>(block, 2 * sizeof<T>()), seen, tail, parent);
  if (K > 3) tail = appendChild<T, Entry>(<usize>load<T>(block, 3 * sizeof<T>()), seen, tail, parent);
  if (K > 4) {
    tail = appendChild<T, Entry>(<usize>load<T>(block, 4 * sizeof<T>()), seen, tail, parent);
    tail = appendChild<T, Entry>(<usize>load<T>(block, 5 * sizeof<T>()), seen, tail, parent);
    tail = appendChild<T, Entry>(<usize>load<T>(block, 6 * sizeof<T>()), seen, tail, parent);
    tail = appendChild<T, Entry>(<usize>load<T>(block, 7 * sizeof<T>()), seen, tail, parent);
  }
  return tail;
}

/**
 * One row of a random trajectory under rule `first`: search; deal the places in the order of first draws to the
 * vertices reached; let every vertex take the least place in its subtree, into CLOCKS by queue position; and add to
 * KNOWN how many vertices at distance 2 or more have a place among the first DRAWN. Returns the number reached.
 *
 * An entry of the queue is an id below and the queue position of its parent above, so that both take one write.
 */
// @ts-ignore: decorator
@inline
function ranks<T, Entry>(plan: usize, source: usize, K: i32): u32 {
  const rows = word(plan, ROWS);
  const two = word(plan, TWO);
  const seen = word(plan, SEEN);
  const queue = word(plan, QUEUE);
  const clocks = word(plan, CLOCKS);
  const counts = word(plan, COUNTS);
  const size = <usize>K * sizeof<T>();
  const nextParent = <Entry>1 << <Entry>(8 * sizeof<T>());
  let touched: u32 = 0;
  let parent: Entry = 0;
  let from: usize = 1;
  store<Entry>(queue, <Entry>source);
  store<u8>(seen + source, 0);
  let tail = queue + sizeof<Entry>();
  const full = queue + word(plan, LIMIT) * sizeof<Entry>();
  for (let head = queue; head < tail && tail != full; head += sizeof<Entry>()) {
    const u = <usize>load<T>(head);
    let block = rows + u * size;
    if (sizeof<T>() == 4) touched += load<u32>(rows + <usize>load<T>(head, AHEAD * sizeof<Entry>()) * size);
    tail = appendChildren<T, Entry>(block, seen, tail, parent, K);
    if (u >= two) {
      block += size;
      tail = appendChildren<T, Entry>(block, seen, tail, parent, K);
      if (u >= word(plan, MANY)) {
        const last = lastBlock(plan, block, u, size);
        for (block += size; block < last; block += size) tail = appendChildren<T, Entry>(block, seen, tail, parent, K);
      }
    }
    if (parent == 0) from = (tail - queue) / sizeof<Entry>();
    parent += nextParent;
  }
  store<u32>(plan + TOUCHED, touched);
  const reached = (tail - queue) / sizeof<Entry>();
  forget<T, Entry>(seen, queue, tail, word(plan, BLOCKS));
  deal(plan, reached);
  for (let i = reached - 1; i >= from; i--) {
    const clock = load<u32>(clocks + (i << 2));
    const cell = counts + (<usize>clock << 2);
    store<u32>(cell, load<u32>(cell) + 1);
    const above = clocks + (<usize>load<T>(queue + i * sizeof<Entry>(), sizeof<T>()) << 2);
    store<u32>(above, min(load<u32>(above), clock));
  }
  gather(plan);
  return <u32>reached;
}

/** Places 0 … V − 2 without repetition to queue positions 1 … reached − 1, by the first steps of a shuffle. */
function deal(plan: usize, reached: usize): void {
  const permutation = word(plan, RANKS);
  const clocks = word(plan, CLOCKS);
  const state = word(plan, GENERATOR);
  let a = load<u32>(state);
  let b = load<u32>(state, 4);
  let c = load<u32>(state, 8);
  let counter = load<u32>(state, 12);
  let left = load<u32>(plan + ENTITIES) - 1;
  store<u32>(clocks, 0);
  for (let i: usize = 1; i < reached; i++, left--) {
    let product: u64;
    // A uniform number below `left`, without bias [Lemire2019]; sfc32 [Doty-Humphrey2010].
    do {
      const next = a + b + counter;
      counter++;
      a = b ^ (b >>> 9);
      b = c + (c << 3);
      c = rotl<u32>(c, 21) + next;
      product = <u64>next * <u64>left;
    } while (<u32>product < left && <u32>product < (0 - left) % left);
    const here = permutation + ((i - 1) << 2);
    const there = here + (<usize>(product >>> 32) << 2);
    const place = load<u32>(there);
    store<u32>(there, load<u32>(here));
    store<u32>(here, place);
    store<u32>(clocks + (i << 2), place);
  }
  store<u32>(state, a);
  store<u32>(state, b, 4);
  store<u32>(state, c, 8);
  store<u32>(state, counter, 12);
}

/** Add up COUNTS over the places drawn by each time, and clear them. */
function gather(plan: usize): void {
  const counts = word(plan, COUNTS);
  const drawn = word(plan, DRAWN);
  const known = word(plan, KNOWN);
  const times = word(plan, TIMES);
  let place: usize = 0;
  let sum: u32 = 0;
  for (let time: usize = 0; time < times; time++) {
    const end = <usize>load<u32>(drawn + (time << 2));
    for (; place < end; place++) sum += load<u32>(counts + (place << 2));
    const cell = known + (time << 3);
    store<f64>(cell, load<f64>(cell) + <f64>sum);
  }
  memory.fill(counts, 0, word(plan, ENTITIES) << 2);
}

export function first16x3(plan: usize, source: usize): u32 {
  return first<u16>(plan, source, 3);
}
export function first16x4(plan: usize, source: usize): u32 {
  return first<u16>(plan, source, 4);
}
export function first16x8(plan: usize, source: usize): u32 {
  return first<u16>(plan, source, 8);
}
export function first32x3(plan: usize, source: usize): u32 {
  return first<u32>(plan, source, 3);
}
export function first32x4(plan: usize, source: usize): u32 {
  return first<u32>(plan, source, 4);
}
export function first32x8(plan: usize, source: usize): u32 {
  return first<u32>(plan, source, 8);
}
export function withdraw16(plan: usize, reached: usize, length: usize): u32 {
  return withdraw<u16>(plan, reached, length);
}
export function withdraw32(plan: usize, reached: usize, length: usize): u32 {
  return withdraw<u32>(plan, reached, length);
}
export function uniform16x3(plan: usize, source: usize): u32 {
  return uniform<u16>(plan, source, 3);
}
export function uniform16x4(plan: usize, source: usize): u32 {
  return uniform<u16>(plan, source, 4);
}
export function uniform16x8(plan: usize, source: usize): u32 {
  return uniform<u16>(plan, source, 8);
}
export function uniform32x3(plan: usize, source: usize): u32 {
  return uniform<u32>(plan, source, 3);
}
export function uniform32x4(plan: usize, source: usize): u32 {
  return uniform<u32>(plan, source, 4);
}
export function uniform32x8(plan: usize, source: usize): u32 {
  return uniform<u32>(plan, source, 8);
}
export function ranks16x3(plan: usize, source: usize): u32 {
  return ranks<u16, u32>(plan, source, 3);
}
export function ranks16x4(plan: usize, source: usize): u32 {
  return ranks<u16, u32>(plan, source, 4);
}
export function ranks16x8(plan: usize, source: usize): u32 {
  return ranks<u16, u32>(plan, source, 8);
}
export function ranks32x3(plan: usize, source: usize): u32 {
  return ranks<u32, u64>(plan, source, 3);
}
export function ranks32x4(plan: usize, source: usize): u32 {
  return ranks<u32, u64>(plan, source, 4);
}
export function ranks32x8(plan: usize, source: usize): u32 {
  return ranks<u32, u64>(plan, source, 8);
}
