import { describe, expect, it } from "vitest";
import { compareLaws } from "../../src/fit/compareLaws.ts";
import { fitMixture } from "../../src/fit/fitMixture.ts";
import { fitLaw, type LawName } from "../../src/fit/laws.ts";
import { mixtureCurve } from "../../src/fit/mixture.ts";
import { upperQuantile } from "../../src/fit/normal.ts";
import type { Observations } from "../../src/fit/observations.ts";
import { stream } from "../../src/random/stream.ts";
import { REPHRASE } from "./fixtures/quality.ts";

const LAWS: LawName[] = ["log-linear", "power"];
/** Saturating, with a zigzag: neither law is exact. */
const series = (points: number) => {
  const x = Array.from({ length: points }, (_, i) => 2 ** i);
  return { x, y: x.map((value, i) => 50 - 30 / (1 + value / 6) + (i % 2 ? 0.4 : -0.4)) };
};
const keep = ({ x, y }: { x: number[]; y: number[] }, which: (index: number) => boolean) => ({
  x: x.filter((_, i) => which(i)),
  y: y.filter((_, i) => which(i)),
});
const rms = (errors: readonly number[]) =>
  Math.sqrt(errors.reduce((sum, e) => sum + e * e, 0) / errors.length);

describe("compareLaws", () => {
  it.each([
    [4, []],
    [5, [4]],
    [6, [4, 5]],
    [12, [6, 7, 8, 9, 10, 11]],
    [20, [10, 12, 14, 15, 17, 19]],
  ])("trains on the first half of %i points or more, up to six times", (points, origins) => {
    expect(compareLaws(series(points), ["log-linear"]).origins).toEqual(origins);
  });

  const data = series(8);
  const errorsFrom = (law: LawName, origins: readonly number[]) =>
    origins.flatMap((origin) => {
      const { predict } = fitLaw(
        law,
        keep(data, (i) => i < origin),
      );
      return data.x.slice(origin).map((value, j) => data.y[origin + j]! - predict(value));
    });

  it("scores a law at its points, at each left out, and at all that follow an origin", () => {
    const { scores, origins } = compareLaws(data, LAWS);
    expect(origins).toEqual([4, 5, 6, 7]);
    for (const law of LAWS) {
      const { rmse, leaveOneOut, rollingOrigin, fitted } = scores.find((score) => score.law === law)!;
      const { predict } = fitLaw(law, data);
      expect(fitted.predict(3)).toBe(predict(3));
      expect(rmse).toBeCloseTo(rms(data.x.map((value, i) => data.y[i]! - predict(value))), 12);
      const left = data.x.map(
        (value, i) =>
          data.y[i]! -
          fitLaw(
            law,
            keep(data, (j) => j !== i),
          ).predict(value),
      );
      expect(leaveOneOut).toBeCloseTo(rms(left), 12);
      expect(rollingOrigin).toBeCloseTo(rms(errorsFrom(law, origins)), 12);
    }
  });

  it("stacks by the weights that leave the least squared error of the forecasts", () => {
    const { scores, origins, stacked } = compareLaws(data, LAWS);
    const [a, b] = LAWS.map((law) => errorsFrom(law, origins));
    const apart = a!.map((value, i) => b![i]! - value);
    const square = apart.reduce((sum, value) => sum + value * value, 0);
    const best = b!.reduce((sum, value, i) => sum + value * apart[i]!, 0) / square;
    const weight = Math.min(1, Math.max(0, best));
    const of = (law: LawName) => scores.find((score) => score.law === law)!;
    expect(of("log-linear").stackWeight).toBeCloseTo(weight, 12);
    expect(of("power").stackWeight).toBeCloseTo(1 - weight, 12);
    const at = LAWS.reduce((sum, law) => sum + of(law).stackWeight * of(law).fitted.predict(300), 0);
    expect(stacked(300)).toBeCloseTo(at, 10);
  });

  it("stacks errors that lie on both sides between them, and equal ones alike", () => {
    // Errors of opposite sign: a straight line in ln x falls short of convex growth, a mixture of it overshoots.
    const bent = { x: data.x, y: data.x.map((_, i) => i + 0.02 * i * i) };
    const { scores } = compareLaws(bent, LAWS);
    const total = scores.reduce((sum, { stackWeight }) => sum + stackWeight, 0);
    expect(total).toBeCloseTo(1, 12);
    // One law alone has all the weight; without any forecast all laws weigh the same.
    expect(compareLaws(data, ["power"]).scores[0]!.stackWeight).toBeCloseTo(1, 12);
    expect(compareLaws(series(4), LAWS).scores.map(({ stackWeight }) => stackWeight)).toEqual([0.5, 0.5]);
  });

  it("counts repeated rows and standard errors as fits to the rows do", () => {
    const errors = [0.5, 1, 2, 0.5, 1, 2, 1, 1];
    const known: Observations = { ...data, standardErrors: errors };
    const repeated = { x: [1, 1, 1, ...data.x], y: [20, 21, 25, ...data.y] };
    const doubled = { x: [...data.x, ...data.x], y: [...data.y, ...data.y.map((y) => y + 1)] };
    for (const observations of [known, repeated, doubled]) {
      const [score] = compareLaws(observations, ["log-linear"]).scores;
      const direct = fitLaw("log-linear", observations).parameters;
      expect(score!.fitted.parameters["level"]).toBeCloseTo(direct["level"]!, 10);
      expect(score!.fitted.parameters["gain"]).toBeCloseTo(direct["gain"]!, 10);
    }
    // Known errors are those of every left-out fit too.
    const left = data.x.map((value, i) => {
      const kept = { ...keep(data, (j) => j !== i), standardErrors: errors.filter((_, j) => j !== i) };
      return data.y[i]! - fitLaw("log-linear", kept).predict(value);
    });
    const weighted = rms(left.map((error, i) => error / errors[i]!)) / rms(errors.map((error) => 1 / error));
    expect(compareLaws(known, ["log-linear"]).scores[0]!.leaveOneOut).toBeCloseTo(weighted, 10);
  });

  it("lets no imprecise point decide which law forecasts best", () => {
    const x = [1, 2, 3, 5, 8, 13, 20, 30, 50, 60];
    const standardErrors = x.map((value) => (value === 60 ? 20 : 0.3));
    // A saturating curve, and a last point that is far above it with an error to match.
    const y = [40, 43.1, 45.2, 47.8, 50.3, 52, 53.2, 54.8, 55.1, 75];
    const laws: LawName[] = ["log-linear", "hill"];
    expect(compareLaws({ x, y, standardErrors }, laws).scores[0]!.law).toBe("hill");
    // Without the errors the jump is all there is to forecast, and the law that has no plateau comes closest.
    expect(compareLaws({ x, y }, laws).scores[0]!.law).toBe("log-linear");
    // The same errors for all points are as good as none; the search of a law ends at 10⁻¹⁰ of its loss, 10⁻⁵ of its parameters.
    const alike = compareLaws({ ...data, standardErrors: data.x.map(() => 0.37) }, LAWS).scores;
    compareLaws(data, LAWS).scores.forEach((score, i) => {
      for (const name of ["rmse", "leaveOneOut", "rollingOrigin", "stackWeight"] as const)
        expect(alike[i]![name]).toBeCloseTo(score[name]!, 5);
    });
  });

  it("counts every row of a point it forecasts, and misses rows by what a fit to them does", () => {
    const repeated = {
      x: data.x.flatMap((value, i) => (i === 5 ? [value, value, value] : [value])),
      y: [] as number[],
    };
    repeated.y = repeated.x.map((value, row) => data.y[data.x.indexOf(value)]! + [0, 0.6, -0.3][row % 3]!);
    const [score] = compareLaws(repeated, ["exponential-1"]).scores;
    expect(score!.rmse).toBeCloseTo(fitMixture(repeated, { terms: 1 }).rmse, 10);
    const means = data.x.map((value) => {
      const found = repeated.y.filter((_, row) => repeated.x[row] === value);
      return { value, count: found.length, mean: found.reduce((sum, y) => sum + y, 0) / found.length };
    });
    const errors = [4, 5, 6, 7].flatMap((origin) => {
      const seen = repeated.x.map((value) => means.findIndex((mean) => mean.value === value) < origin);
      const { predict } = fitLaw(
        "exponential-1",
        keep(repeated, (row) => seen[row]!),
      );
      return means
        .slice(origin)
        .flatMap(({ value, count, mean }) => Array.from({ length: count }, () => mean - predict(value)));
    });
    expect(score!.rollingOrigin).toBeCloseTo(rms(errors), 9);
  });

  it("stacks at x = 0 where no law with a weight lacks a value there", () => {
    // Both go on where this curve ends; the straight line in ln x does so the most.
    const { scores, stacked } = compareLaws(
      { x: data.x, y: data.x.map((value) => 1 - Math.exp(-value / 3)) },
      ["log-linear", "hill"],
    );
    expect(scores.map(({ law, stackWeight }) => [law, stackWeight])).toEqual([
      ["hill", 1],
      ["log-linear", 0],
    ]);
    expect(stacked(0)).toBe(scores[0]!.fitted.predict(0));
    expect(compareLaws(data, ["log-linear"]).stacked(0)).toBe(-Infinity);
  });

  it("counts σ as estimated where rows are repeated, and as known only where it is", () => {
    const repeated = { x: [1, 1, 1, ...data.x], y: [20, 21, 25, ...data.y] };
    const known = { ...data, standardErrors: data.x.map(() => 0.5) };
    for (const observations of [repeated, known]) {
      for (const { law, fitted } of compareLaws(observations, ["log-linear", "exponential-1"]).scores)
        expect(fitted.aicc).toBeCloseTo(fitLaw(law, observations).aicc!, 9);
    }
    // σ is a third parameter beside level and gain: q = 3, and eleven rows.
    const { fitted } = compareLaws(repeated, ["log-linear"]).scores[0]!;
    const sse = repeated.x.reduce((sum, x, i) => sum + (repeated.y[i]! - fitted.predict(x)) ** 2, 0);
    expect(fitted.aicc).toBeCloseTo(11 * Math.log(sse / 11) + 6 + (2 * 3 * 4) / (11 - 4), 9);
  });

  it("scores the rows, also where neighbours are merged", () => {
    // A hundred x, merged to 45, and a law that is a straight line in ln x through every one of them.
    const x = Array.from({ length: 100 }, (_, i) => 1.05 ** i);
    const zigzag = { x, y: x.map((value, i) => 3 + Math.log(value) + (i % 2 ? 0.1 : -0.1)) };
    const [score] = compareLaws(zigzag, ["log-linear"]).scores;
    // What follows every other row is all there is to be missed; the two parameters take a little of it.
    expect(score!.fitted.sse).toBeGreaterThan(100 * 0.1 ** 2 * (1 - 2 / 100));
    expect(score!.fitted.sse).toBeLessThan(100 * 0.1 ** 2 * (1 + 1e-3));
    expect(score!.rmse).toBeCloseTo(Math.sqrt(score!.fitted.sse / 100), 12);
    const n = 100;
    expect(score!.fitted.aicc).toBeCloseTo(n * Math.log(score!.fitted.sse / n) + 6 + 24 / (n - 4), 9);
  });

  it.each<[number, LawName]>([
    [46, "exponential-2"],
    [100, "exponential-auto"],
  ])("finds in %i points what a fit to all of them finds", (points, law) => {
    const noise = stream(1, "compared", points);
    const x = Array.from({ length: points }, (_, i) => 10 ** ((4 * i) / (points - 1)));
    const y = x.map(
      (value) =>
        60 -
        20 * Math.exp(-0.05 * value) -
        10 * Math.exp(-0.002 * value) +
        0.05 * upperQuantile(noise.nextFloat() + 2 ** -54),
    );
    for (const standardErrors of [undefined, x.map(() => 0.05)]) {
      const { scores } = compareLaws({ x, y, standardErrors }, [law]);
      const fit = fitMixture({ x, y, standardErrors }, { terms: 2 });
      // Rows of a bin are about 0.1 in ln x apart, so that 20·4e⁻²·0.1²/8, a quarter of σ, is the most by which their mean bends.
      expect(scores[0]!.fitted).toMatchObject({ count: 5 });
      expect(scores[0]!.fitted.sse / fit.sse).toBeGreaterThanOrEqual(1);
      expect(scores[0]!.fitted.sse / fit.sse).toBeLessThan(1 + 0.25 ** 2);
      expect(scores[0]!.fitted.aicc! - fit.aicc!).toBeLessThan(points * Math.log1p(0.25 ** 2));
      expect(scores[0]!.rmse).toBeLessThan(fit.rmse * (1 + 0.25 ** 2));
    }
  });

  it("chooses the number of terms anew for every forecast and every point left out", () => {
    const all: LawName[] = ["exponential-1", "exponential-2", "exponential-3", "exponential-auto"];
    const { scores, origins } = compareLaws(REPHRASE, all);
    const of = (law: LawName) => scores.find((score) => score.law === law)!;
    const byCriterion = (observations: Observations) => fitMixture(observations, { terms: "auto" });
    const auto = byCriterion(REPHRASE);
    expect(of("exponential-auto").fitted).toMatchObject({ aicc: auto.aicc, count: auto.parameters });
    const rows = { x: Array.from(REPHRASE.x), y: Array.from(REPHRASE.y) };
    const error = (i: number, trained: (index: number) => boolean) =>
      rows.y[i]! - mixtureCurve(byCriterion(keep(rows, trained)), rows.x[i]!);
    const left = rows.x.map((_, i) => error(i, (j) => j !== i));
    expect(of("exponential-auto").leaveOneOut).toBeCloseTo(rms(left), 9);
    const later = origins.flatMap((origin) =>
      rows.x.slice(origin).map((_, i) => error(origin + i, (j) => j < origin)),
    );
    expect(of("exponential-auto").rollingOrigin).toBeCloseTo(rms(later), 9);
    // One term from the first ten points and two from more: no single number of terms has these errors.
    for (const law of all.slice(0, 3)) expect(of(law).rollingOrigin).not.toBeCloseTo(rms(later), 3);
  });

  it("puts laws that cannot forecast last, and those that cannot be fitted aside", () => {
    // Four points hold a power law, and three a line in ln x only; at x = 0 neither has a value.
    const short = compareLaws(
      keep(series(5), () => true),
      ["hill", "log-linear", "exponential-2"],
    );
    expect(short.scores.map(({ law }) => law)).toEqual(["log-linear", "hill", "exponential-2"]);
    expect(short.scores[2]).toMatchObject({ rollingOrigin: null, leaveOneOut: null, stackWeight: 0 });
    const { refused, scores } = compareLaws({ x: [0, 1, 2, 4], y: [1, 2, 2.5, 2.8] }, [
      "power",
      "exponential-1",
    ]);
    expect(scores.map(({ law }) => law)).toEqual(["exponential-1"]);
    expect(refused).toEqual([
      { law: "power", reason: expect.stringContaining("positive in every row") as string },
    ]);
    expect(() => compareLaws({ x: [0, 1], y: [1, 2] }, LAWS)).toThrow("enough points for at least one law");
    expect(() => compareLaws({ x: [1, 2], y: [1] }, LAWS)).toThrow();
  });

  it("says which law to trust for what", () => {
    const verdict = (observations: Observations, laws = LAWS) => compareLaws(observations, laws).verdict;
    expect(verdict(series(4), ["log-linear"])).toBe(
      "Too few points to forecast from earlier ones; in sample no law is best by AICc.",
    );
    // With known errors the criterion needs no more points.
    expect(verdict({ ...series(4), standardErrors: [1, 1, 1, 1] }, ["log-linear"])).toBe(
      "Too few points to forecast from earlier ones; in sample log-linear is best by AICc.",
    );
    const [power] = compareLaws(data, ["power"]).scores;
    const best = `power forecasts later points best (root mean square error ${power!.rollingOrigin!.toPrecision(3)})`;
    expect(verdict(data, ["power"])).toBe(`${best} and is also best in sample by AICc.`);
    // An exact fit has no criterion.
    const exact = { x: data.x, y: data.x.map(() => 0) };
    expect(compareLaws(exact, ["log-linear"]).verdict).toBe(
      "log-linear forecasts later points best (root mean square error 0.00).",
    );
    // What is chosen automatically from all points is no law of its own, and no better fit than itself.
    const chosen = compareLaws(REPHRASE, ["exponential-2", "exponential-auto"]);
    const auto = chosen.scores[0]!;
    expect(auto.law).toBe("exponential-auto");
    expect(chosen.verdict).toBe(
      `exponential-auto forecasts later points best (root mean square error ${auto.rollingOrigin!.toPrecision(3)}); what it chooses from all points, exponential-2, is also best in sample by AICc.`,
    );
    // A law that cannot be fitted to the first four of six points has no forecast error to be told.
    const six = { x: [1, 2, 4, 8, 16, 32], y: [10, 20, 27, 31, 33, 34], standardErrors: [1, 1, 1, 1, 1, 1] };
    expect(verdict(six, ["log-linear", "exponential-2"])).toMatch(
      /^exponential-2 fits the seen points best by AICc; log-linear forecasts later points best/,
    );
    const { scores, verdict: words } = compareLaws(REPHRASE, ["log-linear", "exponential-2"]);
    const misses = scores.find(({ law }) => law === "exponential-2")!.rollingOrigin!.toPrecision(3);
    const leads = scores.find(({ law }) => law === "log-linear")!.rollingOrigin!.toPrecision(3);
    expect(words).toBe(
      `exponential-2 fits the seen points best by AICc but misses later points by ${misses}; log-linear forecasts later points best (root mean square error ${leads}). A good fit is not a good forecast.`,
    );
  });
});
