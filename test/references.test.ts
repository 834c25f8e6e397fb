import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "..");

/** Sources are cited as [Name1234] or [Name1234, where]. */
const CITATION = /\[([A-Z][A-Za-z]*(?:19|20)\d\d)\b/g;

const files = ["src", "docs", "test"].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(ts|md)$/.test(name))
    .map((name) => join(folder, name)),
);

describe("docs/references.md", () => {
  const references = readFileSync(join(ROOT, "docs", "references.md"), "utf8");
  const keys = [...references.matchAll(/^- \*\*(\w+)\*\*/gm)].map(([, key]) => key!);
  const cited = new Set(
    files.flatMap((file) =>
      [...readFileSync(join(ROOT, file), "utf8").matchAll(CITATION)].map(([, key]) => key!),
    ),
  );

  it("has every source that is cited", () => {
    expect([...cited].filter((key) => !keys.includes(key))).toEqual([]);
    expect(cited.size).toBeGreaterThan(20);
  });

  it("is sorted, each key once", () => {
    const sorted = [...new Set(keys)].sort((a, b) => a.localeCompare(b, "en"));
    expect(keys).toEqual(sorted);
  });
});
