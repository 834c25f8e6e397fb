import { describe, expect, it } from "vitest";
import { readySimulation } from "../../src/run/readySimulation.ts";
import { sharperTheory } from "../../src/run/sharperTheory.ts";
import { simulationTheory } from "../../src/run/simulationTheory.ts";
import { checkSpec } from "../../src/spec/readSpec.ts";
import { paperFormula } from "../../src/theory/paperFormula.ts";
import { entigraph, entigraphJson, temporaryFolder } from "../support/terminal.ts";

async function theoryOf(graph: object) {
  const spec = await checkSpec({ graph, at: [0, 50, 500], seed: 9 }, "spec");
  return simulationTheory(await readySimulation(spec, ".", () => {}));
}

describe("theory beside a simulation", () => {
  it("is what entigraph theory says of the model, at the recorded steps", async () => {
    const theory = await theoryOf({ model: "erdos-renyi", entities: 20, lambda: 2 });
    const model = { entities: 20, linkProbability: 0.1 };
    const sharper = sharperTheory(model, [0, 50, 500], { samples: theory!.samples, seed: 9 });
    expect(theory!.lambda).toBe(2);
    expect(theory!.points).toEqual(
      [0, 50, 500].map((step, i) => ({
        step,
        paperFormula: paperFormula(model).density(step),
        ...sharper[i],
      })),
    );
  });

  it("is silent where there is no giant component", async () => {
    expect(await theoryOf({ model: "erdos-renyi", entities: 20, lambda: 1 })).toBeNull();
  });

  it("is printed as a table and as JSON, unless it is left out", async () => {
    const args = ["simulate", "--entities", "20", "--lambda", "2", "--replicates", "2", "--at", "10,100"];
    expect((await entigraph(args)).stdout).toContain("| step | paper's formula | exploration limit |");
    expect((await entigraph([...args, "--no-theory"])).stdout).not.toContain("formula");
    const { theory } = await entigraphJson(...args);
    expect(theory.points.map(({ step }: { step: number }) => step)).toEqual([10, 100]);
    expect((await entigraphJson(...args, "--no-theory")).theory).toBeNull();
  });

  it("says nothing of a graph from a file", async () => {
    const file = `${temporaryFolder({ "g.csv": "a,b\nb,c\nc,a\n" })}/g.csv`;
    const args = ["simulate", "--graph", file, "--replicates", "2", "--at", "10"];
    expect((await entigraphJson(...args)).theory).toBeNull();
  });
});
