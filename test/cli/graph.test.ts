import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { readAnyGraph } from "../../src/graph/readAnyGraph.ts";
import { readGraph } from "../../src/graph/readGraph.ts";
import { readySimulation } from "../../src/run/readySimulation.ts";
import { simulationGraph } from "../../src/run/simulate.ts";
import { checkSpec } from "../../src/spec/readSpec.ts";
import { namedLinks } from "../support/graphs.ts";
import { entigraph, entigraphJson, temporaryFolder } from "../support/terminal.ts";

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

describe("a graph file in any format", () => {
  const FIXTURES = "test/graph/fixtures";

  it.each(["networkx.graphml", "networkx.gexf", "networkx.json", "igraph.graphml"])(
    "%s, packed or not, has the spectrum and the simulation of the edge list",
    async (name) => {
      const packed = join(temporaryFolder({ g: gzipSync(readFileSync(join(FIXTURES, name))) }), "g");
      const results = async (file: string) => {
        const { spectrum, curve } = await entigraphJson("spectrum", file, "--at", "0,9");
        const run = await entigraphJson("simulate", "--graph", file, "--replicates", "2", "--at", "5");
        return { spectrum, curve, simulated: run.curve };
      };
      const expected = await results(join(FIXTURES, "links.csv"));
      expect(expected.curve).toHaveLength(2);
      for (const file of [join(FIXTURES, name), packed]) expect(await results(file)).toEqual(expected);
      const { stderr } = await entigraph(["graph", "info", packed]);
      const format = name.split(".")[1];
      expect(stderr).toContain(`${packed}: read as ${format} (nodes and `);
    },
  );

  it("tells what an undirected graph was taken for", async () => {
    const file = join(FIXTURES, "networkx-undirected.gexf");
    const { stderr } = await entigraph(["graph", "info", file, "--format", "gexf"]);
    expect(stderr).toContain("took all 6 edges, which have no direction, for links both ways");
  });
});

describe("graph convert", () => {
  const LINKS = "test/graph/fixtures/links.csv";

  it("keeps names and links from each format to the next, and says where the graph is from", async () => {
    const folder = temporaryFolder();
    const original = readAnyGraph(readFileSync(LINKS, "utf8"), LINKS).graph;
    let file = LINKS;
    for (const name of ["a.graphml.gz", "b.gexf", "c.json.gz", "d.csv"]) {
      const out = join(folder, name);
      const summary = await entigraphJson("graph", "convert", file, "--out", out);
      expect(summary).toMatchObject({ entities: 6, links: 7, dropped: { selfLoops: 0, repeated: 0 } });
      expect(summary.provenance).toMatchObject({
        command: "graph convert",
        input: { file, header: file === LINKS },
      });
      expect(Object.keys(summary.provenance.files)).toEqual([file]);
      file = out;
    }
    const text = readFileSync(file, "utf8");
    expect(text).toMatch(/^# entigraph \S+ graph convert \{"file":".*c\.json\.gz","format":"json",/);
    expect(namedLinks(readAnyGraph(text, file).graph)).toEqual(namedLinks(original));
    const { stdout } = await entigraph(["graph", "convert", LINKS, "--to", "gexf", "--entities", "7"]);
    expect(readAnyGraph(stdout, "stdout").graph.labels).toEqual([...original.labels!, "isolated 1"]);
  });

  it("says how many entities an edge list leaves out, and which formats keep them", async () => {
    const folder = temporaryFolder({ "g.txt": "0 1\n" });
    const converted = (format: string) =>
      entigraph(["graph", "convert", join(folder, "g.txt"), "--entities", "4", "--to", format]);
    expect((await converted("edges")).stderr).toContain(
      "without links, so not in the edge list: 2 of 4 entities; json, graphml and gexf keep them\n",
    );
    expect((await converted("json")).stderr).not.toContain("edge list:");
  });
});

describe("graph sample", () => {
  const MODELS = [
    "erdos-renyi --entities 50 --lambda 3",
    "erdos-renyi --entities 50 --link-probability 0.06",
    "configuration --entities 50 --degree 3",
    "configuration --degrees @degrees.csv",
    "stochastic-block --blocks 20,30 --inside 0.2 --between 0.01",
    "preferential-attachment --entities 50 --links-each 2 --reciprocity 0.5",
    "small-world --entities 50 --links-each 3 --rewiring 0.1",
  ];
  const FILES = { "degrees.csv": "out,in\n2,0\n1,1\n0,2\n" };

  it.each(MODELS)(
    "%s writes an edge list that is read back, and the same for the same seed",
    async (model) => {
      const folder = temporaryFolder(FILES);
      const args = ["graph", "sample", ...model.replace("@", `${folder}/`).split(" "), "--seed", "5"];
      const out = join(folder, "g.txt");
      const summary = await entigraphJson(...args, "--out", out);
      const text = readFileSync(out, "utf8");
      expect((await entigraph(args)).stdout).toBe(text);
      expect(readGraph(text, out).graph.targets).toHaveLength(summary.links);
      expect(readGraph(text, out).dropped).toEqual({ selfLoops: 0, repeated: 0 });
      expect(text).toContain(`# ${summary.entities} entities, ${summary.links} links`);
      expect(summary.provenance.input).toMatchObject({ model: model.split(" ")[0], seed: 5 });
      if (!model.includes("@")) {
        expect((await entigraph([...args, "--seed", "6"])).stdout).not.toBe(text);
        expect(summary.entities).toBe(50);
      }
    },
  );

  const SMALL = "graph sample erdos-renyi --entities 30 --lambda 1".split(" ");

  it.each(["json", "graphml", "gexf"])(
    "writes %s where the file is called so or the option says it",
    async (format) => {
      const folder = temporaryFolder();
      const file = join(folder, `g.${format}`);
      const printed = (await entigraph([...SMALL, "--format", format])).stdout;
      for (const out of [file, `${file}.gz`]) await entigraph([...SMALL, "--out", out]);
      expect(readFileSync(file, "utf8")).toBe(printed);
      expect(gunzipSync(readFileSync(`${file}.gz`)).toString()).toBe(printed);
      const read = readAnyGraph(printed, file);
      expect(read.format).toBe(format);
      expect(read.graph).toEqual(readGraph((await entigraph(SMALL)).stdout, "", { vertexCount: 30 }).graph);
      // How it was drawn travels with it.
      expect(printed.replaceAll("&#34;", '"').replaceAll('\\"', '"')).toContain(
        '"model":"erdos-renyi","entities":30',
      );
      expect((await entigraphJson("graph", "info", `${file}.gz`)).entities).toBe(30);
    },
  );

  it("compresses to the same bytes at any time", async () => {
    const out = join(temporaryFolder(), "g.txt.gz");
    await entigraph([...SMALL, "--out", out]);
    const bytes = readFileSync(out);
    // The time of RFC 1952: none.
    expect([...bytes.subarray(0, 8)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]);
    vi.useFakeTimers({ now: 0, toFake: ["Date"] });
    onTestFinished(() => void vi.useRealTimers());
    await entigraph([...SMALL, "--out", out]);
    expect(readFileSync(out)).toEqual(bytes);
    expect(gunzipSync(bytes).toString()).toBe((await entigraph(SMALL)).stdout);
  });

  it("draws the graph that a simulation with the same seed draws", async () => {
    const graph = { model: "erdos-renyi", entities: 40, lambda: 2 };
    const ready = await readySimulation(await checkSpec({ graph, seed: 8 }, "spec"), ".", () => {});
    const args = "graph sample erdos-renyi --entities 40 --lambda 2 --seed 8".split(" ");
    const { stdout } = await entigraph(args);
    expect(readGraph(stdout, "stdout").graph.targets).toEqual(simulationGraph(ready, 0).targets);
  });

  it("keeps the degrees of a small world without rewiring", async () => {
    const { stdout } = await entigraph(
      "graph sample small-world --entities 5 --links-each 1 --rewiring 0".split(" "),
    );
    expect(stdout.split("\n").slice(2)).toEqual(["0 1", "1 2", "2 3", "3 4", "4 0", ""]);
  });
});
