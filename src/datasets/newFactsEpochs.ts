import type { Dataset } from "./dataset.ts";

/** A negative control: sigmoidal growth, which no mixture of saturating exponentials describes. */
export const newFactsEpochs: Dataset = {
  name: "new-facts-epochs-gpt2",
  title: "First-token accuracy on fictional entities against training epochs, GPT-2",
  columns: [
    { name: "epoch", meaning: "training epochs", unit: "epochs" },
    { name: "new_entity_accuracy_percent", meaning: "accuracy on new entities", unit: "%" },
    { name: "revised_entity_accuracy_percent", meaning: "accuracy on revised entities", unit: "%" },
  ],
  x: "epoch",
  y: "new_entity_accuracy_percent",
  seriesColumns: [],
  questions: null,
  source: {
    reference: "Ou2025",
    citation:
      "Ou et al. How Do LLMs Acquire New Knowledge? A Knowledge Circuits Perspective on Continual Pre-Training. arXiv:2502.11196",
    location: "repository zjunlp/DynamicKnowledgeCircuits, analysis/, commit 6162df9",
    licence: "MIT",
  },
  status: "transcribed from the authors' repository",
  caveats: ["Sigmoidal: growth starts slowly, so that a mixture of saturating exponentials cannot fit it."],
  csv: `epoch,new_entity_accuracy_percent,revised_entity_accuracy_percent
0,10.3716002,10.3173058
0.6,10.4155476,10.3951723
1.2,10.4106646,10.6871715
1.8,10.5180917,10.2978392
2.4,10.5180917,10.1421063
3,10.4497290,10.1810395
3.6,10.4350798,10.5314386
4.2,10.6352849,10.7261047
4.8,10.7817765,11.0570372
5.4,11.2700815,12.5364999
6,12.6812833,15.5732918
6.6,15.0593291,22.6396730
7.2,19.0097173,31.7500487
7.8,24.1564530,41.7364220
8.4,29.8598564,51.4307962
9,36.5398701,58.4387775
9.6,43.2784804,63.3248978
10.2,47.9759754,67.1014211
10.8,54.1090874,70.9752774
11.4,58.6600908,73.9926027
12,62.9034621,77.3797937
12.6,66.4143757,79.2485887
13.2,69.7592656,81.5261826
13.8,72.6451487,82.7525793
14.4,75.2575809,84.2320420
15,77.5428488,86.3928363
15.6,79.4130573,87.0157680
16.2,80.9414522,88.1837648
16.8,82.8751404,89.5269613
17.4,84.2863421,89.7216274
18,85.5461692,90.7922912
18.6,86.7278676,91.2594900
19.2,87.4114947,91.0842904
19.8,88.6127252,91.5514892
20.4,89.0814981,91.9213549
21,89.8090727,92.4858867
21.6,90.2729625,92.2912206
22.2,90.6391914,92.9530855
22.8,91.0884321,92.7194861
23.4,91.4546609,92.5637532
24,91.7085795,93.3618844
`,
};
