import { InputError } from "../errors.ts";
import type { Dataset } from "./dataset.ts";
import { newFactsEpochs } from "./newFactsEpochs.ts";
import { newsVariations } from "./newsVariations.ts";
import { qualityEntigraph, qualityQaSft, qualityRephrase } from "./quality.ts";

/** All datasets that the package ships. */
export const DATASETS: readonly Dataset[] = [
  qualityEntigraph,
  qualityRephrase,
  qualityQaSft,
  newsVariations,
  newFactsEpochs,
];

/**
 * The dataset of a name.
 *
 * @throws {InputError} if there is none, naming those there are
 * @example findDataset("quality-entigraph").source.citation
 */
export function findDataset(name: string): Dataset {
  const found = DATASETS.find((dataset) => dataset.name === name);
  if (found) return found;
  throw new InputError(
    name,
    `no such dataset; there are ${DATASETS.map((dataset) => dataset.name).join(", ")}`,
  );
}
