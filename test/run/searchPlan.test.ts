import { describe, expect, it } from "vitest";
import { linkCount } from "../../src/graph/digraph.ts";
import { sampleErdosRenyi } from "../../src/graph/erdosRenyi.ts";
import { stream } from "../../src/random/stream.ts";
import { searchPlan } from "../../src/run/searchPlan.ts";

describe("the plan of a run of searches", () => {
  it("counts the memory of graph and workers, and takes a positive time", () => {
    const graph = sampleErdosRenyi(stream(1, "graph"), 2000, 3 / 2000);
    const words = 2001 + linkCount(graph);
    expect(searchPlan(graph, "first", 2000, 2)).toEqual({
      searches: 2000,
      seconds: expect.any(Number),
      bytes: 4 * words + 2 * 40 * 2000,
    });
    expect(searchPlan(graph, "uniform", 10, 1).seconds).toBeGreaterThan(0);
  });

  it("plans for the smallest graphs too", () => {
    expect(searchPlan(sampleErdosRenyi(stream(1, "graph"), 1, 0), "first", 1, 1).searches).toBe(1);
  });
});
