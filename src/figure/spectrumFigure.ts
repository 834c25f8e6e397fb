import { requireInteger } from "../errors.ts";
import { plotWidth } from "./axes.ts";
import { logTicks } from "./grid.ts";
import { type PointGroup, pointLayer } from "./layers.ts";
import { verbatim } from "./mathText.ts";
import { figureSpec, frame, type VegaLiteSpec } from "./spec.ts";
import type { FigureOptions, Palette } from "./theme.ts";

/** A named rate spectrum. */
export interface NamedSpectrum {
  readonly name: string;
  /** Positive rates, in the unit common to all, and the positive weights that are learned at them. */
  readonly atoms: readonly { readonly rate: number; readonly weight: number }[];
}

/** Rate spectra of graphs, theories and fits. */
export interface SpectrumResults {
  /** One to four. */
  readonly spectra: readonly NamedSpectrum[];
  /** What a rate is, as the title of the axis; default: rates of a graph, in units of 1/N a step. */
  readonly rateTitle?: string;
}

/** Ticks of an axis over many decades are powers of ten. */
const POWER_LABEL = "'$10^{' + format(log(datum.value) / LN10, 'd') + '}$'";
const FEW_DECADES = 1000;

/**
 * Rate spectra on doubly logarithmic axes: how much is learned at which rate. The slowest rate stands left: it alone
 * decides how the plateau is reached.
 *
 * @throws {DomainError} if there is no spectrum or more than four
 */
export function spectrumFigure(results: SpectrumResults, options?: FigureOptions): VegaLiteSpec {
  requireInteger("number of spectra", results.spectra.length, 1, 4);
  const look = frame(options);
  const atoms = results.spectra.flatMap((spectrum) => spectrum.atoms);
  const rateTitle = results.rateTitle ?? "Rate $a$, in units of $1/N$ a step (log scale)";
  const axes = {
    x: logAxis(
      rateTitle,
      atoms.map(({ rate }) => rate),
      false,
    ),
    y: logAxis(
      "Weight, share of all pairs (log scale)",
      atoms.map(({ weight }) => weight),
      true,
    ),
  };
  return figureSpec(
    {
      title: "Rate spectra: how much is learned how fast",
      width: plotWidth(look),
      height: look.isNarrow ? 220 : 300,
      layer: [pointLayer(groups(results, look.colors), axes, look, 26)],
    },
    options,
  );
}

function logAxis(title: string, values: readonly number[], grid: boolean): VegaLiteSpec {
  const least = Math.min(...values);
  const most = Math.max(...values);
  const ticks =
    most / least <= FEW_DECADES
      ? { values: logTicks(least, most), format: "~g" }
      : { values: powers(least, most), labelExpr: POWER_LABEL };
  return { scale: { type: "log", nice: false, padding: 8 }, axis: { title, grid, ...ticks } };
}

function powers(least: number, most: number): number[] {
  const first = Math.ceil(Math.log10(least));
  const last = Math.floor(Math.log10(most));
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => Number(`1e${first + i}`));
}

function groups({ spectra }: SpectrumResults, colors: Palette): PointGroup[] {
  const styles = [
    { color: colors.ink, shape: "circle" },
    { color: colors.vermilion, shape: "diamond" },
    { color: colors.blue, shape: "square" },
    { color: colors.green, shape: "triangle-up" },
  ] as const;
  return spectra.map(({ name, atoms }, index) => ({
    name: verbatim(name),
    ...styles[index]!,
    points: atoms.map(({ rate, weight }) => ({ x: rate, y: weight })),
  }));
}
