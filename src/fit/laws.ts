import { DomainError } from "../errors.ts";
import { explorationKernel, KERNEL_LAMBDAS, KERNEL_SPREADS } from "./explorationKernel.ts";
import { fitMixtureSample, leastCriterion, MOST_TERMS } from "./fitMixture.ts";
import { informationCriterion } from "./informationCriterion.ts";
import { mixtureCurve } from "./mixture.ts";
import { type Observations, readSample, type Sample, sumOfSquares } from "./observations.ts";
import { type FittedLaw, fitSeparableLaw, type SeparableLaw } from "./separableLaw.ts";

/** Laws that {@link fitLaw} knows. */
export const LAW_NAMES = [
  "exponential-1",
  "exponential-2",
  "exponential-3",
  "exponential-4",
  "exponential-5",
  "exponential-auto",
  "spectrum",
  "lognormal-rates",
  "log-linear",
  "power",
  "shifted-power",
  "stretched-exponential",
  "hill",
  "exploration-limit",
  "exploration-spread",
] as const;

/** Name of a law of growth. */
export type LawName = (typeof LAW_NAMES)[number];

const smallest = ({ x }: Sample) => x.find((value) => value > 0)!;
const largest = ({ x }: Sample) => x.at(-1)!;

/** Nodes and weights of a standard normal: the trapezoidal rule, cut at 4.8, where 10⁻⁶ of the mass is left. */
const NORMAL_NODES = Array.from({ length: 33 }, (_, i) => -4.8 + 0.3 * i).map((z) => ({
  z,
  weight: (0.3 * Math.exp(-0.5 * z * z)) / Math.sqrt(2 * Math.PI),
}));

/** Time scales from a hundredth of the smallest positive x to a hundred times the largest. */
const timeScale = (name: string) => (sample: Sample) => ({
  name,
  least: smallest(sample) / 100,
  most: largest(sample) * 100,
});

const SEPARABLE: Partial<Record<LawName, SeparableLaw>> = {
  // level + gain·ln x
  "log-linear": { name: "log-linear", parameters: () => [], shape: () => Math.log },
  // level − gain·x^{−exponent}
  power: {
    name: "power",
    parameters: () => [{ name: "exponent", least: 1e-3, most: 10 }],
    shape:
      ([exponent]) =>
      (x) =>
        -(x ** -exponent!),
  },
  // level + gain·(1 − (1 + x/scale)^{−exponent})
  "shifted-power": {
    name: "shifted-power",
    parameters: (sample) => [timeScale("scale")(sample), { name: "exponent", least: 1e-2, most: 20 }],
    shape:
      ([scale, exponent]) =>
      (x) =>
        -Math.expm1(-exponent! * Math.log1p(x / scale!)),
  },
  // level + gain·(1 − exp(−(x/scale)^exponent)), exponent ≤ 1: a mixture of exponentials
  "stretched-exponential": {
    name: "stretched-exponential",
    parameters: (sample) => [timeScale("scale")(sample), { name: "exponent", least: 0.05, most: 1 }],
    shape:
      ([scale, exponent]) =>
      (x) =>
        -Math.expm1(-((x / scale!) ** exponent!)),
  },
  // level + gain·x^h/(x^h + half^h); a sigmoid for h > 1, which no mixture of exponentials is
  hill: {
    name: "hill",
    parameters: (sample) => [timeScale("half")(sample), { name: "exponent", least: 0.05, most: 10 }],
    shape:
      ([half, exponent]) =>
      (x) =>
        x === 0 ? 0 : 1 / (1 + (half! / x) ** exponent!),
  },
  // level + gain·Acc_∞(x/scale; λ)/C_λ: the theory's own curve
  "exploration-limit": {
    name: "exploration-limit",
    parameters: (sample) => [timeScale("scale")(sample), { name: "lambda", ...KERNEL_LAMBDAS }],
    shape: ([scale, lambda]) => {
      const growth = explorationKernel(lambda!);
      return (x) => growth(x / scale!);
    },
  },
  // the same where time scales are spread, as documents of different size have them: ln S normal
  "exploration-spread": {
    name: "exploration-spread",
    parameters: (sample) => [
      timeScale("scale")(sample),
      { name: "lambda", ...KERNEL_LAMBDAS },
      { name: "spread", ...KERNEL_SPREADS },
    ],
    shape: ([scale, lambda, spread]) => {
      const growth = explorationKernel(lambda!, spread);
      return (x) => growth(x / scale!);
    },
  },
  // level + gain·E[1 − e^{−kx}], ln k normal
  "lognormal-rates": {
    name: "lognormal-rates",
    parameters: (sample) => [
      { name: "medianRate", least: 0.001 / largest(sample), most: 10 / smallest(sample) },
      { name: "spread", least: 0.1, most: 5 },
    ],
    shape: ([median, spread]) => {
      const rates = NORMAL_NODES.map(({ z }) => median! * Math.exp(spread! * z));
      return (x) =>
        rates.reduce((value, rate, i) => value - NORMAL_NODES[i]!.weight * Math.expm1(-rate * x), 0);
    },
  },
};

/** Laws in which x = 0 has no value. */
const NEEDS_POSITIVE: readonly string[] = ["log-linear", "power"];

/**
 * Fit a law of growth by least squares, globally and without start values.
 *
 * | law | curve | parameters |
 * | --- | --- | --- |
 * | `exponential-K` | plateau − Σ a_i·e^{−k_i x}, a ≥ 0 | 2K + 1 |
 * | `exponential-auto` | the one of the former with the least AICc | 2K + 1, the choice not counted |
 * | `spectrum` | the same with as many terms as the data ask for | 2·(terms) + 1 |
 * | `lognormal-rates` | level + gain·E[1 − e^{−kx}], ln k normal | 4 |
 * | `log-linear` | level + gain·ln x | 2 |
 * | `power` | level − gain·x^{−c} | 3 |
 * | `shifted-power` | level + gain·(1 − (1 + x/s)^{−c}) | 4 |
 * | `stretched-exponential` | level + gain·(1 − e^{−(x/s)^c}), c ≤ 1 | 4 |
 * | `exploration-limit` | level + gain·Acc_∞(x/s; λ)/C_λ [docs/theory.md §4], λ in [1.05, 201] | 4 |
 * | `exploration-spread` | level + gain·E[Acc_∞(x/(s·S); λ)/C_λ], ln S normal with a standard deviation up to 4 | 5 |
 * | `hill` | level + gain·x^h/(x^h + m^h), h ≤ 10 | 4 |
 *
 * All have gain ≥ 0: none falls.
 *
 * @throws {DomainError} naming the argument, if the observations cannot be read, there are fewer points than
 *   parameters, or the law has no value at an x of 0
 */
export function fitLaw(name: LawName, observations: Observations): FittedLaw {
  const fitted = lawFitter(readSample(observations))(name);
  if (fitted instanceof DomainError) throw fitted;
  return fitted;
}

/**
 * Fits laws to one sample, as {@link fitLaw} does, each once; an error says why one cannot be fitted.
 *
 * @param rows - of which sums of squares and criteria are, where the sample is condensed from them
 */
export function lawFitter(sample: Sample, rows = sample): (name: LawName) => FittedLaw | DomainError {
  const fits = new Map<LawName, FittedLaw | DomainError>();
  const fit = (name: LawName) => {
    const fitted = fits.get(name) ?? attempt(() => scoredBy(rows, fitSample(name, sample, fit), sample));
    fits.set(name, fitted);
    return fitted;
  };
  return fit;
}

function scoredBy(rows: Sample, fitted: FittedLaw | DomainError, sample: Sample): FittedLaw | DomainError {
  if (rows === sample || fitted instanceof DomainError) return fitted;
  const sse = sumOfSquares(rows, fitted.predict);
  return { ...fitted, sse, aicc: informationCriterion(rows, sse, fitted.count) };
}

function attempt<T>(action: () => T): T | DomainError {
  try {
    return action();
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}

function fitSample(
  name: LawName,
  sample: Sample,
  other: (name: LawName) => FittedLaw | DomainError,
): FittedLaw | DomainError {
  const separable = SEPARABLE[name];
  if (separable) return fitSeparable(separable, sample);
  if (name !== "exponential-auto") return fitExponentials(name, sample);
  const fits = eachNumberOfTerms(sample).map(other);
  const refused = fits.find((fitted) => fitted instanceof DomainError);
  return refused ?? { ...leastCriterion(fits as FittedLaw[]), law: name };
}

/** The laws that `exponential-auto` chooses from: no more parameters than points. */
function eachNumberOfTerms({ x }: Sample): LawName[] {
  const most = Math.min(MOST_TERMS, Math.max(1, Math.floor((x.length - 1) / 2)));
  return Array.from({ length: most }, (_, i) => `exponential-${i + 1}` as LawName);
}

function fitSeparable(law: SeparableLaw, sample: Sample): FittedLaw {
  if (NEEDS_POSITIVE.includes(law.name) && !(sample.x[0]! > 0)) {
    throw new DomainError("x", sample.x[0], `positive in every row for the law ${law.name}`);
  }
  const count = 2 + (sample.x.length > 0 && largest(sample) > 0 ? law.parameters(sample).length : 0);
  if (sample.x.length < count) {
    throw new DomainError("x", sample.x.length, `at least ${count} different values for the law ${law.name}`);
  }
  return fitSeparableLaw(law, sample);
}

function fitExponentials(name: LawName, sample: Sample): FittedLaw {
  const terms = name === "spectrum" ? "spectrum" : Number(name.slice("exponential-".length));
  const fit = fitMixtureSample(sample, { terms });
  const named = fit.terms.flatMap(({ amplitude, rate }, i): [string, number][] => [
    [`amplitude${i + 1}`, amplitude],
    [`rate${i + 1}`, rate],
  ]);
  return {
    law: name,
    parameters: { plateau: fit.plateau, ...Object.fromEntries(named) },
    count: fit.parameters,
    sse: fit.sse,
    aicc: fit.aicc,
    predict: (x) => mixtureCurve(fit, x),
  };
}
