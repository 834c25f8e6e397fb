import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";

const ROOT = join(import.meta.dirname, "..", "..");

/**
 * The package as JavaScript, for what needs files that Node itself can load, such as worker threads: every module of
 * src/ stripped of its types, in a folder beside the installed packages.
 *
 * @returns the folder, and a function that removes it
 */
export function builtPackage(): { folder: string; remove: () => void } {
  const cache = join(ROOT, "node_modules", ".cache");
  mkdirSync(cache, { recursive: true });
  const root = mkdtempSync(join(cache, "entigraph-built-"));
  // Beside its manifest, in which the package looks up its own version.
  copyFileSync(join(ROOT, "package.json"), join(root, "package.json"));
  const folder = join(root, "dist");
  const files = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" });
  for (const file of files.filter((name) => name.endsWith(".ts"))) {
    const { outputText } = ts.transpileModule(readFileSync(join(ROOT, "src", file), "utf8"), {
      compilerOptions: {
        target: ts.ScriptTarget.ES2023,
        module: ts.ModuleKind.ESNext,
        verbatimModuleSyntax: true,
        rewriteRelativeImportExtensions: true,
      },
    });
    const path = join(folder, file.replace(/\.ts$/, ".js"));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, outputText);
  }
  return { folder, remove: () => rmSync(root, { recursive: true }) };
}

/**
 * Start the command line of a built package as a program of its own.
 *
 * @param folder - of the built package
 * @param cwd - the folder to start in
 */
export function startProgram(folder: string, cwd: string, args: readonly string[]) {
  const child = spawn(process.execPath, [join(folder, "cli", "bin.js"), ...args], {
    cwd,
    stdio: ["pipe", "ignore", "pipe"],
  });
  let stderr = "";
  child.stderr.on("data", (text) => {
    stderr += text;
  });
  const ended = once(child, "exit").then(([code]) => ({ code: code as number | null, stderr }));
  return { child, ended, stderr: () => stderr };
}
