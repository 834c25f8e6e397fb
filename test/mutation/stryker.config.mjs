// One room of the code, broken one change at a time: `npm run mutation -- ROOM`. Scores and survivors: docs/mutation.md.
// MUTATION_TESTS="test/ROOM/a.test.ts,…" lets some of the tests answer alone; MUTATION_WORKERS is 2.

import { leastScore } from "./rooms.mjs";

const room = process.env.MUTATION_ROOM;
const tests = process.env.MUTATION_TESTS;

export default {
  mutate: [process.env.MUTATION_FILES ?? `src/${room}/**/*.ts`],
  testRunner: "vitest",
  vitest: { configFile: "test/mutation/vitest.config.ts", related: false },
  coverageAnalysis: "perTest",
  ...(tests && { testFiles: tests.split(",") }),
  // Vitest strips types and does not check them.
  disableTypeChecks: false,
  concurrency: Number(process.env.MUTATION_WORKERS ?? 2),
  // Changes that act only while a module is loaded: the runner reports them as survived whatever the tests say.
  ignoreStatic: true,
  // A changed loop may never end. This comes on top of one and a half times what the tests take unchanged.
  timeoutMS: 10_000,
  tempDirName: ".stryker-tmp",
  // The words of messages are checked on the command line, outside these rooms.
  mutator: { excludedMutations: ["StringLiteral"] },
  thresholds: { high: 95, low: leastScore(room), break: leastScore(room) },
  reporters: ["clear-text", "json"],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: `reports/mutation/${room}.json` },
};
