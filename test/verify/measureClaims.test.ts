import { describe, expect, it } from "vitest";
import type { Claim, Finding } from "../../src/verify/claim.ts";
import { drawEnsemble, type Ensemble } from "../../src/verify/ensemble.ts";
import { CLAIMS, type MeasuredClaim, measureClaims, measuringWork } from "../../src/verify/measureClaims.ts";

function drive(claims: readonly Claim[], seed: number): { measured: MeasuredClaim[]; work: number } {
  const generator = measureClaims(claims, "quick", seed);
  let work = 0;
  for (;;) {
    const next = generator.next();
    if (next.done) return { measured: next.value, work };
    expect(next.value).toBeGreaterThanOrEqual(work);
    work = next.value;
  }
}

const claim = (id: string) => CLAIMS.find((each) => each.id === id)!;

/** Measure a claim on ensembles of its own choice, changed. */
function findingOn(id: string, change: (ensemble: Ensemble) => Ensemble): Finding {
  const { needs, measure } = claim(id);
  const ensembles = needs("quick").map(({ entities, lambda, ties }) =>
    change(drawEnsemble(2, entities, lambda, ties, 60)),
  );
  return measure({ effort: "quick", seed: 1, ensembles });
}

/** The negative control: theory for a λ that is 40 % too large. */
const mislabelled = (ensemble: Ensemble): Ensemble => ({ ...ensemble, lambda: ensemble.lambda * 1.4 });

describe("the registered claims", () => {
  it("have names of their own and say what they are", () => {
    expect(new Set(CLAIMS.map(({ id }) => id)).size).toBe(CLAIMS.length);
    for (const { id, statement, source, method } of CLAIMS) {
      expect(id).toMatch(/^[a-z0-9-]+$/);
      expect(statement).toMatch(/\.$/);
      expect(source).toMatch(/paper|this project/);
      expect(method.length).toBeGreaterThan(10);
    }
  });

  const { measured, work } = drive(CLAIMS, 1);

  it("come out like this", () => {
    const verdicts = Object.fromEntries(measured.map(({ id, finding }) => [id, finding.verdict]));
    expect(verdicts).toEqual({
      "theorem-1": "holds in the limit",
      "closed-formula": "fails",
      plateau: "holds in the limit",
      "double-count": "fails",
      "finite-mean": "fails",
      "printed-sum": "fails",
      "exploration-limit": "holds in the limit",
      "exploration-finite": "holds",
      "exploration-corrected": "holds",
      "level-chain": "holds",
      "paired-subtrees": "holds",
      "independent-subtrees": "fails",
      "tie-rule": "fails",
      "first-step": "holds",
      "quenched-bounds": "holds",
      "small-times": "fails",
    });
  });

  it("come with tables whose rows fit their heads, and report all their work", () => {
    for (const { finding, graphs, id } of measured) {
      expect(finding.rows.length).toBeGreaterThan(0);
      for (const row of finding.rows) expect(row.length).toBe(finding.head.length);
      expect(graphs > 0).toBe(claim(id).needs("quick").length > 0);
    }
    expect(work).toBe(measuringWork(CLAIMS, "quick"));
  });

  it("depend on the seed and on nothing else", () => {
    const some = [claim("plateau"), claim("double-count")];
    const [a, b] = [drive(some, 1).measured, drive(some, 2).measured];
    expect(a).toEqual(measured.filter(({ id }) => some.some((each) => each.id === id)));
    expect(b[0]!.finding.rows).not.toEqual(a[0]!.finding.rows);
    expect(b[1]!.finding).toEqual(a[1]!.finding);
  });

  it("fail on graphs of another lambda: the measurements have teeth", () => {
    for (const id of ["exploration-finite", "exploration-corrected", "level-chain", "plateau"]) {
      expect(findingOn(id, mislabelled).verdict, id).toBe("fails");
      expect(findingOn(id, (ensemble) => ensemble).verdict, id).not.toBe("fails");
    }
  });

  it("fail where an identity is broken: one rate of one graph off by 1 %", () => {
    const broken = (ensemble: Ensemble): Ensemble => ({
      ...ensemble,
      spectra: ensemble.spectra.map((spectrum, i) =>
        i > 0
          ? spectrum
          : { ...spectrum, rates: spectrum.rates.map((rate, k) => (k === 0 ? rate : rate * 0.99)) },
      ),
    });
    let calls = 0;
    // The first half of the ensembles are of rule first, the second of rule random: break the first only.
    expect(findingOn("first-step", (ensemble) => (calls++ < 3 ? broken(ensemble) : ensemble)).verdict).toBe(
      "fails",
    );
    expect(findingOn("first-step", (ensemble) => ensemble).verdict).toBe("holds");
  });
});
