import { sha256 } from "@noble/hashes/sha2.js";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import { requireInteger } from "../errors.ts";

/** A source of random numbers. Every function that draws takes one as its first argument. */
export interface Rng {
  /** Uniform on [0, 1), a multiple of 2⁻⁵³. */
  nextFloat(): number;
}

/**
 * The random stream that belongs to a key.
 *
 * The key is hashed (SHA-256) into the whole 128-bit state of a xoroshiro128+ generator, so that streams with
 * neighbouring seeds or indices are unrelated, and one more replicate, figure or worker never shifts the others:
 * a replicate's stream depends on its own key only.
 *
 * @param seed - non-negative safe integer, chosen by the user
 * @param purpose - what the numbers are for, such as "graph" or "process"
 * @param indices - position within the purpose, such as the number of the replicate
 * @throws {DomainError} if the seed or an index is not a non-negative safe integer
 * @example stream(7, "process", 0, 731).nextFloat()
 */
export function stream(seed: number, purpose: string, ...indices: readonly number[]): Rng {
  requireInteger("seed", seed, 0, Number.MAX_SAFE_INTEGER);
  for (const index of indices) requireInteger("stream index", index, 0, Number.MAX_SAFE_INTEGER);
  // JSON keeps ("a", 1) and ("a1") apart; sorted keys or locale play no part in it.
  const digest = sha256(new TextEncoder().encode(JSON.stringify([seed, purpose, ...indices])));
  const view = new DataView(digest.buffer, digest.byteOffset);
  const generator = xoroshiro128plusFromState([0, 4, 8, 12].map((offset) => view.getInt32(offset)));
  return {
    nextFloat() {
      // 21 + 32 high bits: the lowest bits of xoroshiro128+ are its weakest.
      const high = generator.next() >>> 11;
      const low = generator.next() >>> 0;
      return (high * 0x1_0000_0000 + low) * 2 ** -53;
    },
  };
}
