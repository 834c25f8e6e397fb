import { DomainError } from "../errors.ts";
import { verbatim } from "./mathText.ts";
import { type Frame, figureSpec, frame, type VegaLiteSpec } from "./spec.ts";
import type { FigureOptions } from "./theme.ts";

/** How one law describes the results, and how it foretells them. */
export interface ModelScore {
  readonly name: string;
  /** Number of parameters. */
  readonly parameters: number;
  readonly aicc: number;
  /** Root mean squared error of rolling-origin forecasts, in accuracy points; null if it was not measured. */
  readonly forecastError: number | null;
}

/** Laws compared on one series. */
export interface ModelComparisonResults {
  readonly models: readonly ModelScore[];
}

/**
 * Laws by how well they fit (AICc above the best) and by how well they forecast (rolling-origin error): the best of
 * the one kind need not be the best of the other. Sorted by forecast error, the best at the top.
 *
 * @throws {DomainError} if there are no models
 */
export function modelComparisonFigure(
  results: ModelComparisonResults,
  options?: FigureOptions,
): VegaLiteSpec {
  const { models } = results;
  if (models.length === 0) throw new DomainError("models", "none", "at least one");
  const look = frame(options);
  const best = Math.min(...models.map(({ aicc }) => aicc));
  const values = [...models]
    .sort((a, b) => (a.forecastError ?? Infinity) - (b.forecastError ?? Infinity) || a.aicc - b.aicc)
    .map(({ name, parameters, aicc, forecastError }) => ({
      model: `${verbatim(name)} (${parameters})`,
      aicc: aicc - best,
      forecast: forecastError,
    }));
  const order = values.map(({ model }) => model);
  return figureSpec(
    {
      title: { text: "Laws compared", subtitle: "number of parameters in brackets; less is better in both" },
      data: { values },
      [look.isNarrow ? "vconcat" : "hconcat"]: [
        scorePanel("forecast", "Forecast error (accuracy points)", order, look, true),
        scorePanel("aicc", "AICc above the best", order, look, look.isNarrow),
      ],
    },
    options,
  );
}

/** Room for the names of the laws. */
const NAME_ROOM = 170;

function scorePanel(
  field: string,
  title: string,
  order: readonly string[],
  look: Frame,
  isNamed: boolean,
): VegaLiteSpec {
  const x = {
    field,
    type: "quantitative",
    scale: { zero: true, nice: true },
    axis: { title, tickCount: 4, grid: true },
  };
  const axis = isNamed ? { title: null, labelLimit: 0, ticks: false } : null;
  const y = { field: "model", type: "nominal", scale: { domain: order }, axis };
  return {
    width: look.isNarrow ? look.width - NAME_ROOM : Math.floor((look.width - NAME_ROOM - 40) / 2),
    height: { step: 24 },
    transform: [{ filter: { field, valid: true } }],
    layer: [
      {
        mark: { type: "rule", color: look.colors.sky, strokeWidth: 3 },
        encoding: { x: { ...x, stack: null }, x2: { datum: 0 }, y },
      },
      { mark: { type: "point", color: look.colors.blue, size: 60 }, encoding: { x, y } },
    ],
  };
}
