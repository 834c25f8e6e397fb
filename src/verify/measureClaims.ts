import type { RateSpectrum } from "../growth/rateSpectrum.ts";
import type { Claim, Effort, EnsembleNeed, Finding } from "./claim.ts";
import { drawSpectrum } from "./ensemble.ts";
import { graphCount } from "./grid.ts";
import { PAPER_CLAIMS } from "./paperClaims.ts";
import { PROJECT_CLAIMS } from "./projectClaims.ts";

/** All registered claims. */
export const CLAIMS: readonly Claim[] = [...PAPER_CLAIMS, ...PROJECT_CLAIMS];

/** The registered claim of a name, if there is one. */
export function claimNamed(id: string): Claim | undefined {
  return CLAIMS.find((claim) => claim.id === id);
}

/** A claim with what was found. */
export interface MeasuredClaim extends Pick<Claim, "id" | "statement" | "source" | "method"> {
  readonly seed: number;
  /** Random graphs that took part. */
  readonly graphs: number;
  readonly finding: Finding;
}

/** How much work a measurement is, in units of V² for each graph, for progress. */
export function measuringWork(claims: readonly Claim[], effort: Effort): number {
  return distinctNeeds(claims, effort).reduce(
    (sum, need) => sum + graphCount(effort, need) * need.entities ** 2,
    0,
  );
}

/**
 * Measure claims on random graphs, which are drawn once for all of them.
 *
 * @param claims - some or all of {@link CLAIMS}
 * @param effort - how many graphs and how large
 * @param seed - of all random numbers; the findings depend on nothing else
 * @yields work done, of {@link measuringWork}, after each graph
 */
export function* measureClaims(
  claims: readonly Claim[],
  effort: Effort,
  seed: number,
): Generator<number, MeasuredClaim[], void> {
  const drawn = new Map<string, RateSpectrum[]>();
  let work = 0;
  for (const need of distinctNeeds(claims, effort)) {
    const spectra: RateSpectrum[] = [];
    drawn.set(keyOf(need), spectra);
    for (let i = 0; i < graphCount(effort, need); i++) {
      spectra.push(drawSpectrum(seed, need, i));
      work += need.entities ** 2;
      yield work;
    }
  }
  const measured: MeasuredClaim[] = [];
  for (const { id, statement, source, method, needs, measure } of claims) {
    const ensembles = needs(effort).map((need) => ({ ...need, spectra: drawn.get(keyOf(need))! }));
    const graphs = ensembles.reduce((sum, { spectra }) => sum + spectra.length, 0);
    measured.push({
      id,
      statement,
      source,
      method,
      seed,
      graphs,
      finding: measure({ effort, seed, ensembles }),
    });
    yield work;
  }
  return measured;
}

function distinctNeeds(claims: readonly Claim[], effort: Effort): EnsembleNeed[] {
  const needs = claims.flatMap((claim) => claim.needs(effort));
  return [...new Map(needs.map((need) => [keyOf(need), need])).values()];
}

function keyOf({ entities, lambda, ties }: EnsembleNeed): string {
  return `${entities} ${lambda} ${ties}`;
}
