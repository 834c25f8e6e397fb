import type { Ensemble, EnsembleTies } from "./ensemble.ts";

/** How a claim came out. `fails` is as good a finding as the others. */
export type Verdict = "holds" | "holds in the limit" | "fails";

/** How much to compute: `quick` for tests (seconds), `full` for evidence (minutes). */
export type Effort = "quick" | "full";

/** Graphs a claim is measured on. */
export interface EnsembleNeed {
  readonly entities: number;
  readonly lambda: number;
  readonly ties: EnsembleTies;
}

/** What a claim finds when it is measured. */
export interface Measuring {
  readonly effort: Effort;
  readonly seed: number;
  /** The graphs asked for by {@link Claim.needs}, in that order. */
  readonly ensembles: readonly Ensemble[];
}

/** What was measured, to be drawn: a quantity along one axis, a line for each case. */
export interface Chart {
  /** What the horizontal axis shows, which is logarithmic. */
  readonly axis: string;
  /** What the vertical axis shows, with its unit. */
  readonly quantity: string;
  readonly lines: readonly {
    readonly name: string;
    readonly points: readonly { readonly at: number; readonly value: number }[];
  }[];
}

/** The outcome of one measurement. */
export interface Finding {
  readonly verdict: Verdict;
  /** The figure on which the verdict rests, in words. */
  readonly figure: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  /** Where a picture says more than the table. */
  readonly chart?: Chart;
}

/** A statement that can come out false, and how to find out. To add a claim, add one of these to `CLAIMS`. */
export interface Claim {
  readonly id: string;
  readonly statement: string;
  /** Who says so, and where. */
  readonly source: string;
  readonly method: string;
  /** Random graphs wanted; none for claims that theory alone decides. */
  readonly needs: (effort: Effort) => readonly EnsembleNeed[];
  readonly measure: (measuring: Measuring) => Finding;
}
