import { describe, expect, it } from "vitest";
import { isMissing, numberProblem, parseAmount } from "../../src/table/amount.ts";

describe("parseAmount", () => {
  it.each([
    ["1300000", 1300000, ""],
    ["-1.5e3", -1500, ""],
    [".5", 0.5, ""],
    ["1.3M", 1300000, "M"],
    // 4.35·10⁶ in doubles is 4349999.999…: the power goes into the decimal exponent.
    ["4.35M", 4350000, "M"],
    ["455 k", 455000, "k"],
    ["2K", 2000, "K"],
    ["1.1B", 1100000000, "B"],
    ["15T", 15e12, "T"],
    ["1e3M", 1e9, "M"],
    ["56.2%", 56.2, "%"],
    ["56.2 %", 56.2, "%"],
  ])("reads %s", (text, value, suffix) => {
    expect(parseAmount(text)).toEqual({ value, suffix });
  });

  it.each([
    "",
    "1,300",
    "1 300",
    "1_300",
    "1m",
    "M",
    "1.3MB",
    "inf",
    "NaN",
    "0x10",
    "1e999",
    "1e300T",
    "--1",
    "١",
  ])("does not take %j for a number", (text) => expect(parseAmount(text)).toBeUndefined());
});

describe("isMissing", () => {
  it("knows the ways to say that there is no value, and no others", () => {
    for (const cell of ["", "NA", "n/a", "NaN", "null", "None", "-", "–"]) expect(isMissing(cell)).toBe(true);
    for (const cell of ["0", "inf", "oops", "--", "N"]) expect(isMissing(cell)).toBe(false);
  });
});

describe("numberProblem", () => {
  it.each([
    ["1,300,000", "with thousands separators; write 1300000"],
    ["1_300_000", "with thousands separators; write 1300000"],
    ["1 300 000", "with thousands separators; write 1300000"],
    ["12'500.5", "with thousands separators; write 12500.5"],
    ["56,25", "with a decimal comma; write 56.25"],
    ["1,300", "which has two meanings; write 1300, or 1.300 for a decimal comma"],
    ["-inf", "not a finite number; empty the cell to leave out the row"],
    ["oops", "not a number"],
  ])("says how to mend %s", (cell, problem) => expect(numberProblem(cell)).toBe(problem));
});
