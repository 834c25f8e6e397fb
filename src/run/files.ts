import { isUtf8, constants as limits } from "node:buffer";
import { createHash } from "node:crypto";
import { accessSync, constants, statSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { addAbortSignal, type Readable } from "node:stream";
import { gunzipSync, gzipSync } from "node:zlib";
import writeFileAtomic from "write-file-atomic";
import { InputError } from "../errors.ts";
import { Interrupted, runBreakably } from "./responsive.ts";

/** Text of a file with what identifies it. */
export interface TextFile {
  readonly text: string;
  readonly sha256: string;
}

/**
 * Read a text file in UTF-8, or standard input for the name "-"; what begins like gzip is unpacked. The hash is that
 * of the bytes as they are stored.
 *
 * @param stdin - what "-" stands for; default: that of this process
 * @throws {InputError} if it cannot be read or unpacked or is not text in UTF-8, saying why in a few words
 * @throws {Interrupted} if the signal is aborted before all has been read
 */
export async function readTextFile(
  name: string,
  stdin: () => Readable = () => process.stdin,
  signal?: AbortSignal,
): Promise<TextFile> {
  // Not by the name /dev/stdin, which cannot be opened where standard input is a socket and is not everywhere.
  const bytes = await (name === "-" ? gathered(stdin(), signal) : readFile(name, { signal })).catch(
    (error: NodeJS.ErrnoException) => {
      if (signal?.aborted) throw new Interrupted(signal.reason);
      throw new InputError(name, REASONS[error.code ?? ""] ?? `cannot be read (${error.code})`);
    },
  );
  return runBreakably(() => ({
    text: decoded(unpacked(bytes, name), name),
    sha256: createHash("sha256").update(bytes).digest("hex"),
  }));
}

async function gathered(stream: Readable, signal?: AbortSignal): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  if (signal) addAbortSignal(signal, stream);
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Bytes as they are, or what they hold if they begin with the two that every gzip file begins with. */
function unpacked(bytes: Buffer, name: string): Buffer {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: limits.MAX_STRING_LENGTH });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = UNPACKING[code ?? ""] ?? `cannot be unpacked (${message})`;
    throw new InputError(name, reason);
  }
}

const UNPACKING: Record<string, string> = {
  Z_BUF_ERROR: "is a gzip file that ends too soon; get it again whole",
  ERR_BUFFER_TOO_LARGE: "is a gzip file that holds more text than can be kept; split it",
};

function wholeText(bytes: Buffer, name: string): string {
  try {
    return new TextDecoder().decode(bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_STRING_TOO_LONG") throw error;
    throw new InputError(name, "holds more text than can be kept (512 MiB); split it, or leave out columns");
  }
}

/** A decoder that replaces what it does not know would make different names one. */
function decoded(bytes: Buffer, name: string): string {
  if (bytes.includes(0)) throw new InputError(name, "is not text in UTF-8");
  if (isUtf8(bytes)) return wholeText(bytes, name);
  const problem = "holds bytes that are not UTF-8; save the file as UTF-8 (from Latin-1, perhaps)";
  throw new InputError(`${name}:${badLine(bytes)}`, problem);
}

/** The first line that is not UTF-8, counted from 1: no character of UTF-8 contains the byte of a line's end. */
function badLine(bytes: Buffer): number {
  for (let line = 1, from = 0; ; line++) {
    const end = bytes.indexOf("\n", from);
    if (end < 0 || !isUtf8(bytes.subarray(from, end))) return line;
    from = end + 1;
  }
}

/**
 * Write a file whole or not at all, making its folder if there is none.
 *
 * @throws {InputError} if it cannot be written, saying why in a few words
 */
export async function writeWholeFile(name: string, content: string | Uint8Array): Promise<void> {
  try {
    await mkdir(dirname(name), { recursive: true });
    await writeFileAtomic(name, typeof content === "string" ? content : Buffer.from(content));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new InputError(name, writingProblem(code));
  }
}

/**
 * Write text whole or not at all, as {@link writeWholeFile} does; compressed if the name ends in ".gz", without a time,
 * so that the same text gives the same bytes.
 *
 * @param pieces - the text, which together may be longer than one text can be
 */
export async function writeTextFile(name: string, pieces: Iterable<string>): Promise<void> {
  const bytes = runBreakably(() => Buffer.concat(Array.from(pieces, (piece) => Buffer.from(piece))));
  await writeWholeFile(name, /\.gz$/i.test(name) ? gzipSync(bytes) : bytes);
}

/**
 * Make sure, before the work, that {@link writeWholeFile} will be able to write a file. Nothing is written or made.
 *
 * @throws {InputError} if the name belongs to something else than a file, or no file can be made there
 */
export function requireWritable(name: string): void {
  try {
    const there = statSync(name, { throwIfNoEntry: false });
    if (name === "") throw new InputError('""', "is no name of a file");
    if (there?.isDirectory() || /[/\\]$/.test(name)) throw new InputError(name, REASONS["EISDIR"]!);
    // Written whole means renamed into place: a device or pipe would be replaced by a file.
    if (there && !there.isFile()) throw new InputError(name, "is a device or a pipe, not a file");
    accessSync(nearestFolder(dirname(name)), constants.W_OK | constants.X_OK);
  } catch (error) {
    if (error instanceof InputError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new InputError(name, writingProblem(code));
  }
}

/** The folder itself or, if it is still to be made, the nearest one above it that is there. */
function nearestFolder(folder: string): string {
  const there = statSync(folder, { throwIfNoEntry: false });
  if (there === undefined && dirname(folder) !== folder) return nearestFolder(dirname(folder));
  if (there?.isDirectory()) return folder;
  throw Object.assign(new Error(folder), { code: "ENOTDIR" });
}

/** What is missing where a file cannot be made is no file but a place for it. */
function writingProblem(code: string | undefined): string {
  if (code === "ENOENT") return "no file can be made there";
  return REASONS[code ?? ""] ?? `cannot be written (${code})`;
}

const REASONS: Record<string, string> = {
  ENOENT: "no such file",
  EISDIR: "is a folder, not a file",
  ENOTDIR: "a part of this path is not a folder",
  EEXIST: "a part of this path is not a folder",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ENOSPC: "no space left",
};
