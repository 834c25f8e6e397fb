import { isCollection, LineCounter, parseDocument } from "yaml";
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
  return checkSpec(document.toJS(), place, overrides, lineOf);
}

/** Fields of a spec that options may set. */
export interface SpecOverrides {
  readonly graph?: Record<string, unknown>;
  readonly ties?: unknown;
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
      "names no graph: give entities with lambda or a link probability, or a graph file",
    );
  }
  const outcome = await simulationSchema.safeParseAsync(given);
  if (!outcome.success) {
    const problems = outcome.error.issues.map((issue) => describeIssue(issue));
    const line = lineOf(outcome.error.issues[0]?.path ?? []);
    throw new InputError(`${place}${line}`, problems.join("; "));
  }
  return normalize(outcome.data, place);
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
  if (set["model"] !== undefined && set["model"] !== previous["model"]) return set;
  if ("lambda" in set) delete previous["linkProbability"];
  if ("linkProbability" in set) delete previous["lambda"];
  return { ...previous, ...set };
}

function describeIssue(issue: z.core.$ZodIssue): string {
  // In a union (number or expression, time or range) the member that came furthest says what is wrong.
  if (issue.code === "invalid_union" && issue.errors.length > 0) {
    const inner = issue.errors.flat().find(({ code }) => code !== "invalid_type") ?? issue.errors.flat()[0];
    if (inner) return describeIssue({ ...inner, path: [...issue.path, ...inner.path] } as z.core.$ZodIssue);
  }
  const path = issue.path.length === 0 ? "" : `/${issue.path.join("/")}: `;
  return `${path}${lowerFirst(issue.message)}`;
}

function normalize(spec: ParsedSpec, place: string): SimulationSpec {
  const graph = normalizeGraph(spec.graph, place);
  const size = graph.entities;
  const steps = spec.steps ?? (spec.at ? undefined : size === null ? undefined : 5 * pairCount(size));
  return {
    title: spec.title,
    graph,
    ties: spec.ties,
    graphs: graphCount(spec, place),
    replicates: spec.replicates,
    at: spec.at
      ? recordedSteps(spec.at, spec.steps, place)
      : steps === undefined
        ? null
        : defaultSteps(steps),
    seed: spec.seed,
  };
}

function normalizeGraph(graph: ParsedSpec["graph"], place: string): SimulationSpec["graph"] {
  if (graph.model === "file") return { model: "file", file: graph.file, entities: graph.entities ?? null };
  const { entities, lambda, linkProbability } = graph;
  if ((lambda === undefined) === (linkProbability === undefined)) {
    throw new InputError(place, "/graph: give either lambda or linkProbability");
  }
  const probability = linkProbability ?? lambda! / entities;
  if (probability > 1)
    throw new InputError(place, `/graph/lambda: must be at most entities (${entities}), got ${lambda}`);
  return { model: "erdos-renyi", entities, linkProbability: probability };
}

function graphCount({ graph, graphs }: ParsedSpec, place: string): number {
  if (graph.model === "file" && graphs > 1) throw new InputError(place, "/graphs: a graph file is one graph");
  return graphs;
}

function recordedSteps(at: NonNullable<ParsedSpec["at"]>, last: number | undefined, place: string): number[] {
  const steps = at.flatMap((item) => (typeof item === "number" ? [item] : rangeSteps(item, place)));
  const late = steps.find((step) => last !== undefined && step > last);
  if (late !== undefined) throw new InputError(place, `/at: ${late} is after the last step, ${last}`);
  return distinctAscending(last === undefined ? steps : [...steps, last]);
}

function rangeSteps(
  { from, to, points, spacing }: { from: number; to: number; points: number; spacing: "linear" | "log" },
  place: string,
): number[] {
  if (to < from) throw new InputError(place, `/at: a range runs from ${from} down to ${to}`);
  if (spacing === "log" && from === 0)
    throw new InputError(place, "/at: a range on a log scale starts at 1 or later");
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
  return distinctAscending([0, ...rangeSteps({ from: 1, to: last, points: 40, spacing: "log" }, "")]);
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
