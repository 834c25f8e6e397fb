import { describe, expect, it } from "vitest";
import { entigraphJson } from "../support/terminal.ts";

describe("graph info --json", () => {
  it("describes the graph of a file", async () => {
    const info = await entigraphJson("graph", "info", "simulations/small-corpus.csv", "--entities", "10");
    expect(info).toMatchObject({
      entities: 10,
      links: 9,
      pairs: 90,
      outDegrees: { max: 2 },
      strongComponents: { count: 10, largest: 1 },
      weakComponents: { count: 2, largest: 9, largestShare: 0.9 },
      distances: { standardError: 0, sources: 10, reachableShare: 22 / 90 },
      lambda: { links: 1 },
    });
    expect(info.provenance.input).toMatchObject({ format: "triples", entities: 10, seed: 1 });
    expect(Object.keys(info.provenance.files)).toEqual(["simulations/small-corpus.csv"]);
  });
});
