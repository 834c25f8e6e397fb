import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { splitNoise } from "../../src/fit/noise.ts";
import { type FitInput, lastStandardError, loadFitData } from "../../src/run/fitData.ts";
import { temporaryFolder } from "../support/terminal.ts";

/** Read a table with the given options; the place is called "runs" in notes. */
async function load(csv: string | Uint8Array, input: Partial<FitInput> = {}) {
  const path = join(temporaryFolder({ "runs.csv": csv }), "runs.csv");
  const data = await loadFitData(path, { where: [], ...input });
  return {
    ...data,
    x: [...data.x],
    y: [...data.y],
    standardErrors: data.standardErrors && [...data.standardErrors],
    notes: data.notes.map((note) => note.replace(path, "runs")),
  };
}

async function refusal(csv: string, input: Partial<FitInput> = {}): Promise<string> {
  const error = await load(csv, input).then(
    () => expect.fail("accepted"),
    (thrown: unknown) => thrown as Error,
  );
  expect(error.name).toBe("InputError");
  return error.message.replace(/^\S*runs\.csv/, "runs");
}

describe("columns", () => {
  it("are found by name, and what was assumed is said", async () => {
    const data = await load("seed,Accuracy (%),tokens,accuracy_se\n1,40,1,0.5\n2,45,2,0.6\n");
    expect(data).toMatchObject({ x: [1, 2], y: [40, 45], standardErrors: [0.5, 0.6], whole: 100 });
    expect(data.notes).toEqual([
      "runs: x = tokens, y = Accuracy (%) (percent), standard errors: accuracy_se; not used: seed",
    ]);
  });

  it("are the first two of numbers where no name is usual", async () => {
    const data = await load("model;size;loss;width\na;1;2;3\nb;2;3;4\n");
    expect(data).toMatchObject({ xColumn: "size", yColumn: "loss", x: [1, 2], y: [2, 3], whole: null });
    expect(data.notes).toEqual(["runs: x = size, y = loss; not used: model, width"]);
    expect(await load("1 2\n3 4\n")).toMatchObject({ x: [1, 3], y: [2, 4], xColumn: "1" });
  });

  it("are those asked for, by name or number, before all others", async () => {
    const csv = "accuracy,tokens,epoch,se\n1,2,3,4\n5,6,7,8\n";
    expect(await load(csv, { x: "epoch", y: "2" })).toMatchObject({ x: [3, 7], y: [2, 6] });
    expect((await load(csv, { standardError: "none" })).standardErrors).toBeUndefined();
    expect(await load(csv, { standardError: "epoch" })).toMatchObject({ standardErrors: [3, 7] });
  });

  it("of correct answers and questions make a percentage with binomial standard errors", async () => {
    const data = await load("variations,correct,questions\n1,117,468\n2,234,468\n");
    expect(data).toMatchObject({ y: [25, 50], whole: 100, errorsFrom: "binomial, questions" });
    // p̃ = 236/472 = 1/2 exactly: 100·√(1/4/468).
    expect(data.standardErrors![1]).toBeCloseTo(50 / Math.sqrt(468), 12);
    expect(data.notes[0]).toContain("y = correct/questions (percent), standard errors: binomial, questions");
    expect(await load("n,c,x\n10,5,1\n", { correct: "c", questions: "n" })).toMatchObject({ y: [50] });
  });

  it("of questions beside an accuracy give its standard errors", async () => {
    const data = await load("tokens,accuracy,questions\n1,0.5,100\n2,0.5,400\n");
    expect(data.standardErrors).toEqual([0.05, 0.025]);
    expect(await load("tokens,accuracy\n1,0.5\n", { questionCount: 100 })).toMatchObject({
      standardErrors: [0.05],
    });
  });

  it("of as many questions at every x split the noise: own scatter, and what the same questions share", async () => {
    const rows = [40, 45.2, 48.1, 50.3, 51.2, 51.9].map((y, i) => [2 ** i, y] as const);
    const csv = `tokens,accuracy\n${rows.map((row) => row.join(",")).join("\n")}\n`;
    const data = await load(csv, { questionCount: 1000 });
    const { x, y, noise, standardErrors, errorsFrom, whole } = data;
    expect({ standardErrors, errorsFrom, whole }).toEqual({
      standardErrors: undefined,
      errorsFrom: null,
      whole: 100,
    });
    expect(noise).toEqual({ ...splitNoise({ x, y }, 1000, 100), questions: 1000 });
    expect(data.notes[0]).toMatch(/noise: own scatter [\d.]+, shared [\d.]+ \(1000 questions, the same at/);
    const counts = (last: number) =>
      load(
        `x,correct,questions\n${rows.map(([v, y], i) => `${v},${10 * y},${i < 5 ? 1000 : last}`).join("\n")}\n`,
      );
    expect((await counts(1000)).noise).toEqual(noise);
    // Other questions for the last point: independent errors.
    expect(await counts(1100)).toMatchObject({ noise: null, errorsFrom: "binomial, questions" });
    expect(
      (await load(csv.replaceAll(/(?<=.)$/gm, ",1").replace("y,1", "y,se"), { questionCount: 9 })).noise,
    ).toBeNull();
  });

  it("take a shared error as it is given, and the scatter for that of each point", async () => {
    const csv = "tokens,accuracy,questions\n1,40,900\n2,45,900\n4,48,900\n8,50,900\n";
    expect(await load(csv, { sharedError: 1.5 })).toMatchObject({
      noise: { shared: 1.5, own: null, questions: null },
      errorsFrom: null,
      standardErrors: undefined,
    });
    expect(await refusal(csv, { sharedError: 1, questionCount: 9 })).toContain(
      "--shared-error: and --questions cannot both be given",
    );
  });

  it.each([
    ["a,b\nu,1\nv,2\n", {}, "runs: needs two columns of numbers, x and y"],
    ["x,correct\n1,2\n", { correct: "correct" }, "--correct: needs the number of questions asked"],
    [
      "x,correct,questions,acc\n1,2,3,4\n",
      { correct: "correct", y: "acc" },
      "--y: and --correct cannot both be given",
    ],
    ["x,y\n1,2\n", { standardError: "se" }, 'runs: has no column "se"; it has x, y'],
    ["x,y,se\n1,2,1\n2,3,0\n", {}, 'runs:3: column "se" holds 0; a standard error must be > 0'],
    [
      "x,correct,questions\n1,5,4\n",
      {},
      'runs:2: column "correct" holds 5; correct must be a whole number from 0 to',
    ],
    [
      "x,correct,questions\n1,2.5,4\n",
      {},
      'runs:2: column "correct" holds 2.5; correct must be a whole number from',
    ],
    ["x,correct,questions\n1,5,5.5\n", {}, 'runs:2: column "questions" holds 5.5; questions must be a whole'],
    ["x,accuracy\n1,120\n", { questionCount: 9 }, 'runs:2: column "accuracy" holds 120; an accuracy must be'],
  ])("%j with %j", async (csv, input, message) => {
    expect(await refusal(csv, input)).toContain(message);
  });
});

describe("cells", () => {
  it("hold suffixes and percent signs; byte order mark, CRLF, quotes, semicolons and tabs are read", async () => {
    const expected = { x: [455e6, 1.3e9], y: [50.5, 56], whole: 100, tokensPerUnit: 1 };
    for (const separator of [",", ";", "\t"]) {
      const csv = [
        ["tokens", '"acc"'],
        ["455M", '"50.5%"'],
        ["1.3B", "56 %"],
      ]
        .map((row) => row.join(separator))
        .join("\r\n");
      expect(await load(`\uFEFF${csv}\r\n`)).toMatchObject(expected);
    }
  });

  it("that are missing leave out their row, which is said", async () => {
    const data = await load("tokens,accuracy,seed\n1,40,\n2,NA,1\n,42,2\n4,43,3\n");
    expect(data).toMatchObject({ x: [1, 4], y: [40, 43] });
    expect(data.notes[1]).toBe(
      "runs: left out 2 rows with a missing value: line 3 (accuracy), line 4 (tokens)",
    );
    const many = await load(`x,y\n${"1,\n".repeat(7)}1,2\n`);
    expect(many.notes[1]).toMatch(/left out 7 rows .* line 6 \(y\), and 2 more$/);
  });

  it.each([
    ["x,y\n1,\n2,n/a\n", "runs: every row lacks a value of x or y, the first on line 2"],
    [
      'x,y\n"1,300,000",5\n',
      'runs:2: column "x" holds "1,300,000", with thousands separators; write 1300000',
    ],
    ["x;y\n1;5\n2;5,25\n", 'runs:3: column "y" holds "5,25", with a decimal comma; write 5.25'],
    ["x,y\n1,inf\n", 'runs:2: column "y" holds "inf", not a finite number; empty the cell'],
    ["x,y\n1,5%\n2,6\n", 'runs:3: column "y" holds "6", but not all cells of the column have a percent sign'],
    ["x,y\n1,5\n-2,6\n", 'runs:3: column "x" holds -2; x must be >= 0'],
    [
      "Tokens (millions),y\n455M,1\n",
      'runs: column "Tokens (millions)" names a unit, and its cells have another',
    ],
  ])("%j", async (csv, message) => expect(await refusal(csv)).toContain(message));
});

describe("rows", () => {
  it("come in any order and all count; equal x and equal rows are said", async () => {
    const data = await load("x,y\n4,9\n1,5\n4,8\n1,5\n2,7\n");
    expect(data.x).toEqual([4, 1, 4, 1, 2]);
    expect(data.notes[1]).toBe(
      "runs: 5 rows at 3 different x: the scatter among equals counts as noise; " +
        "1 row the same as an earlier one in x and y (line 5 as line 3), kept as further runs",
    );
  });
});

describe("units", () => {
  it.each([
    ["accuracy", "0.4", "0.5", 1],
    ["accuracy", "40", "50", 100],
    ["accuracy", "40", "150", null],
    ["score_percent", "0.4", "0.5", 100],
    ["fraction", "0.4", "0.5", 1],
    ["loss", "0.4", "0.5", null],
    ["y", "4%", "5%", 100],
  ])("of y: %s with %s and %s", async (name, a, b, whole) => {
    expect((await load(`x,${name}\n1,${a}\n2,${b}\n`)).whole).toBe(whole);
  });

  it.each([
    ["tokens", 1],
    ["Tokens (millions)", 1e6],
    ["tokens_B", 1e9],
    ["kTokens", null],
    ["k tokens", 1e3],
    ["epochs", null],
  ])("of x: %s", async (name, tokens) => {
    expect((await load(`${name},y\n1,2\n`, { x: "1" })).tokensPerUnit).toBe(tokens);
  });
});

describe("the standard error of a further run", () => {
  const of = (x: readonly number[], standardErrors?: readonly number[]) =>
    lastStandardError({
      x: Float64Array.from(x),
      ...(standardErrors && { standardErrors: Float64Array.from(standardErrors) }),
    });

  it("is that of the row with the largest x, and of several their root mean square in any order", () => {
    expect(of([1, 5, 2], [0.1, 0.4, 0.2])).toBeCloseTo(0.4, 12);
    expect(of([1, 5, 5], [9, 0.3, 3])).toBeCloseTo(Math.sqrt((0.09 + 9) / 2), 12);
    expect(of([1, 5, 5], [9, 3, 0.3])).toBe(of([1, 5, 5], [9, 0.3, 3]));
    expect(of([1, 5, 5])).toBeUndefined();
  });
});
