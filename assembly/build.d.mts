/** Path of src/kernel/wasmBytes.ts. */
export const WASM_BYTES: string;

/** The text of src/kernel/wasmBytes.ts, compiled from assembly/kernel.ts. */
export function compileKernel(): Promise<string>;
