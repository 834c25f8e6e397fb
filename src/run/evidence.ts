import { markdownTable } from "markdown-table";
import type { MeasuredClaim } from "../verify/measureClaims.ts";
import type { VerifyResult } from "./verifyResult.ts";

/**
 * The page of evidence: what is claimed, how it was put to the test and what was found.
 *
 * @param pictures - folder of the pictures of claims, as the page links to it: `ID.svg` for each claim with a chart
 */
export function evidencePage({ claims, effort, seed, provenance }: VerifyResult, pictures: string): string {
  const summary = claims.map(({ id, statement, source, finding }) => [
    `[${id}](#${id})`,
    statement,
    source,
    finding.verdict,
    finding.figure,
  ]);
  return [
    "# Evidence",
    "",
    "What the paper and this project claim, put to the test on random graphs whose growth curves are computed exactly.",
    "A claim that fails is a finding. Differences count beyond six standard errors of the measurement.",
    "",
    `Written by \`entigraph verify\`, version ${provenance.version}, effort ${effort}, seed ${seed}.`,
    "",
    markdownTable([["claim", "statement", "who says so", "verdict", "measured"], ...summary]),
    "",
    ...claims.flatMap((claim) => claimSection(claim, pictures)),
  ].join("\n");
}

function claimSection(
  { id, statement, source, method, graphs, seed, finding }: MeasuredClaim,
  pictures: string,
): string[] {
  const sampled = graphs > 0 ? `${graphs} random graphs, seed ${seed}` : "no random graphs";
  const cells = finding.rows.map((row) => row.map(String));
  return [
    `## ${id}`,
    "",
    `> ${statement}`,
    "",
    `- **Source:** ${source}`,
    `- **Method:** ${method}`,
    `- **Sample:** ${sampled}`,
    `- **Measured:** ${finding.figure}`,
    `- **Verdict:** ${finding.verdict}`,
    "",
    ...(finding.chart ? [`![${finding.chart.quantity}, measured](${pictures}/${id}.svg)`, ""] : []),
    markdownTable([[...finding.head], ...cells], { align: "r" }),
    "",
  ];
}
