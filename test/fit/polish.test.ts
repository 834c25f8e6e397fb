import { describe, expect, it } from "vitest";
import { type Atoms, atomsAt, ROUNDING, type Signs } from "../../src/fit/atoms.ts";
import { approachExactFit, polishAtoms, refineAtoms } from "../../src/fit/polish.ts";
import type { RateProblem } from "../../src/fit/rateProblem.ts";
import { fitSpectrum } from "../../src/fit/spectrumFit.ts";
import { groupings } from "../../src/fit/termsFit.ts";
import { NIST } from "./fixtures/nist.ts";
import { ENTIGRAPH, QA_SFT, REPHRASE } from "./fixtures/quality.ts";
import { VALLEYS } from "./fixtures/valleys.ts";
import { problemOf } from "./problemOf.ts";

/** No known minima, but a count of how often they were looked through: once for every step of Newton's method. */
class StepCounter extends Array<Atoms> {
  steps = 0;
  override find(): undefined {
    this.steps++;
    return undefined;
  }
}

const thetasOf = ({ unit }: RateProblem, rates: readonly number[]) =>
  rates.map((rate) => Math.log(rate * unit));
const moved = (thetas: readonly number[], by: readonly number[]) => thetas.map((theta, i) => theta + by[i]!);

/** NIST's problems with free signs, their certified rates and how far a start may be moved from them. */
const certified = (["Lanczos1", "Lanczos2", "Lanczos3"] as const).map((name) => {
  const { certified: parameters, sumOfSquares } = NIST[name];
  const problem = problemOf(NIST[name], { plateau: 0 });
  return {
    name,
    problem,
    sumOfSquares,
    thetas: thetasOf(
      problem,
      [1, 3, 5].map((i) => parameters[i]!),
    ),
  };
});
const MGH17 = (() => {
  const problem = problemOf(NIST.MGH17);
  return { problem, thetas: thetasOf(problem, NIST.MGH17.certified.slice(3)) };
})();

describe("polishAtoms", () => {
  it.each([
    ["ENTIGRAPH", ENTIGRAPH, 3],
    ["REPHRASE", REPHRASE, 2],
    ["QA_SFT", QA_SFT, 2],
  ] as const)("walks from a start that knows nothing to a minimum: %s", (_, data, count) => {
    const problem = problemOf(data);
    const { slowest, fastest } = problem;
    const start = Array.from(
      { length: count },
      (__, i) => slowest + ((fastest - slowest) * (i + 0.5)) / count,
    );
    const counter = new StepCounter();
    const { thetas, loss } = polishAtoms(problem, start, "growth", counter);
    // A start four units of θ off is four of the longest steps away, and a few damped ones; then digits double.
    expect(counter.steps).toBeLessThan(20);
    expect(thetas.length).toBe(count);
    for (const step of [1e-3, -1e-3]) {
      thetas.forEach((_theta, i) => {
        const beside = thetas.map((theta, k) => (k === i ? theta + step : theta));
        expect(atomsAt(problem, beside, "growth").loss).toBeGreaterThan(loss);
      });
    }
  });

  it.each([
    ["MGH17", MGH17.problem, MGH17.thetas, "free", 6],
    ["Lanczos3", certified[2]!.problem, certified[2]!.thetas, "free", 9],
  ] as const)(
    "doubles the digits with every step near the minimum: %s",
    (_, problem, thetas, signs, steps) => {
      const counter = new StepCounter();
      const start = moved(thetas, [1e-3, -1e-3, 1e-3]);
      const found = polishAtoms(problem, start, signs, counter);
      // 10⁻³, 10⁻⁶ and 10⁻¹² times what the condition costs; a last look finds no step to take.
      expect(counter.steps).toBeLessThanOrEqual(steps);
      found.thetas.forEach((theta, i) => {
        expect(Math.abs(theta - thetas[i]!)).toBeLessThan(1e-6);
      });
    },
  );

  it("comes to the certified minimum from far around it", () => {
    for (const { problem, thetas, sumOfSquares } of certified.slice(1)) {
      for (const by of [
        [0.1, -0.1, 0.1],
        [0.3, 0.2, 0.1],
        [-0.3, 0.3, 0.5],
      ]) {
        const counter = new StepCounter();
        const { loss } = polishAtoms(problem, moved(thetas, by), "free", counter);
        expect((loss * problem.sumOfSquares) / sumOfSquares).toBeCloseTo(1, 8);
        expect(counter.steps).toBeLessThan(90);
      }
    }
  });

  it("ends on an end of the interval where the sum of squares falls beyond it", () => {
    const whole = problemOf(REPHRASE);
    const { thetas } = polishAtoms(whole, [1, 5], "growth");
    const [slow, fast] = [thetas[0]!, thetas[1]!];
    for (const interval of [
      [slow + 0.1, fast + 2],
      [slow - 2, fast - 0.1],
      [slow + 0.1, fast - 0.1],
    ] as const) {
      const problem = { ...whole, intervals: [interval] };
      const held = refineAtoms(
        problem,
        polishAtoms(problem, [slow + 0.2, fast - 0.2], "growth"),
        "growth",
      ).thetas;
      const low = interval[0] > slow;
      const high = interval[1] < fast;
      if (low) expect(held[0]).toBe(interval[0]);
      else expect(held[0]).toBeGreaterThan(interval[0]);
      if (high) expect(held[1]).toBe(interval[1]);
      else expect(held[1]).toBeLessThan(interval[1]);
      const { loss } = atomsAt(problem, held, "growth");
      held.forEach((theta, i) => {
        const inward = i === 0 ? 1e-3 : -1e-3;
        for (const step of (i === 0 ? low : high) ? [inward] : [inward, -inward]) {
          const beside = held.map((value, k) => (k === i ? theta + step : value));
          expect(atomsAt(problem, beside, "growth").loss).toBeGreaterThan(loss);
        }
      });
    }
  });

  it("ends at a minimum found before, but not at a worse one nor at one with other terms", () => {
    const problem = problemOf(REPHRASE);
    const minimum = polishAtoms(problem, [1, 5], "growth");
    expect(polishAtoms(problem, [1.5, 5.5], "growth", [minimum])).toBe(minimum);
    const worse = { ...minimum, loss: minimum.loss * 2 };
    expect(polishAtoms(problem, [1.5, 5.5], "growth", [worse])).not.toBe(worse);
    const fewer = atomsAt(problem, minimum.thetas.slice(0, 1), "growth");
    expect(polishAtoms(problem, [1.5, 5.5], "growth", [{ ...fewer, loss: 0 }]).thetas.length).toBe(2);
    const far = { ...minimum, thetas: minimum.thetas.map((theta) => theta + 0.06), loss: 0 };
    expect(polishAtoms(problem, minimum.thetas, "growth", [far])).not.toBe(far);
    const near = { ...minimum, thetas: minimum.thetas.map((theta) => theta - 0.04), loss: 0 };
    expect(polishAtoms(problem, minimum.thetas, "growth", [near])).toBe(near);
  });

  it("gives up terms on the way that the data do not need", () => {
    const x = [1, 2, 4, 8, 16, 32, 64];
    const problem = problemOf({
      x,
      y: x.map((value, i) => 10 - 3 * Math.exp(-0.2 * value) + (i % 2) * 1e-3),
    });
    const { thetas, loss } = polishAtoms(problem, [0, 2, 4], "growth");
    expect(thetas.length).toBeLessThan(3);
    expect(loss).toBeLessThan(1e-6);
    expect(polishAtoms(problem, [], "growth")).toMatchObject({ thetas: [], betas: [] });
  });
});

describe("refineAtoms", () => {
  it("has ten certified digits of the rates where polishing has eight", () => {
    for (const { name, problem, thetas } of certified) {
      for (const by of [
        [0.1, -0.1, 0.1],
        [-0.3, 0.3, 0.5],
      ]) {
        const refined = refineAtoms(problem, polishAtoms(problem, moved(thetas, by), "free"), "free");
        refined.thetas.forEach((theta, i) => {
          // Certified to 11 digits; the 14 digits of Lanczos 1 hold its rates to 2·10⁻¹⁰.
          expect(Math.abs(theta - thetas[i]!)).toBeLessThan(name === "Lanczos1" ? 2e-10 : 1e-10);
        });
      }
    }
    const { problem, thetas } = MGH17;
    const refined = refineAtoms(problem, atomsAt(problem, moved(thetas, [0.3, 0.2]), "free"), "free");
    refined.thetas.forEach((theta, i) => {
      expect(Math.abs(theta - thetas[i]!)).toBeLessThan(1e-10);
    });
  });

  it("repeats itself: what is refined is at rest up to rounding", () => {
    for (const data of [ENTIGRAPH, REPHRASE, QA_SFT]) {
      const problem = problemOf(data);
      const once = refineAtoms(problem, polishAtoms(problem, [1, 5], "growth"), "growth");
      const twice = refineAtoms(problem, once, "growth");
      twice.thetas.forEach((theta, i) => {
        expect(Math.abs(theta - once.thetas[i]!)).toBeLessThan(1e-11);
      });
    }
  });

  it("has nothing to do without terms", () => {
    const none = atomsAt(problemOf(REPHRASE), [], "growth");
    expect(refineAtoms(problemOf(REPHRASE), none, "growth")).toBe(none);
  });
});

describe("approachExactFit", () => {
  const x = Array.from({ length: 12 }, (_, i) => 10 ** ((3 * i) / 11));
  const planted = [
    [0.005, 0.05, 0.5],
    [0.01, 0.04, 0.16],
    [0.002, 0.02, 0.1, 0.6],
  ].map((rates) => {
    const y = x.map(
      (value) => 60 - rates.reduce((sum, rate, i) => sum + (5 + i) * Math.exp(-rate * value), 0),
    );
    const problem = problemOf({ x, y });
    return { problem, thetas: thetasOf(problem, rates) };
  });
  const zigzag = (count: number, by: number) => Array.from({ length: count }, (_, i) => (i % 2 ? by : -by));

  it.each([0.05, 0.2, 0.4])("follows exact data to rounding from rates that are off by %d", (by) => {
    for (const { problem, thetas } of planted) {
      const start = atomsAt(problem, moved(thetas, zigzag(thetas.length, by)), "growth");
      const exact = approachExactFit(problem, start, "growth");
      expect(exact.loss).toBeLessThan(ROUNDING ** 2);
      exact.thetas.forEach((theta, i) => {
        // y is known to 2⁻⁵³; the condition of four close rates takes five digits of it.
        expect(Math.abs(theta - thetas[i]!)).toBeLessThan(1e-10);
      });
      expect(refineAtoms(problem, exact, "growth").loss).toBeLessThan(ROUNDING ** 2);
    }
  });

  it.each([
    ["spread", 4, 1],
    ["bent", 3, 1],
    ["flat", 4, 0],
  ] as const)(
    "follows a narrow valley to its end, where Newton's method stops on the way: %s",
    (name, count, way) => {
      const problem = problemOf(VALLEYS[name]);
      const start = groupings(fitSpectrum(problem).atoms, count)[way]!;
      const stopped = polishAtoms(problem, start, "growth");
      const exact = approachExactFit(problem, stopped, "growth");
      expect(stopped.loss).toBeGreaterThan(1000 * ROUNDING ** 2);
      // Rounding of y leaves up to the square of 2⁻⁵³ of its largest value at every point.
      expect(exact.loss).toBeLessThan(2 * ROUNDING ** 2);
      expect(exact.thetas.length).toBe(count);
    },
  );

  it.each<Signs>(["growth", "free"])(
    "never returns a worse mixture, nor one with other terms: %s",
    (signs) => {
      for (const data of [ENTIGRAPH, REPHRASE]) {
        const problem = problemOf(data);
        const start = polishAtoms(problem, [1, 5], signs);
        const end = approachExactFit(problem, start, signs);
        expect(end.loss).toBeLessThanOrEqual(start.loss);
        expect(end.loss).toBeGreaterThan(start.loss * (1 - 1e-6));
        expect(end.thetas.length).toBe(start.thetas.length);
      }
    },
  );

  it("is at rest on an exact fit, and without rates that may move", () => {
    const { problem, thetas } = planted[0]!;
    const exact = atomsAt(problem, thetas, "growth");
    expect(exact.loss).toBeLessThan(ROUNDING ** 2);
    expect(approachExactFit(problem, exact, "growth")).toBe(exact);
    const line = problemOf({ x, y: x });
    const held = atomsAt(line, [line.slowest], "growth");
    expect(approachExactFit(line, held, "growth")).toBe(held);
  });
});
