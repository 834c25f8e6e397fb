import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { entigraph, entigraphJson, temporaryFolder } from "../support/terminal.ts";

/** The JSON keys that programs rely on. */
describe("spectrum --json", () => {
  const PATH = "# a path\n0 1\n1 2\n2 3\n3 4\n4 5\n";

  it("gives the closed forms of a path of 6", async () => {
    const file = join(temporaryFolder({ "path.txt": PATH }), "path.txt");
    const result = await entigraphJson("spectrum", file, "--at", "0,1,2.5,1e9");
    expect(result).toMatchObject({
      entities: 6,
      links: 5,
      pairs: 30,
      reachablePairs: 15,
      meanDistance: 35 / 15,
      tieRule: "first",
      rates: [
        { size: 1, count: 4 },
        { size: 2, count: 3 },
        { size: 3, count: 2 },
        { size: 4, count: 1 },
      ],
    });
    expect(result.curve.map(({ step }: { step: number }) => step)).toEqual([0, 1, 2.5, 1e9]);
    const density = result.curve.map((point: { density: number }) => point.density);
    expect(density[0]).toBe(5 / 30);
    expect(density[1]).toBeCloseTo(5 / 30 + 20 / 900, 15);
    const gained = [1, 2, 3, 4].map((size) => (5 - size) * (1 - (1 - size / 30) ** 2.5));
    expect(density[2]).toBeCloseTo((5 + gained.reduce((a, b) => a + b)) / 30, 14);
    expect(density[3]).toBeCloseTo(0.5, 14);
    expect(Object.keys(result.provenance)).toEqual(["package", "version", "command", "input", "files"]);
  });

  it("estimates the curve from some sources, and gives the exact one from all", async () => {
    const folder = temporaryFolder();
    const file = join(folder, "g.txt");
    await entigraph(`graph sample erdos-renyi --entities 400 --lambda 2 --out ${file}`.split(" "));
    const args = ["spectrum", file, "--entities", "400", "--at", "0,1000,100000"];
    const exact = await entigraphJson(...args);
    const all = await entigraphJson(...args, "--sources", "400");
    expect(Object.keys(all)).toEqual([...Object.keys(exact), "estimate"]);
    expect(all.estimate).toMatchObject({ confidence: 0.95, criticalValue: 0 });
    all.curve.forEach((point: Record<string, number>, i: number) => {
      expect(point["density"]).toBeCloseTo(exact.curve[i].density, 12);
      expect(point["standardError"]).toBe(0);
    });
    const some = await entigraphJson(...args, "--sources", "60", "--confidence", "0.99", "--seed", "2");
    expect(some.estimate.sources).toBeLessThanOrEqual(120);
    expect(some.provenance.input).toMatchObject({ sources: 60, confidence: 0.99, seed: 2 });
    some.curve.slice(1).forEach((point: Record<string, number>, i: number) => {
      expect(point["standardError"]).toBeGreaterThan(0);
      expect(point["lower"]).toBeLessThanOrEqual(exact.curve[i + 1].density);
      expect(point["upper"]).toBeGreaterThanOrEqual(exact.curve[i + 1].density);
    });
    expect((await entigraph([...args, "--sources", "60"])).stdout).toContain("Estimated from ");
  });

  it("keeps tie rules apart, adds isolated entities, reads triples with names", async () => {
    const triples = "head\trelation\ttail\ns\tr\tx\nx\tr\ta\nx\tr\tb\na\tr\ty\nb\tr\ty\ny\tr\tz\n";
    const file = join(temporaryFolder({ "t.tsv": triples }), "t.tsv");
    const first = await entigraphJson("spectrum", file);
    const uniform = await entigraphJson(
      "spectrum",
      file,
      "--ties",
      "uniform",
      "--format",
      "triples",
      "--entities",
      "8",
    );
    expect(first.rates).toEqual([
      { size: 1, count: 5 },
      { size: 2, count: 2 },
      { size: 3, count: 1 },
    ]);
    expect(uniform).toMatchObject({ entities: 8, pairs: 56, tieRule: "uniform" });
    expect(uniform.rates).toEqual([
      { size: 1, count: 4 },
      { size: 2, count: 4 },
    ]);
  });

  it("reports on stderr what it dropped, and keeps stdout clean", async () => {
    const file = join(temporaryFolder({ "g.csv": "source,target\n0,1\n1,1\n0,1\n1,2\n" }), "g.csv");
    const { stdout, stderr } = await entigraph(["spectrum", file, "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({ entities: 3, links: 2 });
    expect(stderr).toContain("dropped 1 self-loop\n");
    expect(stderr).toContain("dropped 1 repeated link\n");
    expect(stderr).toContain("took the first row for a header: source, target");
  });

  it("takes the first row for what --header says, and for a link where its words name entities", async () => {
    const folder = temporaryFolder({ "xyz.txt": "x y\ny z\nz x\n", "two.txt": "0 1\n1 2\n" });
    expect(await entigraphJson("spectrum", join(folder, "xyz.txt"))).toMatchObject({ entities: 3, links: 3 });
    const [auto, yes] = await Promise.all(
      ["auto", "yes"].map((header) =>
        entigraphJson("spectrum", join(folder, "two.txt"), "--header", header, "--entities", "3"),
      ),
    );
    expect(auto).toMatchObject({ links: 2, provenance: { input: { header: false } } });
    expect(yes).toMatchObject({ links: 1, provenance: { input: { header: true } } });
  });

  it.each([
    ["Person,Company\nAda,X\nX,Y\n", "auto", true],
    ["Person,Company\nAda,X\nX,Y\n", "no", false],
    ["Person,Company\nAda,X\nX,Person\n", "auto", false],
    ["Person,Company\nCompany,X\nX,Y\n", "auto", false],
    ["Person,Company\n", "auto", false],
    ["0,1\n2,3\n", "auto", false],
  ])(
    "says of %j, header %s, whether a first row taken for a link may be none",
    async (text, header, says) => {
      const file = join(temporaryFolder({ "g.csv": text }), "g.csv");
      const { stderr } = await entigraph(["graph", "info", file, "--header", header]);
      const note =
        "took the first row for a link, though its names stand nowhere else: Person, Company (--header";
      expect(stderr.includes(note)).toBe(says);
    },
  );

  it("prints no table of rates where nothing is left to be learned", async () => {
    const file = join(temporaryFolder({ "g.csv": "A,A\n" }), "g.csv");
    const { stdout } = await entigraph(["spectrum", file]);
    expect(stdout).toContain("Rates: none, as there is no link to be learned.\n");
    expect(stdout).not.toContain("size");
  });

  it("takes steps as amounts", async () => {
    const { points } = await entigraphJson(
      "theory",
      "--entities",
      "100",
      "--lambda",
      "3",
      "--at",
      "0,1.5k,1M",
    );
    expect(points.map(({ step }: { step: number }) => step)).toEqual([0, 1500, 1e6]);
  });

  it.each([
    ["1 2\n2 3\n3 1\n", "kept ids without a link: 1 of 4, 0 among them: do the ids count from 1?\n"],
    ["0 1\n1 4\n2 2\n", "kept ids without a link: 2 of 5\n"],
    ["0 1\n1 2\n", undefined],
    ['{"nodes":[{"id":0},{"id":1},{"id":2}],"links":[{"source":1,"target":2}]}', undefined],
    ["a b\nc c\n", undefined],
  ])("tells of ids without a link in %j", async (text, notice) => {
    const { code, stderr } = await entigraph(["spectrum", join(temporaryFolder({ "g.txt": text }), "g.txt")]);
    expect(code).toBe(0);
    if (notice === undefined) expect(stderr).not.toContain("without a link");
    else expect(stderr).toContain(notice);
  });

  it("has no NaN for graphs without pairs or links", async () => {
    const folder = temporaryFolder({ "one.txt": "0 0\n", "none.txt": "# nothing\n" });
    expect(await entigraphJson("spectrum", join(folder, "one.txt"))).toMatchObject({
      entities: 1,
      links: 0,
      pairs: 0,
      reachablePairs: 0,
      meanDistance: null,
      rates: [],
      curve: [{ step: 0, density: 0 }],
    });
    const none = await entigraphJson("spectrum", join(folder, "none.txt"), "--entities", "4", "--at", "5");
    expect(none).toMatchObject({ entities: 4, links: 0, curve: [{ step: 5, density: 0 }] });
  });
});

describe("simulate --json", () => {
  it("gives mean, standard error and the exact curve of the same graphs", async () => {
    const args = ["simulate", "--entities", "20", "--lambda", "2", "--replicates", "5", "--seed", "3"];
    const result = await entigraphJson(...args, "--at", "0,100,400");
    expect(result.curve).toHaveLength(3);
    expect(Object.keys(result.curve[1])).toEqual([
      "step",
      "density",
      "standardError",
      "standardErrorOverGraphs",
      "lower",
      "upper",
      "exact",
    ]);
    expect(result.provenance.input).toMatchObject({ seed: 3, graph: { linkProbability: 0.1 } });
    expect(await entigraphJson(...args, "--at", "0,100,400")).toEqual(result);
    const other = await entigraphJson(...args, "--at", "0,100,400", "--seed", "4");
    expect(other.curve).not.toEqual(result.curve);
  });

  it.each([
    ["first", "literal"],
    ["random", "literal"],
    ["first", "trajectory"],
    ["random", "trajectory"],
  ])("has the exact curve of spectrum for a graph from a file, ties %s, method %s", async (ties, method) => {
    // From 0 to 5 there are three shortest paths: rule random takes them by its seed.
    const links = "0 1\n0 2\n0 3\n1 4\n2 4\n3 4\n4 5\n5 0\n2 6\n";
    const file = join(temporaryFolder({ "g.txt": links }), "g.txt");
    const common = ["--at", "0,7,50", "--ties", ties, ...(ties === "random" ? ["--seed", "7"] : [])];
    const run = ["simulate", "--graph", file, "--replicates", "2", "--method", method];
    const simulated = await entigraphJson(...run, ...common);
    expect(simulated.provenance.input).toMatchObject({ ties, method, clock: "discrete" });
    const spectrum = await entigraphJson("spectrum", file, ...common);
    const exact = simulated.curve.map(({ step, exact }: { step: number; exact: number }) => ({
      step,
      density: exact,
    }));
    expect(exact).toEqual(spectrum.curve);
  });

  it("finds the graph of a spec beside the spec, and lets options replace what it says", async () => {
    const spec = { graph: { model: "file", file: "g.txt" }, steps: 100, seed: 5, replicates: 2 };
    const folder = temporaryFolder({ "s.json": JSON.stringify(spec), "g.txt": "a b\nb c\nc a\n" });
    const result = await entigraphJson("simulate", join(folder, "s.json"), "--seed", "6", "--steps", "9");
    expect(result.provenance.input).toMatchObject({ seed: 6, replicates: 2 });
    expect(Object.keys(result.provenance.files)).toEqual(["g.txt"]);
    expect(result.curve.at(-1).step).toBe(9);
  });

  it("adds isolated entities to the graph of a file, and takes a graph without links", async () => {
    const spec = { graph: { model: "file", file: "g.txt" }, steps: 100, replicates: 2 };
    const folder = temporaryFolder({ "s.json": JSON.stringify(spec), "g.txt": "0 1\n1 2\n2 0\n" });
    const larger = await entigraphJson("simulate", join(folder, "s.json"), "--entities", "50");
    expect(larger).toMatchObject({ entities: 50, links: 3, reachablePairs: 6 });
    const empty = ["simulate", "--entities", "9", "--lambda", "0", "--steps", "5", "--replicates", "2"];
    expect(await entigraphJson(...empty)).toMatchObject({ entities: 9, links: 0, reachablePairs: 0 });
  });

  it("writes the same document to --out and leaves no journal", async () => {
    const folder = temporaryFolder();
    const out = join(folder, "deep", "result.json");
    const args = ["simulate", "--entities", "10", "--lambda", "2", "--steps", "20"];
    const { stdout, code } = await entigraph([...args, "--json", "--out", out]);
    expect(code).toBe(0);
    expect(readFileSync(out, "utf8")).toBe(stdout);
    expect(() => readFileSync(`${out}.partial`)).toThrow();
  });
});

describe("theory --json", () => {
  it("gives extinction, reachable share, bounds and formula", async () => {
    const result = await entigraphJson(
      "theory",
      "--entities",
      "10000",
      "--lambda",
      "3",
      "--at",
      "0,9999000,1e15",
    );
    expect(result.extinctionProbability).toBeCloseTo(0.0595202, 7);
    expect(result.reachableShare).toBeCloseTo(0.8845022, 7);
    const [start, middle, end] = result.points;
    for (const key of ["step", "theorem1Lower", "theorem1Upper", "paperFormula"])
      expect(start).toHaveProperty(key);
    expect(start.paperFormula).toBeCloseTo(0.0003, 12);
    // s = t/N = 0.1, N = 10 000 · 9 999.
    expect(middle.paperFormula).toBeCloseTo(0.1914, 4);
    expect(end.paperFormula).toBeCloseTo(0.0003 + 0.8845022, 7);
    expect(end.theorem1Lower).toBeCloseTo(0.9 * (0.0003 + 0.8845022), 7);
    expect(end.theorem1Upper).toBeCloseTo(1.1 * (0.0003 + 0.8845022), 7);
  });

  it("takes λ or p, and ε", async () => {
    const by = (...args: string[]) => entigraphJson("theory", "--entities", "50", "--at", "10", ...args);
    const byLambda = await by("--lambda", "2");
    expect((await by("--link-probability", "0.04")).points).toEqual(byLambda.points);
    const sharp = await by("--lambda", "2", "--epsilon", "0");
    expect(sharp.points[0].theorem1Lower).toBeGreaterThan(byLambda.points[0].theorem1Lower);
  });
});

describe("fit --json", () => {
  it("finds the fit that the paper prints", async () => {
    const result = await entigraphJson("fit", "quality-entigraph", "--terms", "3", "--at", "0,1000");
    // To the printed digits: the paper stopped less than one unit of the last of them from the optimum.
    expect(Math.abs(result.plateau - 64.5456)).toBeLessThan(1e-4);
    const printed = [
      { amplitude: 13.8352, ratio: 0.99891 },
      { amplitude: 8.4705, ratio: 0.89607 },
      { amplitude: 3.932, ratio: 0.0546 },
    ];
    expect(result.terms).toHaveLength(3);
    printed.forEach(({ amplitude, ratio }, i) => {
      expect(Math.abs(result.terms[i].amplitude - amplitude)).toBeLessThan(1e-4);
      expect(Math.abs(result.terms[i].ratio - ratio)).toBeLessThan(1e-5);
      expect(Math.exp(-result.terms[i].rate)).toBe(result.terms[i].ratio);
    });
    expect(result.sse).toBeLessThanOrEqual(2.42492);
    expect(result.rmse).toBeCloseTo(Math.sqrt(result.sse / 36), 14);
    // 36·ln(SSE/36) + 2k + 2k(k + 1)/(36 − k − 1) with k = 8: seven coefficients and σ.
    expect(result.aicc).toBeCloseTo(36 * Math.log(result.sse / 36) + 16 + 144 / 27, 10);
    expect(result).toMatchObject({ points: 36, model: "mixture of exponentials, 3 terms" });
    expect(result.predictions[0].x).toBe(0);
    expect(result.predictions[0].mean).toBeCloseTo(38.308, 3);
    expect(result.source.reference).toBe("Yang2025");
  });

  it("reads tables, by column name, number and condition", async () => {
    const rows = Array.from({ length: 8 }, (_, i) => `A,${i},${10 - 8 * Math.exp(-0.5 * i)}\nB,${i},0`);
    const file = join(temporaryFolder({ "r.csv": `set,tokens,score\n${rows.join("\n")}\n` }), "r.csv");
    for (const [x, y] of [
      ["tokens", "score"],
      ["2", "3"],
    ] as const) {
      const args = ["fit", file, "--x", x, "--y", y, "--where", "set=A", "--terms", "1"];
      const result = await entigraphJson(...args);
      expect(result).toMatchObject({ x: "tokens", y: "score", points: 8 });
      expect(result.plateau).toBeCloseTo(10, 9);
      expect(result.terms[0].amplitude).toBeCloseTo(8, 9);
      expect(result.terms[0].rate).toBeCloseTo(0.5, 9);
      expect(result.aicc === null || Number.isFinite(result.aicc)).toBe(true);
    }
  });
});

describe("dataset --json", () => {
  it("lists and shows", async () => {
    const { datasets } = await entigraphJson("dataset", "list");
    expect(datasets.map(({ name, rows }: { name: string; rows: number }) => [name, rows])).toEqual([
      ["quality-entigraph", 36],
      ["quality-rephrase", 20],
      ["quality-qa-sft", 15],
      ["news-variations", 46],
      ["new-facts-epochs-gpt2", 41],
    ]);
    const shown = await entigraphJson("dataset", "show", "quality-qa-sft");
    expect(shown.rows[0]).toEqual(["0.276", "39.3"]);
    expect(shown.source.licence).toBe("Apache-2.0");
  });

  it("writes the numbers alone, to standard output or a file", async () => {
    const out = join(temporaryFolder(), "r.csv");
    const { stdout: printed } = await entigraph(["dataset", "show", "quality-qa-sft", "--csv"]);
    expect(printed).toMatch(/^.*\n0\.276,39\.3\n/);
    const { stdout } = await entigraph(["dataset", "show", "quality-qa-sft", "--csv", "--out", out]);
    expect(stdout).toBe("");
    expect(readFileSync(out, "utf8")).toBe(printed);
  });
});
