import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { builtPackage, startProgram } from "../support/built.ts";
import { temporaryFolder } from "../support/terminal.ts";

/** Signals are those of a process: programs of their own. */
const built = builtPackage();
afterAll(built.remove);

/** Links that take seconds to read; more of them than a pipe holds. */
const ROWS = Array.from({ length: 1_500_000 }, (_, i) => `${i % 1000} ${i % 1009}\n`).join("");

describe("an interrupt while a graph is read", () => {
  it.each([
    ["from standard input, which goes on", false],
    ["and standard input has ended", true],
  ])("%s, ends with code 130, one line and no file", async (_, ends) => {
    const folder = temporaryFolder();
    const { child, ended } = startProgram(built.folder, folder, ["graph", "convert", "-", "--out", "g.json"]);
    // Once all is written but what a pipe holds, the program reads, and listens since before.
    child.stdin.write(ROWS);
    if (ends) child.stdin.end();
    await once(child.stdin, ends ? "finish" : "drain");
    if (ends) await setTimeout(300);
    child.kill("SIGINT");
    expect(await ended).toEqual({ code: 130, stderr: "entigraph: interrupted\n" });
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("runBreakably", () => {
  const url = pathToFileURL(join(built.folder, "run", "responsive.js")).href;
  const run = (listener: string) =>
    spawn(process.execPath, [
      "--input-type=module",
      "--eval",
      `
      import { writeSync } from "node:fs";
      import { runBreakably } from ${JSON.stringify(url)};
      ${listener}
      try {
        runBreakably(() => { writeSync(1, "at work"); for (;;); });
      } catch (error) {
        writeSync(1, error.name + " " + error.exitCode);
      }
    `,
    ]);

  it.each(["", 'process.on("SIGINT", () => {});'])(
    "is broken off by SIGINT, after %j too",
    async (listener) => {
      const child = run(listener);
      const [sign] = await once(child.stdout, "data");
      expect(String(sign)).toBe("at work");
      child.kill("SIGINT");
      const [answer] = await once(child.stdout, "data");
      expect(String(answer)).toBe("Interrupted 130");
      child.kill("SIGKILL");
    },
  );
});
