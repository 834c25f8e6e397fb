import { describe, expect, it } from "vitest";
import { sampleErdosRenyi } from "../../src/graph/erdosRenyi.ts";
import { stream } from "../../src/random/stream.ts";
import { exactSpectrum } from "../../src/spectrum/exactSpectrum.ts";
import { addParts, type SpectrumPart, type Sweep, spectrumOfPart } from "../../src/spectrum/spectrumPart.ts";
import { firstTextbookSweep, uniformTextbookSweep } from "../../src/spectrum/textbookSweep.ts";

const graph = sampleErdosRenyi(stream(1, "graph"), 90, 3 / 90);

function partOf(sweep: Sweep, from: number, to: number): SpectrumPart {
  for (let source = from; source < to; source++) sweep.run(source);
  return sweep.part();
}

describe("parts of a spectrum", () => {
  it.each([
    ["first", () => firstTextbookSweep(graph), "exact"],
    ["uniform", () => uniformTextbookSweep(graph, "exact"), "exact"],
    ["uniform", () => uniformTextbookSweep(graph, "binned"), "binned"],
  ] as const)("add up in any order to the same bits, %s", (ties, sweep, resolution) => {
    const cuts = [0, 1, 40, 41, 90];
    const parts = cuts.slice(1).map((to, i) => partOf(sweep(), cuts[i]!, to));
    const whole = exactSpectrum(graph, ties, resolution);
    expect(spectrumOfPart(graph, addParts(parts))).toEqual(whole);
    expect(spectrumOfPart(graph, addParts(parts.reverse()))).toEqual(whole);
  });
});
