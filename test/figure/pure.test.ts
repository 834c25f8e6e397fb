import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const ROOM = join(import.meta.dirname, "../../src/figure");

/** All modules that a module of the room loads, directly or not; packages by name, the room's own by path. */
function loadedBy(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  const text = readFileSync(file, "utf8");
  // Types leave no trace at run time.
  for (const match of text.matchAll(/^(?:import|export)\s(?!type\b)[^;]*?from\s+"([^"]+)";/gm)) {
    if (match[1]!.startsWith(".")) loadedBy(join(file, "..", match[1]!), found);
    else found.add(match[1]!);
  }
  return found;
}

it("keeps files, fonts and renderers out of what browsers load", () => {
  const packages = [...loadedBy(join(ROOM, "figures.ts"))].filter((name) => !name.startsWith("/"));
  expect(packages).toEqual(["zod"]);
  // The same reading finds them where they are.
  expect([...loadedBy(join(ROOM, "index.ts"))]).toEqual(
    expect.arrayContaining(["node:module", "fontkit", "vega"]),
  );
});
