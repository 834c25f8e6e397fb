import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { InputError } from "../../src/errors.ts";
import { openJournal } from "../../src/run/journal.ts";
import { readySimulation } from "../../src/run/readySimulation.ts";
import { Interrupted } from "../../src/run/responsive.ts";
import { simulate, simulationGraph } from "../../src/run/simulate.ts";
import { checkSpec } from "../../src/spec/readSpec.ts";
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

  it("goes on from its journal to the same result", async () => {
    const file = join(temporaryFolder(), "result.json.partial");
    const simulation = await ready(LONG);
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
