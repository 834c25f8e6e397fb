import { DomainError, requireInteger } from "../errors.ts";
import { verbatim } from "./mathText.ts";
import { type Frame, figureSpec, frame, type VegaLiteSpec } from "./spec.ts";
import type { FigureOptions } from "./theme.ts";
import { type PlacedVertex, treeLayout } from "./treeLayout.ts";

/** A breadth-first tree, and a step that walks down it. */
export interface SearchTreeResults {
  /** V. */
  readonly entities: number;
  /** x. */
  readonly source: number;
  /** Parent of each vertex; −1 for the source and for vertices that are not reachable. */
  readonly parents: readonly number[];
  /** y of the step that is shown; without it no path is marked. */
  readonly target?: number;
  /** Names of the entities; default: their numbers. */
  readonly labels?: readonly string[];
}

/** Beyond this, labels of one level touch each other. */
const MOST_VERTICES = 200;

/**
 * The breadth-first tree of a source x. Circles carry the subtree sizes s_x(z): a step that draws (x, b) teaches
 * (x, z) if b lies in the subtree of z, so they are the rates; the circles grow with them. One step from x to y is marked: its path down
 * the tree, and the links (x, z) that it teaches, as arcs; a link of the source graph needs none.
 *
 * @throws {DomainError} if the parents are no tree from the source, the target is not reachable from it, or more than
 *   200 vertices are
 */
export function searchTreeFigure(results: SearchTreeResults, options?: FigureOptions): VegaLiteSpec {
  requireInteger("source", results.source, 0, results.entities - 1);
  const vertices = treeLayout(results.source, results.parents);
  if (vertices.length > MOST_VERTICES) {
    throw new DomainError("reachable vertices", vertices.length, `at most ${MOST_VERTICES}`);
  }
  const look = frame(options);
  const path = pathTo(results, vertices);
  const depth = Math.max(...vertices.map((vertex) => vertex.depth));
  const { width } = look;
  return figureSpec(
    {
      title: {
        text: "A breadth-first tree, and what one step teaches",
        subtitle: treeSubtitle(results, path, look),
      },
      width: width - 20,
      height: Math.max(1, depth) * (look.isNarrow ? 62 : 78),
      layer: [
        ...(vertices.length > 1 ? [edgeLayer(vertices, path, look)] : []),
        ...(path.length > 2 ? arcLayers(vertices, path, look) : []),
        ...vertexLayers(vertices, path, results, look),
      ],
    },
    options,
  );
}

/** Vertices from the source to the target; empty without a target. */
function pathTo({ source, target, parents }: SearchTreeResults, vertices: readonly PlacedVertex[]): number[] {
  if (target === undefined) return [];
  if (!vertices.some(({ id }) => id === target)) {
    throw new DomainError("target", target, "reachable from the source");
  }
  const path = [target];
  while (path[0] !== source) path.unshift(parents[path[0]!]!);
  return path;
}

function treeSubtitle(
  { source, target, labels }: SearchTreeResults,
  path: readonly number[],
  { isNarrow }: Frame,
): string[] {
  const name = (id: number) => verbatim(labels?.[id] ?? String(id));
  const sizes = ["in the circles: subtree sizes $s_x(z)$,", "the rates at which links $(x, z)$ are learned"];
  const lines = isNarrow ? sizes : [sizes.join(" ")];
  if (target === undefined) return [`source $x$ = ${name(source)}`, ...lines];
  const taught = path.length === 3 ? "1 link, as an arc" : `${Math.max(0, path.length - 2)} links, as arcs`;
  return [`a step from $x$ = ${name(source)} to $y$ = ${name(target)} teaches ${taught}`, ...lines];
}

const X = { field: "x", type: "quantitative", axis: null, scale: { zero: false, padding: 16 } } as const;
const Y = {
  field: "depth",
  type: "quantitative",
  axis: null,
  scale: { reverse: true, padding: 22, nice: false },
} as const;

function edgeLayer(
  vertices: readonly PlacedVertex[],
  path: readonly number[],
  { colors }: Frame,
): VegaLiteSpec {
  const byId = new Map(vertices.map((vertex) => [vertex.id, vertex]));
  const values = vertices
    .filter(({ parent }) => parent !== undefined)
    .map(({ id, parent, x, depth }) => {
      const above = byId.get(parent!)!;
      return { x, depth, x2: above.x, depth2: above.depth, walked: path.includes(id) };
    });
  return {
    data: { values },
    mark: { type: "rule", opacity: 1 },
    encoding: {
      x: X,
      y: Y,
      x2: { field: "x2" },
      y2: { field: "depth2" },
      color: { condition: { test: "datum.walked", value: colors.vermilion }, value: colors.muted },
      size: { condition: { test: "datum.walked", value: 3 }, value: 1 },
    },
  };
}

const ARC_POINTS = 25;

/** From the source to each vertex of the path beyond its first link: the links that the step teaches. */
function arcLayers(
  vertices: readonly PlacedVertex[],
  path: readonly number[],
  { colors }: Frame,
): VegaLiteSpec[] {
  const byId = new Map(vertices.map((vertex) => [vertex.id, vertex]));
  const from = byId.get(path[0]!)!;
  const span = Math.max(1, Math.max(...vertices.map(({ x }) => x)) - Math.min(...vertices.map(({ x }) => x)));
  const arcs = path.slice(2).map((id, index) => {
    const to = byId.get(id)!;
    // Leave the source sideways and come down outside the path, further out for further targets.
    const side = from.x <= to.x ? 1 : -1;
    const out = side * Math.max(from.x * side, to.x * side) + 0.06 * (index + 2) * span;
    const bend = { x: side * out, depth: from.depth + 0.15 * (to.depth - from.depth) };
    return Array.from({ length: ARC_POINTS }, (_, i) => bezier(from, bend, to, i / (ARC_POINTS - 1)));
  });
  return [
    {
      data: {
        values: arcs.flatMap((points, arc) => points.map((point, order) => ({ arc, order, ...point }))),
      },
      mark: { type: "line", color: colors.blue, strokeDash: [5, 3], strokeWidth: 1.8 },
      encoding: { x: X, y: Y, order: { field: "order" }, detail: { field: "arc" } },
    },
  ];
}

interface Place {
  readonly x: number;
  readonly depth: number;
}

function bezier(from: Place, bend: Place, to: Place, share: number): Place {
  const at = (a: number, b: number, c: number) =>
    (1 - share) ** 2 * a + 2 * share * (1 - share) * b + share ** 2 * c;
  return { x: at(from.x, bend.x, to.x), depth: at(from.depth, bend.depth, to.depth) };
}

function vertexLayers(
  vertices: readonly PlacedVertex[],
  path: readonly number[],
  { labels }: SearchTreeResults,
  { colors, isNarrow }: Frame,
): VegaLiteSpec[] {
  const data = {
    values: vertices.map(({ id, x, depth, size }) => ({
      x,
      depth,
      size,
      walked: path.includes(id),
      label: verbatim(labels?.[id] ?? String(id)),
    })),
  };
  const fontSize = isNarrow ? 8 : 10;
  const name = { type: "text", fontSize, fontStyle: "italic", baseline: "top", dy: isNarrow ? 12 : 16 };
  return [
    {
      data,
      mark: { type: "point", filled: true, opacity: 1, strokeWidth: 1.5, fill: colors.paper },
      encoding: {
        x: X,
        y: Y,
        // Areas in proportion to the rates would hide small ones beside the root: in proportion to their roots.
        size: {
          field: "size",
          type: "quantitative",
          scale: { type: "sqrt", range: [90, isNarrow ? 420 : 700] },
          legend: null,
        },
        stroke: { condition: { test: "datum.walked", value: colors.vermilion }, value: colors.muted },
      },
    },
    {
      data,
      mark: { type: "text", fontSize, baseline: "middle" },
      encoding: { x: X, y: Y, text: { field: "size" } },
    },
    // A halo first, so that edges do not run through the names.
    ...[{ stroke: colors.paper, strokeWidth: 5 }, { color: colors.muted }].map((style) => ({
      data,
      mark: { ...name, ...style },
      encoding: { x: X, y: Y, text: { field: "label" } },
    })),
  ];
}
