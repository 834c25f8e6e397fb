import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { linkDensity } from "../../src/growth/growthCurve.ts";
import { annealedSpectrum, sampleAnnealedRow } from "../../src/process/annealedSpectrum.ts";
import { stream } from "../../src/random/stream.ts";
import { entigraph, entigraphJson, temporaryFolder } from "../support/terminal.ts";

describe("theory", () => {
  const MODEL = ["theory", "--entities", "100", "--lambda", "3", "--at", "0,990,9900", "--samples", "300"];

  it("prints the sharper theory beside the paper's", async () => {
    const result = await entigraphJson(...MODEL, "--spectrum", "3", "--seed", "5");
    expect(result.points[1]).toMatchObject({ step: 990, explorationLimit: expect.closeTo(0.22454, 5) });
    expect(Object.keys(result.points[1])).toEqual(
      expect.arrayContaining([
        "paperFormula",
        "explorationLimitFinite",
        "explorationCorrected",
        "levelChain",
      ]),
    );
    expect(result.spectrum.leafShare).toBeCloseTo(0.4619836, 7);
    expect(result.spectrum.shares.map(({ size }: { size: number }) => size)).toEqual([1, 2, 3]);
    expect(result.provenance.input).toMatchObject({ samples: 300, seed: 5, spectrum: 3 });
  });

  it("adds the mean over random graphs from annealed searches, the same for the same seed", async () => {
    const args = [...MODEL, "--annealed", "40", "--seed", "5"];
    const result = await entigraphJson(...args);
    expect(result.provenance.input).toMatchObject({ annealed: 40, seed: 5 });
    expect(await entigraphJson(...args)).toEqual(result);
    const at = [0, 990, 9900];
    const rows = Array.from({ length: 40 }, (_, i) => sampleAnnealedRow(stream(5, "annealed", i), 100, 0.03));
    const pooled = annealedSpectrum(rows, 0.03);
    for (const [i, step] of at.entries()) {
      expect(result.points[i].annealed).toBeCloseTo(linkDensity(pooled, step), 12);
    }
    // At t = 0 every row has the density p; later the rows differ.
    expect(result.points[0]).toMatchObject({ annealed: expect.closeTo(0.03, 12) });
    const single = rows.map((row) => linkDensity(annealedSpectrum([row], 0.03), 9900));
    const mean = single.reduce((sum, density) => sum + density, 0) / 40;
    const squares = single.reduce((sum, density) => sum + (density - mean) ** 2, 0);
    expect(result.points[2].annealedStandardError).toBeCloseTo(Math.sqrt(squares / 39 / 40), 12);
    expect((await entigraph(args)).stdout).toContain("Mean over random graphs, tie rule first");
  });

  it("prints tables for people", async () => {
    const { code, stdout } = await entigraph([...MODEL, "--spectrum", "2"]);
    expect(code).toBe(0);
    expect(stdout).toContain("| step | lower bound | paper's formula | upper bound |");
    expect(stdout).toContain("limit | finite V | corrected | level chain |");
    expect(stdout).toMatch(/\| 1 +\| +0\.461984 \|/);
    expect(stdout).toMatch(/\| larger \|/);
  });

  it("refuses options out of range, naming them", async () => {
    for (const [option, value] of [
      ["--spectrum", "0"],
      ["--samples", "1"],
      ["--annealed", "1"],
      ["--seed", "-1"],
    ] as const) {
      const { code, stderr } = await entigraph([...MODEL, option, value]);
      expect(code).toBe(2);
      expect(stderr).toContain(option);
    }
  });
});

describe("verify", () => {
  it("prints the claims named, and writes JSON and the page of evidence", async () => {
    const folder = temporaryFolder();
    const [out, report] = [join(folder, "verify.json"), join(folder, "evidence.md")];
    const { code, stdout, stderr } = await entigraph([
      ...["verify", "double-count", "finite-mean", "--quick", "--seed", "3"],
      ...["--out", out, "--report", report],
    ]);
    expect(code).toBe(0);
    expect(stdout).toContain("double-count: FAILS");
    expect(stdout).toContain("source:   paper, assumed in Lemma G.3");
    expect(stderr).toContain(`wrote ${report}`);
    const document = JSON.parse(readFileSync(out, "utf8"));
    expect(document).toMatchObject({
      effort: "quick",
      seed: 3,
      claims: [{ id: "double-count" }, { id: "finite-mean" }],
    });
    expect(readFileSync(report, "utf8")).toContain("## finite-mean");
  });

  it("draws what was measured into a folder beside the page", async () => {
    const folder = temporaryFolder();
    const report = join(folder, "evidence.md");
    expect((await entigraph(["verify", "closed-formula", "--quick", "--report", report])).code).toBe(0);
    expect(readFileSync(report, "utf8")).toContain("](evidence/closed-formula.svg)");
    const picture = readFileSync(join(folder, "evidence", "closed-formula.svg"), "utf8");
    expect(picture).toContain("tends to 1 as V grows.");
  });

  it("refuses a claim that there is not, and names those that there are", async () => {
    const { code, stderr } = await entigraph(["verify", "perpetual-motion"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^entigraph: perpetual-motion: is no claim; there are theorem-1, /);
    expect(stderr.trim().split("\n").length).toBe(1);
  });
});
