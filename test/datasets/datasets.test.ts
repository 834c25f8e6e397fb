import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { DATASETS, findDataset } from "../../src/datasets/catalogue.ts";
import { datasetTable } from "../../src/datasets/dataset.ts";
import { PRINTED_FIT, QUALITY_CONSTANTS } from "../../src/datasets/quality.ts";
import { numericColumn } from "../../src/table/resultTable.ts";

/** Rows and SHA-256 of the numbers as transcribed: a slip of a finger in them would pass every other test. */
const TRANSCRIBED: Record<string, [rows: number, sha256: string]> = {
  "quality-entigraph": [36, "3195471726898d40980fe8e12e201cacf33a747548bc9128a62a2a453537db8d"],
  "quality-rephrase": [20, "43ca919a4f03b0051f75baf93892335befd852244d7820c53c0419bb8b65df5c"],
  "quality-qa-sft": [15, "f0bb77deedfa0bc6d71405659e91c4b634e7aa9647f1f0038b5e6322c4585002"],
  "news-variations": [46, "941c1c679a4041909c4517f2d3dc05e2a93e70833148718e783e13bf38f3c1de"],
  "new-facts-epochs-gpt2": [41, "1a97634eee0ea07c13a8778b9bab1e969c9a9a40d3bafefc7545451db1811e4e"],
};

describe.each(DATASETS)("dataset $name", (dataset) => {
  it("holds the numbers as transcribed", () => {
    const [rows, sha256] = TRANSCRIBED[dataset.name]!;
    expect(datasetTable(dataset).rows).toHaveLength(rows);
    expect(createHash("sha256").update(dataset.csv).digest("hex")).toBe(sha256);
  });

  it("says what its columns are and where it comes from", () => {
    const table = datasetTable(dataset);
    expect(dataset.columns.map(({ name }) => name)).toEqual(table.columns);
    for (const { name, unit } of dataset.columns) {
      if (unit !== "label") expect(numericColumn(table, name).length).toBe(table.rows.length);
    }
    for (const name of [dataset.x, dataset.y, ...dataset.seriesColumns])
      expect(table.columns).toContain(name);
    const references = readFileSync(join(import.meta.dirname, "..", "..", "docs", "references.md"), "utf8");
    expect(references).toContain(`**${dataset.source.reference}**`);
    expect(dataset.source.licence).not.toBe("");
    expect(dataset.caveats).not.toEqual([]);
  });
});

describe("the catalogue", () => {
  it("finds by name and lists the names otherwise", () => {
    expect(findDataset("quality-entigraph").questions).toBe(4609);
    expect(() => findDataset("quality")).toThrow(/^quality: no such dataset; there are quality-entigraph, /);
  });

  it("has the last point of the series among the printed constants", () => {
    const accuracy = numericColumn(datasetTable(findDataset("quality-entigraph")), "accuracy_percent");
    const constant = QUALITY_CONSTANTS.find(({ name }) => name === "EntiGraph CPT");
    expect(accuracy.at(-1)).toBe(constant!.accuracy);
  });

  it("has a printed fit that passes through the printed points: SSE 2.4416", () => {
    const table = datasetTable(findDataset("quality-entigraph"));
    const [x, y] = [numericColumn(table, "1"), numericColumn(table, "2")];
    const sse = x.reduce((sum, tokens, i) => {
      const fitted = PRINTED_FIT.terms.reduce(
        (value, { amplitude, ratio }) => value - amplitude * ratio ** tokens,
        PRINTED_FIT.plateau as number,
      );
      return sum + (y[i]! - fitted) ** 2;
    }, 0);
    expect(sse).toBeCloseTo(2.4416, 4);
  });
});
