import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** What is needed to run a result again, and to know what made it. */
export interface Provenance {
  readonly package: "entigraph";
  readonly version: string;
  readonly command: string;
  /** Everything the result depends on, defaults written in. */
  readonly input: unknown;
  /** SHA-256 of each file read, by name. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Version of this package. */
export function packageVersion(): string {
  return versionIn(fileURLToPath(new URL("../../package.json", import.meta.url)));
}

/** Versions of installed dependencies, by name. */
export function dependencyVersions(names: readonly string[]): Record<string, string> {
  const require = createRequire(import.meta.url);
  // Not every package lets its manifest be imported: look in the folders that Node would look in.
  const manifest = (name: string) =>
    require.resolve
      .paths(name)!
      .map((folder) => join(folder, name, "package.json"))
      .find((file) => existsSync(file))!;
  return Object.fromEntries(names.map((name) => [name, versionIn(manifest(name))]));
}

function versionIn(manifest: string): string {
  return (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version;
}

/** The provenance of a result of `command` with normalised `input`. */
export function provenance(command: string, input: unknown, files?: Record<string, string>): Provenance {
  const base = { package: "entigraph", version: packageVersion(), command, input } as const;
  return files && Object.keys(files).length > 0 ? { ...base, files } : base;
}
