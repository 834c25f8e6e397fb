import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { linkCount } from "../../src/graph/digraph.ts";
import { sampleErdosRenyi } from "../../src/graph/erdosRenyi.ts";
import { stream } from "../../src/random/stream.ts";
import { usefulWorkers } from "../../src/run/spectrumResult.ts";
import { builtPackage, startProgram } from "../support/built.ts";
import { temporaryFolder } from "../support/terminal.ts";

/** Worker threads need files that Node itself can load: the command line as a program of its own. */
const built = builtPackage();
afterAll(built.remove);

function randomGraph(entities: number) {
  return sampleErdosRenyi(stream(1, "graph"), entities, 3 / entities);
}

function edgeList(entities: number): string {
  const { offsets, targets } = randomGraph(entities);
  const rows = Array.from({ length: entities }, (_, x) =>
    Array.from(targets.subarray(offsets[x]!, offsets[x + 1]!), (y) => `${x} ${y}\n`).join(""),
  );
  return rows.join("");
}

const started = (folder: string, args: readonly string[]) => startProgram(built.folder, folder, args);

describe("entigraph spectrum --workers", () => {
  it.each([
    ["--ties first", "2"],
    ["--ties uniform", "4"],
    ["--ties random --seed 3", "2"],
    ["--ties random --sources 20", "2"],
    ["--sources 50", "4"],
    ["--error 0.01", "2"],
  ])("writes the same bytes as one thread, %s, %s threads", async (options, threads) => {
    const folder = temporaryFolder({ "g.txt": edgeList(600) });
    const documents: string[] = [];
    for (const workers of ["1", threads]) {
      const args = ["spectrum", "g.txt", ...options.split(" "), "--workers", workers, "--out", "r.json"];
      expect(await started(folder, args).ended).toMatchObject({ code: 0 });
      documents.push(readFileSync(join(folder, "r.json"), "utf8"));
    }
    expect(documents[1]).toBe(documents[0]);
  });

  it("ends with code 130, one line and no file when it is interrupted", async () => {
    const folder = temporaryFolder({ "g.txt": edgeList(40_000) });
    const run = started(folder, ["spectrum", "g.txt", "--workers", "2", "--out", "r.json"]);
    while (!run.stderr().includes("read as") && run.child.exitCode === null) await setTimeout(20);
    // The search takes some ten seconds, and more where this wait is too short for it to begin and listen.
    await setTimeout(2000);
    run.child.kill("SIGINT");
    const { code, stderr } = await run.ended;
    // Before it only notes on how the file was read.
    const lines = stderr.trimEnd().split("\n");
    expect(lines.at(-1)).toBe("entigraph: interrupted");
    for (const line of lines.slice(0, -1)) expect(line).toMatch(/^g\.txt: /);
    expect(code).toBe(130);
    expect(existsSync(join(folder, "r.json"))).toBe(false);
    expect(readdirSync(folder)).toEqual(["g.txt"]);
  });
});

describe("the number of threads", () => {
  it("is one for small graphs, and never above the cores", () => {
    expect(usefulWorkers(randomGraph(100), 100, 8)).toBe(1);
    expect(usefulWorkers(randomGraph(30_000), 30_000, 8)).toBe(8);
    const graph = randomGraph(6000);
    const steps = 6000 * (6000 + linkCount(graph));
    expect(usefulWorkers(graph, 6000, 64)).toBe(Math.floor(steps / 5e7));
    expect(usefulWorkers(graph, 200, 64)).toBe(1);
  });
});
