import { requireInteger, requireProbability } from "../errors.ts";
import { geometricSampler } from "../random/draws.ts";
import type { Rng } from "../random/stream.ts";
import { type Digraph, MAX_ENTITIES, pairCount } from "./digraph.ts";

/**
 * Draw a directed Erdős–Rényi graph G(V, p): every ordered pair of different entities is a link
 * independently with probability p [Yang2025, §6.1].
 *
 * The V(V − 1) pairs stand in one row, by tail and then by head; the gaps between links are geometric, so the
 * cost is O(V + E) whatever p [Batagelj2005, algorithm 1, adapted to ordered pairs].
 *
 * @param rng - consumed once per link and once more
 * @param vertexCount - V; integer in [1, {@link MAX_ENTITIES}]
 * @param linkProbability - p in [0, 1]
 * @throws {DomainError} outside these ranges
 * @example sampleErdosRenyi(stream(1, "graph"), 100, 0.03)
 */
export function sampleErdosRenyi(rng: Rng, vertexCount: number, linkProbability: number): Digraph {
  requireInteger("vertexCount", vertexCount, 1, MAX_ENTITIES);
  requireProbability("linkProbability", linkProbability);
  const pairs = pairCount(vertexCount);
  const gap = geometricSampler(linkProbability);
  const offsets = new Uint32Array(vertexCount + 1);
  // Room for the mean plus eight standard deviations; it grows in the rare case that this is not enough.
  const mean = pairs * linkProbability;
  let targets = new Uint32Array(Math.min(pairs, Math.ceil(mean + 8 * Math.sqrt(mean) + 16)));
  let links = 0;
  for (let pair = gap(rng); pair < pairs; pair += 1 + gap(rng)) {
    const tail = Math.floor(pair / (vertexCount - 1));
    const rank = pair - tail * (vertexCount - 1);
    if (links === targets.length) targets = grown(targets);
    targets[links++] = rank < tail ? rank : rank + 1;
    offsets[tail + 1]!++;
  }
  for (let x = 0; x < vertexCount; x++) offsets[x + 1]! += offsets[x]!;
  return { vertexCount, offsets, targets: targets.slice(0, links) };
}

function grown(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(2 * array.length);
  larger.set(array);
  return larger;
}
