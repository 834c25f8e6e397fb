import { DomainError } from "../errors.ts";
import { logGrid } from "./grid.ts";
import type { MixtureFit, TrainingPoint } from "./results.ts";
import { ACCURACY_AXIS, TOKENS_AXIS } from "./scalingFigure.ts";
import { type Frame, figureSpec, frame, type VegaLiteSpec } from "./spec.ts";
import type { FigureOptions } from "./theme.ts";

/** What Figure 4 of the paper shows. */
export interface MixtureFitResults {
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
  if (points.length === 0) throw new DomainError("points", "none", "at least one");
  const tokens = points.map((point) => point.tokens);
  const first = Math.min(...tokens);
  const last = Math.max(...tokens);
  if (!(first > 0)) throw new DomainError("tokens", first, "> 0 on a logarithmic axis");
  const look = frame(options);
  return figureSpec(
    {
      title: {
        text: "A mixture of exponentials fitted to EntiGraph results",
        subtitle: [fitFormula(fit), `${points.length} training runs; dashed where no run supports the fit`],
      },
      width: look.width - 64,
      height: look.isNarrow ? 240 : 330,
      layer: [
        beyondData(last, look),
        plateauRule(fit, look),
        plateauLabel(fit, first, look),
        fitLine(fit, first, last, look),
        dataPoints(points, look),
      ],
    },
    options,
  );
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

function beyondData(last: number, { colors }: Frame): VegaLiteSpec {
  return {
    data: { values: [{ tokens: last, end: last * EXTRAPOLATION }] },
    mark: { type: "rect", color: colors.grid, opacity: 0.55 },
    encoding: { x: TOKENS_AXIS, x2: { field: "end" } },
  };
}

function plateauRule({ plateau }: MixtureFit, { colors }: Frame): VegaLiteSpec {
  return {
    data: { values: [{ accuracy: plateau }] },
    mark: { type: "rule", color: colors.vermilion, strokeDash: [2, 3] },
    encoding: { y: ACCURACY_AXIS },
  };
}

function plateauLabel({ plateau }: MixtureFit, first: number, { colors }: Frame): VegaLiteSpec {
  return {
    data: {
      values: [{ tokens: first, accuracy: plateau, label: `plateau of the fit, ${plateau.toFixed(2)} %` }],
    },
    mark: { type: "text", align: "left", baseline: "bottom", dx: 2, dy: -3, color: colors.vermilion },
    encoding: { x: TOKENS_AXIS, y: ACCURACY_AXIS, text: { field: "label" } },
  };
}

function fitLine(fit: MixtureFit, first: number, last: number, { colors }: Frame): VegaLiteSpec {
  const stretch = (part: string, from: number, to: number) =>
    logGrid(from, to, 61).map((tokens) => ({ part, tokens, accuracy: fittedAccuracy(fit, tokens) }));
  const parts = ["fit", "fit, extrapolated"] as const;
  return {
    data: { values: [...stretch(parts[0], first, last), ...stretch(parts[1], last, last * EXTRAPOLATION)] },
    mark: { type: "line", color: colors.vermilion },
    encoding: {
      x: TOKENS_AXIS,
      y: ACCURACY_AXIS,
      strokeDash: {
        field: "part",
        type: "nominal",
        scale: {
          domain: parts,
          range: [
            [1, 0],
            [6, 4],
          ],
        },
        legend: {
          title: null,
          orient: "top",
          symbolType: "stroke",
          symbolStrokeColor: colors.vermilion,
          symbolSize: 500,
        },
      },
    },
  };
}

function dataPoints(points: readonly TrainingPoint[], { colors }: Frame): VegaLiteSpec {
  const name = "training result";
  return {
    data: { values: points.map(({ tokens, accuracy }) => ({ name, tokens, accuracy })) },
    mark: { type: "point", filled: true, size: 40 },
    encoding: {
      x: TOKENS_AXIS,
      y: ACCURACY_AXIS,
      color: {
        field: "name",
        type: "nominal",
        scale: { domain: [name], range: [colors.blue] },
        legend: { title: null, orient: "top", padding: 6 },
      },
    },
  };
}
