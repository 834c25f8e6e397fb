import { describe, expect, it } from "vitest";
import { sharperTheory, theorySpectrum, withSharperTheory } from "../../src/run/sharperTheory.ts";
import { theoryResult } from "../../src/run/theoryResult.ts";
import { leafShare } from "../../src/theory/explorationSpectrum.ts";

const CHAIN = { samples: 500, seed: 1 };

describe("the sharper theory", () => {
  it("stands beside the paper's at the same steps, limit and finite forms near each other", () => {
    const model = { entities: 1000, lambda: 3 };
    const pairs = 1000 * 999;
    const [start, middle] = sharperTheory(model, [0, pairs], CHAIN);
    expect(start).toMatchObject({
      explorationLimit: 0,
      explorationLimitFinite: 0.003,
      explorationCorrected: 0.003,
    });
    expect(middle!.explorationLimit).toBeCloseTo(0.70749, 5);
    expect(middle!.explorationLimitFinite).toBeCloseTo(0.7075, 2);
    expect(middle!.explorationCorrected).toBeCloseTo(0.7075, 2);
    expect(Math.abs(middle!.levelChain - 0.7075)).toBeLessThan(6 * middle!.levelChainStandardError + 0.01);
  });

  it("draws the level chain from its seed", () => {
    const model = { entities: 100, linkProbability: 0.03 };
    const [a, b, c] = [1, 1, 2].map(
      (seed) => sharperTheory(model, [500], { samples: 200, seed })[0]!.levelChain,
    );
    expect(a).toBe(b);
    expect(a).not.toBe(c);
  });

  it("leaves out the exploration limit where lambda is too near 1", () => {
    const [point] = sharperTheory({ entities: 5000, lambda: 1.0005 }, [100], CHAIN);
    expect(point).toMatchObject({
      explorationLimit: null,
      explorationLimitFinite: null,
      explorationCorrected: null,
    });
    expect(point!.levelChain).toBeGreaterThan(0);
  });

  it("leaves out the corrected form where lambda is large, and stays quick", () => {
    const [point] = sharperTheory({ entities: 90_000_000, lambda: 1e6 }, [1e15], { samples: 10, seed: 1 });
    expect(point!.explorationCorrected).toBeNull();
    expect(point!.explorationLimit).toBeGreaterThan(0);
    expect(point!.levelChain).toBeGreaterThan(0);
  });

  it("prints the spectrum by size, adding up to 1", () => {
    const { leafShare: leaves, shares, beyond } = theorySpectrum({ entities: 100, lambda: 3 }, 20);
    expect(leaves).toBe(leafShare(3));
    expect(shares.map(({ size }) => size)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    expect(shares.reduce((sum, { share }) => sum + share, beyond)).toBeCloseTo(1, 14);
  });

  it("keeps the paper's keys and says what it was drawn with", () => {
    const paper = theoryResult({ entities: 100, lambda: 3 }, [0, 990], 0.1);
    const result = withSharperTheory(paper, { ...CHAIN, spectrum: 4 });
    expect(result.points[1]).toMatchObject(paper.points[1]!);
    expect(result.points[1]!.explorationLimit).toBeCloseTo(0.22454, 5);
    expect(result.provenance.input).toMatchObject({
      entities: 100,
      at: [0, 990],
      samples: 500,
      seed: 1,
      spectrum: 4,
    });
    expect(result.spectrum!.shares.length).toBe(4);
    expect(withSharperTheory(paper, CHAIN).spectrum).toBeUndefined();
  });
});
