import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CATALOGUE, figureWidth, renderSvg } from "../../src/figure/index.ts";
import { galleryResults, type MainJob } from "../../src/run/gallery.ts";
import { paperResults, toyGraph } from "../../src/run/paper.ts";
import { sizeOf } from "../figure/svg.ts";
import { entigraph, temporaryFolder } from "../support/terminal.ts";

const TREE = { entities: 4, source: 0, parents: [-1, 0, 1, -1], target: 2 };

describe("entigraph figure", () => {
  it("lists all figures", async () => {
    const { stdout } = await entigraph(["figure", "list", "--json"]);
    const names = JSON.parse(stdout).figures.map(({ name }: { name: string }) => name);
    expect(names).toEqual(CATALOGUE.map(({ name }) => name));
    expect((await entigraph(["figure", "list"])).stdout).toContain("| three-regimes ");
  });

  it("can draw every figure of the catalogue from the main job's results", { timeout: 300_000 }, async () => {
    const mainJob = { results: await paperResults(undefined, {}), toy: await toyGraph(undefined) };
    for (const { name, draw } of CATALOGUE) {
      for (const column of ["single", "double"] as const) {
        const results = await galleryResults(name, async () => mainJob);
        const spec = draw(results, name, { column });
        // What --results prints is all that --spec needs.
        expect(draw(JSON.parse(JSON.stringify(results)), name, { column })).toEqual(spec);
        expect(JSON.stringify(spec), name).not.toContain("null,null");
        // As in test/figure/catalogue.test.ts, but with the names and numbers that readers see.
        const { width } = sizeOf(await renderSvg(spec));
        expect(width, `${name}, ${column}`).toBeLessThanOrEqual(figureWidth(column) + 24);
      }
    }
  });

  it("does the main job only for figures that are made of it", async () => {
    const asked: string[] = [];
    for (const { name } of CATALOGUE) {
      const refused = async (): Promise<MainJob> => {
        asked.push(name);
        throw new Error("not here");
      };
      await galleryResults(name, refused).catch(() => undefined);
    }
    expect(asked).toContain("three-regimes");
    for (const alone of ["simulation", "search-tree", "knowledge", "forecast", "plan"])
      expect(asked).not.toContain(alone);
  });

  it.each([
    ["svg", "<svg"],
    ["png", "\u0089PNG"],
    ["pdf", "%PDF"],
    ["vl.json", "{"],
  ])("writes %s by the ending of --out", async (ending, start) => {
    const folder = temporaryFolder({ "r.json": JSON.stringify(TREE) });
    const out = join(folder, `tree.${ending}`);
    const args = [
      "figure",
      "search-tree",
      "--spec",
      join(folder, "r.json"),
      "--theme",
      "dark",
      "--column",
      "single",
    ];
    const { code, stderr } = await entigraph([...args, "--out", out]);
    expect(stderr).toBe(`wrote ${out}\n`);
    expect(code).toBe(0);
    expect(readFileSync(out, "latin1").startsWith(start)).toBe(true);
  });

  it("prints the results that a figure shows, which it draws again", async () => {
    const folder = temporaryFolder({});
    const [results, first, again] = ["r.json", "a.svg", "b.svg"].map((name) => join(folder, name));
    await entigraph(["figure", "plan", "--results", "--out", results!]);
    expect((await entigraph(["figure", "plan", "--results"])).stdout).toBe(readFileSync(results!, "utf8"));
    await entigraph(["figure", "plan", "--out", first!]);
    expect((await entigraph(["figure", "plan", "--spec", results!, "--out", again!])).code).toBe(0);
    expect(readFileSync(again!, "utf8")).toBe(readFileSync(first!, "utf8"));
  });

  it.each([
    ["figure nosuch", 'figure "nosuch": is not known; there are scaling,'],
    ["figure search-tree --spec @bad.json", "@bad.json: "],
    ["figure search-tree --spec @text.json", "@text.json: is not JSON: "],
    ["figure search-tree --format gif", "--format: must be svg or png or pdf or vl, got gif"],
    ["figure search-tree --out x.gif", "--out without --format: must be svg or png or pdf or vl, got gif"],
    ["figure plan --results --format svg", "--format: goes with a figure, not with --results"],
    ["figure search-tree --theme blue", "--theme: must be light or dark, got blue"],
    ["figure search-tree --column triple", "--column: must be single or double, got triple"],
  ])("entigraph %s is wrong input", async (args, message) => {
    const folder = temporaryFolder({ "bad.json": '{"entities": 4}', "text.json": "{" });
    const placed = (text: string) => text.replaceAll("@", `${folder}/`);
    const { code, stderr } = await entigraph(placed(args).split(" "));
    expect(stderr.startsWith(`entigraph: ${placed(message)}`), stderr).toBe(true);
    expect(stderr.trimEnd()).not.toContain("\n");
    expect(code).toBe(2);
  });
});
