import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readDelimited, requireRectangular } from "../../src/table/delimited.ts";
import { numericColumn, readResultTable, selectRows } from "../../src/table/resultTable.ts";

const cells = (text: string) => readDelimited(text, "file").rows.map((row) => row.cells);

describe("readDelimited", () => {
  it("takes tabs before commas before spaces", () => {
    expect(cells("a, b\tc, d\n")).toEqual([["a, b", "c, d"]]);
    expect(cells("a b,c d\n")).toEqual([["a b", "c d"]]);
    expect(cells("a   b\n")).toEqual([["a", "b"]]);
  });

  it("skips comments and blank lines and keeps line numbers, with any line ends", () => {
    for (const end of ["\n", "\r\n", "\r"]) {
      const { rows } = readDelimited(["\uFEFF# note", "", "1,2", "  # more", "3,4", ""].join(end), "file");
      expect(rows).toEqual([
        { line: 3, cells: ["1", "2"] },
        { line: 5, cells: ["3", "4"] },
      ]);
    }
  });

  it("reads quoted cells with commas, quotes and line numbers", () => {
    const { rows } = readDelimited('a,b\r\n\r\n"Paris, France","say ""hi"""\r\n# c\r\n"x",y\r\n', "file");
    expect(rows).toEqual([
      { line: 1, cells: ["a", "b"] },
      { line: 3, cells: ["Paris, France", 'say "hi"'] },
      { line: 5, cells: ["x", "y"] },
    ]);
  });

  it("keeps empty cells between tabs", () => {
    expect(cells("\tb\nc\t\n")).toEqual([
      ["", "b"],
      ["c", ""],
    ]);
  });

  it("names the line on which a row begins, though its cells hold line ends", () => {
    const { rows } = readDelimited('a,b\n"x\n\n# in\ny","1\n"\n# "c\n\n"d",2\ne,3', "file");
    expect(rows).toEqual([
      { line: 1, cells: ["a", "b"] },
      { line: 2, cells: ["x\n\n# in\ny", "1"] },
      { line: 9, cells: ["d", "2"] },
      { line: 10, cells: ["e", "3"] },
    ]);
  });

  it("reads the same where a quote stands somewhere else in the file", () => {
    for (const tab of ["\t", ","]) {
      const text = ["a,b", "   ", "  # more", ",c", " d , e "].join("\n").replaceAll(",", tab);
      const { rows } = readDelimited(text, "file");
      expect(readDelimited(`${text}\n# "`, "file").rows).toEqual(rows);
      expect(readDelimited(`${text}\n"x"${tab}"y"`, "file").rows.slice(0, -1)).toEqual(rows);
    }
  });

  it("reads back what RFC 4180 writes", () => {
    const cell = fc.string({ unit: fc.constantFrom("a", '"', ",", "\n", " ", "#"), maxLength: 6 });
    const written = (text: string) => `"${text.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (table) => {
        const text = table.map((row) => row.map(written).join(",")).join("\n");
        let line = 1;
        const expected = table.map((row) => {
          const begun = line;
          line += 1 + row.join("").split("\n").length - 1;
          return { line: begun, cells: row.map((each) => each.trim()) };
        });
        expect(readDelimited(text, "file").rows).toEqual(expected);
      }),
    );
  });

  it.each([
    ["not closed", 'a,b\n1,"2\n3,4\n', 2],
    ["closed by the next quote", 'a,b\n1,2\n3,"4\n5,6\n7,"8"\n', 3],
    ["inside a cell", 'a,b\n1,2\n3,4" x 5"\n6,7\n', 3],
  ])("says where the row with a quote that is %s begins", (_, text, line) => {
    expect(() => readDelimited(text, "runs.csv")).toThrow(
      `runs.csv:${line}: a quoted cell is not closed, or a quote stands inside a cell, in the row that begins here`,
    );
  });

  it.each([",", "\t"])("reads or refuses any row as a csv parser does, with delimiter %j", (delimiter) => {
    const rowText = fc
      .string({ unit: fc.constantFrom("a", '"', delimiter, " ", "b"), minLength: 1, maxLength: 12 })
      // Rows that hold a quote, each with a partner: others are split, or joined with rows below.
      .filter((text) => text.includes('"') && text.split('"').length % 2 === 1)
      // Of "a" "b" the parser loses the second part without a word.
      .filter((text) => !/" +"/.test(text));
    const outcome = (read: () => string[]) => {
      try {
        return read().map((cell) => cell.trim());
      } catch {
        return "refused";
      }
    };
    let refused = 0;
    const property = fc.property(rowText, (row) => {
      const expected = outcome(() => parse(row, { delimiter, trim: delimiter === "," })[0] as string[]);
      if (expected === "refused") refused++;
      expect(outcome(() => [...cells(`x${delimiter}y\n${row}`)[1]!])).toEqual(expected);
    });
    fc.assert(property, { numRuns: 3000, seed: 1 });
    expect(refused).toBeGreaterThan(300);
    expect(refused).toBeLessThan(2700);
  });

  it("refuses quotes between spaces, which would split a name", () => {
    expect(() => readDelimited('# "\na b\n"a b" c\n', "links.txt")).toThrow(
      "links.txt:3: quotes do not hold between spaces; separate the columns by commas or tabs",
    );
  });

  it("names the first ragged row", () => {
    const { rows } = readDelimited("# c\na,b\n1,2\n3\n4,5,6\n", "runs.csv");
    expect(() => requireRectangular(rows, "runs.csv")).toThrow(
      "runs.csv:4: expected 2 columns as in the first row (line 2), found 1",
    );
  });
});

describe("readResultTable", () => {
  const text = "method,tokens,accuracy\nA,1,40\nB,2,n/a\nA,3,\n";

  it("names columns by a header, or by number without one", () => {
    expect(readResultTable(text, "r").columns).toEqual(["method", "tokens", "accuracy"]);
    expect(readResultTable("1,2\n3,4e-1\n", "r").columns).toEqual(["1", "2"]);
    expect(numericColumn(readResultTable("1,2\n3,4e-1\n", "r"), "2")).toEqual(Float64Array.of(2, 0.4));
  });

  it("finds columns by name before number", () => {
    const table = { ...readResultTable("a,b\n5,6\n", "r"), columns: ["2", "b"] };
    expect(numericColumn(table, "2")).toEqual(Float64Array.of(5));
    expect(numericColumn(readResultTable("a,b\n5,6\n", "r"), "2")).toEqual(Float64Array.of(6));
  });

  it("names the line and column of what is no number", () => {
    const table = readResultTable(text, "r.csv");
    expect(() => numericColumn(table, "accuracy")).toThrow(
      'r.csv:3: column "accuracy" holds "n/a", not a number',
    );
    expect(() => numericColumn(selectRows(table, "method", "A"), "accuracy")).toThrow(
      'r.csv:4: column "accuracy" is empty',
    );
    expect(() => numericColumn(table, "accurcy")).toThrow(
      'r.csv: has no column "accurcy"; it has method, tokens, accuracy',
    );
    expect(() => selectRows(table, "method", "C")).toThrow("r.csv: no row has method = C; there are A, B");
  });

  it.each(["Infinity", "NaN", "0x10", "1e999", "1,5", "١"])("does not take %s for a number", (cell) => {
    const table = readResultTable(`a\tb\n1\t${cell}\n`, "r");
    expect(() => numericColumn(table, "b")).toThrow(/not a number/);
  });

  it.each([
    ["1,2o\n2,3\n3,3.5\n", 'r:1: column 2 holds "2o", not a number, in a first row with numbers'],
    ["# runs\nA,1,2\nA,2,3\n", 'r:2: column 1 holds "A", not a number, in a first row with numbers'],
    ["1,NaN\n2,3\n", 'r:1: column 2 holds "NaN", not a number'],
    ["model,2020,2021\na,1,2\n", 'r:1: column 1 holds "model", not a number'],
  ])("does not lose the first row of %j as a header", (text, message) => {
    expect(() => readResultTable(text, "r")).toThrow(message);
  });

  it("takes empty cells of the first row for what the others are", () => {
    expect(readResultTable(",x,y\n0,1,2\n", "r").columns).toEqual(["", "x", "y"]);
    const table = readResultTable("1,\n2,3\n", "r");
    expect(table.columns).toEqual(["1", "2"]);
    expect(() => numericColumn(table, "2")).toThrow('r:1: column "2" is empty');
  });

  it("refuses what holds no rows, or a column twice", () => {
    expect(() => readResultTable("", "r")).toThrow("r: is empty");
    expect(() => readResultTable("a,b\n", "r")).toThrow("r: holds no rows of numbers");
    expect(() => readResultTable("a,a\n1,2\n", "r")).toThrow('r:1: column "a" stands twice');
  });
});
