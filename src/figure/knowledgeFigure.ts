import { DomainError, requireInteger } from "../errors.ts";
import { figureSpec, frame, type VegaLiteSpec } from "./spec.ts";
import { type FigureOptions, UNITS_PER_INCH } from "./theme.ts";

/** The matrix M_t at some times. */
export interface KnowledgeResults {
  /** V. */
  readonly entities: number;
  /** Pairs (x, y) of the source graph. */
  readonly sourceLinks: readonly (readonly [number, number])[];
  /** One to six; `known` holds the pairs known at the time, source links among them. */
  readonly snapshots: readonly {
    readonly step: number;
    readonly known: readonly (readonly [number, number])[];
  }[];
}

/** Beyond this, a cell of the matrix is smaller than a printed dot, and the specification is large. */
const MOST_ENTITIES = 120;

/** A cell is a whole number of dots of a print of 300 dpi, here in units of 1/96 in. */
const PRINTED_DOT = UNITS_PER_INCH / 300;

/**
 * M_t filling up: for each of some times, which links (row x, column y) are known, links of the source documents in
 * one colour and learned links in another.
 *
 * @throws {DomainError} if there are more than 120 entities or no or more than six snapshots
 */
export function knowledgeFigure(results: KnowledgeResults, options?: FigureOptions): VegaLiteSpec {
  const { entities, sourceLinks, snapshots } = results;
  requireInteger("entities", entities, 2, MOST_ENTITIES);
  if (snapshots.length < 1 || snapshots.length > 6) {
    throw new DomainError("snapshots", snapshots.length, "one to six");
  }
  const look = frame(options);
  const columns = Math.min(snapshots.length, look.isNarrow ? 2 : 3);
  const room = (look.width - 20 * columns - 20) / columns / entities;
  const cell = PRINTED_DOT * Math.max(1, Math.floor(room / PRINTED_DOT));
  const isSource = new Set(sourceLinks.map(([x, y]) => x * entities + y));
  const domain = ["source link", "learned link"];
  const axis = { ticks: false, labels: false, domain: false, grid: false };
  return figureSpec(
    {
      title: {
        text: "Links known at some steps",
        subtitle: `$V = ${entities}$ entities; row $x$, column $y$: whether the link $(x, y)$ is known`,
      },
      columns,
      concat: snapshots.map(({ step, known }) => ({
        title: {
          text: `$t = ${step}$: ${percentKnown(known.length, entities)} known`,
          fontSize: 12,
          fontWeight: "normal",
          offset: 5,
        },
        width: cell * entities,
        height: cell * entities,
        view: { stroke: look.colors.muted },
        data: {
          values: known.map(([x, y]) => ({ x, y, link: domain[isSource.has(x * entities + y) ? 0 : 1]! })),
        },
        mark: { type: "rect", strokeWidth: 0 },
        encoding: {
          x: place("y", entities, axis),
          x2: { field: "y2" },
          y: place("x", entities, axis, true),
          y2: { field: "x2" },
          color: {
            field: "link",
            type: "nominal",
            scale: { domain, range: [look.colors.ink, look.colors.orange] },
            legend: { title: null, symbolType: "square" },
          },
        },
        transform: [
          // A little over, or a hairline would show between neighbours.
          { calculate: "datum.x + 1.03", as: "x2" },
          { calculate: "datum.y + 1.03", as: "y2" },
        ],
      })),
      resolve: { legend: { color: "shared" } },
    },
    options,
  );
}

function place(field: string, entities: number, axis: VegaLiteSpec, isReversed = false): VegaLiteSpec {
  return {
    field,
    type: "quantitative",
    scale: { domain: [0, entities], nice: false, reverse: isReversed },
    axis: { ...axis, title: null },
  };
}

function percentKnown(links: number, entities: number): string {
  return `${((100 * links) / (entities * (entities - 1))).toFixed(1)} %`;
}
