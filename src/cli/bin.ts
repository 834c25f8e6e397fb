#!/usr/bin/env node
import { runCli } from "./main.ts";

const stop = new AbortController();
// Once: a second interrupt ends the program at once, whatever it is doing.
process.once("SIGINT", () => stop.abort());
process.once("SIGTERM", () => stop.abort());
// The reader of a pipe may have seen enough.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

process.exitCode = await runCli(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  signal: stop.signal,
});
