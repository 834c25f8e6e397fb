/** The shapes of results that figures draw. All are plain JSON, as the command line prints it. */

/** A density of known links at one time. */
export interface CurvePoint {
  /** t, steps. */
  readonly step: number;
  /** Known share of all ordered pairs, in [0, 1]. */
  readonly density: number;
}

/** What replicates of the process gave at one time. */
export interface SimulationPoint {
  readonly step: number;
  readonly mean: number;
  /** 5 % quantile over replicates. */
  readonly lower: number;
  /** 95 % quantile over replicates. */
  readonly upper: number;
}

/** Both bounds of Theorem 1 at one time [Yang2025, Theorem 1]. */
export interface BoundsPoint {
  readonly step: number;
  readonly lower: number;
  readonly upper: number;
}

/** The toy model at one V and p: process, exact curve and theory over the same steps. */
export interface GrowthResults {
  /** V. */
  readonly entities: number;
  /** p. */
  readonly linkProbability: number;
  readonly replicates: number;
  readonly exact: readonly CurvePoint[];
  readonly simulation: readonly SimulationPoint[];
  readonly theorem1: readonly BoundsPoint[];
  readonly paperFormula: readonly CurvePoint[];
}

/** One training result. */
export interface TrainingPoint {
  /** Synthetic tokens, in millions; > 0. */
  readonly tokens: number;
  /** Test accuracy, in %. */
  readonly accuracy: number;
}

/** A named series of training results. */
export interface TrainingSeries {
  readonly name: string;
  readonly points: readonly TrainingPoint[];
}

/** A result that does not depend on the synthetic tokens. */
export interface ReferenceAccuracy {
  readonly name: string;
  /** In %. */
  readonly accuracy: number;
}

/** A fitted y(x) = plateau − Σ amplitude·e^{−rate·x}. */
export interface MixtureFit {
  readonly plateau: number;
  readonly terms: readonly { readonly amplitude: number; readonly rate: number }[];
}

/** A named growth curve. */
export interface NamedCurve {
  readonly name: string;
  readonly points: readonly CurvePoint[];
}

/** A number of tokens with a predicted accuracy and its interval, in %. */
export interface PredictionPoint {
  /** Synthetic tokens, in millions; > 0. */
  readonly tokens: number;
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
}

/** What figures of training results are called, where it is not the paper's "accuracy against synthetic tokens". */
export interface TrainingLabels {
  readonly title?: string;
  /** With the unit. */
  readonly xTitle?: string;
  /** With the unit. */
  readonly yTitle?: string;
}
