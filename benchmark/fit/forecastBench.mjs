import { mixturePosterior, predictCurve } from "../../dist/fit/posterior.js";
import { benchSeries, SERIES_COUNT } from "./series.mjs";

const print = (...cells) => process.stdout.write(`${cells.join(" ")}\n`);
const step = Number(process.argv[2] ?? 1);
const draws = Number(process.argv[3] ?? 4000);
const options = { ceiling: 100, draws, ...JSON.parse(process.argv[4] ?? "{}") };
const groups = new Map();
const add = (name, row) => {
  if (!groups.has(name)) groups.set(name, []);
  groups.get(name).push(row);
};
let time = 0;
const esses = [];
for (let index = 0; index < SERIES_COUNT; index += step) {
  const { x, y, kind, noise, truth } = benchSeries(index);
  const seen = x.map((_, j) => j).filter((j) => x[j] <= 100);
  const t = performance.now();
  const posterior = mixturePosterior({ x: seen.map((j) => x[j]), y: seen.map((j) => y[j]) }, options);
  const asked = x.filter((value) => value > 100);
  for (const value of asked) {
    const { mean, lower, upper } = predictCurve(posterior, value, 0.9);
    const exact = truth(value);
    const score = upper - lower + (2 / 0.1) * (Math.max(0, lower - exact) + Math.max(0, exact - upper));
    const row = { hit: exact >= lower && exact <= upper, score, square: (mean - exact) ** 2 };
    add("all", row);
    add(kind, row);
    add(`noise ${noise}`, row);
  }
  time += performance.now() - t;
  esses.push(posterior.effectiveSampleSize);
}
const mean = (rows, f) => rows.reduce((s, r) => s + f(r), 0) / rows.length;
for (const [name, rows] of groups)
  print(
    name.padEnd(12),
    "coverage",
    mean(rows, (r) => +r.hit).toFixed(3),
    "score",
    mean(rows, (r) => r.score).toFixed(2),
    "rmse",
    Math.sqrt(mean(rows, (r) => r.square)).toFixed(2),
    rows.length,
  );
esses.sort((a, b) => a - b);
print(
  "ms per series",
  time / esses.length,
  "ESS min/5%/median",
  esses[0],
  esses[Math.floor(esses.length * 0.05)],
  esses[Math.floor(esses.length / 2)],
);
