import { describe, expect, it } from "vitest";
import { certifyAtoms } from "../../src/fit/certify.ts";
import { fitMixture } from "../../src/fit/fitMixture.ts";
import { readSample } from "../../src/fit/observations.ts";
import { defaultRateRange } from "../../src/fit/rateProblem.ts";
import { fitSpectrum } from "../../src/fit/spectrumFit.ts";
import { fitAtoms, noAtoms } from "../../src/fit/termsFit.ts";
import { stream } from "../../src/random/stream.ts";
import { bruteForceLoss } from "./bruteForce.ts";
import { ENTIGRAPH, QA_SFT, REPHRASE } from "./fixtures/quality.ts";
import { problemOf } from "./problemOf.ts";

const noisy = Array.from({ length: 3 }, (_, seed) => {
  const rng = stream(seed, "test-certify");
  const x = Array.from({ length: 10 }, (_, j) => 2 ** j);
  return {
    x,
    y: x.map((value) => 50 - 8 * Math.exp(-value / 200) - 9 * Math.exp(-value / 5) + 2 * rng.nextFloat()),
  };
});

describe("certifyAtoms", () => {
  it("finds the optimum on its own, without a start, and proves it", () => {
    for (const data of [REPHRASE, QA_SFT, ...noisy]) {
      const problem = problemOf(data);
      const { atoms, gap } = certifyAtoms(problem, 1, noAtoms(problem), 2000);
      const scale = problem.sumOfSquares;
      const best = bruteForceLoss(data, 1, defaultRateRange(readSample(data)), 60);
      expect(gap).toBeLessThanOrEqual(1e-6 * atoms.loss + 1e-13);
      expect(atoms.loss * scale).toBeLessThanOrEqual(best * (1 + 1e-9));
      // A lower bound: no search may find less.
      expect((atoms.loss - gap) * scale).toBeLessThanOrEqual(best);
    }
  });

  it("agrees with the search from starts, two terms", () => {
    for (const data of [REPHRASE, noisy[0]!, noisy[1]!]) {
      const problem = problemOf(data);
      const { atoms, gap, nodes } = certifyAtoms(problem, 2, noAtoms(problem), 2000);
      const fit = fitMixture(data, { terms: 2 });
      expect(nodes).toBeLessThan(2000);
      expect(gap).toBeLessThanOrEqual(1e-6 * atoms.loss + 1e-13);
      expect(fit.sse).toBeLessThanOrEqual(atoms.loss * problem.sumOfSquares * (1 + 1e-6));
    }
  });

  it("proves the three terms of the paper's 36 points, without a start, in under two hundred nodes", () => {
    const problem = problemOf(ENTIGRAPH);
    const { atoms, gap, nodes } = certifyAtoms(problem, 3, noAtoms(problem), 2000);
    // Newton's method in 40-digit arithmetic: see fitMixture.test.ts.
    expect(atoms.loss * problem.sumOfSquares).toBeCloseTo(2.424872129037, 10);
    expect(gap).toBeLessThanOrEqual(1e-6 * atoms.loss);
    expect(nodes).toBeLessThan(200);
  });

  it("never bounds above what a search that shares no code with it finds, wherever it stops", () => {
    for (const data of [ENTIGRAPH, QA_SFT, ...noisy]) {
      const problem = problemOf(data);
      const best = bruteForceLoss(data, 2, defaultRateRange(readSample(data)), 40) / problem.sumOfSquares;
      for (const mostNodes of [8, 30, 60, 2000]) {
        const { atoms, gap } = certifyAtoms(problem, 2, noAtoms(problem), mostNodes);
        expect(atoms.loss - gap).toBeLessThanOrEqual(best * (1 + 1e-9));
      }
    }
  });

  it("has a mixture as good as a local minimum from its first convex fit", () => {
    for (const data of [REPHRASE, QA_SFT, ...noisy]) {
      const problem = problemOf(data);
      for (const count of [1, 2]) {
        const first = certifyAtoms(problem, count, noAtoms(problem), 1).atoms;
        expect(first.thetas.length).toBe(Math.min(count, fitSpectrum(problem).atoms.thetas.length));
        const { loss } = fitAtoms(problem, fitSpectrum(problem), count)[count - 1]!;
        // Gathered at their means and polished, the atoms of these convex fits end in the best minimum.
        expect(first.loss / loss).toBeCloseTo(1, 9);
      }
    }
  });

  it("tells how far it came when it may not go on", () => {
    const problem = problemOf(QA_SFT);
    const spectrum = fitSpectrum(problem);
    const { atoms, gap, nodes } = certifyAtoms(problem, 1, noAtoms(problem), 1);
    expect(nodes).toBe(1);
    expect(gap).toBeCloseTo(atoms.loss - spectrum.atoms.loss, 9);
  });
});

describe("fitMixture with certify", () => {
  it("lowers the gap and keeps the fit", () => {
    const plain = fitMixture(REPHRASE, { terms: 1 });
    const proven = fitMixture(REPHRASE, { terms: 1, certify: true });
    expect(plain.nodes).toBe(0);
    expect(proven.nodes).toBeGreaterThan(0);
    expect(proven.sse).toBeCloseTo(plain.sse, 12);
    expect(proven.gap).toBeLessThanOrEqual(1e-6 * proven.sse);
    expect(plain.gap).toBeGreaterThan(1);
  });

  it("has nothing to do where the convex fit has no more terms", () => {
    expect(fitMixture(REPHRASE, { terms: 3, certify: true }).nodes).toBe(0);
  });

  it("refuses free signs", () => {
    expect(() => fitMixture(REPHRASE, { terms: 1, signs: "free", certify: true })).toThrow("certify");
  });
});
