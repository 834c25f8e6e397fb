import { basename, dirname, extname, join } from "node:path";
import type { Command } from "commander";
import { InputError } from "../../errors.ts";
import { findFigure, renderSvg } from "../../figure/index.ts";
import { evidencePage } from "../../run/evidence.ts";
import { writeWholeFile } from "../../run/files.ts";
import { type VerifyResult, verify } from "../../run/verifyResult.ts";
import { CLAIMS, claimNamed } from "../../verify/measureClaims.ts";
import { outputFile, wholeNumber } from "../options.ts";
import { deliver, note, type OutputOptions, type Terminal, table, withProgress } from "../terminal.ts";

interface Options extends OutputOptions {
  readonly quick?: boolean;
  readonly seed: number;
  readonly report?: string;
}

/** `entigraph verify`: the claims of paper and project, put to the test. */
export function addVerifyCommand(root: Command, terminal: Terminal): void {
  root
    .command("verify")
    .summary("put the claims of the paper and of this project to the test")
    .description(
      "Measure what the paper and this project claim on random graphs with exact growth curves. " +
        "A claim holds, holds in the limit of many entities, or fails; each is a finding, not an error.\n\n" +
        `Claims: ${CLAIMS.map(({ id }) => id).join(", ")}.`,
    )
    .argument("[claims...]", "claims to measure (default: all)")
    .option("--quick", "few and small graphs: seconds instead of minutes")
    .option("--seed <s>", "seed of all random numbers", wholeNumber("--seed", 0), 1)
    .option("--json", "print one JSON document")
    .option("--out <file>", "write the JSON document to a file", outputFile)
    .option(
      "--report <file>",
      "write the evidence as a page of Markdown, with pictures in a folder beside it",
      outputFile,
    )
    .addHelpText("after", "\nExample:\n  $ entigraph verify closed-formula tie-rule --quick")
    .action(async (ids: string[], options: Options) => {
      const effort = options.quick ? "quick" : "full";
      const claims = ids.length === 0 ? CLAIMS : ids.map(requireClaim);
      const result = await withProgress(terminal, (watch) => verify(claims, effort, options.seed, watch));
      if (options.report !== undefined) {
        await writeReport(options.report, result);
        note(terminal, `wrote ${options.report}`);
      }
      await deliver(terminal, options, result, () => describe(result));
    });
}

/** The page, and a picture for each claim with a chart in a folder that is called like it. */
async function writeReport(file: string, result: VerifyResult): Promise<void> {
  const folder = basename(file, extname(file));
  for (const claim of result.claims) {
    if (!claim.finding.chart) continue;
    const svg = await renderSvg(findFigure("evidence").draw(claim, claim.id));
    await writeWholeFile(join(dirname(file), folder, `${claim.id}.svg`), svg);
  }
  await writeWholeFile(file, evidencePage(result, folder));
}

function requireClaim(id: string) {
  const found = claimNamed(id);
  if (found) return found;
  throw new InputError(id, `is no claim; there are ${CLAIMS.map((claim) => claim.id).join(", ")}`);
}

function describe({ claims }: VerifyResult): string {
  return claims
    .flatMap(({ id, statement, source, method, graphs, seed, finding }) => [
      `${id}: ${finding.verdict.toUpperCase()}`,
      `  ${statement}`,
      `  source:   ${source}`,
      `  method:   ${method}`,
      `  sample:   ${graphs > 0 ? `${graphs} random graphs, seed ${seed}` : "no random graphs"}`,
      `  measured: ${finding.figure}`,
      "",
      table(finding.head, finding.rows),
      "",
    ])
    .join("\n")
    .trimEnd();
}
