// One room of the code, broken one change at a time: `npm run mutation -- ROOM`. Scores and survivors: docs/mutation.md.

import { leastScore } from "./rooms.mjs";

const room = process.env.MUTATION_ROOM;

export default {
  mutate: [process.env.MUTATION_FILES ?? `src/${room}/**/*.ts`],
  testRunner: "vitest",
  vitest: { configFile: "test/mutation/vitest.config.ts", related: false },
  coverageAnalysis: "perTest",
  // Vitest strips types and does not check them.
  disableTypeChecks: false,
  concurrency: 2,
  // A changed loop may never end; no unchanged test takes this long.
  timeoutMS: 10_000,
  tempDirName: ".stryker-tmp",
  // The words of messages are checked on the command line, outside these rooms.
  mutator: { excludedMutations: ["StringLiteral"] },
  thresholds: { high: 95, low: leastScore(room), break: leastScore(room) },
  reporters: ["clear-text", "json"],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: `reports/mutation/${room}.json` },
};
