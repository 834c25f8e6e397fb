import { DomainError } from "../errors.ts";
import { accuracyAxis, amountAxis, plotWidth, tokensAxis } from "./axes.ts";
import { bandLayer, horizontalRules, lineLayer, verticalRules } from "./layers.ts";
import type { PredictionPoint, TrainingLabels } from "./results.ts";
import { figureSpec, frame, type VegaLiteSpec } from "./spec.ts";
import type { FigureOptions } from "./theme.ts";

/** What more synthetic tokens would give, and what they would cost. */
export interface PlanResults extends TrainingLabels {
  readonly predictions: readonly PredictionPoint[];
  /** Such as 0.9: of the intervals of the predictions. */
  readonly level: number;
  /** In dollars for a million tokens; without it the axis shows tokens. */
  readonly pricePerMillion?: number;
  /** Accuracy asked for, in %. */
  readonly target?: number;
  /** In dollars; only with a price. */
  readonly budget?: number;
}

/**
 * Predicted accuracy against cost, or against tokens where no price is known, with the target as a horizontal and
 * the budget as a vertical line.
 *
 * @throws {DomainError} if there are no predictions, the price is not positive, or a budget has no price
 */
export function planFigure(results: PlanResults, options?: FigureOptions): VegaLiteSpec {
  const { predictions, level, pricePerMillion, target, budget } = results;
  requirePlan(results);
  const look = frame(options);
  const price = pricePerMillion ?? 1;
  const axes = {
    x: pricePerMillion === undefined ? tokensAxis(results) : amountAxis(COST_TITLE, "~s"),
    y: accuracyAxis(results),
  };
  const name = `${Number((100 * level).toPrecision(3))} % interval`;
  const values = predictions.map(({ tokens, lower, upper }) => ({ x: price * tokens, lower, upper }));
  const points = predictions.map(({ tokens, mean }) => ({ x: price * tokens, y: mean }));
  return figureSpec(
    {
      title: {
        text: results.title ?? "What more synthetic text would give",
        subtitle: pricePerMillion === undefined ? undefined : `at \\$${pricePerMillion} for a million tokens`,
      },
      width: plotWidth(look),
      height: look.isNarrow ? 220 : 300,
      layer: [
        bandLayer([{ name, color: look.colors.sky, values }], axes, look),
        lineLayer([{ name: "predicted accuracy", color: look.colors.ink, dash: [], points }], axes, look),
        ...(target === undefined
          ? []
          : [horizontalRules([{ y: target, label: `target, ${target} %` }], axes, look)]),
        ...(budget === undefined
          ? []
          : [
              verticalRules(
                [{ x: budget, label: `budget, \\$${budget.toLocaleString("en-US")}` }],
                axes,
                look,
              ),
            ]),
      ],
    },
    options,
  );
}

const COST_TITLE = "Cost of the synthetic tokens (\\$, log scale)";

function requirePlan({ predictions, pricePerMillion, budget }: PlanResults): void {
  if (predictions.length === 0) throw new DomainError("predictions", "none", "at least one");
  if (pricePerMillion !== undefined && !(pricePerMillion > 0)) {
    throw new DomainError("pricePerMillion", pricePerMillion, "> 0");
  }
  if (budget !== undefined && pricePerMillion === undefined) {
    throw new DomainError("budget", budget, "given with a price for a million tokens");
  }
}
