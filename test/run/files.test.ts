import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readTextFile } from "../../src/run/files.ts";
import { builtPackage } from "../support/built.ts";
import { temporaryFolder } from "../support/terminal.ts";

describe("readTextFile", () => {
  const bytesFile = (bytes: Buffer) => {
    const file = join(temporaryFolder(), "names.csv");
    writeFileSync(file, bytes);
    return file;
  };

  it("reads UTF-8, with a byte order mark or without", async () => {
    const text = "Zürich,東京\n\uFFFD,𝄞\n";
    for (const mark of ["", "\uFEFF"]) {
      const read = await readTextFile(bytesFile(Buffer.from(mark + text, "utf8")));
      expect(read.text).toBe(text);
    }
  });

  it("refuses Latin-1, naming the line, rather than make Zürich and Zörich one", async () => {
    const file = bytesFile(Buffer.from("\u00EF\u00BF\u00BD,a\nZ\u00FCrich,Z\u00F6rich\n", "latin1"));
    await expect(readTextFile(file)).rejects.toThrow(`${file}:2: holds bytes that are not UTF-8; save the`);
    const last = bytesFile(Buffer.from("a\nb\n\u00FC", "latin1"));
    await expect(readTextFile(last)).rejects.toThrow(`${last}:3: holds bytes`);
  });

  it("refuses UTF-16 and other bytes", async () => {
    const file = bytesFile(Buffer.from("a,b\n", "utf16le"));
    await expect(readTextFile(file)).rejects.toThrow(`${file}: is not text in UTF-8`);
  });

  it("puts the pieces of standard input together, though one ends within a character", async () => {
    const bytes = Buffer.from("a,Zürich\n");
    async function* pieces() {
      for (const byte of bytes) yield Uint8Array.of(byte);
    }
    expect((await readTextFile("-", () => Readable.from(pieces()))).text).toBe("a,Zürich\n");
  });

  it("unpacks gzip, from files and from standard input, and keeps the hash of what is stored", async () => {
    const packed = gzipSync("a,Zürich\n");
    const file = await readTextFile(bytesFile(packed));
    expect(file.text).toBe("a,Zürich\n");
    expect(file.sha256).toBe(createHash("sha256").update(packed).digest("hex"));
    async function* pieces() {
      for (const byte of packed) yield Uint8Array.of(byte);
    }
    expect((await readTextFile("-", () => Readable.from(pieces()))).text).toBe("a,Zürich\n");
  });

  it("says what is wrong with a gzip file", async () => {
    const packed = gzipSync("a,b\n".repeat(100));
    const short = bytesFile(packed.subarray(0, -9));
    await expect(readTextFile(short)).rejects.toThrow(`${short}: is a gzip file that ends too soon`);
    const spoilt = bytesFile(packed.map((byte, i) => (i === packed.length - 8 ? byte ^ 1 : byte)) as Buffer);
    await expect(readTextFile(spoilt)).rejects.toThrow(
      `${spoilt}: cannot be unpacked (incorrect data check)`,
    );
    const other = bytesFile(Buffer.from([0x1f, 0x41, 0x0a]));
    expect((await readTextFile(other)).text).toBe("\x1fA\n");
    const latin = bytesFile(gzipSync(Buffer.from("a\nZ\u00FCrich\n", "latin1")));
    await expect(readTextFile(latin)).rejects.toThrow(`${latin}:2: holds bytes that are not UTF-8`);
  });

  it("says why standard input cannot be read", async () => {
    // biome-ignore lint/correctness/useYield: a stream that fails before its first piece
    async function* broken(): AsyncGenerator<Uint8Array> {
      throw Object.assign(new Error("EISDIR"), { code: "EISDIR" });
    }
    await expect(readTextFile("-", () => Readable.from(broken()))).rejects.toThrow(
      "-: is a folder, not a file",
    );
  });
});

describe("standard input of the program", () => {
  let built: ReturnType<typeof builtPackage>;
  beforeAll(() => {
    built = builtPackage();
  });
  afterAll(() => built.remove());

  const bin = () => join(built.folder, "cli", "bin.js");
  const start = (args: string[], input: string) =>
    spawnSync(process.execPath, [bin(), ...args], { input, encoding: "utf8" });

  it("may be a socket, as where another program starts this one", () => {
    const { status, stdout, stderr } = start(["spectrum", "-", "--json"], "0,1\n1,2\n");
    expect(stderr).not.toContain("cannot be read");
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ entities: 3, links: 2 });
  });

  it("says in one line that nothing came", () => {
    for (const [command, message] of [
      [
        "spectrum",
        "entigraph: -: holds no links; give the number of entities to study a graph without links\n",
      ],
      ["fit", "entigraph: -: is empty\n"],
    ] as const) {
      expect(start([command, "-"], "")).toMatchObject({ status: 2, stdout: "", stderr: message });
    }
  });

  it("may be none", () => {
    const { status, stderr } = spawnSync(process.execPath, [bin(), "fit", "-"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
    expect({ status, stderr }).toEqual({ status: 2, stderr: "entigraph: -: is empty\n" });
  });
});
