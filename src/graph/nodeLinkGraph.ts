import { InputError, requireInteger } from "../errors.ts";
import { type Digraph, type DroppedLinks, digraphFromLinks, MAX_ENTITIES } from "./digraph.ts";

/** Where something was stated, for messages: a line or an index, as the reader of the format counts them. */
type Position = number;

/** How messages name the place of a node and of an edge. */
export interface Places {
  readonly node: (position: Position) => string;
  readonly edge: (position: Position) => string;
}

/** A graph from nodes and edges, and what was decided on the way, a few words each. */
export interface NodeLinkGraph {
  readonly graph: Digraph;
  readonly dropped: DroppedLinks;
  readonly remarks: readonly string[];
}

/**
 * Nodes and edges as formats with a list of nodes state them, in any order.
 *
 * An entity is called by its node's label where every node has one and no two are alike, else by its id. Names that are
 * the numbers 0 … V − 1 in any order are ids of entities; other names are kept, in the order of the nodes. An edge
 * without direction stands for a link each way.
 */
export class NodeLinks {
  private readonly indices = new Map<string, number>();
  private readonly labels: (string | undefined)[] = [];
  private readonly sources: string[] = [];
  private readonly targets: string[] = [];
  private readonly bothWays: boolean[] = [];
  private readonly positions: Position[] = [];
  private readonly places: Places;

  constructor(places: Places) {
    this.places = places;
  }

  /** @throws {InputError} on an id that is empty or taken */
  addNode(id: string | undefined, position: Position): void {
    if (!id) throw new InputError(this.places.node(position), "a node needs an id");
    if (this.indices.has(id)) {
      throw new InputError(this.places.node(position), `two nodes have the id "${id}"`);
    }
    this.indices.set(id, this.labels.length);
    this.labels.push(undefined);
  }

  /** Give the node added last a label. */
  labelNode(label: string): void {
    this.labels[this.labels.length - 1] = label;
  }

  /** @throws {InputError} if an end is missing */
  addEdge(
    source: string | undefined,
    target: string | undefined,
    isDirected: boolean,
    position: Position,
  ): void {
    if (!source || !target) {
      throw new InputError(this.places.edge(position), "an edge needs a source and a target");
    }
    this.sources.push(source);
    this.targets.push(target);
    this.bothWays.push(!isDirected);
    this.positions.push(position);
  }

  /**
   * The graph of all that was added.
   *
   * @param place - name of the file, for messages
   * @param vertexCount - V, to add isolated entities; default: no more than there are nodes
   * @throws {InputError} on an edge between nodes that are not there, no nodes, or more than `vertexCount`
   */
  graph(place: string, vertexCount?: number): NodeLinkGraph {
    const count = this.labels.length;
    const size = vertexCount ?? count;
    if (size === 0) throw new InputError(place, "holds no nodes");
    if (count > size) {
      throw new InputError(place, `holds ${count} entities, too many for ${size} entities`);
    }
    const remarks: string[] = [];
    const names = this.names(remarks);
    const ids = permutation(names);
    const tails: number[] = [];
    const heads: number[] = [];
    let undirected = 0;
    this.sources.forEach((source, edge) => {
      const tail = this.indexOf(source, edge);
      const head = this.indexOf(this.targets[edge]!, edge);
      tails.push(tail);
      heads.push(head);
      if (!this.bothWays[edge]) return;
      undirected++;
      // A self-loop each way is the same one.
      if (tail !== head) {
        tails.push(head);
        heads.push(tail);
      }
    });
    if (undirected > 0) {
      const which = undirected === this.sources.length ? "all" : `${undirected} of`;
      remarks.push(
        `took ${which} ${this.sources.length} edges, which have no direction, for links both ways`,
      );
    }
    if (ids) return { ...digraphFromLinks(size, idsOf(tails, ids), idsOf(heads, ids)), remarks };
    return { ...digraphFromLinks(size, tails, heads, withIsolated(names, size)), remarks };
  }

  private names(remarks: string[]): string[] {
    const ids = [...this.indices.keys()];
    const labels = this.labels.filter((label) => label !== undefined && label !== "") as string[];
    if (labels.length === ids.length && new Set(labels).size === ids.length) return labels;
    if (labels.length > 0) remarks.push("named entities by their ids: not every node has a label of its own");
    return ids;
  }

  private indexOf(id: string, edge: number): number {
    const index = this.indices.get(id);
    if (index !== undefined) return index;
    throw new InputError(this.places.edge(this.positions[edge]!), `no node has the id "${id}"`);
  }
}

/** The names as numbers, if they are 0 … n − 1 in some order: names differ, so they are once they are all below n. */
function permutation(names: readonly string[]): Uint32Array | undefined {
  const areIds = names.every((name) => isId(name) && Number(name) < names.length);
  return areIds ? Uint32Array.from(names, Number) : undefined;
}

/** Whether a name is a non-negative integer as one writes it; leading zeros are part of a name: 007 and 7 are two. */
export function isId(name: string): boolean {
  return /^(0|[1-9]\d*)$/.test(name);
}

function idsOf(indices: readonly number[], ids: Uint32Array): Uint32Array {
  return Uint32Array.from(indices, (index) => ids[index]!);
}

/**
 * Names of the entities, followed by those of isolated ones up to V.
 *
 * @throws {DomainError} if V is outside its range, before there are names for it
 */
export function withIsolated(names: readonly string[], vertexCount: number): string[] {
  requireInteger("vertexCount", vertexCount, 1, MAX_ENTITIES);
  return [...names, ...Array.from({ length: vertexCount - names.length }, (_, i) => `isolated ${i + 1}`)];
}
