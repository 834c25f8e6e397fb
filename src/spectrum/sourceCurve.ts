import { learnedProbability } from "../growth/growthCurve.ts";
import { type Sweep, sizesOfPart } from "./spectrumPart.ts";

/**
 * What one source contributes to a growth curve: the expected number of its links that are not in the source documents
 * and known by each time.
 *
 * @param pairs - N
 * @param times - t, ≥ 0
 */
export function curveOfSource(
  sweep: Sweep,
  source: number,
  pairs: number,
  times: Float64Array,
): Float64Array {
  sweep.reset();
  sweep.run(source);
  const { sizes, counts } = sizesOfPart(sweep.part());
  return times.map((time) =>
    sizes.reduce((sum, size, i) => sum + counts[i]! * learnedProbability("steps", size / pairs, time), 0),
  );
}

/** The curves of several sources; yields how many are done. */
export function* curvesBySource(
  sweep: Sweep,
  sources: Uint32Array,
  pairs: number,
  times: Float64Array,
): Generator<number, Float64Array[], void> {
  const curves: Float64Array[] = [];
  for (const source of sources) {
    curves.push(curveOfSource(sweep, source, pairs, times));
    yield curves.length;
  }
  return curves;
}
