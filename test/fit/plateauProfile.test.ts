import { describe, expect, it } from "vitest";
import { findDataset } from "../../src/datasets/catalogue.ts";
import { datasetTable } from "../../src/datasets/dataset.ts";
import { DomainError } from "../../src/errors.ts";
import { fitMixture } from "../../src/fit/fitMixture.ts";
import { plateauProfile } from "../../src/fit/plateauProfile.ts";
import { numericColumn } from "../../src/table/resultTable.ts";

function dataset(name: string) {
  const table = datasetTable(findDataset(name));
  return { x: numericColumn(table, "1"), y: numericColumn(table, "2") };
}

const rephrase = dataset("quality-rephrase");

describe("plateauProfile", () => {
  const { fit, interval, profile } = plateauProfile(rephrase, 2, 5, 60);

  it("ends where the deviance is the 95 % quantile of χ²₁, on both sides of the estimate", () => {
    expect(interval.lower).toBeLessThan(fit.plateau);
    expect(interval.upper).toBeGreaterThan(fit.plateau);
    for (const plateau of [interval.lower!, interval.upper!]) {
      const { sse } = fitMixture(rephrase, { terms: 2, plateau });
      // The ends are found to 5·10⁻⁵; the deviance changes by less than 30 for each unit of the plateau here.
      expect(Math.abs(20 * Math.log(sse / fit.sse) - 1.959964 ** 2)).toBeLessThan(30 * 5e-5);
    }
  });

  it("runs evenly from a little below the interval to the farthest plateau", () => {
    const start = interval.lower! - (fit.plateau - interval.lower!) / 5;
    const even = [0, 1, 2, 3, 4].map((i) => start + ((60 - start) * i) / 4);
    expect(profile.map(({ plateau }) => plateau)).toEqual(even);
    expect(profile[0]!.deviance).toBeGreaterThan(interval.threshold);
    expect(profile[4]!.deviance).toBeGreaterThan(interval.threshold);
  });

  it("takes given standard errors at their word", () => {
    const standardErrors = rephrase.y.map(() => 0.5);
    const known = plateauProfile({ ...rephrase, standardErrors }, 2, 2, 60);
    const plateau = known.interval.lower!;
    const sse = fitMixture(rephrase, { terms: 2, plateau }).sse - fit.sse;
    expect(Math.abs(sse / 0.25 - 1.959964 ** 2)).toBeLessThan(30 * 5e-5);
    // The residuals scatter by 0.2: errors of 0.5 make the interval wider.
    expect(plateau).toBeLessThan(interval.lower!);
  });

  it("says that the paper's plateau has a lower limit only", () => {
    const { fit, interval } = plateauProfile(dataset("quality-entigraph"), 3, 2, 100);
    expect(fit.plateau).toBeCloseTo(64.5457, 4);
    expect(interval.upper).toBeNull();
    expect(interval.lower).toBeGreaterThan(56.22);
    expect(interval.lower).toBeLessThan(60);
  });

  it("refuses a farthest plateau among the data", () => {
    expect(() => plateauProfile(rephrase, 2, 5, 40)).toThrow(DomainError);
    expect(() => plateauProfile(rephrase, 2, 1, 60)).toThrow(DomainError);
  });
});
