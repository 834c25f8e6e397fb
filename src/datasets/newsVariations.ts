import type { Dataset } from "./dataset.ts";

/** Question answering about news after the model's training, against the number of variations of each article. */
export const newsVariations: Dataset = {
  name: "news-variations",
  title: "Knowledge of recent news against variations generated per document, Llama-2-7b-chat",
  columns: [
    {
      name: "method",
      meaning: "how variations were made; IPT is not monotone and serves as a control",
      unit: "label",
    },
    { name: "generator", meaning: "the model that made them", unit: "label" },
    { name: "variations", meaning: "variations generated per document", unit: "variations" },
    { name: "correct", meaning: "questions answered correctly", unit: "questions" },
    { name: "questions", meaning: "questions asked", unit: "questions" },
  ],
  x: "variations",
  y: "correct",
  seriesColumns: ["method", "generator"],
  questions: 468,
  source: {
    reference: "Abonizio2025",
    citation:
      "Abonizio, Almeida, Lotufo, Nogueira. Comparing Knowledge Injection Methods for LLMs in a Low-Resource Regime. arXiv:2508.06178",
    location: "repository hugoabonizio/knowledge-injection-methods, per-question judgements, commit 41aa56f",
    licence: "CC BY 4.0",
  },
  status: "counted from the released per-question judgements",
  caveats: [
    "The untouched model (method Original, 0 variations) is the common start of all curves.",
    "Five points a curve, so that two exponential terms pass through all of them.",
  ],
  csv: `method,generator,variations,correct,questions
Original,none,0,27,468
RTW,gpt4o,1,170,468
RTW,gpt4o,5,275,468
RTW,gpt4o,10,320,468
RTW,gpt4o,20,337,468
RTW,gpt4o,40,353,468
RTW,llama2,1,154,468
RTW,llama2,5,247,468
RTW,llama2,10,273,468
RTW,llama2,20,317,468
RTW,llama2,40,323,468
RTW_QA_only,gpt4o,1,105,468
RTW_QA_only,gpt4o,5,204,468
RTW_QA_only,gpt4o,10,241,468
RTW_QA_only,gpt4o,20,278,468
RTW_QA_only,gpt4o,40,311,468
RTW_QA_only,llama2,1,104,468
RTW_QA_only,llama2,5,180,468
RTW_QA_only,llama2,10,220,468
RTW_QA_only,llama2,20,260,468
RTW_QA_only,llama2,40,290,468
RTW_no_QA,gpt4o,1,94,468
RTW_no_QA,gpt4o,5,168,468
RTW_no_QA,gpt4o,10,222,468
RTW_no_QA,gpt4o,20,241,468
RTW_no_QA,gpt4o,40,260,468
RTW_no_QA,llama2,1,111,468
RTW_no_QA,llama2,5,164,468
RTW_no_QA,llama2,10,230,468
RTW_no_QA,llama2,20,254,468
RTW_no_QA,llama2,40,290,468
Para,gpt4o,1,79,468
Para,gpt4o,5,129,468
Para,gpt4o,10,149,468
Para,gpt4o,20,194,468
Para,gpt4o,40,228,468
Para,llama2,1,64,468
Para,llama2,5,106,468
Para,llama2,10,154,468
Para,llama2,20,177,468
Para,llama2,40,226,468
IPT,instruction-synthesizer,1,57,468
IPT,instruction-synthesizer,5,50,468
IPT,instruction-synthesizer,10,35,468
IPT,instruction-synthesizer,20,44,468
IPT,instruction-synthesizer,40,67,468
`,
};
