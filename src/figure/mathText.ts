import { InputError } from "../errors.ts";

/** A stretch of a label in one style. */
export interface TextRun {
  readonly text: string;
  readonly isItalic: boolean;
  /** Font size relative to the label's. */
  readonly scale: number;
  /** Height of the baseline above the label's, in units of the label's font size. */
  readonly rise: number;
}

/**
 * Mathematics in labels. Between dollar signs a label may hold a small part of TeX:
 *
 * - letters and lower-case Greek (`\lambda`) are set in italics; digits, capital Greek and named functions upright;
 * - `_` and `^` set the next symbol, command or `{group}` as sub- or superscript;
 * - `-` is a minus; signs get the space that belongs around them, and none where they are signs of a number;
 * - `\text{…}` is upright text with its spaces.
 *
 * `\$` is a dollar sign, and so is a lone one. The result is text in the figure's own font: it can be searched, read
 * aloud and embedded.
 *
 * @param label - as written in a specification
 * @returns stretches in the order in which they are set
 * @throws {InputError} naming a command or brace that this part of TeX does not have
 * @example textRuns("$10^{-3}$ of $V$") // "10", "−3" raised, " of ", "V" in italics
 */
export function textRuns(label: string): readonly TextRun[] {
  const runs: TextRun[] = [];
  let end = 0;
  for (const match of label.matchAll(/(?<!\\)\$(.+?)(?<!\\)\$/g)) {
    runs.push(run(unescaped(label.slice(end, match.index)), BASE), ...mathRuns(match[1]!, label));
    end = match.index + match[0].length;
  }
  runs.push(run(unescaped(label.slice(end)), BASE));
  return merged(runs);
}

/** The label without its markup, for readers that know no styles; scripts keep their `_` and `^`. */
export function plainLabel(label: string): string {
  let before = 0;
  const pieces = textRuns(label).map(({ text, rise }) => {
    const mark = rise === before || rise === 0 ? "" : rise > 0 ? "^" : "_";
    before = rise;
    return mark + text;
  });
  return pieces.join("");
}

/** A name from outside as a label that shows it as it is. */
export function verbatim(name: string): string {
  return name.replaceAll("$", "\\$");
}

interface Style {
  readonly scale: number;
  readonly rise: number;
}

const BASE: Style = { scale: 1, rise: 0 };
const SCRIPT_SCALE = 0.7;
const SCRIPT_RISE = { "^": 0.36, _: -0.16 } as const;

/** How a symbol takes space [TeXbook, ch. 18], reduced to what labels need. */
type Kind = "ordinary" | "operator" | "binary" | "relation" | "open" | "close" | "punctuation";

interface MathSymbol {
  readonly text: string;
  readonly kind: Kind;
  readonly isItalic: boolean;
}

const upright = (kind: Kind, symbols: Readonly<Record<string, string>>): [string, MathSymbol][] =>
  Object.entries(symbols).map(([name, text]) => [name, { text, kind, isItalic: false }]);

const GREEK =
  "alpha α beta β gamma γ delta δ epsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu ν xi ξ pi π rho ρ " +
  "sigma σ tau τ upsilon υ phi φ chi χ psi ψ omega ω";

const SYMBOLS = new Map<string, MathSymbol>([
  ...[...GREEK.matchAll(/(\w+) (\S)/g)].map(([, name, text]): [string, MathSymbol] => [
    `\\${name}`,
    { text: text!, kind: "ordinary", isItalic: true },
  ]),
  ...upright("ordinary", {
    "\\Delta": "Δ",
    "\\Lambda": "Λ",
    "\\Sigma": "Σ",
    "\\Omega": "Ω",
    "\\infty": "∞",
    "\\partial": "∂",
    "\\ldots": "…",
    "\\,": "\u2009",
    "\\%": "%",
    "'": "′",
    "|": "|",
    "/": "/",
    ".": ".",
  }),
  ...upright("operator", {
    "\\log": "log",
    "\\ln": "ln",
    "\\exp": "exp",
    "\\max": "max",
    "\\sum": "∑",
    "\\int": "∫",
  }),
  ...upright("binary", { "+": "+", "-": "−", "\\pm": "±", "\\times": "×", "\\cdot": "·" }),
  ...upright("relation", {
    "=": "=",
    "<": "<",
    ">": ">",
    "\\le": "≤",
    "\\ge": "≥",
    "\\ne": "≠",
    "\\approx": "≈",
    "\\to": "→",
  }),
  ...upright("open", { "(": "(", "[": "[" }),
  ...upright("close", { ")": ")", "]": "]" }),
  ...upright("punctuation", { ",": ",", ";": ";" }),
]);

const TOKEN = /\\text\{[^}]*\}|\\[A-Za-z]+|\\.|\d+(?:\.\d+)?|\s+|./gu;

interface Cursor {
  readonly label: string;
  readonly tokens: readonly string[];
  next: number;
}

function mathRuns(source: string, label: string): TextRun[] {
  const cursor = {
    label,
    tokens: (source.match(TOKEN) ?? []).filter((token) => token.trim() !== ""),
    next: 0,
  };
  const runs = groupRuns(cursor, BASE);
  if (cursor.next < cursor.tokens.length)
    throw new InputError(`label "${label}"`, "has a } that nothing opens");
  return runs;
}

/** Up to the brace that closes the group, or the end. */
function groupRuns(cursor: Cursor, style: Style): TextRun[] {
  const runs: TextRun[] = [];
  let before: Kind = "open";
  while (cursor.next < cursor.tokens.length && cursor.tokens[cursor.next] !== "}") {
    const token = cursor.tokens[cursor.next++]!;
    if (token === "^" || token === "_") {
      runs.push(...scriptRuns(cursor, style, token));
    } else if (token === "{") {
      runs.push(...bracedRuns(cursor, style));
      before = "ordinary";
    } else {
      const symbol = symbolOf(token, before, cursor);
      runs.push(run(spaced(symbol, before, style), style, symbol.isItalic));
      before = symbol.kind;
    }
  }
  return runs;
}

function bracedRuns(cursor: Cursor, style: Style): TextRun[] {
  const runs = groupRuns(cursor, style);
  if (cursor.tokens[cursor.next++] !== "}")
    throw new InputError(`label "${cursor.label}"`, "has a { that nothing closes");
  return runs;
}

function scriptRuns(cursor: Cursor, style: Style, mark: "^" | "_"): TextRun[] {
  const script = { scale: style.scale * SCRIPT_SCALE, rise: style.rise + style.scale * SCRIPT_RISE[mark] };
  const token = cursor.tokens[cursor.next++];
  if (token === undefined) throw new InputError(`label "${cursor.label}"`, `has nothing after ${mark}`);
  if (token === "{") return bracedRuns(cursor, script);
  const { text, isItalic } = symbolOf(token, "open", cursor);
  return [run(text, script, isItalic)];
}

function symbolOf(token: string, before: Kind, { label }: Cursor): MathSymbol {
  const known = SYMBOLS.get(token);
  if (known?.kind === "binary" && !isOperand(before)) return { ...known, kind: "ordinary" };
  if (known) return known;
  if (token.startsWith("\\text{")) return { text: token.slice(6, -1), kind: "ordinary", isItalic: false };
  if (token.startsWith("\\"))
    throw new InputError(`label "${label}"`, `uses ${token}, which labels do not know`);
  return { text: token, kind: "ordinary", isItalic: /^\p{L}/u.test(token) };
}

/** Whether a sign after it joins two operands, rather than being the sign of a number. */
function isOperand(kind: Kind): boolean {
  return kind === "ordinary" || kind === "close";
}

/** An eighth and a quarter of an em: near TeX's sixth for operators, and two ninths for signs. */
const THIN = "\u2009";
const MEDIUM = "\u2005";

/** Scripts are set tight, as in TeX. */
function spaced({ text, kind }: MathSymbol, before: Kind, { scale }: Style): string {
  if (scale < 1) return text;
  if (kind === "relation") return MEDIUM + text + MEDIUM;
  if (kind === "binary") return MEDIUM + text + MEDIUM;
  if (kind === "punctuation") return text + THIN;
  if (kind === "operator" && isOperand(before)) return THIN + text;
  return before === "operator" && kind === "ordinary" ? THIN + text : text;
}

function run(text: string, { scale, rise }: Style, isItalic = false): TextRun {
  return { text, isItalic, scale, rise };
}

function unescaped(text: string): string {
  return text.replaceAll("\\$", "$");
}

/** Without empty runs, and neighbours of one style as one. */
function merged(runs: readonly TextRun[]): TextRun[] {
  const result: TextRun[] = [];
  for (const next of runs) {
    const last = result.at(-1);
    if (next.text === "") continue;
    if (last && last.isItalic === next.isItalic && last.scale === next.scale && last.rise === next.rise) {
      result[result.length - 1] = { ...last, text: last.text + next.text };
    } else result.push(next);
  }
  return result;
}
