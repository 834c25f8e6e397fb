import { PassThrough } from "node:stream";
import { describe, expect, it, vi } from "vitest";
import { drawPlot, stepAxis, type TerminalPlot } from "../../src/cli/plot.ts";
import { entigraph } from "../support/terminal.ts";

const ESCAPE = "\x1b[";
const MARKS = /[░━─●]/;

/** The commands that draw, small; each with the marks of its legend. */
const COMMANDS = {
  simulate: ["simulate --entities 20 --lambda 2 --replicates 3 --steps 2000", "░━●×"],
  spectrum: ["spectrum simulations/small-corpus.csv", "━"],
  "spectrum --sources": ["spectrum simulations/small-corpus.csv --sources 4", "░●"],
  theory: ["theory --entities 100 --lambda 3 --samples 50", "░─●"],
  fit: ["fit quality-rephrase --terms 2", "━●"],
  forecast: ["forecast quality-rephrase --at 1000 --draws 100", "░━●"],
} as const;

describe.each(Object.entries(COMMANDS))("%s in a terminal", (_, [line, marks]) => {
  const args = line.split(" ");

  it.each([60, 80, 200])(
    "draws a labelled plot within %d columns, below the same text as in a pipe",
    async (columns) => {
      const piped = await entigraph(args);
      const { code, stdout } = await entigraph(args, undefined, { columns, colors: false });
      expect(code).toBe(0);
      expect(stdout.startsWith(piped.stdout)).toBe(true);
      const plot = stdout.slice(piped.stdout.length).trim().split("\n");
      expect(plot.length).toBeGreaterThan(12);
      expect(plot.length).toBeLessThan(25);
      expect(Math.max(...plot.slice(0, -1).map((each) => each.length))).toBeLessThanOrEqual(columns);
      expect(
        plot
          .at(-1)!
          .split("   ")
          .map((entry) => entry[0])
          .join(""),
      ).toBe(marks);
      const drawing = plot.slice(1, -2).join("");
      for (const mark of marks) expect(drawing).toContain(mark);
      expect(plot.join("")).not.toContain(ESCAPE);
    },
  );

  it("draws nothing in a pipe, with --no-plot, or with --json", async () => {
    const screen = { columns: 80, colors: true };
    const piped = await entigraph(args);
    expect(piped.stdout).not.toMatch(MARKS);
    expect((await entigraph([...args, "--no-plot"], undefined, screen)).stdout).toBe(piped.stdout);
    const { stdout } = await entigraph([...args, "--json"], undefined, screen);
    expect(stdout).not.toMatch(MARKS);
    expect(() => JSON.parse(stdout)).not.toThrow();
  });
});

it("is coloured unless NO_COLOR is set", async () => {
  const args = ["spectrum", "simulations/small-corpus.csv"];
  const screen = { columns: 80, colors: true };
  const colored = await entigraph(args, undefined, screen);
  vi.stubEnv("NO_COLOR", "1");
  const plain = await entigraph(args, undefined, screen);
  vi.unstubAllEnvs();
  expect(colored.stdout).toContain(ESCAPE);
  expect(plain.stdout).not.toContain(ESCAPE);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape sequences are what is removed
  expect(colored.stdout.replace(/\x1b\[\d+m/g, "")).toBe(plain.stdout);
});

it("draws nothing of a single step, and nothing on a screen of 30 columns", async () => {
  const args = ["spectrum", "simulations/small-corpus.csv"];
  const one = await entigraph([...args, "--at", "5"], undefined, { columns: 80, colors: false });
  expect(one.stdout).not.toMatch(MARKS);
  const narrow = await entigraph(args, undefined, { columns: 30, colors: false });
  expect(narrow).toMatchObject({ code: 0, stdout: (await entigraph(args)).stdout });
});

describe("drawPlot", () => {
  const draw = (plot: TerminalPlot) =>
    drawPlot(plot, Object.assign(new PassThrough(), { columns: 73 }))!.split("\n");

  it("puts points where the labels of both axes say they are", () => {
    const lines = draw({
      x: stepAxis([0, 1, 10_000]),
      y: "share",
      series: [{ name: "power", mark: "●", values: [0, 1, 2, 3, 4].map((i) => [10 ** i, i / 5]) }],
    });
    const dots = lines.slice(0, -1).flatMap((line) => {
      const column = line.indexOf("●");
      return column < 0 ? [] : [{ column, label: line.split("┤")[0]!.trim() }];
    });
    expect(dots.map(({ label }) => label)).toEqual(["0.8", "0.6", "0.4", "0.2", "0"]);
    const [axis, labels] = lines.slice(-4);
    const ticks = [...axis!].flatMap((character, column) => (character === "┬" ? [column] : []));
    expect(dots.map(({ column }) => column).reverse()).toEqual(ticks);
    expect(labels!.trim().split(/\s+/)).toEqual(["1", "10", "100", "1k", "10k"]);
  });

  it("fills a band from its lower to its upper end, without a hole", () => {
    const lines = draw({
      x: { label: "x", from: 0, to: 1, scale: "linear" },
      y: "y",
      series: [{ name: "band", mark: "░", values: (x) => [x / 3, (1 + x) / 2] }],
    });
    const chart = lines.slice(2, -3);
    for (let column = 8; column < 60; column++) {
      const filled = chart.map((line) => line[column] === "░");
      expect(filled.lastIndexOf(true) - filled.indexOf(true) + 1).toBe(filled.filter(Boolean).length);
      expect(filled).toContain(true);
    }
  });

  it("leaves out what is not finite", () => {
    const plot = { x: { label: "x", from: 0, to: 1, scale: "linear" as const }, y: "y" };
    expect(
      drawPlot({ ...plot, series: [{ name: "n", mark: "●", values: () => NaN }] }, new PassThrough()),
    ).toBeUndefined();
  });
});
