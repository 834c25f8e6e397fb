import { DomainError } from "../errors.ts";
import { accuracyAxis, plotWidth, tokensAxis } from "./axes.ts";
import { logGrid } from "./grid.ts";
import { horizontalRules, type Line, lineLayer, pointLayer } from "./layers.ts";
import type { MixtureFit, TrainingLabels, TrainingPoint } from "./results.ts";
import { figureSpec, frame, type VegaLiteSpec } from "./spec.ts";
import type { FigureOptions, Palette } from "./theme.ts";

/** What Figure 4 of the paper shows. */
export interface MixtureFitResults extends TrainingLabels {
  readonly points: readonly TrainingPoint[];
  readonly fit: MixtureFit;
}

/** How far the fit is drawn beyond the last point: far enough to see it level off, dashed because nothing supports it. */
const EXTRAPOLATION = 12;

/**
 * Training results and the mixture of exponentials fitted to them, on a logarithmic axis [Yang2025, Figure 4].
 * Beyond the last point the fit is dashed: the plateau is an extrapolation, and drawn as one.
 *
 * @param results - tokens in millions, positive; accuracies in %; rates per million tokens
 * @throws {DomainError} if there are no points or a number of tokens is not positive
 */
export function mixtureFitFigure(results: MixtureFitResults, options?: FigureOptions): VegaLiteSpec {
  const { points, fit } = results;
  const { first, last } = tokenRange(points);
  const look = frame(options);
  const axes = { x: tokensAxis(results), y: accuracyAxis(results) };
  const name = "training result";
  const marks = points.map(({ tokens, accuracy }) => ({ x: tokens, y: accuracy }));
  return figureSpec(
    {
      title: {
        text: results.title ?? "A mixture of exponentials fitted to EntiGraph results",
        subtitle: [fitFormula(fit), `${points.length} training runs; dashed where no run supports the fit`],
      },
      width: plotWidth(look),
      height: look.isNarrow ? 240 : 330,
      layer: [
        beyondData(last, axes.x, look.colors),
        horizontalRules(
          [{ y: fit.plateau, label: `plateau of the fit, ${fit.plateau.toFixed(2)} %` }],
          axes,
          look,
        ),
        lineLayer(fitLines(fit, first, last, look.colors), axes, look),
        pointLayer([{ name, color: look.colors.blue, shape: "circle", points: marks }], axes, look, 40),
      ],
    },
    options,
  );
}

/**
 * Least and largest number of tokens.
 *
 * @throws {DomainError} if there are no points or a number is not positive
 */
export function tokenRange(points: readonly TrainingPoint[]): { first: number; last: number } {
  if (points.length === 0) throw new DomainError("points", "none", "at least one");
  const tokens = points.map((point) => point.tokens);
  const first = Math.min(...tokens);
  if (!(first > 0)) throw new DomainError("tokens", first, "> 0 on a logarithmic axis");
  return { first, last: Math.max(...tokens) };
}

/** y(x) with the scale of each term, 1/rate, in millions of tokens. */
function fitFormula({ plateau, terms }: MixtureFit): string {
  const decays = terms.map(
    ({ amplitude, rate }) => `- ${amplitude.toFixed(2)}\\,e^{-x/${Number((1 / rate).toPrecision(3))}}`,
  );
  return `$y(x) = ${plateau.toFixed(2)} ${decays.join(" ")}$`;
}

function fittedAccuracy({ plateau, terms }: MixtureFit, tokens: number): number {
  return terms.reduce((value, { amplitude, rate }) => value - amplitude * Math.exp(-rate * tokens), plateau);
}

function beyondData(last: number, x: VegaLiteSpec, { grid }: Palette): VegaLiteSpec {
  return {
    data: { values: [{ from: last, to: last * EXTRAPOLATION }] },
    mark: { type: "rect", color: grid, opacity: 0.55 },
    encoding: { x: { field: "from", type: "quantitative", ...x }, x2: { field: "to" } },
  };
}

function fitLines(fit: MixtureFit, first: number, last: number, { vermilion }: Palette): Line[] {
  const stretch = (from: number, to: number) =>
    logGrid(from, to, 61).map((tokens) => ({ x: tokens, y: fittedAccuracy(fit, tokens) }));
  return [
    { name: "fit", color: vermilion, dash: [], points: stretch(first, last) },
    {
      name: "fit, extrapolated",
      color: vermilion,
      dash: [6, 4],
      points: stretch(last, last * EXTRAPOLATION),
    },
  ];
}
