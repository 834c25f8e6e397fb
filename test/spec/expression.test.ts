import { describe, expect, it } from "vitest";
import { evaluateExpression } from "../../src/spec/expression.ts";
import { checkSpec } from "../../src/spec/readSpec.ts";

describe("evaluateExpression", () => {
  it.each([
    ["3/100", 3 / 100],
    ["5 * 100 * (99 - 1)", 49_000],
    ["-2^10 + +1", -1023],
    ["10 mod 4", 2],
    ["5%", 0.05],
    ["1.5 * log(100)", 1.5 * Math.log(100)],
    ["log(8, 2) + sqrt(4) + exp(0) + max(1, 2)", 8],
    ["2 pi e", 2 * Math.PI * Math.E],
    [".5e1", 5],
  ])("%s", async (text, value) => {
    expect(await evaluateExpression(text)).toBeCloseTo(value, 12);
  });

  it.each([
    ["randomInt(5,50)", "may not use randomInt; it may use numbers, + - * / ^ mod, e, pi, abs,"],
    ["2 * random()", "may not use random;"],
    ["pickRandom([1, 2])", "may not use pickRandom;"],
    ["a = 3", 'may not use "a = 3";'],
    ["f(x) = x", 'may not use "f(x) = x";'],
    ["x", "may not use x;"],
    ["5 cm", "may not use cm;"],
    ["5!", "may not use !;"],
    ["1; 2", "may not use"],
    ["1 < 2", "may not use <;"],
    ["1 ? 2 : 3", "may not use"],
    ['"a"', "may not use"],
    ["true", "may not use true;"],
    ["[1, 2]", "may not use"],
    ["math.random()", "may not use math.random;"],
    ["import(1)", "may not use import;"],
    ["", "is not an expression"],
    ["2 +", "is not an expression"],
    ["1/0", "is not an expression with a finite number"],
    ["log(-1)", "is not an expression with a finite number"],
    ["log()", "is not an expression"],
    ["(".repeat(100_000), "is not an expression"],
  ])("refuses %.20s", async (text, problem) => {
    const value = await evaluateExpression(text);
    expect(value).toMatchObject({ problem: expect.stringContaining(problem) });
  });
});

it("a spec cannot draw its own numbers: it would be another one each time it is read", async () => {
  const graph = { model: "erdos-renyi", entities: "randomInt(5,50)", lambda: 2 };
  await expect(checkSpec({ graph }, "spec.json")).rejects.toThrow(
    /^spec\.json: \/graph\/entities: "randomInt\(5,50\)" may not use randomInt; [^\n]*$/,
  );
});
