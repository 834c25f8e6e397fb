import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { describe, expect, it } from "vitest";

/**
 * The one-way doors of ARCHITECTURE.md: for each room of src/, the rooms it may import and why no others.
 * `errors` is open to all.
 */
const DOORS: Record<string, { rooms: string[]; packages: string[]; reason: string }> = {
  errors: { rooms: [], packages: [], reason: "everything depends on it" },
  random: {
    rooms: [],
    packages: ["@noble/hashes", "pure-rand"],
    reason: "draws know nothing of what they are for",
  },
  table: { rooms: [], packages: [], reason: "text to cells, for graphs and results alike" },
  graph: { rooms: ["random", "table"], packages: ["saxes"], reason: "M0 exists before anything is learned" },
  kernel: {
    rooms: ["graph"],
    packages: [],
    reason: "searches compiled to WebAssembly: knows graphs and memory",
  },
  growth: { rooms: [], packages: [], reason: "spectra and curves do not know where they come from" },
  spectrum: {
    rooms: ["graph", "growth", "kernel", "random"],
    packages: [],
    reason: "exact, or from sources drawn at random",
  },
  process: {
    rooms: ["graph", "growth", "kernel", "random"],
    packages: [],
    reason: "tested against spectrum, so independent of it",
  },
  theory: { rooms: ["growth", "random"], packages: [], reason: "theory never looks at a graph" },
  fit: {
    rooms: ["growth", "random", "table", "theory"],
    packages: [],
    reason: "a fit knows training results only; the theory's curve is one of the laws",
  },
  datasets: { rooms: ["table"], packages: [], reason: "data with provenance, no opinion on it" },
  spec: {
    rooms: ["graph"],
    packages: ["mathjs", "yaml", "zod"],
    reason: "checks input before anything runs",
  },
  run: {
    rooms: [
      "random",
      "table",
      "graph",
      "kernel",
      "growth",
      "spectrum",
      "process",
      "theory",
      "fit",
      "datasets",
      "verify",
      "spec",
    ],
    packages: ["markdown-table", "ndarray", "simple-statistics", "write-file-atomic", "node:"],
    reason: "spec to results; knows neither options nor pictures",
  },
  verify: {
    rooms: ["random", "graph", "growth", "spectrum", "theory"],
    packages: [],
    reason: "puts theory to the test on graphs; knows neither files nor options",
  },
  figure: {
    rooms: ["run", "growth"],
    packages: [
      "vega",
      "vega-lite",
      "fontkit",
      "@resvg/resvg-js",
      "pdfkit",
      "svg-to-pdfkit",
      "zod",
      "@expo-google-fonts/source-serif-4",
      "node:",
    ],
    reason: "draws results, computes none",
  },
  cli: {
    rooms: [
      "random",
      "table",
      "graph",
      "growth",
      "spectrum",
      "theory",
      "fit",
      "datasets",
      "verify",
      "spec",
      "run",
      "figure",
    ],
    packages: ["commander", "cli-progress", "markdown-table", "node:", "simple-ascii-chart"],
    reason: "the only room that knows options and the terminal",
  },
};

/** Rooms that run unchanged in a browser: no Node module, no clock, no global randomness. */
const PURE_ROOMS = [
  "errors",
  "random",
  "table",
  "graph",
  "kernel",
  "growth",
  "spectrum",
  "process",
  "theory",
  "fit",
  "datasets",
  "verify",
];

const SRC = join(import.meta.dirname, "..", "src");
const files = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));

function roomOf(file: string): string {
  const [first] = file.split(sep);
  return first!.replace(/\.ts$/, "");
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(SRC, file), "utf8");
  const statements = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\b[^;]*?from\s+"([^"]+)"|import\(\s*"([^"]+)"\s*\)|(?:^|\n)import\s+"([^"]+)"/g,
  );
  return [...statements].map((match) => match[1] ?? match[2] ?? match[3]!);
}

describe("imports between the rooms of src/", () => {
  it("finds the source files", () => {
    expect(files.length).toBeGreaterThan(10);
  });

  it.each(files)("%s stays within its doors", (file) => {
    const room = roomOf(file);
    if (room === "index") return;
    const door = DOORS[room];
    expect(door, `${room} is no room of the house: add it to DOORS and ARCHITECTURE.md`).toBeDefined();
    for (const specifier of importsOf(file)) {
      const why = `${file} imports ${specifier}, but ${room}: ${door!.reason}`;
      if (specifier.startsWith(".")) {
        const target = roomOf(relative(SRC, join(SRC, file, "..", specifier)));
        expect([room, "errors", ...door!.rooms], why).toContain(target);
      } else {
        expect(
          door!.packages.some((name) => specifier.startsWith(name)),
          why,
        ).toBe(true);
      }
    }
  });

  it.each(files.filter((file) => PURE_ROOMS.includes(roomOf(file))))("%s is pure", (file) => {
    const text = readFileSync(join(SRC, file), "utf8");
    const impure = /\b(Math\.random|Date\.now|new Date|performance\.now|console\.\w|process\.\w)/.exec(text);
    expect(impure?.[0], `${file} uses it`).toBeUndefined();
  });

  it("is told in ARCHITECTURE.md: each room with the rooms it may import", () => {
    const text = readFileSync(join(SRC, "..", "ARCHITECTURE.md"), "utf8");
    const rows = [...text.matchAll(/^\| `src\/(\w+)(?:\/|\.ts)` *\|[^|]*\| *([^|]*?) *\|$/gm)];
    const told = Object.fromEntries(
      rows.map(([, room, rooms]) => [room!, rooms === "–" ? [] : rooms!.split(", ")]),
    );
    delete told["index"];
    const sorted = (doors: [string, string[]][]) =>
      Object.fromEntries(doors.map(([room, to]) => [room, to.sort()]));
    const asserted = Object.entries(DOORS).map(([room, { rooms }]): [string, string[]] => [room, [...rooms]]);
    expect(sorted(Object.entries(told))).toEqual(sorted(asserted));
  });
});
