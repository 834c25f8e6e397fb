import { describe, expect, it } from "vitest";
import { entigraphJson, temporaryFolder } from "../support/terminal.ts";

describe("entigraph spectrum --ties random", () => {
  // 0 → 1 → {2, 3, 4} → 5, and 2 → 6: under rule random, 2 leads to 5 for one seed in three.
  const links = "0 1\n1 2\n1 3\n1 4\n2 5\n3 5\n4 5\n2 6\n";
  it("says the seed of its trees, gives the same for it, and other trees for others", async () => {
    const folder = temporaryFolder({ "g.txt": links });
    const args = (seed: number) => [
      ...["spectrum", `${folder}/g.txt`, "--ties", "random", "--seed", String(seed)],
    ];
    const results = await Promise.all(Array.from({ length: 12 }, (_, seed) => entigraphJson(...args(seed))));
    expect(results[3].provenance.input).toMatchObject({ ties: "random", seed: 3 });
    expect(await entigraphJson(...args(3))).toEqual(results[3]);
    const largest = results.map(({ rates }) => rates.at(-1).size);
    expect(new Set(largest)).toEqual(new Set([2, 3]));
    for (const { tieRule, reachablePairs, meanDistance } of results) {
      expect({ tieRule, reachablePairs, meanDistance }).toEqual({
        tieRule: "random",
        reachablePairs: 15,
        meanDistance: 24 / 15,
      });
    }
  });
});
