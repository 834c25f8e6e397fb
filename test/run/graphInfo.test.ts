import { describe, expect, it } from "vitest";
import { linkCount } from "../../src/graph/digraph.ts";
import { sampleErdosRenyi } from "../../src/graph/erdosRenyi.ts";
import { meanDistance } from "../../src/growth/rateSpectrum.ts";
import { stream } from "../../src/random/stream.ts";
import { graphInfo } from "../../src/run/graphInfo.ts";
import { provenance } from "../../src/run/provenance.ts";
import { exactSpectrum } from "../../src/spectrum/exactSpectrum.ts";
import { complete, cycle, disjointUnion, graphOf, path, star } from "../support/graphs.ts";

const infoOf = (graph: Parameters<typeof graphInfo>[0], exactSteps?: number) =>
  graphInfo(graph, stream(1, "sources"), provenance("graph info", {}), {}, exactSteps);

describe("graphInfo", () => {
  it("gives closed forms for a path", async () => {
    expect(await infoOf(path(6))).toMatchObject({
      entities: 6,
      links: 5,
      pairs: 30,
      meanDegree: 5 / 6,
      // Five ones and a zero: variance (5/6)(1/6)·6/5 = 1/6 over the mean 5/6.
      outDegrees: { max: 1, zero: 1, dispersion: expect.closeTo(1 / 5, 14) },
      inDegrees: { max: 1, zero: 1 },
      strongComponents: { count: 6, largest: 1, largestShare: 1 / 6 },
      weakComponents: { count: 1, largest: 6, largestShare: 1 },
      distances: { mean: 35 / 15, standardError: 0, reachableShare: 0.5, sources: 6 },
      lambda: { links: 1, strongComponent: null, weakComponent: null },
    });
  });

  it("tells a star's hub, and components of a union", async () => {
    const hub = await infoOf(star(5));
    expect(hub.outDegrees.max + hub.inDegrees.max).toBeGreaterThanOrEqual(5);
    const union = await infoOf(disjointUnion(cycle(4), complete(3)));
    expect(union.strongComponents).toEqual({ count: 2, largest: 4, largestShare: 4 / 7 });
    expect(union.weakComponents).toEqual(union.strongComponents);
    // σ = 1 − e^{−λσ} with σ² = 4/7, and 4/7 = 1 − e^{−2λ·4/7}.
    const { strongComponent, weakComponent } = union.lambda;
    expect(1 - Math.exp(-strongComponent! * Math.sqrt(4 / 7))).toBeCloseTo(Math.sqrt(4 / 7), 14);
    expect(1 - Math.exp((-2 * weakComponent! * 4) / 7)).toBeCloseTo(4 / 7, 14);
  });

  it("has no NaN for a single entity or a graph without links", async () => {
    for (const graph of [graphOf(1, []), graphOf(3, [])]) {
      const text = JSON.stringify(await infoOf(graph), (_, value) =>
        typeof value === "number" && !Number.isFinite(value) ? "not finite" : value,
      );
      expect(text).not.toContain("not finite");
    }
  });

  it("finds the λ of a random graph in all three ways", async () => {
    const lambda = 2;
    const graph = sampleErdosRenyi(stream(3, "graph"), 20_000, lambda / 20_000);
    const info = await infoOf(graph, 0);
    // Links: sd √(λ/V) = 0.01. A giant's share w at mean degree c has V·Var = w(1 − w)/(1 − c(1 − w))²: weak, c = 4,
    // w = 0.980: sd 0.0011, times dλ/dw = 23: 0.025. Strong, as a product of an in- and an out-share, σ = 0.797: sd
    // 0.0054, times dλ/d(σ²) = 2.3: 0.012. Six sd each.
    expect(Math.abs(info.lambda.links! - lambda)).toBeLessThan(0.06);
    expect(Math.abs(info.lambda.strongComponent! - lambda)).toBeLessThan(0.075);
    expect(Math.abs(info.lambda.weakComponent! - lambda)).toBeLessThan(0.15);
    // The index of dispersion of Poisson numbers has sd √(2/V) = 0.01.
    expect(Math.abs(info.outDegrees.dispersion! - 1)).toBeLessThan(0.06);
    expect(info.links).toBe(linkCount(graph));
  });

  it("estimates distances of a large graph from some sources, within five standard errors", async () => {
    const graph = sampleErdosRenyi(stream(2, "graph"), 2000, 2 / 2000);
    const exact = await infoOf(graph);
    expect(exact.distances.mean).toBe(meanDistance(exactSpectrum(graph, "first")));
    const { mean, standardError, sources } = (await infoOf(graph, 0)).distances;
    expect(sources).toBe(200);
    expect(standardError).toBeGreaterThan(0);
    expect(Math.abs(mean! - exact.distances.mean!)).toBeLessThan(5 * standardError!);
  });
});
