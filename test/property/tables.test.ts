import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadFitData } from "../../src/run/fitData.ts";
import { fitResult } from "../../src/run/fitResult.ts";
import { compareResult, forecastResult, planResult } from "../../src/run/outlook.ts";
import { temporaryFolder } from "../support/terminal.ts";

const BELIEFS = { level: 0.9, ceiling: undefined, floor: undefined, seed: 1, draws: 100 };
const REQUEST = {
  target: 1,
  budget: 10,
  pricePerMillion: 1,
  tokensPerX: 1e6,
  sourceTokens: 1e6,
  leastGain: undefined,
};

/** Run fit, compare, forecast and plan: each gives an answer of finite numbers or one clear line. */
async function requireAnswers(csv: string): Promise<("answer" | "refused")[]> {
  const path = join(temporaryFolder({ "runs.csv": csv }), "runs.csv");
  const read = () => loadFitData(path, { where: [] });
  const commands = [
    async () => fitResult(await read(), 1, [0, 1e9]),
    async () => compareResult(await read(), [1, 1e9]),
    async () => forecastResult(await read(), [0, 1e9], BELIEFS),
    async () => planResult(await read(), REQUEST, BELIEFS),
  ];
  const outcomes: ("answer" | "refused")[] = [];
  for (const command of commands) {
    const result = await command().catch((error: unknown) => error);
    if (result instanceof Error) {
      expect(result.name, result.stack).toBe("InputError");
      expect(result.message).not.toMatch(/\n|NaN|undefined/);
      outcomes.push("refused");
    } else {
      expect(nonFinite(result)).toEqual([]);
      outcomes.push("answer");
    }
  }
  return outcomes;
}

/** Where an answer holds a number that JSON cannot: such a number would be printed as null. */
function nonFinite(value: unknown, path = ""): string[] {
  if (typeof value === "number") return Number.isFinite(value) ? [] : [path];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => nonFinite(inner, `${path}/${key}`));
}

const table = (rows: readonly (readonly [unknown, unknown])[]) =>
  `tokens,value\n${rows.map((row) => row.join(",")).join("\n")}\n`;

describe("fit, compare, forecast and plan", () => {
  it.each<[string, [unknown, unknown][], string]>([
    [
      "a constant series",
      [
        [1, 5],
        [2, 5],
        [4, 5],
        [8, 5],
      ],
      "answer answer refused refused",
    ],
    [
      "two points",
      [
        [1, 5],
        [2, 6],
      ],
      "refused answer refused refused",
    ],
    [
      "all x equal",
      [
        [3, 5],
        [3, 6],
        [3, 7],
        [3, 8],
      ],
      "refused refused refused refused",
    ],
    [
      "a falling series",
      [
        [1, 9],
        [2, 7],
        [4, 6],
        [8, 4],
        [16, 3],
      ],
      "answer answer answer answer",
    ],
    [
      "x = 0",
      [
        [0, 1],
        [1, 2],
        [2, 2.5],
        [4, 2.7],
        [8, 2.8],
      ],
      "answer answer answer answer",
    ],
    [
      "only x = 0",
      [
        [0, 1],
        [0, 2],
        [0, 3],
      ],
      "refused refused refused refused",
    ],
    [
      "twelve decades",
      [
        [1e-6, 1],
        [1e-3, 2],
        [1, 3],
        [1e3, 4],
        [1e6, 5],
      ],
      "answer answer answer answer",
    ],
    [
      "NaN and empty cells",
      [
        [1, 1],
        [2, "NaN"],
        ["", 3],
        [4, 2],
        [8, 2.5],
        [16, 2.6],
      ],
      "answer answer answer answer",
    ],
    [
      "an infinity",
      [
        [1, 1],
        [2, "inf"],
        [4, 2],
      ],
      "refused refused refused refused",
    ],
    [
      "huge values",
      [
        [1, 1e300],
        [2, 1.5e300],
        [4, 1.6e300],
        [8, 1.7e300],
      ],
      "refused refused refused refused",
    ],
    [
      "repeats of one value",
      Array.from({ length: 900 }, (_, i) => [1 + (i % 3), 1 + (i % 3)]),
      "answer answer answer answer",
    ],
  ])("answer or refuse in one line: %s", async (_, rows, outcomes) => {
    expect((await requireAnswers(table(rows))).join(" ")).toBe(outcomes);
  });

  it("never print a number that is none, whatever the table", async () => {
    const x = fc.oneof(
      fc.constantFrom(0, 1, 1e-6, 1e6, 5),
      fc.integer({ min: 0, max: 9 }),
      fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
    );
    const y = fc.oneof(
      fc.constantFrom(0, 50, -50),
      fc.double({ min: -100, max: 100, noNaN: true }),
      fc.constantFrom(1e-300, -1e6, 1e12),
    );
    const cell = (number: fc.Arbitrary<number>) =>
      fc.oneof(
        { weight: 30, arbitrary: number },
        { weight: 1, arbitrary: fc.constantFrom("", "NaN", "inf", "x") },
      );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell(x), cell(y)), { minLength: 1, maxLength: 9 }), async (rows) => {
        await requireAnswers(table(rows));
      }),
      { numRuns: 30, seed: 5 },
    );
  });
});
