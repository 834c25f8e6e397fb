import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { digraphFromLinks } from "../../src/graph/digraph.ts";
import { assignIds, blockLayout, writeRows } from "../../src/kernel/blockLayout.ts";

describe("the block layout of a graph", () => {
  it("gives back the out-neighbours of every vertex in order", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.array(fc.tuple(fc.nat(29), fc.nat(29)), { maxLength: 400 }),
        (size, pairs) => {
          const links = pairs.filter(([x, y]) => x < size && y < size);
          const { graph } = digraphFromLinks(
            size,
            links.map(([x]) => x),
            links.map(([, y]) => y),
          );
          const layout = blockLayout(graph);
          const { slots, blocks, two, many } = layout;
          const ids = new Uint32Array(size);
          assignIds(graph, layout, ids);
          const rows = new Uint16Array((blocks + 1) * slots);
          const lengths = new Uint32Array(blocks - many);
          writeRows(graph, layout, ids, rows, lengths);
          expect(new Set(ids).size).toBe(size);
          const vertexOf = new Map([...ids].map((id, x) => [id, x]));
          for (let x = 0; x < size; x++) {
            const id = ids[x]!;
            const count = id < two ? 1 : id < many ? 2 : lengths[id - many]!;
            const row = [...rows.subarray(id * slots, (id + count) * slots)];
            const heads = row.filter((slot) => slot !== blocks).map((slot) => vertexOf.get(slot));
            expect(heads).toEqual([...graph.targets.subarray(graph.offsets[x], graph.offsets[x + 1])]);
            expect(count).toBe(Math.max(1, Math.ceil(heads.length / slots)));
          }
          expect([...rows.subarray(blocks * slots)]).toEqual(Array(slots).fill(blocks));
        },
      ),
      { seed: 1, numRuns: 200 },
    );
  });
});
