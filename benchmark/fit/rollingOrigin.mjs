import { DATASETS } from "../../dist/datasets/catalogue.js";
import { forecast } from "../../dist/fit/forecast.js";
import { fitLaw } from "../../dist/fit/laws.js";
import { numericColumn, readResultTable, selectRows } from "../../dist/table/resultTable.js";

// Rolling-origin forecasts of the real series that come with the package, as a table in Markdown: trained on the first
// points, asked for all later ones. Errors are pooled over points, and over rows (root of the mean of the rows' mean
// squares, so that a row counts once however many points it asks for).
// Run after `npm run build`: node benchmark/fit/rollingOrigin.mjs [seed] [draws]
const [seed, draws] = [Number(process.argv[2] ?? 1), Number(process.argv[3] ?? 1000)];
const LAWS = ["log-linear", "exponential-2", "exponential-3", "hill", "lognormal-rates"];

function series() {
  return DATASETS.flatMap((dataset) => {
    const table = readResultTable(dataset.csv, dataset.name);
    if (dataset.seriesColumns.length === 0) {
      return dataset.name.startsWith("quality")
        ? [[dataset.name, numericColumn(table, dataset.x), numericColumn(table, dataset.y)]]
        : [];
    }
    const keys = new Set(
      table.rows.map(({ cells }) =>
        dataset.seriesColumns.map((c) => cells[table.columns.indexOf(c)]).join("\t"),
      ),
    );
    return [...keys].flatMap((key) => {
      const part = dataset.seriesColumns.reduce(
        (rows, column, i) => selectRows(rows, column, key.split("\t")[i]),
        table,
      );
      const x = numericColumn(part, dataset.x);
      if (x.length < 5) return [];
      const y = numericColumn(part, "correct").map(
        (value, j) => (100 * value) / numericColumn(part, "questions")[j],
      );
      return [[`${dataset.name} ${key.replace("\t", ", ")}`, x, y]];
    });
  });
}

const out = (text) => process.stdout.write(`${text}\n`);
const rms = (errors) => Math.sqrt(errors.reduce((sum, e) => sum + e * e, 0) / errors.length);
out(`| series | trained on | forecast | covered by 90 % | ${LAWS.join(" | ")} |`);
out(`| --- | ---: | ---: | ---: | ${LAWS.map(() => "---:").join(" | ")} |`);
const all = { posterior: [], loglinear: [], rows: [], loglinearRows: [], hits: 0, count: 0 };
for (const [name, x, y] of series()) {
  const shares = x.length < 8 ? [0.8] : [0.4, 0.5, 0.64, 0.8];
  for (const share of shares) {
    const k = x.length < 8 ? 4 : Math.max(5, Math.round(share * x.length));
    const seen = { x: [...x.slice(0, k)], y: [...y.slice(0, k)] };
    const later = [...x.slice(k)];
    const predictions = forecast(seen, { at: later, level: 0.9, ceiling: 100, seed, draws });
    const errors = predictions.map(({ mean }, i) => y[k + i] - mean);
    const hits = predictions.filter(({ lower, upper }, i) => lower <= y[k + i] && y[k + i] <= upper).length;
    const laws = LAWS.map((law) => {
      try {
        const fitted = fitLaw(law, seen);
        return later.map((value, i) => y[k + i] - fitted.predict(value));
      } catch {
        return null;
      }
    });
    all.posterior.push(...errors);
    all.rows.push(rms(errors));
    if (laws[0]) all.loglinearRows.push(rms(laws[0]));
    if (laws[0]) all.loglinear.push(...laws[0]);
    all.hits += hits;
    all.count += later.length;
    out(
      `| ${name} | ${k} of ${x.length} | ${rms(errors).toFixed(2)} | ${hits} of ${later.length} | ${laws.map((e) => (e ? rms(e).toFixed(2) : "–")).join(" | ")} |`,
    );
  }
}
out("");
out(
  `Over points: forecast ${rms(all.posterior).toFixed(2)}, log-linear ${rms(all.loglinear).toFixed(2)}; over rows: ${rms(all.rows).toFixed(2)}, ${rms(all.loglinearRows).toFixed(2)}; covered ${all.hits} of ${all.count}.`,
);
