import { type Observations, readSample } from "../../src/fit/observations.ts";
import {
  defaultRateRange,
  type KnownLevels,
  type RateProblem,
  rateProblem,
} from "../../src/fit/rateProblem.ts";

/** The problem of rates that `fitMixture` solves for these observations. */
export function problemOf(observations: Observations, levels: KnownLevels = {}): RateProblem {
  const sample = readSample(observations);
  return rateProblem(sample, defaultRateRange(sample), levels);
}
