import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { threeRegimesSteps } from "../../src/figure/threeRegimesFigure.ts";
import { checkSpec, defaultSteps, readSpec } from "../../src/spec/readSpec.ts";
import { simulationJsonSchema } from "../../src/spec/simulationSpec.ts";

const SIMULATIONS = join(import.meta.dirname, "..", "..", "simulations");
const random = { model: "erdos-renyi", entities: 50, lambda: 2 };

describe("checkSpec", () => {
  it("writes every default in", async () => {
    expect(await checkSpec({ graph: random }, "spec")).toEqual({
      title: "",
      graph: { model: "erdos-renyi", entities: 50, linkProbability: 0.04 },
      ties: "first",
      method: "literal",
      clock: "discrete",
      graphs: 1,
      replicates: 20,
      at: defaultSteps(5 * 50 * 49),
      seed: 1,
    });
  });

  it("is its own normal form", async () => {
    const once = await checkSpec({ graph: random, at: [3, 1, 2, 2], seed: "2^10" }, "spec");
    expect(once).toMatchObject({ at: [1, 2, 3], seed: 1024 });
    expect(await checkSpec(JSON.parse(JSON.stringify(once)), "spec")).toEqual(once);
  });

  it("evaluates expressions", async () => {
    const graph = { model: "erdos-renyi", entities: "10^2", linkProbability: "log(100) / 100" };
    const spec = await checkSpec({ graph, steps: "2 * 3" }, "spec");
    expect(spec.graph).toMatchObject({ entities: 100, linkProbability: Math.log(100) / 100 });
    expect(spec.at?.at(-1)).toBe(6);
  });

  it("spreads ranges evenly, on a linear or a logarithmic scale", async () => {
    const at = [
      { from: 0, to: 10, points: 3 },
      { from: 1, to: 10_000, points: 5, spacing: "log" },
    ];
    expect((await checkSpec({ graph: random, at }, "spec")).at).toEqual([0, 1, 5, 10, 100, 1000, 10_000]);
  });

  it("lets options replace fields, and times as a whole", async () => {
    const spec = { graph: random, steps: 100, at: [10, 100], seed: 7 };
    const overridden = await checkSpec(spec, "spec", { steps: 5, graph: { linkProbability: 0.5 } });
    expect(overridden).toMatchObject({ graph: { entities: 50, linkProbability: 0.5 }, seed: 7 });
    expect(overridden.at?.at(-1)).toBe(5);
    const back = await checkSpec({ graph: { ...overridden.graph } }, "spec", { graph: { lambda: 5 } });
    expect(back.graph).toMatchObject({ linkProbability: 0.1 });
    const file = await checkSpec(spec, "spec", { graph: { model: "file", file: "g.csv" }, at: [1] });
    expect(file).toMatchObject({ graph: { model: "file", file: "g.csv", entities: null }, at: [1] });
  });

  it("lets entities go with a graph file, and a number of links replace it", async () => {
    const spec = { graph: { model: "file", file: "g.csv" } };
    const larger = await checkSpec(spec, "spec", { graph: { entities: 50 } });
    expect(larger.graph).toEqual({ model: "file", file: "g.csv", entities: 50 });
    const drawn = await checkSpec(spec, "spec", { graph: { entities: 50, lambda: 0 } });
    expect(drawn.graph).toEqual({ model: "erdos-renyi", entities: 50, linkProbability: 0 });
    const read = await checkSpec({ graph: random }, "spec", { graph: { file: "g.csv", entities: 9 } });
    expect(read.graph).toEqual({ model: "file", file: "g.csv", entities: 9 });
  });

  it.each([
    [{ graph: { lambda: 60 } }, "--lambda: must be at most entities (50), got 60"],
    [{ graph: { entities: 1e12 } }, "--entities: too big"],
    [{ method: "trajectory", ties: "uniform" }, "--ties: method trajectory takes one tree for each source"],
    [{ clock: "poisson" }, "--clock: method literal takes whole steps"],
    [{ graph: { file: "g.csv" }, graphs: 2 }, "--graphs: a graph file is one graph"],
    [
      { graph: { file: "g.csv", linkProbability: 0.1 } },
      "--link-probability: a graph file has its own links",
    ],
    [{ replicates: 1e7 }, "--replicates: too big"],
    [{ at: [9], steps: 3 }, "--at: 9 is after the last step, 3"],
    [{ steps: 3, graph: { entities: 10 } }, "spec.json: /seed: too small"],
  ])("names the option that is wrong: %j", async (overrides, message) => {
    const seed = message.includes("/seed") ? -1 : 1;
    const refused = checkSpec({ graph: random, seed }, "spec.json", overrides);
    await expect(refused).rejects.toThrow(new RegExp(`^${message.replaceAll(/[()]/g, "\\$&")}`));
  });

  it.each([
    [{ graph: { ...random, lambda: -1 } }, "/graph/lambda: too small"],
    [{ graph: { ...random, lambda: 51 } }, "/graph/lambda: must be at most entities (50), got 51"],
    [{ graph: { ...random, linkProbability: 0.1 } }, "give either lambda or linkProbability"],
    [{ graph: { model: "erdos-renyi", entities: 5 } }, "give either lambda or linkProbability"],
    [
      { graph: { ...random, lambda: "1/0" } },
      '/graph/lambda: "1/0" is not an expression with a finite number',
    ],
    [{ graph: { ...random, lambda: "2 +" } }, '"2 +" is not an expression'],
    [{ graph: random, replicats: 3 }, 'unrecognized key: "replicats"'],
    [{ graph: random, replicates: 0 }, "/replicates: too small"],
    [{ graph: random, ties: "last" }, "/ties: invalid option"],
    [{ graph: random, at: [-1] }, "/at/0: too small"],
    [{ graph: random, at: [], steps: 3 }, "/at: too small"],
    [{ graph: random, at: [9], steps: 3 }, "/at: 9 is after the last step, 3"],
    [{ graph: random, at: [{ from: 9, to: 3, points: 3 }] }, "/at: a range runs from 9 down to 3"],
    [{ graph: random, at: [{ from: 0, to: 3, points: 3, spacing: "log" }] }, "starts at 1 or later"],
    [{ graph: { model: "file", file: "g.csv" }, graphs: 2 }, "/graphs: a graph file is one graph"],
    [{}, "names no graph"],
    ["text", "invalid input"],
  ])("refuses %j", async (value, message) => {
    await expect(checkSpec(value, "spec.json")).rejects.toThrow(message);
  });
});

describe("readSpec", () => {
  it("reads JSON and YAML alike", async () => {
    const json = await readSpec(JSON.stringify({ graph: random, steps: 10 }), "a.json");
    const yaml = "graph:\n  model: erdos-renyi\n  entities: 50\n  lambda: 2\nsteps: 10\n";
    expect(await readSpec(yaml, "a.yaml")).toEqual(json);
  });

  it("names the line of a problem", async () => {
    const text = '{\n  "graph": {"model": "erdos-renyi", "entities": 50,\n    "lambda": -1 }\n}';
    await expect(readSpec(text, "a.json")).rejects.toThrow(/^a\.json:3: \/graph\/lambda/);
    await expect(readSpec('{\n "graph": [\n', "a.json")).rejects.toThrow(/^a\.json:\d: /);
    const late = '{"graph": {"model": "erdos-renyi", "entities": 50, "lambda": 2},\n"steps": 3,\n"at": [9]}';
    await expect(readSpec(late, "a.json")).rejects.toThrow(/^a\.json:3: \/at: 9 is after/);
    await expect(readSpec("42", "a.json")).rejects.toThrow("a.json: is not a simulation spec");
  });
});

describe("aliases in YAML", () => {
  it("stand for what their anchor says", async () => {
    const text = "graph: {model: erdos-renyi, entities: &n 50, lambda: 2}\nsteps: *n\n";
    expect(await readSpec(text, "a.yaml")).toEqual(await checkSpec({ graph: random, steps: 50 }, "a.yaml"));
  });

  it("are refused at their line if there is no anchor before them", async () => {
    await expect(readSpec("title: x\ngraph: *b\n", "a.yaml")).rejects.toThrow(
      /^a\.yaml:2: \*b stands for nothing: no &b before it$/,
    );
  });

  it("are refused if they unfold without bounds, or into themselves", async () => {
    const nine = (name: string) => `[${Array.from({ length: 9 }, () => `*${name}`)}]`;
    const laughs = `a: &a [1, 1]\nb: &b ${nine("a")}\nc: &c ${nine("b")}\nd: ${nine("c")}\n`;
    await expect(readSpec(laughs, "a.yaml")).rejects.toThrow("a.yaml:2: aliases stand for too much");
    const self = "graph: {model: erdos-renyi, entities: 50, lambda: 2}\nat: &a [*a]\n";
    await expect(readSpec(self, "a.yaml")).rejects.toThrow(/^a\.yaml:2: \/at\/0: /);
  });
});

describe("simulations/", () => {
  const specs = readdirSync(SIMULATIONS).filter((name) => name.endsWith(".json") && !name.includes("schema"));

  it.each(specs)("%s is a spec", async (name) => {
    const spec = await readSpec(readFileSync(join(SIMULATIONS, name), "utf8"), name);
    expect(spec.title).not.toBe("");
  });

  it("three-regimes.json records the steps that its figure wants", async () => {
    const name = "three-regimes.json";
    const spec = await readSpec(readFileSync(join(SIMULATIONS, name), "utf8"), name);
    expect(spec.at).toEqual(threeRegimesSteps(100));
  });

  it("simulation.schema.json is the schema of the code (vitest --update writes it)", async () => {
    const schema = `${JSON.stringify(simulationJsonSchema(), null, 2)}\n`;
    await expect(schema).toMatchFileSnapshot(join(SIMULATIONS, "simulation.schema.json"));
  });
});
