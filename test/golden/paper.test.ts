import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { entigraph, temporaryFolder } from "../support/terminal.ts";

const COMMITTED = join(import.meta.dirname, "..", "..", "figures");

describe("entigraph paper", () => {
  it("gives the committed figures and report, byte for byte", async () => {
    const folder = temporaryFolder();
    const { code, stdout } = await entigraph(["paper", "--out", folder]);
    expect(code).toBe(0);
    expect(stdout).toContain(`Read ${join(folder, "report.md")}.`);
    const made = readdirSync(folder).sort();
    expect(made).toContain("three-regimes.png");
    expect(made).toEqual(readdirSync(COMMITTED).sort());
    for (const name of made) {
      const same = readFileSync(join(folder, name)).equals(readFileSync(join(COMMITTED, name)));
      expect(same, `figures/${name} is not what npm start makes`).toBe(true);
    }
  });

  it("depends on the seed, and says which", async () => {
    const folder = temporaryFolder();
    const { stdout } = await entigraph(["paper", "--out", folder, "--seed", "7", "--json"]);
    const results = JSON.parse(stdout);
    expect(results.provenance.input.toy.seed).toBe(7);
    expect(readFileSync(join(folder, "report.md"), "utf8")).toContain("(seed 7)");
    expect(results.simulation.curve[5].density).toBeGreaterThan(0);
  });
});
