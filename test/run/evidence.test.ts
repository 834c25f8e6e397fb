import { describe, expect, it } from "vitest";
import { evidencePage } from "../../src/run/evidence.ts";
import { Interrupted } from "../../src/run/responsive.ts";
import { verify } from "../../src/run/verifyResult.ts";
import { CLAIMS } from "../../src/verify/measureClaims.ts";

const some = CLAIMS.filter(({ id }) => id === "plateau" || id === "double-count");

describe("verify", () => {
  it("keeps what is needed to do it again", async () => {
    const result = await verify(some, "quick", 3);
    expect(result.provenance.input).toEqual({
      effort: "quick",
      seed: 3,
      claims: ["plateau", "double-count"],
    });
    expect(result.claims.map(({ id, seed, graphs }) => [id, seed, graphs])).toEqual([
      ["plateau", 3, 450],
      ["double-count", 3, 0],
    ]);
  });

  it("stops when told to", async () => {
    const controller = new AbortController();
    controller.abort();
    await expect(verify(CLAIMS, "full", 1, { signal: controller.signal })).rejects.toThrow(Interrupted);
  });

  it("writes a page with every claim, its figure and its table", async () => {
    const result = await verify(some, "quick", 3);
    const page = evidencePage(result, "pictures");
    for (const { id, statement, source, method, finding } of result.claims) {
      expect(page).toContain(`## ${id}\n\n> ${statement}`);
      for (const text of [
        source,
        method,
        finding.figure,
        finding.verdict,
        finding.head.join(" | ").slice(0, 3),
      ]) {
        expect(page).toContain(text);
      }
    }
    expect(page).toContain("450 random graphs, seed 3");
    expect(evidencePage(result, "pictures")).toBe(page);
  });

  it("shows a picture of each claim that has a chart, and of no other", async () => {
    const claims = CLAIMS.filter(({ id }) => id === "closed-formula" || id === "double-count");
    const result = await verify(claims, "quick", 3);
    const charts = result.claims.map(({ finding }) => finding.chart?.lines.map(({ name }) => name));
    expect(charts).toEqual([["$V = 100$", "$V = 200$", "$V \\to \\infty$"], undefined]);
    const page = evidencePage(result, "pictures");
    expect(page).toContain("](pictures/closed-formula.svg)");
    expect(page).not.toContain("](pictures/double-count.svg)");
  });
});
