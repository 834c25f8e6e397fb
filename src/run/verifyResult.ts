import type { Claim, Effort } from "../verify/claim.ts";
import { type MeasuredClaim, measureClaims, measuringWork } from "../verify/measureClaims.ts";
import { type Provenance, provenance } from "./provenance.ts";
import { runResponsively, type Watch } from "./responsive.ts";

/** Claims put to the test, as `entigraph verify --json` prints them. */
export interface VerifyResult {
  readonly provenance: Provenance;
  readonly effort: Effort;
  readonly seed: number;
  readonly claims: readonly MeasuredClaim[];
}

/**
 * Measure claims on random graphs.
 *
 * @param claims - of `CLAIMS`
 * @throws {Interrupted} if the watch's signal is aborted
 */
export async function verify(
  claims: readonly Claim[],
  effort: Effort,
  seed: number,
  watch: Watch = {},
): Promise<VerifyResult> {
  const work = measureClaims(claims, effort, seed);
  const total = Math.max(1, measuringWork(claims, effort));
  const measured = await runResponsively(work, total, "random graphs", watch);
  const ids = claims.map(({ id }) => id);
  return { provenance: provenance("verify", { effort, seed, claims: ids }), effort, seed, claims: measured };
}
