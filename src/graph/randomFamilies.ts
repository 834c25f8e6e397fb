import { DomainError, requireInteger, requireProbability } from "../errors.ts";
import { geometricSampler, sampleIndex } from "../random/draws.ts";
import type { Rng } from "../random/stream.ts";
import { type Digraph, type DroppedLinks, digraphFromLinks, MAX_ENTITIES } from "./digraph.ts";

/** A graph and what was dropped to make it simple. */
export interface DrawnGraph {
  readonly graph: Digraph;
  readonly dropped: DroppedLinks;
}

/**
 * Draw a graph with given numbers of links from and to each entity: the ends are matched uniformly at random
 * (configuration model), and self-loops and repeated links are dropped and counted [Newman2001].
 *
 * @param outDegrees - links from each entity; length V
 * @param inDegrees - links to each entity; length V, with the same sum
 * @throws {DomainError} if lengths or sums differ or a degree is not a non-negative integer
 */
export function sampleConfigurationModel(
  rng: Rng,
  outDegrees: ArrayLike<number>,
  inDegrees: ArrayLike<number>,
): DrawnGraph {
  if (inDegrees.length !== outDegrees.length) {
    throw new DomainError("inDegrees", inDegrees.length, `as long as outDegrees (${outDegrees.length})`);
  }
  const tails = endsOf("outDegrees", outDegrees);
  const heads = endsOf("inDegrees", inDegrees);
  if (tails.length !== heads.length) {
    throw new DomainError("sum of inDegrees", heads.length, `that of outDegrees (${tails.length})`);
  }
  for (let i = heads.length - 1; i > 0; i--) {
    const j = sampleIndex(rng, i + 1);
    [heads[i], heads[j]] = [heads[j]!, heads[i]!];
  }
  return digraphFromLinks(outDegrees.length, tails, heads);
}

/** Every entity as often as its degree says. */
function endsOf(argument: string, degrees: ArrayLike<number>): Uint32Array {
  let sum = 0;
  for (let x = 0; x < degrees.length; x++) {
    requireInteger(argument, degrees[x]!, 0);
    sum += degrees[x]!;
  }
  const ends = new Uint32Array(sum);
  let next = 0;
  for (let x = 0; x < degrees.length; x++) {
    ends.fill(x, next, next + degrees[x]!);
    next += degrees[x]!;
  }
  return ends;
}

/**
 * Draw a stochastic block model: entities in blocks, (x, y) a link independently with a probability that belongs to
 * the blocks of x and y [Holland1983]. O(V·blocks + E) by geometric gaps.
 *
 * @param blockSizes - entities of each block, which get consecutive ids
 * @param probabilities - `probabilities[a][b]`: of a link from block a to block b
 * @throws {DomainError} if the table does not fit the blocks or holds something else than probabilities
 */
export function sampleBlockModel(
  rng: Rng,
  blockSizes: readonly number[],
  probabilities: readonly (readonly number[])[],
): Digraph {
  for (const size of blockSizes) requireInteger("block size", size, 0, MAX_ENTITIES);
  for (const row of [probabilities, ...probabilities]) {
    if (row.length !== blockSizes.length) {
      throw new DomainError("probabilities", row.length, `a square table for ${blockSizes.length} blocks`);
    }
  }
  const starts = blockSizes.map((_, b) => blockSizes.slice(0, b).reduce((sum, size) => sum + size, 0));
  const vertexCount = blockSizes.reduce((sum, size) => sum + size, 0);
  const tails: number[] = [];
  const heads: number[] = [];
  blockSizes.forEach((rows, a) => {
    blockSizes.forEach((columns, b) => {
      // A block against itself leaves out the diagonal: one column fewer, stepped over below.
      const width = a === b ? columns - 1 : columns;
      const gap = geometricSampler(probabilities[a]![b]!);
      for (let pair = gap(rng); pair < rows * width; pair += 1 + gap(rng)) {
        const row = Math.floor(pair / width);
        const rank = pair - row * width;
        tails.push(starts[a]! + row);
        heads.push(starts[b]! + (a === b && rank >= row ? rank + 1 : rank));
      }
    });
  });
  return digraphFromLinks(vertexCount, tails, heads).graph;
}

/**
 * Draw a graph by preferential attachment [Price1976]: entities come one by one, and each of the `linksEach` links of
 * a new one leads to an earlier entity with probability proportional to its links received plus one. Repeated links
 * are dropped. Links point from later to earlier; with probability `reciprocity` a link is also stated backwards, so
 * that hubs reach out and not only in.
 *
 * @param vertexCount - V; integer in [1, {@link MAX_ENTITIES}]
 * @param linksEach - integer ≥ 1
 * @param reciprocity - in [0, 1]
 */
export function samplePreferentialAttachment(
  rng: Rng,
  vertexCount: number,
  linksEach: number,
  reciprocity: number,
): DrawnGraph {
  requireInteger("vertexCount", vertexCount, 1, MAX_ENTITIES);
  requireInteger("linksEach", linksEach, 1);
  requireProbability("reciprocity", reciprocity);
  const tails: number[] = [];
  const heads: number[] = [];
  /** Heads of the links so far: a uniform one of them has probability proportional to links received. */
  const received: number[] = [];
  for (let x = 1; x < vertexCount; x++) {
    // Before x, the x entities count one each, and each link once more.
    const before = received.length;
    for (let link = 0; link < linksEach; link++) {
      const ticket = sampleIndex(rng, x + before);
      const head = ticket < x ? ticket : received[ticket - x]!;
      received.push(head);
      tails.push(x);
      heads.push(head);
      if (rng.nextFloat() < reciprocity) {
        tails.push(head);
        heads.push(x);
      }
    }
  }
  return digraphFromLinks(vertexCount, tails, heads);
}

/**
 * Draw a small world [Watts1998], directed: on a ring, every entity has links to the next `linksEach` entities; each
 * link is led to a uniform other entity instead with probability `rewiring`. Repeated links are dropped.
 *
 * @param vertexCount - V; integer in [2, {@link MAX_ENTITIES}]
 * @param linksEach - integer in [1, V − 1]
 * @param rewiring - in [0, 1]
 */
export function sampleSmallWorld(
  rng: Rng,
  vertexCount: number,
  linksEach: number,
  rewiring: number,
): DrawnGraph {
  requireInteger("vertexCount", vertexCount, 2, MAX_ENTITIES);
  requireInteger("linksEach", linksEach, 1, vertexCount - 1);
  requireProbability("rewiring", rewiring);
  const tails = new Uint32Array(vertexCount * linksEach);
  const heads = new Uint32Array(vertexCount * linksEach);
  tails.forEach((_, link) => {
    const x = Math.floor(link / linksEach);
    const step = rng.nextFloat() < rewiring ? 1 + sampleIndex(rng, vertexCount - 1) : 1 + (link % linksEach);
    tails[link] = x;
    heads[link] = (x + step) % vertexCount;
  });
  return digraphFromLinks(vertexCount, tails, heads);
}
