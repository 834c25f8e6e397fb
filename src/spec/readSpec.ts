import { type Document, isAlias, isCollection, LineCounter, type Node, parseDocument, visit } from "yaml";
import type { z } from "zod";
import { InputError } from "../errors.ts";
import { pairCount } from "../graph/digraph.ts";
import { type ParsedSpec, type SimulationSpec, simulationSchema } from "./simulationSpec.ts";

/**
 * Read a simulation spec from JSON or YAML text.
 *
 * @param text - the whole file
 * @param place - name of the file, for messages
 * @param overrides - fields that replace those of the file, as given by options
 * @throws {InputError} naming the line and path of every problem
 */
export async function readSpec(
  text: string,
  place: string,
  overrides: SpecOverrides = {},
): Promise<SimulationSpec> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [syntax] = document.errors;
  if (syntax)
    throw new InputError(`${place}:${lines.linePos(syntax.pos[0]).line}`, firstLine(syntax.message));
  const lineOf = (path: readonly PropertyKey[]): string => {
    for (let length = path.length; length >= 0; length--) {
      const node = document.getIn(path.slice(0, length), true);
      const start = (node as { range?: [number, number, number] } | undefined)?.range?.[0];
      if (start !== undefined) return `:${lines.linePos(start).line}`;
    }
    return "";
  };
  if (!isCollection(document.contents))
    throw new InputError(place, "is not a simulation spec: expected an object");
  const value = documentValue(document, (node) => `${place}:${lines.linePos(node.range![0]).line}`);
  return checkSpec(value, place, overrides, lineOf);
}

/** The value of a YAML document; its aliases are looked at first, as the parser leaves them unresolved. */
function documentValue(document: Document, placeOf: (node: Node) => string): unknown {
  const anchors = new Set<string>();
  let firstAlias: Node | undefined;
  visit(document, {
    Node(_, node) {
      if (!isAlias(node)) {
        if (node.anchor) anchors.add(node.anchor);
        return;
      }
      firstAlias ??= node;
      if (!anchors.has(node.source))
        throw new InputError(
          placeOf(node),
          `*${node.source} stands for nothing: no &${node.source} before it`,
        );
    },
  });
  try {
    return document.toJS();
  } catch (error) {
    // Aliases of aliases grow beyond all bounds: the parser gives up at a hundred values for each.
    if (firstAlias && error instanceof ReferenceError)
      throw new InputError(placeOf(firstAlias), "aliases stand for too much; write the values out");
    throw error;
  }
}

/** Fields of a spec that options may set; the option of `linkProbability` is `--link-probability`. */
export interface SpecOverrides {
  /** With a `file`, the graph becomes that file's; with entities and a number of links, a random one. */
  readonly graph?: Record<string, unknown>;
  readonly ties?: unknown;
  readonly method?: unknown;
  readonly clock?: unknown;
  readonly graphs?: unknown;
  readonly replicates?: unknown;
  readonly steps?: unknown;
  readonly at?: unknown;
  readonly seed?: unknown;
}

/**
 * Check an unknown value as a simulation spec and write every default in.
 *
 * @param value - such as parsed JSON
 * @param place - name of its origin, for messages
 * @param overrides - fields that replace those of the value
 * @param lineOf - line of a path within the origin, as ":7", or nothing
 * @throws {InputError} naming the path of every problem
 */
export async function checkSpec(
  value: unknown,
  place: string,
  overrides: SpecOverrides = {},
  lineOf: (path: readonly PropertyKey[]) => string = () => "",
): Promise<SimulationSpec> {
  const given = overridden(value, overrides);
  if (isObject(given) && given["graph"] === undefined) {
    throw new InputError(
      place,
      'names no graph: give "graph" with "entities" and "lambda" or "linkProbability", or with "file"',
    );
  }
  const refuse: Refuse = (path, problem) => {
    const option = optionOf(path, overrides);
    if (option !== undefined) throw new InputError(option, problem);
    throw new InputError(`${place}${lineOf(path)}`, `${pointer(path)}${problem}`);
  };
  const outcome = await simulationSchema.safeParseAsync(given);
  if (outcome.success) return normalize(outcome.data, refuse);
  const [first, ...others] = outcome.error.issues.map(innermost);
  const further = others.map((issue) => `; ${pointer(issue.path)}${lowerFirst(issue.message)}`);
  return refuse(first!.path, `${lowerFirst(first!.message)}${further.join("")}`);
}

/** Report a problem with the field at a path: at the option that set it, else at its place in the spec. */
type Refuse = (path: readonly PropertyKey[], problem: string) => never;

/** The option that set the field at a path, if one did. */
function optionOf(path: readonly PropertyKey[], overrides: SpecOverrides): string | undefined {
  const inGraph = path[0] === "graph";
  const field = inGraph ? path[1] : path[0];
  const set = (inGraph ? overrides.graph : overrides) as Record<PropertyKey, unknown> | undefined;
  if (field === undefined || field === "model" || set?.[field] === undefined) return undefined;
  return optionName(String(field));
}

function optionName(field: string): string {
  return field === "file"
    ? "--graph"
    : `--${field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function overridden(value: unknown, overrides: SpecOverrides): unknown {
  if (!isObject(value)) return value;
  const { graph, ...rest } = overrides;
  const set = Object.fromEntries(Object.entries(rest).filter(([, field]) => field !== undefined));
  // A new last step or new times replace the old ones together: they would contradict each other.
  const base = { ...value };
  if ("steps" in set || "at" in set) {
    delete base["steps"];
    delete base["at"];
  }
  return { ...base, ...set, ...(graph && { graph: mergedGraph(base["graph"], graph) }) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function mergedGraph(old: unknown, set: Record<string, unknown>): Record<string, unknown> {
  const previous = { ...(old as Record<string, unknown> | undefined) };
  const links = ["lambda", "linkProbability"].find((field) => set[field] !== undefined);
  const model =
    set["model"] ?? modelOf(set, links) ?? (old === undefined ? "erdos-renyi" : previous["model"]);
  if (model === "file" && links !== undefined) {
    const problem = "a graph file has its own links; for a random graph give entities, and no graph file";
    throw new InputError(optionName(links), problem);
  }
  if (model !== previous["model"]) return { model, ...set };
  if (links !== undefined) {
    delete previous["lambda"];
    delete previous["linkProbability"];
  }
  return { ...previous, ...set };
}

/** The model that a graph's fields settle by themselves. */
function modelOf(set: Record<string, unknown>, links: string | undefined): string | undefined {
  if (set["file"] !== undefined) return "file";
  return links !== undefined && set["entities"] !== undefined ? "erdos-renyi" : undefined;
}

/** In a union (number or expression, time or range) the member that came furthest says what is wrong. */
function innermost(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return issue;
  const inner = issue.errors.flat().find(({ code }) => code !== "invalid_type") ?? issue.errors.flat()[0];
  return inner ? innermost({ ...inner, path: [...issue.path, ...inner.path] } as z.core.$ZodIssue) : issue;
}

function pointer(path: readonly PropertyKey[]): string {
  return path.length === 0 ? "" : `/${path.join("/")}: `;
}

function normalize(spec: ParsedSpec, refuse: Refuse): SimulationSpec {
  const graph = normalizeGraph(spec.graph, refuse);
  requireMethod(spec, refuse);
  const size = graph.entities;
  const steps = spec.steps ?? (spec.at ? undefined : size === null ? undefined : 5 * pairCount(size));
  return {
    title: spec.title,
    graph,
    ties: spec.ties,
    method: spec.method,
    clock: spec.clock,
    graphs: graphCount(spec, refuse),
    replicates: spec.replicates,
    at: spec.at
      ? recordedSteps(spec.at, spec.steps, refuse)
      : steps === undefined
        ? null
        : defaultSteps(steps),
    seed: spec.seed,
  };
}

function requireMethod({ method, ties, clock }: ParsedSpec, refuse: Refuse): void {
  if (method === "trajectory" && ties === "uniform") {
    refuse(
      ["ties"],
      "method trajectory takes one tree for each source: first or random; or take method literal",
    );
  }
  if (method === "literal" && clock === "poisson") {
    refuse(["clock"], "method literal takes whole steps; a Poisson clock needs method trajectory");
  }
}

function normalizeGraph(graph: ParsedSpec["graph"], refuse: Refuse): SimulationSpec["graph"] {
  if (graph.model === "file") return { model: "file", file: graph.file, entities: graph.entities ?? null };
  const { entities, lambda, linkProbability } = graph;
  if ((lambda === undefined) === (linkProbability === undefined)) {
    return refuse(["graph"], "give either lambda or linkProbability");
  }
  const probability = linkProbability ?? lambda! / entities;
  if (probability > 1)
    return refuse(["graph", "lambda"], `must be at most entities (${entities}), got ${lambda}`);
  return { model: "erdos-renyi", entities, linkProbability: probability };
}

function graphCount({ graph, graphs }: ParsedSpec, refuse: Refuse): number {
  if (graph.model === "file" && graphs > 1) refuse(["graphs"], "a graph file is one graph");
  return graphs;
}

function recordedSteps(
  at: NonNullable<ParsedSpec["at"]>,
  last: number | undefined,
  refuse: Refuse,
): number[] {
  const steps = at.flatMap((item) => {
    if (typeof item === "number") return [item];
    checkRange(item, refuse);
    return rangeSteps(item);
  });
  const late = steps.find((step) => last !== undefined && step > last);
  if (late !== undefined) refuse(["at"], `${late} is after the last step, ${last}`);
  return distinctAscending(last === undefined ? steps : [...steps, last]);
}

interface Range {
  readonly from: number;
  readonly to: number;
  readonly points: number;
  readonly spacing: "linear" | "log";
}

function checkRange({ from, to, spacing }: Range, refuse: Refuse): void {
  if (to < from) refuse(["at"], `a range runs from ${from} down to ${to}`);
  if (spacing === "log" && from === 0) refuse(["at"], "a range on a log scale starts at 1 or later");
}

function rangeSteps({ from, to, points, spacing }: Range): number[] {
  return Array.from({ length: points }, (_, i) => {
    const step =
      spacing === "log" ? from * (to / from) ** (i / (points - 1)) : from + ((to - from) * i) / (points - 1);
    return Math.round(step);
  });
}

/**
 * Steps at which a curve is recorded when nothing is said: 0 and 40 steps, evenly on a log scale.
 *
 * @param last - the last step; integer ≥ 0
 */
export function defaultSteps(last: number): number[] {
  if (last === 0) return [0];
  return distinctAscending([0, ...rangeSteps({ from: 1, to: last, points: 40, spacing: "log" })]);
}

function distinctAscending(steps: readonly number[]): number[] {
  return [...new Set(steps)].sort((a, b) => a - b);
}

function firstLine(text: string): string {
  return lowerFirst(text.split("\n")[0]!);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
