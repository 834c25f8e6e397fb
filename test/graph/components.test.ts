import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { breadthFirstTree, NONE } from "../../src/graph/breadthFirst.ts";
import {
  largestComponent,
  reachesComponent,
  strongComponents,
  weakComponents,
} from "../../src/graph/components.ts";
import { graphOf, type Link, linksOf } from "../support/graphs.ts";

const graphs = fc
  .tuple(fc.integer({ min: 1, max: 14 }), fc.array(fc.tuple(fc.nat(13), fc.nat(13)), { maxLength: 40 }))
  .map(([size, links]) =>
    graphOf(
      size,
      links.filter(([x, y]) => x < size && y < size),
    ),
  );

describe("components", () => {
  it("are reached through whichever of their entities has the link", () => {
    // 0 and 1 know each other, 1 alone knows 2, and 2 the cycle of the others.
    const links: Link[] = [
      [0, 1],
      [1, 0],
      [1, 2],
      [2, 3],
      [3, 4],
      [4, 5],
      [5, 3],
    ];
    const reaching = (graph: ReturnType<typeof graphOf>) => {
      const components = strongComponents(graph);
      return [...reachesComponent(graph, components, largestComponent(components))];
    };
    expect(reaching(graphOf(6, links))).toEqual([1, 1, 1, 1, 1, 1]);
    const turned = links.map(([x, y]): Link => [y, x]);
    expect(reaching(graphOf(6, turned))).toEqual([0, 0, 0, 1, 1, 1]);
  });

  it("are what mutual reachability says, numbered against the links", () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { groupOf, sizes } = strongComponents(graph);
        const distances = Array.from(
          { length: graph.vertexCount },
          (_, x) => breadthFirstTree(graph, x).distances,
        );
        const reaches = (x: number, y: number) => distances[x]![y] !== NONE;
        for (let x = 0; x < graph.vertexCount; x++) {
          for (let y = 0; y < graph.vertexCount; y++) {
            expect(groupOf[x] === groupOf[y]).toBe(reaches(x, y) && reaches(y, x));
            if (reaches(x, y)) expect(groupOf[y]).toBeLessThanOrEqual(groupOf[x]!);
          }
        }
        expect([...sizes]).toEqual(
          [...sizes.keys()].map((group) => groupOf.filter((g) => g === group).length),
        );
        const largest = largestComponent({ groupOf, sizes });
        expect(largest).toBe(sizes.indexOf(Math.max(...sizes)));
        const member = groupOf.indexOf(largest);
        expect([...reachesComponent(graph, { groupOf, sizes }, largest)]).toEqual(
          [...distances.keys()].map((x) => Number(reaches(x, member))),
        );
        const both = graphOf(
          graph.vertexCount,
          linksOf(graph).flatMap(([x, y]): Link[] => [
            [x, y],
            [y, x],
          ]),
        );
        const weak = weakComponents(graph);
        const there = strongComponents(both).groupOf;
        for (let x = 0; x < graph.vertexCount; x++) {
          for (let y = 0; y < x; y++) {
            expect(weak.groupOf[x] === weak.groupOf[y]).toBe(there[x] === there[y]);
          }
        }
        expect(weak.sizes.reduce((a, b) => a + b, 0)).toBe(graph.vertexCount);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it("of a path of a million entities are found without recursion", () => {
    const size = 1_000_000;
    const graph = {
      vertexCount: size,
      offsets: Uint32Array.from({ length: size + 1 }, (_, x) => Math.min(x, size - 1)),
      targets: Uint32Array.from({ length: size - 1 }, (_, x) => x + 1),
    };
    expect(strongComponents(graph).sizes.length).toBe(size);
    expect([...weakComponents(graph).sizes]).toEqual([size]);
  });
});
