import { readFileSync } from "node:fs";
import { fitMixture } from "../../dist/fit/fitMixture.js";
import { benchSeries } from "./series.mjs";

// Fits of the bench against the best known sums of squares (optima-SEED.txt, by bruteForce.cpp). After `npm run build`:
// node benchmark/fit/fitBench.mjs [SEED [certify]]
const [seed = "2025", certify] = process.argv.slice(2);
const print = (...cells) => process.stdout.write(`${cells.join(" ")}\n`);
const lines = readFileSync(new URL(`./optima-${seed}.txt`, import.meta.url), "utf8")
  .trim()
  .split("\n");
const tally = [1, 2, 3, 4].map((terms) => ({
  terms,
  fits: 0,
  worse: 0,
  better: 0,
  proven: 0,
  nodes: [],
  times: [],
}));
for (const line of lines) {
  const [index, ...optima] = line.split(" ").map(Number);
  const { x, y, kind, noise } = benchSeries(index, Number(seed));
  // √SSE is a distance from y to a set of curves, which moves by no more than y moves: by 2⁻⁵³·y where y is rounded to
  // doubles, and again where its offset is taken off, its scale and its weight (docs/fitting.md, §3).
  const rounding = Math.sqrt(x.length) * 2 ** -51 * Math.max(...y);
  // The rounding of the duality gap is relative to the sum of squares about the mean.
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
  const total = y.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  optima.forEach((optimum, i) => {
    const start = process.cpuUsage();
    const fit = fitMixture({ x, y }, { terms: i + 1, certify: certify === "certify" });
    const { user, system } = process.cpuUsage(start);
    const row = tally[i];
    row.times.push((user + system) / 1000);
    row.nodes.push(fit.nodes);
    row.fits++;
    if (fit.gap <= 1e-6 * fit.sse + 1e-13 * total) row.proven++;
    const [found, known] = [fit.sse, optimum].map(Math.sqrt);
    if (found < known / Math.sqrt(1 + 1e-6) - rounding) row.better++;
    if (found <= known * Math.sqrt(1 + 1e-6) + rounding) return;
    row.worse++;
    print(
      "worse: series",
      index,
      kind,
      "noise",
      noise,
      "terms",
      i + 1,
      "SSE",
      fit.sse,
      "best known",
      optimum,
    );
  });
}
const quantile = (values, share) => values.sort((a, b) => a - b)[Math.floor(share * (values.length - 1))];
for (const { terms, fits, worse, better, proven, nodes, times } of tally) {
  print(
    `terms ${terms}: ${fits} fits, ${worse} above the best known by more than 10⁻⁶, ${better} below it, ${proven} proven,`,
    `median ${quantile(times, 0.5).toFixed(1)} ms of processor time (95 %: ${quantile(times, 0.95).toFixed(0)} ms),`,
    `nodes ${quantile(nodes, 0.5)} (95 %: ${quantile(nodes, 0.95)})`,
  );
}
