import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { compileKernel, WASM_BYTES } from "../../assembly/build.mjs";

it("holds what assembly/kernel.ts compiles to", async () => {
  expect(readFileSync(WASM_BYTES, "utf8")).toBe(await compileKernel());
});
