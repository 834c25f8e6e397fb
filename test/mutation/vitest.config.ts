import { defineConfig } from "vitest/config";

const room = process.env["MUTATION_ROOM"];

/** The tests that answer for a room: its own and the identities that hold for every graph. */
export default defineConfig({
  test: {
    include: [`test/${room}/**/*.test.ts`, "test/property/**/*.test.ts"],
    setupFiles: ["test/support/setup.ts", "test/mutation/skipLarge.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
