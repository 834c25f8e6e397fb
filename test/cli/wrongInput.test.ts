import { mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { Writable } from "node:stream";
import { setTimeout } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { runCli } from "../../src/cli/main.ts";
import { entigraph, temporaryFolder } from "../support/terminal.ts";

const FILES = {
  "ragged.csv": "a,b\n1,2\n2,3\n3,4\n4,5\n5,6\n6\n7,8\n",
  "text.csv": "x,y\n1,2\n2,oops\n3,4\n4,5\n",
  "slip.csv": "1,2o\n2,3\n3,3.5\n4,4\n",
  "wide.csv": "x,y\n1e-300,5\n2e300,6\n3,7\n4,8\n5,9\n6,9\n",
  "few.csv": "x,y\n1,2\n2,3\n3,4\n4,5\n",
  "negative.csv": "x,y\n1,2\n-2,3\n3,4\n4,5\n",
  "binary.csv": "a,b\n\0\0,1\n",
  "empty.txt": "",
  "links.txt": "0 1\n1 2\n",
  "shape.json": '{"edges": [[0, 1]]}',
  "list.json": "[1,2]\n",
  "flat.json": '{"entities": 20, "lambda": 2}',
  "cut.json": '{"nodes": [\n{"id": 0},\n',
  "stray.json": '{"nodes": [{"id": 0}], "links": [{"source": 0, "target": 1}]}',
  "cut.graphml": '<graphml>\n<graph edgedefault="directed">\n<node id="a"/>\n',
  "stray.gexf": '<gexf>\n<graph><nodes><node id="a"/></nodes>\n<edge source="a" target="b"/></graph></gexf>',
  "pair.json": '{"directed": true, "nodes": [{"id": 0}, {"id": 1}], "links": []}',
  "spaced.json": '{"directed": true, "nodes": [{"id": " b"}, {"id": "a\\u0001"}], "links": []}',
  "cut.gz": gzipSync("0 1\n1 2\n").subarray(0, 15),
  "four.txt": "0 1 2 3\n",
  "weights.csv": "from,to,weight\n0,1,0.5\n1,2,0.7\n",
  "quoted.txt": '"a b" c\n',
  "open.csv": 'a,b\n1,"2\n3,4\n',
  "latin1.csv": Buffer.from("a,b\nZ\u00FCrich,Bern\n", "latin1"),
  "bad.json": '{"graph": {"model": "erdos-renyi", "entities": 30,\n"lambda": -1}}',
  "method.json": '{"graph": {"model": "erdos-renyi", "entities": 30, "lambda": 2},\n"method": "fast"}',
  "uniform.json": '{"graph": {"model": "erdos-renyi", "entities": 30, "lambda": 2},\n"ties": "uniform"}',
  "typo.json": '{"graph": {"model": "erdos-renyi", "entities": 30, "lambda": 2},\n "replicats": 3}',
  "broken.json": '{"graph": {',
  "file.json": '{"graph": {"model": "file", "file": "links.txt"}}',
  "alias.yaml": "title: x\ngraph: *b\n",
  "drawn.json": '{"graph": {"model": "erdos-renyi", "entities": "randomInt(5,50)", "lambda": 2}}',
};

/** Arguments ("@name" is a file of the list above) and how the line on stderr goes on after "entigraph: ". */
const CASES: readonly [args: string, message: string][] = [
  ["fit nofile.csv", "nofile.csv: no such file, and no dataset of that name; datasets: quality-entigraph,"],
  ["fit @ragged.csv", "@ragged.csv:7: expected 2 columns as in the first row (line 1), found 1"],
  ["fit @text.csv --terms 1", '@text.csv:3: column "y" holds "oops", not a number'],
  ["fit @slip.csv --terms 1", '@slip.csv:1: column 2 holds "2o", not a number, in a first row with numbers'],
  [
    "forecast @slip.csv --at 9",
    '@slip.csv:1: column 2 holds "2o", not a number, in a first row with numbers',
  ],
  [
    "fit @wide.csv --terms 1",
    "@wide.csv: x must be within 300 decades of the smallest positive x, got 1e-300 to 2e+300",
  ],
  ["plan @wide.csv --target 9", "@wide.csv: x must be within 300 decades of the smallest positive x, got"],
  ["compare @wide.csv", "@wide.csv: x must be within 300 decades of the smallest positive x, got"],
  ["forecast @wide.csv --at 9", "@wide.csv: x must be within 300 decades of the smallest positive x, got"],
  ["fit @few.csv --terms 3", "@few.csv: a fit with 3 terms has 7 parameters and needs as many points, got 4"],
  ["fit @negative.csv --terms 1", '@negative.csv:3: column "x" holds -2; x must be >= 0'],
  ["fit @binary.csv", "@binary.csv: is not text"],
  ["fit @empty.txt", "@empty.txt: is empty"],
  [
    "fit @few.csv --terms 1 --rate-range 2,1",
    "--rate-range: must be a positive number and a greater one, such as 0.001,2, got 2,1",
  ],
  ["fit @few.csv --terms 0", "--terms: must be a whole number >= 1, got 0"],
  ["fit @few.csv --terms 1.5", "--terms: must be a whole number >= 1, got 1.5"],
  ["fit @few.csv --at 1,x", '--at: must be numbers >= 0 separated by commas, but item 2 is "x"'],
  ["fit @few.csv --at 5%", '--at: must be numbers >= 0 separated by commas, but item 1 is "5%"'],
  ["forecast @few.csv --at 9 --x y --y y", '--x: names column "y", which --y names too'],
  ["compare @few.csv --standard-error 1 --x x", '--x: names column "x", which --standard-error names too'],
  ["fit @few.csv --questions 0", "--questions: must be a whole number >= 1, got 0"],
  ["fit @few.csv --questions z", '@few.csv: has no column "z"; it has x, y'],
  ["plan @few.csv --standard-error z", '@few.csv: has no column "z"; it has x, y'],
  [
    "compare @few.csv --correct y",
    "--correct: needs the number of questions asked: give --questions <column>",
  ],
  ["forecast @few.csv --at 9 --ceiling many", "--ceiling: must be a number, got many"],
  ["fit @few.csv --where x", "--where: must be column=value, got x"],
  ["fit @few.csv --where x=9", "@few.csv: no row has x = 9; there are 1, 2, 3, 4"],
  ["fit @few.csv --x z --terms 1", '@few.csv: has no column "z"; it has x, y'],
  ["fit news-variations", "news-variations: holds several curves; choose one, such as --where method=RTW"],
  ["spectrum nofile.txt", "nofile.txt: no such file"],
  ["spectrum @", "@: is a folder, not a file"],
  ["spectrum @empty.txt", "@empty.txt: holds no links"],
  [
    "spectrum @four.txt",
    "@four.txt:1: expected 2 columns (tail, head) or 3 (head, relation, tail), found 4 columns",
  ],
  [
    "spectrum @weights.csv",
    '@weights.csv: column 3 is called "weight", which is no entity; drop that column to read edges',
  ],
  ["spectrum @shape.json", "@shape.json: expected node-link JSON"],
  ["spectrum @list.json", "@list.json: expected node-link JSON"],
  ["spectrum @cut.json", "@cut.json:3: is not JSON: "],
  ["graph info @stray.json", '@stray.json: links[0]: no node has the id "1"'],
  ["spectrum @cut.graphml", "@cut.graphml:4: is not XML: unclosed tag: "],
  ["simulate --graph @stray.gexf", '@stray.gexf:3: no node has the id "b"'],
  ["spectrum @stray.gexf --format graphml", "@stray.gexf:1: expected the element <graphml>, found <gexf>"],
  ["spectrum @pair.json --entities 1", "@pair.json: holds 2 entities, too many for 1 entities"],
  ["spectrum @pair.json --header yes", "--header: has no effect on json"],
  ["spectrum @cut.gz", "@cut.gz: is a gzip file that ends too soon"],
  ["fit @cut.gz", "@cut.gz: is a gzip file that ends too soon"],
  ["spectrum @quoted.txt", "@quoted.txt:1: quotes do not hold between spaces; separate the columns by"],
  ["spectrum @open.csv", "@open.csv:2: a quoted cell is not closed, or a quote stands inside a cell"],
  ["spectrum @latin1.csv", "@latin1.csv:2: holds bytes that are not UTF-8; save the file as UTF-8"],
  ["fit @latin1.csv", "@latin1.csv:2: holds bytes that are not UTF-8; save the file as UTF-8"],
  ["spectrum @links.txt --header maybe", "--header: must be auto or yes or no, got maybe"],
  [
    "spectrum @links.txt --format triples",
    "@links.txt:1: expected 3 columns (head, relation, tail), found 2 columns",
  ],
  [
    "spectrum @links.txt --format graph",
    "--format: must be auto or edges or triples or json or graphml or gexf, got graph",
  ],
  ["spectrum @links.txt --ties last", "--ties: must be first or uniform or random, got last"],
  ["spectrum @links.txt --entities 2", "@links.txt: holds entity id 2, too many for 2 entities"],
  ["spectrum @links.txt --at 1,,2", '--at: must be numbers >= 0 separated by commas, but item 2 is ""'],
  ["spectrum @links.txt --at -1", '--at: must be numbers >= 0 separated by commas, but item 1 is "-1"'],
  ["spectrum @links.txt --at NaN", '--at: must be numbers >= 0 separated by commas, but item 1 is "NaN"'],
  ["spectrum @links.txt --workers 0", "--workers: must be a whole number from 1 to 1024, got 0"],
  ["spectrum @links.txt --workers 1e9", "--workers: must be a whole number from 1 to 1024, got 1e9"],
  ["spectrum @links.txt --out @links.txt/x.json", "@links.txt/x.json: a part of this path is not a folder"],
  ["spectrum @links.txt --sources 1", "--sources: must be a whole number >= 2, got 1"],
  ["spectrum @links.txt --sources 2 --confidence 1", "--confidence: must be a number between 0 and 1, got 1"],
  ["spectrum @links.txt --confidence 0.9", "--confidence: has no effect without --sources or --error"],
  ["spectrum @links.txt --seed 2", "--seed: has no effect without --sources, --error or"],
  ["spectrum @links.txt --error 0.1 --sources 2", "--error: chooses the number of sources itself; leave out"],
  ["spectrum @links.txt --error 0", "--error: must be a number between 0 and 1, got 0"],
  ["spectrum @links.txt --error -0.1", "--error: must be a number between 0 and 1, got -0.1"],
  ["spectrum @links.txt --error 1", "--error: must be a number between 0 and 1, got 1"],
  ["spectrum @links.txt --error lots", "--error: must be a number between 0 and 1, got lots"],
  ["graph info nofile.txt", "nofile.txt: no such file"],
  [
    "graph info @links.txt --format graph",
    "--format: must be auto or edges or triples or json or graphml or gexf, got graph",
  ],
  ["graph info @links.txt --seed x", "--seed: must be a whole number >= 0, got x"],
  ["graph info @links.txt --entities 1e9", "--entities: must be a whole number from 1 to 94906266, got 1e9"],
  [
    "simulate --graph @links.txt --entities 1e9",
    "--entities: must be a whole number from 2 to 94906266, got",
  ],
  ["graph convert nofile.csv", "nofile.csv: no such file"],
  ["graph convert @links.txt --json", "--json: needs --out: standard output takes the graph"],
  ["graph convert @links.txt --to triples", "--to: must be edges or json or graphml or gexf, got triples"],
  ["graph convert @spaced.json --to edges", '" b": cannot be a name in an edge list, for spaces around it'],
  ["graph convert @spaced.json --to gexf", '"a\\u0001": holds a character that gexf cannot; write json'],
  ["graph sample erdos-renyi --entities 9", "--lambda: give either --lambda or --link-probability"],
  ["graph sample erdos-renyi --lambda 2", "required option '--entities <V>' not specified"],
  [
    "graph sample erdos-renyi --entities 9 --lambda 10",
    "--lambda: must be at most the number of entities (9)",
  ],
  [
    "graph sample erdos-renyi --entities 9 --lambda 2 --json",
    "--json: needs --out: standard output takes the graph",
  ],
  [
    "graph sample erdos-renyi --entities 9 --lambda 2 --format triples",
    "--format: must be edges or json or graphml or gexf, got triples",
  ],
  ["graph sample configuration", "--degrees: give either --degrees, or --entities and --degree"],
  ["graph sample configuration --degrees nofile.csv", "nofile.csv: no such file"],
  ["graph sample configuration --degrees @text.csv", "@text.csv:3: expected two whole numbers, links from"],
  [
    "graph sample configuration --degrees @few.csv",
    "@few.csv: 10 links begin and 14 end; the two columns must",
  ],
  [
    "graph sample stochastic-block --blocks 5,5 --inside 2 --between 0",
    "--inside: must be a number from 0 to 1",
  ],
  ["graph sample stochastic-block --blocks 0 --inside 1 --between 0", "vertexCount must be an integer"],
  [
    "graph sample preferential-attachment --entities 9 --links-each 0",
    "--links-each: must be a whole number from 1",
  ],
  [
    "graph sample small-world --entities 3 --links-each 3 --rewiring 0",
    "linksEach must be an integer from 1 to 2",
  ],
  ["graph sample lattice", "unknown command 'lattice'"],
  ...[-1, 0, 0.5, 1, 200].map((lambda): [string, string] => [
    `theory --entities 100 --lambda ${lambda}`,
    `--lambda: must be above 1 and at most the number of entities (100), got ${lambda}`,
  ]),
  [
    "theory --entities 100 --link-probability 0.01",
    "--link-probability: must be above 1/V (0.01) and at most 1",
  ],
  ["theory --entities 100 --lambda 1.0001", "entities must be so large that (1 + ε) ln V"],
  ["theory --entities 100", "--lambda: give either --lambda or --link-probability"],
  ["theory --entities 1 --lambda 2", "--entities: must be a whole number from 2 to 94906266, got 1"],
  ["theory --entities 9 --link-probability 1.2", "--link-probability: must be a number from 0 to 1, got 1.2"],
  ["theory --entities 9 --lambda 2 --epsilon -1", "--epsilon: must be a number >= 0, got -1"],
  ["theory --lambda 2", "required option '--entities <V>' not specified"],
  ["simulate", "simulate: names no graph"],
  ["simulate nofile.json", "nofile.json: no such file"],
  ["simulate @bad.json", "@bad.json:2: /graph/lambda: too small"],
  ["simulate @typo.json", '@typo.json:1: unrecognized key: "replicats"'],
  ["simulate @broken.json", "@broken.json:1: "],
  [
    "simulate --entities 20 --lambda 2 --link-probability 0.1",
    "--lambda: give either --lambda or --link-probability",
  ],
  [
    "simulate --entities 20 --lambda 2 --at 1.5",
    "--at: must be whole numbers from 0 to 9007199254740991 separated by commas, but item 1",
  ],
  ["simulate --entities 20 --lambda 2 --at 9 --steps 3", "--at: 9 is after the last step, 3"],
  ["simulate @file.json --at 9 --steps 3", "--at: 9 is after the last step, 3"],
  ["simulate @file.json --ties bogus", "--ties: must be first or uniform or random, got bogus"],
  ["simulate @file.json --method fast", "--method: must be literal or trajectory, got fast"],
  ["simulate @file.json --method trajectory --clock real", "--clock: must be discrete or poisson, got real"],
  ["simulate @file.json --clock poisson", "--clock: method literal takes whole steps; a Poisson clock needs"],
  ["simulate @file.json --method trajectory --ties uniform", "--ties: method trajectory takes one tree for"],
  [
    "simulate @method.json",
    '@method.json:2: /method: invalid option: expected one of "literal"|"trajectory"',
  ],
  ["simulate @uniform.json --method trajectory", "@uniform.json:2: /ties: method trajectory takes one tree"],
  ["simulate @file.json --graphs 2", "--graphs: a graph file is one graph"],
  ["simulate @file.json --lambda 2", "--lambda: a graph file has its own links; for a random graph give"],
  ["simulate --graph @links.txt --lambda 2", "--lambda: a graph file has its own links; for a random graph"],
  ["simulate --entities 20 --lambda 21", "--lambda: must be at most entities (20), got 21"],
  ["simulate --entities 20 --lambda -1", "--lambda: must be a number >= 0, got -1"],
  [
    "simulate --entities 20",
    "simulate: names no graph: give --entities with --lambda or --link-probability,",
  ],
  ["simulate --lambda 2", "simulate: names no graph: give --entities with --lambda or --link-probability,"],
  ["simulate @flat.json", '@flat.json: names no graph: give "graph" with "entities" and "lambda" or'],
  [
    "simulate --entities 20 --lambda 2 --at 1e18",
    '--at: must be whole numbers from 0 to 9007199254740991 separated by commas, but item 1 is "1e18"',
  ],
  [
    "simulate --entities 10 --lambda 2 --graphs 10000 --replicates 1000000 --at 1,2",
    "replicates: at most 10000000 runs can be kept, got 10000 graphs x 1000000 replicates",
  ],
  [
    "simulate --entities 10 --lambda 2 --graphs 4 --replicates 1000000 --steps 1000",
    "replicates: at most 100000000 numbers can be kept, got 4 graphs x 1000000 replicates x",
  ],
  ["simulate @alias.yaml", "@alias.yaml:2: *b stands for nothing: no &b before it"],
  ["simulate @drawn.json", '@drawn.json:1: /graph/entities: "randomInt(5,50)" may not use randomInt;'],
  [
    "simulate --entities 20000 --lambda 2",
    "entities: method literal keeps all V² pairs and takes at most 10000 entities, got 20000; method",
  ],
  ["simulate --entities 20 --lambda 2 --replicates 0", "--replicates: must be a whole number >= 1, got 0"],
  ["simulate --entities 20 --lambda 2 --seed -1", "--seed: must be a whole number >= 0, got -1"],
  ["dataset show quality", "quality: no such dataset; there are quality-entigraph,"],
  ["dataset show quality-entigraph --csv --json", "--csv: and --json cannot both be given"],
  ["paper --seed x", "--seed: must be a whole number >= 0, got x"],
  ["spectrum @links.txt --bogus", "unknown option '--bogus'"],
  ["spectrum", "missing required argument 'file'"],
  ["spectrm x", "unknown command 'spectrm' (Did you mean spectrum?)"],
];

describe("a place where no file can be written", () => {
  // Each of these would work for minutes; the watch is on the line, the journal and the time to tell.
  it.each([
    "simulate --entities 100 --lambda 3 --replicates 100000 --out",
    "paper --out",
    "verify --out",
    "verify --report",
    "figure theory --out",
    "spectrum @links.txt --out",
    "theory --entities 100 --lambda 3 --samples 100000000 --out",
    "fit quality-entigraph --out",
    "compare quality-entigraph --out",
    "forecast quality-entigraph --at 100 --out",
    "plan quality-entigraph --out",
    "dataset list --out",
    "dataset show quality-entigraph --out",
  ])("entigraph %s: is refused before the work", async (args) => {
    const folder = temporaryFolder({ "links.txt": "0 1\n" });
    mkdirSync(join(folder, "taken"));
    const isPaper = args.startsWith("paper");
    if (isPaper) mkdirSync(join(folder, "taken", "theory.png"));
    const words = args.replace("@", `${folder}/`).split(" ");
    const taken = await entigraph([...words, join(folder, "taken")]);
    expect(taken.code).toBe(2);
    const file = join(folder, "taken", isPaper ? "theory.png" : "");
    expect(taken.stderr).toBe(`entigraph: ${file.replace(/\/$/, "")}: is a folder, not a file\n`);
    const under = await entigraph([...words, join(folder, "links.txt", "deep", "r.svg")]);
    expect(under.code).toBe(2);
    expect(under.stderr).toMatch(
      /^entigraph: \S+\/links\.txt\/deep\/\S+: a part of this path is not a folder\n$/,
    );
    expect(taken.stdout + under.stdout).toBe("");
    expect(readdirSync(folder).sort()).toEqual(["links.txt", "taken"]);
  });
});

describe("a place that takes no file after all", () => {
  it("is told once the answer stands on standard output", async () => {
    const folder = temporaryFolder();
    symlinkSync(join(folder, "missing"), join(folder, "link"));
    const out = join(folder, "link", "r.json");
    const { code, stdout, stderr } = await entigraph(["dataset", "list", "--out", out]);
    expect(stderr).toBe(`entigraph: ${out}: no file can be made there\n`);
    expect(stdout).toContain("quality-entigraph");
    expect(code).toBe(2);
  });
});

describe("wrong input", () => {
  it.each(CASES)("entigraph %s", async (args, message) => {
    const folder = temporaryFolder(FILES);
    const placed = (text: string) => text.replaceAll("@", `${folder}/`).replace(/\/(?=:|$| )/, "");
    const { code, stdout, stderr } = await entigraph(placed(args).split(" "));
    const lines = stderr.trimEnd().split("\n");
    const last = lines.at(-1)!;
    expect(last.startsWith(`entigraph: ${placed(message)}`), `${last}\n${placed(message)}`).toBe(true);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    // Nothing else but notes about files that could be read: above all no stack trace.
    for (const line of lines.slice(0, -1)) expect(line).toMatch(/: (read as|took|dropped) /);
  });

  /** Replicates far shorter than the time between two looks at the event loop, and one far longer. */
  const LONG = [
    ["many short replicates", "--replicates 1000000 --steps 500"],
    ["one long replicate", "--replicates 1 --steps 1000000000"],
  ] as const;

  it.each(LONG)("exits with 130 when interrupted in %s", async (_, size) => {
    const args = `simulate --entities 60 --lambda 2 ${size}`.split(" ");
    const { code, stdout, stderr } = await entigraph(args, setTimeout(150, 130));
    expect(stderr).toBe("entigraph: interrupted\n");
    expect(stdout).toBe("");
    expect(code).toBe(130);
  });

  it("keeps what is done when it is interrupted with --out, and exits with 143 when terminated", async () => {
    const out = join(temporaryFolder(), "r.json");
    const args = ["simulate", "--entities", "60", "--lambda", "2", "--replicates", "100000", "--out", out];
    const { code, stderr } = await entigraph(args, setTimeout(150, 143));
    expect(code).toBe(143);
    expect(stderr).toBe(
      `kept what is done in ${out}.partial; run the same command to go on\nentigraph: interrupted\n`,
    );
  });
});

describe("a defect", () => {
  /** A defect made to order: a stream that no longer takes anything. */
  const broken = new Writable({ write: () => {} });
  broken.write = () => {
    throw new Error("something that\n  never happens");
  };
  const LINE = "entigraph: this is a defect of entigraph, please report it: something that never happens\n";

  async function call() {
    const stderr: string[] = [];
    const collecting = new Writable({ write: (chunk, _, done) => done(void stderr.push(String(chunk))) });
    const listen = () => () => {};
    const code = await runCli(["dataset", "list"], { stdout: broken, stderr: collecting, listen });
    return { code, stderr: stderr.join("") };
  }

  it("is told in one line, with exit code 1", async () => {
    expect(await call()).toEqual({ code: 1, stderr: LINE });
  });

  it("shows where it is with DEBUG=entigraph", async () => {
    vi.stubEnv("DEBUG", "other,entigraph");
    onTestFinished(() => void vi.unstubAllEnvs());
    const { code, stderr } = await call();
    expect(code).toBe(1);
    expect(stderr.startsWith(LINE)).toBe(true);
    expect(stderr).toContain("wrongInput.test.ts");
  });
});

describe("help", () => {
  it.each([
    "paper",
    "simulate",
    "spectrum",
    "graph",
    "graph info",
    "graph convert",
    "theory",
    "fit",
    "dataset",
    "dataset list",
    "dataset show",
  ])("entigraph %s --help shows an example that names the command", async (command) => {
    const { code, stdout, stderr } = await entigraph([...command.split(" "), "--help"]);
    expect(code).toBe(0);
    expect(stderr).toBe("");
    expect(stdout).toContain(`Usage: entigraph ${command}`);
    expect(stdout).toMatch(new RegExp(`Examples?:\n {2}\\$ entigraph ${command.split(" ")[0]} `));
  });

  it("lists all commands, and the version", async () => {
    const { stdout } = await entigraph(["--help"]);
    for (const command of ["paper", "simulate", "spectrum", "theory", "fit", "dataset"]) {
      expect(stdout).toContain(`  ${command} `);
    }
    expect((await entigraph(["--version"])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it("is what one gets without a command, as wrong input", async () => {
    const { code, stderr } = await entigraph([]);
    expect(code).toBe(2);
    expect(stderr).toContain("Usage: entigraph");
  });
});
