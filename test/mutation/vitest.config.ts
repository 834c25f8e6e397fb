import { defineConfig } from "vitest/config";

const room = process.env["MUTATION_ROOM"];

/** The tests that answer for a room: its own and the identities that hold for every graph. */
export default defineConfig({
  test: {
    include: [`test/${room}/**/*.test.ts`, "test/property/**/*.test.ts"],
    setupFiles: ["test/support/setup.ts"],
    // Large cases, which instrumented code would take minutes for; every one has small siblings.
    testNamePattern: /^(?!.*(32-bit ids|beyond the doubles|over many samples)).*$/,
    testTimeout: 120_000,
  },
});
