import { benchSeries, SERIES_COUNT } from "./series.mjs";

// The series of the bench as lines "index n x1 y1 … xn yn", for bruteForce.cpp.
const [from = 0, to = SERIES_COUNT, seed] = process.argv.slice(2).map(Number);
for (let index = from; index < to; index++) {
  const { x, y } = benchSeries(index, seed);
  const cells = x.flatMap((value, j) => [value, y[j]]);
  process.stdout.write(`${[index, x.length, ...cells].join(" ")}\n`);
}
