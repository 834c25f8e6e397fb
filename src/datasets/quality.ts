import type { Dataset, DatasetColumn, DatasetSource } from "./dataset.ts";

const COLUMNS: readonly DatasetColumn[] = [
  { name: "tokens_millions", meaning: "synthetic tokens, nominal", unit: "millions of tokens" },
  { name: "accuracy_percent", meaning: "closed-book accuracy on QuALITY", unit: "%" },
];

const SOURCE: DatasetSource = {
  reference: "Yang2025",
  citation: "Yang, Band, Li, Candès, Hashimoto. Synthetic continued pretraining. ICLR 2025, arXiv:2409.07431",
  location:
    "repository ZitongYang/Synthetic_Continued_Pretraining, notebooks/nb_main_plot.ipynb, commit d56a84e",
  licence: "Apache-2.0",
};

const CAVEATS: readonly string[] = [
  "The numbers of tokens are nominal (fraction of the corpus times its size); training ran 2 epochs with 10 % replay.",
  "One training run per point, no error bars.",
  "Binomial standard error of a point: 0.72 to 0.74 percentage points at 4 609 questions; all points share the " +
    "same questions, so that it overstates the noise from point to point and says nothing of the common error.",
];

const SHARED = {
  columns: COLUMNS,
  x: "tokens_millions",
  y: "accuracy_percent",
  seriesColumns: [],
  questions: 4609,
  source: SOURCE,
  status: "transcribed from literals printed in the authors' notebook",
} as const;

/** Figures 2 and 4 of the paper: EntiGraph continued pretraining. */
export const qualityEntigraph: Dataset = {
  ...SHARED,
  name: "quality-entigraph",
  title: "EntiGraph continued pretraining of Llama 3 8B on QuALITY",
  caveats: [...CAVEATS, "The point printed as 455M tokens with 56.22 % stands at 450.45."],
  csv: `tokens_millions,accuracy_percent
0.182,40.15
0.3185,41.15
0.455,41.21
0.5915,41.73
0.728,42.6
0.8645,43.02
0.91,42.96
1.1375,43.39
1.82,43.48
2.73,44.14
3.64,45.22
4.55,45.65
5.46,45.7
6.37,47.25
8.19,47.18
9.1,47.57
13.65,49.46
22.75,50.33
25.025,50.33
29.575,50.74
38.675,50.88
45.5,51.23
68.25,52.18
113.75,52.52
159.25,52.76
191.1,53.13
204.75,53.43
236.6,53.84
250.25,54.26
295.75,54.56
327.6,54.9
341.25,54.85
373.1,55.03
414.05,56
441.35,55.83
450.45,56.22
`,
};

/** Figures 2 and 8 of the paper: the Rephrase baseline. */
export const qualityRephrase: Dataset = {
  ...SHARED,
  name: "quality-rephrase",
  title: "Rephrase continued pretraining of Llama 3 8B on QuALITY",
  caveats: CAVEATS,
  csv: `tokens_millions,accuracy_percent
0.168,38.78
0.336,40.05
0.672,40.85
0.84,41.19
1.008,41.22
1.68,41.93
2.016,41.64
2.352,41.89
2.688,42
4.032,43.1
6.048,43.86
6.72,43.89
8.064,43.95
9.408,44.87
11.424,45.31
13.44,45.64
16.8,46.07
21.84,46.22
24.192,46.42
33.264,46.89
`,
};

/** Figure 8 of the paper: the QA SFT baseline. */
export const qualityQaSft: Dataset = {
  ...SHARED,
  name: "quality-qa-sft",
  title: "Supervised fine-tuning of Llama 3 8B on synthetic question-answer pairs, on QuALITY",
  caveats: CAVEATS,
  csv: `tokens_millions,accuracy_percent
0.276,39.3
0.552,41.09
0.828,41.8
1.38,42.79
1.656,43.18
1.932,43.92
2.208,43.98
2.484,44.23
5.52,46.5
8.28,48.86
11.04,49.52
13.8,50.37
19.32,51.95
22.08,52.2
27.324,52.99
`,
};

/** An accuracy on QuALITY that the paper prints as a constant, in %. */
export interface QualityConstant {
  readonly name: string;
  readonly accuracy: number;
  /** Whether the model may consult the documents. */
  readonly openBook: boolean;
}

/** Constants printed in the paper [Yang2025, Figure 2, Tables 2 and 3]. */
export const QUALITY_CONSTANTS: readonly QualityConstant[] = [
  { name: "Llama 3 8B Base", accuracy: 39.49, openBook: false },
  { name: "Raw CPT", accuracy: 38.15, openBook: false },
  { name: "GPT-3.5", accuracy: 44.81, openBook: false },
  { name: "GPT-4", accuracy: 51.3, openBook: false },
  { name: "EntiGraph CPT", accuracy: 56.22, openBook: false },
  { name: "Llama 3 8B Base, with retrieval", accuracy: 60.35, openBook: true },
  { name: "EntiGraph CPT, with retrieval", accuracy: 62.6, openBook: true },
  { name: "GPT-4 with the right document", accuracy: 86.09, openBook: true },
];

/**
 * The fit that the paper prints, y(x) = a − Σ b·r^x with x in millions of tokens and y in %
 * [Yang2025, Appendix G.1].
 */
export const PRINTED_FIT = {
  plateau: 64.5456,
  terms: [
    { amplitude: 13.8352, ratio: 0.9989 },
    { amplitude: 8.4705, ratio: 0.8961 },
    { amplitude: 3.932, ratio: 0.0546 },
  ],
} as const;
