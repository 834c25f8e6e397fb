// `npm run mutation [-- ROOM … | FILE]`: break the code on purpose, one small change at a time, and see that a test
// fails. Prints what survived and a table; fails where a room falls below its least score.

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { markdownTable } from "markdown-table";
import { ROOMS } from "./rooms.mjs";

const HEAD = ["room", "changes", "noticed", "never ended", "survived", "no test", "score, %"];

const asked = process.argv.slice(2);
const targets = (asked.length > 0 ? asked : Object.keys(ROOMS)).map(readTarget);

function readTarget(target) {
  const [, room, file] = /^(?:src\/)?(\w+)(\/.*)?$/.exec(target) ?? [];
  if (room && Object.hasOwn(ROOMS, room)) return { room, ...(file && { files: `src/${room}${file}` }) };
  const rooms = Object.keys(ROOMS).join(", ");
  process.stderr.write(
    `${target}: no room or file to change; rooms: ${rooms}; a file: src/growth/curve.ts\n`,
  );
  process.exit(2);
}

function run({ room, files }) {
  const env = { ...process.env, MUTATION_ROOM: room, ...(files && { MUTATION_FILES: files }) };
  const command = ["stryker", "run", "test/mutation/stryker.config.mjs"];
  const reportFile = `reports/mutation/${room}.json`;
  // A report of an earlier run would be taken for this one's.
  rmSync(reportFile, { force: true });
  const { status } = spawnSync("npx", command, { env, stdio: "inherit" });
  if (!existsSync(reportFile)) {
    process.stderr.write(
      `${room}: no score, as StrykerJS stopped before its report; what it says is above\n`,
    );
    return { status: 1, row: [room, ...HEAD.slice(1).map(() => "–")] };
  }
  const report = JSON.parse(readFileSync(reportFile, "utf8"));
  const states = Object.values(report.files).flatMap(({ mutants }) => mutants.map((mutant) => mutant.status));
  const counts = ["Killed", "Timeout", "Survived", "NoCoverage"].map(
    (kind) => states.filter((state) => state === kind).length,
  );
  const [killed, timeout] = counts;
  const changes = counts.reduce((sum, count) => sum + count, 0);
  const score = changes === 0 ? "–" : ((100 * (killed + timeout)) / changes).toFixed(1);
  return { status, row: [room, changes, ...counts, score] };
}

const results = targets.map(run);
process.stdout.write(`\n${markdownTable([HEAD, ...results.map(({ row }) => row.map(String))])}\n`);
process.exitCode = results.some(({ status }) => status !== 0) ? 1 : 0;
