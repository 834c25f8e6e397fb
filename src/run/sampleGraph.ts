import { InputError } from "../errors.ts";
import { type Digraph, type DroppedLinks, linkCount } from "../graph/digraph.ts";
import { sampleErdosRenyi } from "../graph/erdosRenyi.ts";
import {
  sampleBlockModel,
  sampleConfigurationModel,
  samplePreferentialAttachment,
  sampleSmallWorld,
} from "../graph/randomFamilies.ts";
import { type Rng, stream } from "../random/stream.ts";
import { readDelimited, requireRectangular } from "../table/delimited.ts";
import { readTextFile } from "./files.ts";
import { type Provenance, provenance } from "./provenance.ts";
import { runBreakably } from "./responsive.ts";

/** A random family with its parameters. */
export type RandomFamily =
  | { readonly model: "erdos-renyi"; readonly entities: number; readonly linkProbability: number }
  | { readonly model: "configuration"; readonly degrees: string }
  | { readonly model: "configuration"; readonly entities: number; readonly degree: number }
  | {
      readonly model: "stochastic-block";
      readonly blocks: readonly number[];
      readonly inside: number;
      readonly between: number;
    }
  | {
      readonly model: "preferential-attachment";
      readonly entities: number;
      readonly linksEach: number;
      readonly reciprocity: number;
    }
  | {
      readonly model: "small-world";
      readonly entities: number;
      readonly linksEach: number;
      readonly rewiring: number;
    };

/** What `entigraph graph sample | convert --json` prints; the graph itself goes to a file. */
export interface WrittenGraph {
  readonly provenance: Provenance;
  readonly entities: number;
  readonly links: number;
  readonly dropped: DroppedLinks;
}

/**
 * Draw a graph from the stream (seed, "graph", 0): for `erdos-renyi` the first graph that a simulation with this seed
 * draws.
 *
 * @throws {InputError} if a file of degrees cannot be used
 * @throws {DomainError} if a parameter is outside its range
 */
export async function sampleGraph(
  family: RandomFamily,
  seed: number,
): Promise<{ graph: Digraph; summary: WrittenGraph }> {
  const rng = stream(seed, "graph", 0);
  const none = { selfLoops: 0, repeated: 0 };
  const { graph, dropped, files } = {
    dropped: none,
    files: {},
    ...(await runBreakably(() => drawn(rng, family))),
  };
  const from = provenance("graph sample", { ...family, seed }, files);
  const summary = { provenance: from, entities: graph.vertexCount, links: linkCount(graph), dropped };
  return { graph, summary };
}

interface Drawn {
  readonly graph: Digraph;
  readonly dropped?: DroppedLinks;
  readonly files?: Record<string, string>;
}

function drawn(rng: Rng, family: RandomFamily): Drawn | Promise<Drawn> {
  switch (family.model) {
    case "erdos-renyi":
      return { graph: sampleErdosRenyi(rng, family.entities, family.linkProbability) };
    case "configuration":
      return "degrees" in family
        ? drawnWithDegrees(rng, family.degrees)
        : regular(rng, family.entities, family.degree);
    case "stochastic-block": {
      const { blocks, inside, between } = family;
      const table = blocks.map((_, a) => blocks.map((_, b) => (a === b ? inside : between)));
      return { graph: sampleBlockModel(rng, blocks, table) };
    }
    case "preferential-attachment":
      return samplePreferentialAttachment(rng, family.entities, family.linksEach, family.reciprocity);
    case "small-world":
      return sampleSmallWorld(rng, family.entities, family.linksEach, family.rewiring);
  }
}

function regular(rng: Rng, entities: number, degree: number): Drawn {
  const degrees = new Uint32Array(entities).fill(degree);
  return sampleConfigurationModel(rng, degrees, degrees);
}

/** Degrees from a file: a row for each entity with its numbers of links from it and to it. */
async function drawnWithDegrees(rng: Rng, file: string): Promise<Drawn> {
  const { text, sha256 } = await readTextFile(file);
  const { rows } = readDelimited(text, file);
  requireRectangular(rows, file);
  const isHeader = rows[0]?.cells.every((cell) => !/\d/.test(cell)) === true;
  const below = isHeader ? rows.slice(1) : rows;
  if (below.length === 0) throw new InputError(file, "holds no degrees");
  const column = (index: number) =>
    below.map(({ line, cells }) => {
      if (cells.length === 2 && /^\d{1,9}$/.test(cells[index]!)) return Number(cells[index]);
      const problem = `expected two whole numbers, links from and to an entity, got ${cells.join(" ")}`;
      throw new InputError(`${file}:${line}`, problem);
    });
  const [out, into] = [column(0), column(1)];
  const [from, to] = [out, into].map((degrees) => degrees.reduce((sum, degree) => sum + degree, 0));
  if (from !== to) {
    throw new InputError(file, `${from} links begin and ${to} end; the two columns must have the same sum`);
  }
  const drawn = runBreakably(() => sampleConfigurationModel(rng, out, into));
  return { ...drawn, files: { [file]: sha256 } };
}
