import { readFileSync } from "node:fs";
import { fitMixture } from "../../dist/fit/fitMixture.js";
import { benchSeries } from "./series.mjs";

// Fits of the bench against the best known sums of squares (optima.txt, by bruteForce.cpp). After `npm run build`:
// node benchmark/fit/fitBench.mjs
const print = (...cells) => process.stdout.write(`${cells.join(" ")}\n`);
const lines = readFileSync(new URL("./optima.txt", import.meta.url), "utf8")
  .trim()
  .split("\n");
const tally = [1, 2, 3, 4].map((terms) => ({
  terms,
  fits: 0,
  worse: 0,
  better: 0,
  byConvexFit: 0,
  times: [],
}));
for (const line of lines) {
  const [index, ...optima] = line.split(" ").map(Number);
  const { x, y, kind, noise } = benchSeries(index);
  optima.forEach((optimum, i) => {
    const start = process.cpuUsage();
    const fit = fitMixture({ x, y }, { terms: i + 1 });
    const { user, system } = process.cpuUsage(start);
    const row = tally[i];
    row.times.push((user + system) / 1000);
    row.fits++;
    if (fit.gap <= 1e-6 * fit.sse) row.byConvexFit++;
    // y is rounded to doubles: an exact fit leaves residuals of a few 2⁻⁵³·|y|.
    const rounding = x.length * (2 ** -51 * Math.max(...y)) ** 2;
    if (fit.sse < optimum * (1 - 1e-6) - rounding) row.better++;
    if (fit.sse <= optimum * (1 + 1e-6) + rounding) return;
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
for (const { terms, fits, worse, better, byConvexFit, times } of tally) {
  const median = times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
  print(
    `terms ${terms}: ${fits} fits, ${worse} above the best known by more than 10⁻⁶, ${better} below it,`,
    `${byConvexFit} proven by the convex fit alone, median ${median.toFixed(1)} ms of processor time`,
  );
}
