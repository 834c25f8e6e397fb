import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as library from "../../src/index.ts";
import { entigraph } from "../support/terminal.ts";

const README = readFileSync(join(import.meta.dirname, "..", "..", "README.md"), "utf8");

/** Console blocks with output: the command, and what it printed. */
const EXAMPLES = [...README.matchAll(/```console\n\$ npx entigraph ([^\n]*)\n([^`]+)```/g)].map(
  ([, command, output]) => [command!, output!] as const,
);

describe("README", () => {
  it("has an example with output for every command but the main job", () => {
    const commands = EXAMPLES.map(([command]) => command.split(" ")[0]);
    expect(commands).toEqual([
      "spectrum",
      "graph",
      "simulate",
      "theory",
      "fit",
      "forecast",
      "compare",
      "plan",
      "dataset",
      "verify",
    ]);
  });

  it.each(EXAMPLES)("entigraph %s prints what it says", async (command, output) => {
    const { code, stdout } = await entigraph(command.split(" "));
    expect(code).toBe(0);
    expect(stdout).toBe(output);
  });

  it("has a library example that computes what it says", () => {
    const { exactSpectrum, graphRateSpectrum, linkDensity, sampleErdosRenyi, stream } = library;
    const graph = sampleErdosRenyi(stream(1, "graph"), 1000, 0.003);
    const density = linkDensity(graphRateSpectrum(exactSpectrum(graph, "first")), 100_000);
    const said = /linkDensity\(curve, 100_000\)\); \/\/ ([\d.]+):/.exec(README)![1]!;
    expect(density.toFixed(2)).toBe(said);
    for (const name of /import \{ (.*) \} from "entigraph"/.exec(README)![1]!.split(", ")) {
      expect(library).toHaveProperty(name);
    }
  });
});
