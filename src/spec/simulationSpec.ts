import { z } from "zod";
import { MAX_ENTITIES } from "../graph/digraph.ts";
import { SPECTRUM_RULES, type SpectrumRule } from "../graph/tieRule.ts";
import { evaluateExpression } from "./expression.ts";

/** Where the graph of a simulation comes from. */
export type GraphSpec =
  | { readonly model: "erdos-renyi"; readonly entities: number; readonly linkProbability: number }
  | { readonly model: "file"; readonly file: string; readonly entities: number | null };

/**
 * How runs of the process are made: `literal` takes every step, as the process is defined; `trajectory` draws all
 * recorded times at once, with the same law, in a time that does not grow with the number of steps.
 */
export type Method = "literal" | "trajectory";

/** What `--method` takes. */
export const METHODS = ["literal", "trajectory"] as const satisfies readonly Method[];

/** Time in a trajectory: `discrete` counts steps; `poisson` has steps at the times of a Poisson clock of rate 1. */
export type SimulationClock = "discrete" | "poisson";

/** What `--clock` takes. */
export const CLOCKS = ["discrete", "poisson"] as const satisfies readonly SimulationClock[];

/** A simulation, checked, with every default written in: all that is needed to run it again. */
export interface SimulationSpec {
  readonly title: string;
  readonly graph: GraphSpec;
  readonly ties: SpectrumRule;
  readonly method: Method;
  readonly clock: SimulationClock;
  /** Graphs drawn; each is simulated `replicates` times. */
  readonly graphs: number;
  readonly replicates: number;
  /** Whole steps at which the density is recorded, ascending; null until the size of a graph file is known. */
  readonly at: readonly number[] | null;
  readonly seed: number;
}

const expression = z.string().transform(async (text, context) => {
  const value = await evaluateExpression(text);
  if (typeof value === "number") return value;
  context.addIssue({ code: "custom", message: `"${text}" ${value.problem}` });
  return z.NEVER;
});

/** A number, or an expression such as "3/100" or "1.5 * log(100)". */
function number(check: z.ZodNumber) {
  return z.union([z.number(), expression]).pipe(check);
}

const count = (least: number, most: number) => number(z.number().int().min(least).max(most));
const STEPS = Number.MAX_SAFE_INTEGER;

const erdosRenyi = z.strictObject({
  model: z.literal("erdos-renyi"),
  entities: count(2, MAX_ENTITIES).describe("V, the number of entities"),
  lambda: number(z.number().min(0))
    .optional()
    .describe("λ, expected number of links from an entity; p = λ/V"),
  linkProbability: number(z.number().min(0).max(1))
    .optional()
    .describe("p, probability of each ordered pair to be a link"),
});

const file = z.strictObject({
  model: z.literal("file"),
  file: z
    .string()
    .min(1)
    .describe("edge list, triples, JSON, GraphML or GEXF, also gzipped; relative to the folder of this spec"),
  entities: count(2, MAX_ENTITIES)
    .optional()
    .describe("V, to add isolated entities beyond those in the file"),
});

const range = z.strictObject({
  from: count(0, STEPS),
  to: count(0, STEPS),
  points: count(2, 100_000),
  spacing: z.enum(["linear", "log"]).default("linear"),
});

/** What a spec may say. Numbers may be written as expressions. */
export const simulationSchema = z.strictObject({
  $schema: z.string().optional(),
  title: z.string().default(""),
  graph: z.discriminatedUnion("model", [erdosRenyi, file]),
  ties: z
    .enum(SPECTRUM_RULES)
    .default("first")
    .describe("which shortest path a step takes where there are several"),
  method: z
    .enum(METHODS)
    .default("literal")
    .describe("literal: every step is taken; trajectory: all times at once, with the same law"),
  clock: z
    .enum(CLOCKS)
    .default("discrete")
    .describe("of method trajectory: whole steps, or steps at the times of a Poisson clock of rate 1"),
  graphs: count(1, 1_000_000).default(1).describe("graphs drawn; each is simulated `replicates` times"),
  replicates: count(1, 1_000_000).default(20).describe("runs of the process on each graph"),
  steps: count(0, STEPS).optional().describe("last step; default: the last of `at`, else 5 V (V − 1)"),
  at: z
    .array(z.union([count(0, STEPS), range]))
    .min(1)
    .optional()
    .describe("steps at which the density is recorded; default: 40, evenly on a log scale"),
  seed: count(0, Number.MAX_SAFE_INTEGER).default(1),
});

/** A spec as its schema leaves it: checked, numbers evaluated, sizes not yet resolved. */
export type ParsedSpec = z.output<typeof simulationSchema>;

/** The JSON Schema of simulation specs, for editors. */
export function simulationJsonSchema(): object {
  return z.toJSONSchema(simulationSchema, { io: "input", unrepresentable: "any" });
}
