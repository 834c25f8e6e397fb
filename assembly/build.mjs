// Compiles assembly/kernel.ts to WebAssembly and writes it, in base64, into src/kernel/wasmBytes.ts, which is
// committed: building the package needs no compiler. Run it with `npm run build:kernel` after a change of the kernel.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compileString } from "assemblyscript/asc";

const here = import.meta.dirname;
export const WASM_BYTES = join(here, "..", "src", "kernel", "wasmBytes.ts");

/** How WebAssembly says that a memory is shared and has a maximum. */
const SHARED_LIMITS = 3;

/** The text of src/kernel/wasmBytes.ts, compiled from source. */
export async function compileKernel() {
  const [own, shared] = [await compile(false), await compile(true)];
  const places = [...own.keys()].filter((at) => own[at] !== shared[at]);
  if (own.length !== shared.length || places.length !== 1 || shared[places[0]] !== SHARED_LIMITS)
    throw new Error("the kernel for shared memory differs by more than the limits of its memory");
  return `// Generated from assembly/kernel.ts by \`npm run build:kernel\`; test/kernel/wasmBytes.test.ts compares.

/** The kernel for a memory of one thread, in base64. */
export const KERNEL =
  "${own.toString("base64")}";

/** Place of the one byte that differs where worker threads share the memory, and what it then is. */
export const SHARED_MEMORY = { at: ${places[0]}, byte: ${SHARED_LIMITS} };
`;
}

async function compile(sharedMemory) {
  const source = readFileSync(join(here, "kernel.ts"), "utf8");
  const { error, binary, stderr } = await compileString(source, {
    optimizeLevel: 3,
    noAssert: true,
    runtime: "stub",
    importMemory: true,
    initialMemory: 1,
    maximumMemory: 65536,
    ...(sharedMemory && { sharedMemory: true, enable: ["threads"] }),
  });
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  return Buffer.from(binary);
}

if (process.argv[1] === import.meta.filename) writeFileSync(WASM_BYTES, await compileKernel());
