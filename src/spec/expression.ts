import type { ConstantNode, FunctionNode, MathNode, OperatorNode, SymbolNode } from "mathjs";

const CONSTANTS = ["e", "pi"];
const FUNCTIONS = [
  ...["abs", "cbrt", "ceil", "exp", "expm1", "floor", "log", "log10", "log1p", "log2"],
  ...["max", "min", "mod", "pow", "round", "sqrt"],
];
const OPERATORS = ["add", "subtract", "multiply", "divide", "mod", "pow", "unaryMinus", "unaryPlus"];

/**
 * The value of an arithmetic expression such as "3/100" or "1.5 * log(100)". Only what has the same value each time it
 * is read is understood: numbers, + − * / ^ mod, a few functions, pi and e; neither names of one's own nor random numbers.
 *
 * @returns the value, or what is wrong, continuing "the expression …"
 */
export async function evaluateExpression(text: string): Promise<number | { readonly problem: string }> {
  // Loaded on demand: it is slow to load, and most specs hold plain numbers.
  const { parse } = await import("mathjs/number");
  try {
    const expression = parse(text);
    const foreign = firstForeign(expression);
    if (foreign !== undefined) return { problem: `may not use ${foreign}; it may use ${VOCABULARY}` };
    const value: unknown = expression.evaluate();
    if (typeof value === "number" && Number.isFinite(value)) return value;
  } catch {
    // Neither a sentence of the language nor a number: reported like one that is not finite.
  }
  return { problem: "is not an expression with a finite number as its value" };
}

const VOCABULARY = `numbers, + - * / ^ mod, ${CONSTANTS.join(", ")}, ${FUNCTIONS.join(", ")}`;

/** The first part of an expression that is not understood, as its author would look for it. */
function firstForeign(expression: MathNode): string | undefined {
  let found: string | undefined;
  expression.traverse((node: MathNode, role: string) => {
    found ??= role === "fn" ? undefined : foreign(node);
  });
  return found;
}

function foreign(node: MathNode): string | undefined {
  switch (node.type) {
    case "ParenthesisNode":
      return undefined;
    case "ConstantNode": {
      const value: unknown = (node as ConstantNode).value;
      // Nothing at all is no foreign part; it has no value either.
      return typeof value === "number" || value === undefined ? undefined : String(node);
    }
    case "SymbolNode":
      return unless(CONSTANTS, (node as SymbolNode).name);
    case "FunctionNode":
      return unless(FUNCTIONS, String((node as FunctionNode).fn));
    case "OperatorNode":
      return unless(OPERATORS, (node as OperatorNode).fn, (node as OperatorNode).op);
    default:
      return `"${String(node)}"`;
  }
}

function unless(known: readonly string[], name: string, shown = name): string | undefined {
  return known.includes(name) ? undefined : shown;
}
