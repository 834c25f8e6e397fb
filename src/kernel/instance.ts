import { KERNEL, SHARED_MEMORY } from "./wasmBytes.ts";

/** The part of the WebAssembly interface that is used here: it belongs to the web and to Node, not to ECMAScript. */
interface WebAssemblyApi {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: { env: { memory: KernelMemory } }) => { exports: unknown };
  Memory: new (size: { initial: number; maximum: number; shared: boolean }) => KernelMemory;
}

/** A WebAssembly.Memory. One that is shared can be posted to worker threads. */
export interface KernelMemory {
  readonly buffer: ArrayBuffer | SharedArrayBuffer;
}

/** A search from one source: (address of the plan, id of the source) to the number of vertices reached. */
export type KernelSweep = (plan: number, source: number) => number;

/** (address of the plan, number its leader reaches, length of the chain) to the number of the chain it reaches. */
export type Withdrawal = (plan: number, reached: number, length: number) => number;

type Width = "16" | "32";
type Slots = "3" | "4" | "8";

/** What assembly/kernel.ts exports. */
export type KernelExports = Readonly<
  Record<`${"first" | "uniform" | "ranks"}${Width}x${Slots}`, KernelSweep>
> & {
  binSizes(plan: number, from: number, to: number): void;
} & Readonly<Record<`withdraw${Width}`, Withdrawal>>;

const PAGE = 65_536;
const MAX_PAGES = 65_536;
const modules = new Map<boolean, object>();

function api(): WebAssemblyApi | undefined {
  return (globalThis as { WebAssembly?: WebAssemblyApi }).WebAssembly;
}

/**
 * A memory of at least `bytes` bytes, all zero.
 *
 * @param shared - whether worker threads are to share it
 * @returns undefined if there is no WebAssembly here, or not so much memory
 */
export function kernelMemory(bytes: number, shared: boolean): KernelMemory | undefined {
  const pages = Math.ceil(bytes / PAGE);
  const wasm = api();
  if (!wasm || pages > MAX_PAGES) return undefined;
  try {
    return new wasm.Memory({ initial: pages, maximum: shared ? pages : MAX_PAGES, shared });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The kernel at work on a memory. Compiled once a thread, synchronously: it is small. */
export function kernelInstance(memory: KernelMemory): KernelExports {
  const wasm = api()!;
  const shared = !(memory.buffer instanceof ArrayBuffer);
  let module = modules.get(shared);
  if (!module) {
    const bytes = fromBase64(KERNEL);
    if (shared) bytes[SHARED_MEMORY.at] = SHARED_MEMORY.byte;
    module = new wasm.Module(bytes);
    modules.set(shared, module);
  }
  return new wasm.Instance(module, { env: { memory } }).exports as KernelExports;
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}
