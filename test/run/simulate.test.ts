import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { InputError } from "../../src/errors.ts";
import { graphRateSpectrum } from "../../src/growth/rateSpectrum.ts";
import { sampleTrajectory } from "../../src/process/trajectory.ts";
import { stream } from "../../src/random/stream.ts";
import { openJournal } from "../../src/run/journal.ts";
import { readySimulation } from "../../src/run/readySimulation.ts";
import { Interrupted } from "../../src/run/responsive.ts";
import {
  type ReplicateRecord,
  simulate,
  simulationGraph,
  simulationSpectrum,
} from "../../src/run/simulate.ts";
import { checkSpec } from "../../src/spec/readSpec.ts";
import { exactSpectrum } from "../../src/spectrum/exactSpectrum.ts";
import { randomTreeSpectrumBySource } from "../../src/spectrum/randomTreeSpectrum.ts";
import { finished } from "../support/generators.ts";
import { temporaryFolder } from "../support/terminal.ts";

const SPEC = {
  graph: { model: "erdos-renyi", entities: 20, lambda: 2 },
  graphs: 2,
  replicates: 3,
  at: [0, 50, 500],
  seed: 9,
};

async function ready(spec: object = SPEC) {
  return readySimulation(await checkSpec(spec, "spec"), ".", () => {});
}

describe("simulate", () => {
  it("starts at the mean share of links and averages the same graphs exactly", async () => {
    const simulation = await ready();
    const { result, spectrum } = await simulate(simulation);
    const links = [0, 1].map((number) => simulationGraph(simulation, number).targets.length);
    expect(result.links).toBe((links[0]! + links[1]!) / 2);
    const [start] = result.curve;
    expect(start).toMatchObject({ step: 0, standardError: 0 });
    expect(start!.density).toBeCloseTo(result.links / 380, 15);
    expect(start!.exact).toBeCloseTo(result.links / 380, 15);
    expect(spectrum.baseline).toBeCloseTo(result.links / 380, 15);
  });

  it("gives each replicate its own stream: more replicates or graphs do not change those there were", async () => {
    const records = async (spec: object) => {
      const kept: unknown[] = [];
      await simulate(
        await ready(spec),
        {},
        { find: () => undefined, add: async (record) => void kept.push(record) },
      );
      return kept;
    };
    const few = await records(SPEC);
    const more = await records({ ...SPEC, graphs: 3, replicates: 5 });
    for (const record of few) expect(more).toContainEqual(record);
    expect(await records({ ...SPEC, seed: 10 })).not.toContainEqual(few[0]);
  });

  it("computes means, standard errors and quantiles of what was recorded", async () => {
    const known = [
      [10, 20, 30],
      [40, 40, 70],
    ];
    const store = {
      find: (graph: number, replicate: number) => ({ graph, replicate, known: [known[graph]![replicate]!] }),
      add: async () => {},
    };
    const { result } = await simulate(await ready({ ...SPEC, at: [7] }), {}, store);
    const [point] = result.curve;
    expect(point!.density * 380).toBeCloseTo(35, 12);
    // Within graphs: s² = 100 and 300, so √((100/3 + 300/3)/2/2); between: means 20 and 50.
    expect(point!.standardError! * 380).toBeCloseTo(Math.sqrt(400 / 12), 12);
    expect(point!.standardErrorOverGraphs! * 380).toBeCloseTo(15, 12);
    // Of 10, 20, 30, 40, 40, 70: positions 5·0.05 and 5·0.95 from the first, interpolated.
    expect(point!.lower * 380).toBeCloseTo(12.5, 12);
    expect(point!.upper * 380).toBeCloseTo(62.5, 12);
  });

  it("has no standard error from one replicate", async () => {
    const { result } = await simulate(await ready({ ...SPEC, graphs: 1, replicates: 1 }));
    expect(result.curve[0]).toMatchObject({ standardError: null, standardErrorOverGraphs: null });
  });

  it("reports progress up to the whole", async () => {
    const shares: number[] = [];
    await simulate(await ready(), { onProgress: (share) => shares.push(share) });
    expect(shares.at(-1)).toBe(1);
    expect([...shares].sort((a, b) => a - b)).toEqual(shares);
  });
});

describe("the trajectory method", () => {
  const TRAJECTORIES = { ...SPEC, method: "trajectory" };

  it("has the graphs and the exact curve of the literal method, and starts and ends where it does", async () => {
    const at = [0, 50, 1_000_000];
    const [literal, trajectory] = await Promise.all(
      ["literal", "trajectory"].map(async (method) => simulate(await ready({ ...SPEC, method, at }))),
    );
    expect(trajectory!.spectrum).toEqual(literal!.spectrum);
    const [start, middle, end] = trajectory!.result.curve;
    expect(start).toEqual(literal!.result.curve[0]);
    expect(end).toEqual(literal!.result.curve[2]);
    // Six replicates of their own: within what any sample of densities could be, and not the same numbers.
    expect(middle!.exact).toBe(literal!.result.curve[1]!.exact);
    expect(middle!.density).not.toBe(literal!.result.curve[1]!.density);
    expect(Math.abs(middle!.density - middle!.exact)).toBeLessThan(6 * middle!.standardError!);
  });

  it("gives the trajectories of the library, by the number of graph and replicate", async () => {
    const simulation = await ready(TRAJECTORIES);
    const kept: ReplicateRecord[] = [];
    await simulate(simulation, {}, { find: () => undefined, add: async (record) => void kept.push(record) });
    expect(kept).toHaveLength(6);
    for (const { graph, replicate, known } of kept) {
      const rng = stream(9, "trajectory", graph, replicate);
      const { knownLinks } = sampleTrajectory(rng, simulationGraph(simulation, graph), SPEC.at);
      expect(known).toEqual([...knownLinks]);
    }
  });

  it("in the Poisson clock has the exact curve of that clock", async () => {
    const steps = await simulate(await ready(TRAJECTORIES));
    const { result, spectrum } = await simulate(await ready({ ...TRAJECTORIES, clock: "poisson" }));
    const { rates, weights, baseline } = steps.spectrum;
    expect(spectrum).toEqual({ ...steps.spectrum, clock: "poisson" });
    result.curve.forEach(({ step, exact }) => {
      const learned = rates.reduce((sum, rate, i) => sum - weights[i]! * Math.expm1(-rate * step), 0);
      expect(exact).toBeCloseTo(baseline + learned, 12);
    });
    expect(result.curve[2]!.density).not.toBe(steps.result.curve[2]!.density);
  });

  it("takes graphs too large for the literal method", async () => {
    const large = { ...SPEC, graph: { ...SPEC.graph, entities: 10_001 } };
    expect((await ready({ ...large, method: "trajectory" })).spec.method).toBe("trajectory");
    await expect(ready(large)).rejects.toThrow("method trajectory takes larger graphs");
  });

  it("reports progress up to the whole, and stops when told to", async () => {
    const shares: number[] = [];
    await simulate(await ready(TRAJECTORIES), { onProgress: (share) => shares.push(share) });
    expect(shares.at(-1)).toBe(1);
    expect([...shares].sort((a, b) => a - b)).toEqual(shares);
    const long = { ...TRAJECTORIES, graph: { ...SPEC.graph, entities: 2000 }, at: [10_000] };
    const signal = AbortSignal.abort();
    await expect(simulate(await ready(long), { signal })).rejects.toThrow(Interrupted);
  });
});

describe("tie rule random", () => {
  const RANDOM = { ...SPEC, graph: { ...SPEC.graph, lambda: 4 }, ties: "random" };

  it("keeps one tree for each source: the exact curve of spectrum, with the same seed, in both methods", async () => {
    for (const method of ["literal", "trajectory"]) {
      const simulation = await ready({ ...RANDOM, graphs: 1, method });
      const { spectrum, result } = await simulate(simulation);
      const graph = simulationGraph(simulation, 0);
      const trees = finished(randomTreeSpectrumBySource(9, graph));
      expect(spectrum).toEqual(graphRateSpectrum(trees));
      expect(spectrum).not.toEqual(graphRateSpectrum(exactSpectrum(graph, "first")));
      // Three replicates of some 200 links: six standard errors, as far as three can tell them.
      for (const { density, exact } of result.curve) expect(Math.abs(density - exact)).toBeLessThan(0.1);
    }
  });

  it("grows trees of their own for further graphs", async () => {
    // Both graphs are the same file, so that only the trees could differ.
    const simulation = await ready(RANDOM);
    const graph = simulationGraph(simulation, 0);
    const spectra = await Promise.all(
      [0, 1, 1].map((number) => simulationSpectrum(simulation.spec, graph, number, {})),
    );
    expect(spectra[1]).not.toEqual(spectra[0]);
    expect(spectra[2]).toEqual(spectra[1]);
  });
});

describe("readySimulation", () => {
  it("takes as much as can be kept, and nothing above", async () => {
    const runs = { ...SPEC, graphs: 100, replicates: 100_000, at: [0] };
    expect((await ready(runs)).spec).toMatchObject({ graphs: 100, replicates: 100_000 });
    await expect(ready({ ...runs, graphs: 101 })).rejects.toThrow(InputError);
    const at = [{ from: 1, to: 100, points: 100 }];
    expect((await ready({ ...SPEC, graphs: 1, replicates: 1_000_000, at })).spec.at).toHaveLength(100);
    await expect(ready({ ...SPEC, graphs: 1, replicates: 1_000_000, at: [0, ...at] })).rejects.toThrow(
      "replicates: at most 100000000 numbers can be kept, got 1 graphs x 1000000 replicates x 101 times",
    );
  });
});

describe("an interrupted simulation", () => {
  /** Long enough for the event loop to come round within a replicate. */
  const LONG = { ...SPEC, replicates: 4, at: [10, 400_000] };

  it.each([
    { method: "literal" },
    { method: "literal", ties: "random" },
    { method: "trajectory", graph: { ...SPEC.graph, entities: 4000 } },
    { method: "trajectory", graph: { ...SPEC.graph, entities: 600 }, ties: "random", clock: "poisson" },
  ])("goes on from its journal to the same result: %o", async (fields) => {
    const file = join(temporaryFolder(), "result.json.partial");
    const simulation = await ready({ ...LONG, ...fields });
    const whole = await simulate(simulation);

    const stop = new AbortController();
    const journal = await openJournal(file, simulation.spec);
    const stopping = {
      find: journal.find,
      add: async (record: Parameters<typeof journal.add>[0]) => {
        await journal.add(record);
        if (record.graph === 0 && record.replicate === 1) stop.abort();
      },
    };
    await expect(simulate(simulation, { signal: stop.signal }, stopping)).rejects.toThrow(Interrupted);
    // As if the interrupt had come in the middle of a line.
    appendFileSync(file, '{"graph":0,"replicate":2,"known":[1');

    const again = await openJournal(file, simulation.spec);
    expect(again.found).toBe(2);
    const resumed = await simulate(simulation, {}, again);
    expect(JSON.stringify(resumed.result)).toBe(JSON.stringify(whole.result));
    expect(readFileSync(file, "utf8").trimEnd().split("\n")).toHaveLength(1 + 8 + 1);
    await again.close();
    expect(existsSync(file)).toBe(false);
  });

  it("does not mix two runs", async () => {
    const file = join(temporaryFolder(), "result.json.partial");
    await openJournal(file, { seed: 1 });
    await expect(openJournal(file, { seed: 2 })).rejects.toThrow(`${file}: belongs to another run`);
  });
});
