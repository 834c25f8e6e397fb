import { describe, expect, it } from "vitest";
import { type Digraph, digraphFromLinks } from "../../src/graph/digraph.ts";
import { FOLLOWS, findFollowers, LONGEST_CHAIN, NOBODY } from "../../src/kernel/followers.ts";

const graphOf = (vertexCount: number, pairs: readonly (readonly [number, number])[]): Digraph =>
  digraphFromLinks(
    vertexCount,
    pairs.map(([tail]) => tail),
    pairs.map(([, head]) => head),
  ).graph;

/** Followers by leader; and that every entity follows one leader, or leads. */
function following(graph: Digraph, most = Infinity): Map<number, number[]> {
  const first = new Uint32Array(graph.vertexCount);
  const next = new Uint32Array(graph.vertexCount);
  findFollowers(graph, { first, next }, most);
  const found = new Map<number, number[]>();
  for (let leader = 0; leader < graph.vertexCount; leader++) {
    if (first[leader] === FOLLOWS) continue;
    found.set(leader, []);
    for (let x = first[leader]!; x !== NOBODY; x = next[x]!) found.get(leader)!.unshift(x);
  }
  const all = [...found].flatMap(([leader, followers]) => [leader, ...followers]);
  expect(all.sort((a, b) => a - b)).toEqual([...first.keys()]);
  return found;
}

const path = (length: number) =>
  graphOf(
    length,
    Array.from({ length: length - 1 }, (_, x) => [x, x + 1] as const),
  );

describe("sources that follow others", () => {
  it("follow where single links lead, to an entity with several or none", () => {
    const graph = graphOf(7, [
      [0, 1],
      [1, 2],
      [2, 3],
      [2, 4],
      [5, 4],
      [6, 0],
    ]);
    expect(following(graph)).toEqual(
      new Map([
        [2, [0, 1, 6]],
        [3, []],
        [4, [5]],
      ]),
    );
  });

  it("have a leader where single links go round", () => {
    const graph = graphOf(4, [
      [0, 1],
      [1, 2],
      [2, 1],
      [3, 2],
    ]);
    // The walk from 0 enters the cycle at 1.
    expect(following(graph)).toEqual(new Map([[1, [0, 2, 3]]]));
  });

  it("are at most so many links away, and each leads from there on", () => {
    const leaders = [...following(path(30)).keys()];
    expect(leaders).toEqual([2, 11, 20, 29]);
    expect(leaders[1]! - leaders[0]!).toBe(LONGEST_CHAIN + 1);
  });

  it("are as many as a leader may have; the others are searched from themselves", () => {
    const star = graphOf(
      6,
      [1, 2, 3, 4, 5].map((x) => [x, 0] as const),
    );
    expect(following(star, 2)).toEqual(
      new Map([
        [0, [1, 2]],
        [3, []],
        [4, []],
        [5, []],
      ]),
    );
    // What counting in 32 bits allows need not be a whole number.
    expect(following(star, 2.9).get(0)).toEqual([1, 2]);
  });
});
