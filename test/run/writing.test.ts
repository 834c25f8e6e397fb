import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { requireWritable, writeWholeFile } from "../../src/run/files.ts";
import { temporaryFolder } from "../support/terminal.ts";

describe("requireWritable", () => {
  it("agrees with what writing does, and makes nothing", async () => {
    const folder = temporaryFolder({ file: "" });
    mkdirSync(join(folder, "taken"));
    for (const name of ["new", "file", "deep/er/new"]) {
      requireWritable(join(folder, name));
      expect(readdirSync(folder)).not.toContain(name.split("/")[0] === "deep" ? "deep" : "new");
    }
    for (const name of ["taken", "file/new", "file/deep/new"]) {
      expect(() => requireWritable(join(folder, name))).toThrow(join(folder, name));
      await expect(writeWholeFile(join(folder, name), "")).rejects.toThrow(join(folder, name));
    }
    for (const name of ["new", "file", "deep/er/new"]) await writeWholeFile(join(folder, name), "text");
  });

  it("keeps devices: a file renamed into place would replace them", () => {
    expect(() => requireWritable("/dev/null")).toThrow("/dev/null: is a device or a pipe, not a file");
  });

  it("takes names of files only", () => {
    expect(() => requireWritable("")).toThrow('"": is no name of a file');
    expect(() => requireWritable(join(temporaryFolder(), "new/"))).toThrow("is a folder, not a file");
  });
});
