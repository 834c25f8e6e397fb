/**
 * Which shortest path a step takes where there are several [docs/theory.md, §1.2]:
 * - `first`: the path in the breadth-first tree of x, out-neighbours scanned in increasing id;
 * - `uniform`: at each step a path drawn uniformly from all shortest paths.
 */
export type TieRule = "first" | "uniform";

/** The tie rules, for messages and options. */
export const TIE_RULES = ["first", "uniform"] as const satisfies readonly TieRule[];

/** A tie rule that needs the graph only, or `random`: one tree for each source, its parents drawn uniformly. */
export type SpectrumRule = TieRule | "random";

/** What `--ties` takes. */
export const SPECTRUM_RULES = [...TIE_RULES, "random"] as const satisfies readonly SpectrumRule[];
