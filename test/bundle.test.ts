import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build, type Rolldown } from "vite";
import { expect, it } from "vitest";

const SRC = join(import.meta.dirname, "../src");

/** The rooms of the mathematics of graphs; training results and what is fitted to them are apart. */
const MATHEMATICS = ["errors", "random", "graph", "kernel", "growth", "spectrum", "process", "theory"];

/** The exports of the root entry that come from some rooms, as the text of a module. */
function exportsFrom(rooms: readonly string[]): string {
  const entry = readFileSync(join(SRC, "index.ts"), "utf8");
  const statements = entry.match(/export [^;]*? from "\.\/[^"]+";/g)!;
  const isOf = (statement: string) => rooms.some((room) => new RegExp(`"\\./${room}[./]`).test(statement));
  return statements.filter(isOf).join("\n");
}

/** Bytes of a module and all it needs, minified and compressed, and which packages it needs. */
async function bundled(text: string) {
  const name = join(SRC, "bundle-entry.ts");
  const virtual = {
    name: "entry",
    resolveId: (id: string) => (id === name ? id : undefined),
    load: (id: string) => (id === name ? text : undefined),
  };
  const result = (await build({
    configFile: false,
    logLevel: "error",
    root: SRC,
    plugins: [virtual],
    build: {
      write: false,
      target: "es2022",
      minify: true,
      lib: { entry: name, formats: ["es"], fileName: "m" },
    },
  })) as Rolldown.RolldownOutput[];
  const chunks = result[0]!.output.flatMap((file) => (file.type === "chunk" ? [file] : []));
  const code = chunks.map((chunk) => chunk.code).join("\n");
  const modules = chunks.flatMap((chunk) => Object.keys(chunk.modules));
  const packages = modules.flatMap((id) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1] ?? []);
  return { bytes: gzipSync(code, { level: 9 }).length, packages: [...new Set(packages)].sort(), code };
}

it("bundles the mathematics of graphs, all of it, in less than 40 kB", async () => {
  const { bytes, packages, code } = await bundled(exportsFrom(MATHEMATICS));
  expect(bytes).toBeLessThan(40_000);
  // Nothing that the figures or the command line need has crept in.
  expect(packages).toEqual(["@noble/hashes", "pure-rand"]);
  for (const name of ["exactSpectrum", "literalProcess", "explorationLimit", "readGraph"])
    expect(code).toContain(name);
});

it("bundles the whole root entry, with fits and data, in less than 65 kB", async () => {
  const { bytes, packages } = await bundled(readFileSync(join(SRC, "index.ts"), "utf8"));
  expect(bytes).toBeLessThan(65_000);
  expect(packages).toEqual(["@noble/hashes", "pure-rand"]);
});

it("leaves out what a page does not import", async () => {
  const { bytes } = await bundled('export { paperFormula, theorem1Bounds } from "./index.ts";');
  expect(bytes).toBeLessThan(4000);
});
