#!/usr/bin/env node
import { runCli } from "./main.ts";

// The reader of a pipe may have seen enough.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

process.exitCode = await runCli(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  listen(stop) {
    const signals = { SIGINT: 130, SIGTERM: 143 } as const;
    const listeners = Object.entries(signals).map(([signal, code]) => [signal, () => stop(code)] as const);
    // Once: after the first the default is back, and a second interrupt ends the program at once.
    for (const [signal, listener] of listeners) process.once(signal, listener);
    return () => {
      for (const [signal, listener] of listeners) process.off(signal, listener);
    };
  },
});
