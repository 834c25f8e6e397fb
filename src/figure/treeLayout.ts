import { DomainError } from "../errors.ts";

/** A vertex of a tree and where it is drawn. */
export interface PlacedVertex {
  readonly id: number;
  /** Undefined for the root. */
  readonly parent: number | undefined;
  /** Leaves stand one apart; a parent stands in the middle of its first and last child. */
  readonly x: number;
  readonly depth: number;
  /** Vertices in its subtree, itself among them. */
  readonly size: number;
}

/**
 * Places for the vertices of a tree, so that no edges cross.
 *
 * @param root - a vertex
 * @param parents - parent of each vertex; −1 for the root and for vertices outside the tree
 * @returns the vertices of the tree, parents before children. Cost O(number of vertices)
 * @throws {DomainError} if the root has a parent, or a parent is not in the tree
 */
export function treeLayout(root: number, parents: readonly number[]): PlacedVertex[] {
  if (parents[root] !== -1) throw new DomainError("parent of the source", parents[root], "-1");
  const children = childLists(parents);
  const order = depthFirst(root, children);
  const inTree = parents.filter((parent) => parent !== -1).length + 1;
  if (order.length !== inTree)
    throw new DomainError("parents", `${inTree - order.length} outside`, "one tree");
  const depth = new Map<number, number>([[root, 0]]);
  for (const id of order) for (const child of children[id]!) depth.set(child, depth.get(id)! + 1);
  const size = new Map<number, number>();
  const x = new Map<number, number>();
  let leaves = order.filter((id) => children[id]!.length === 0).length;
  // Backwards, children come before their parents, and leaves from right to left.
  for (const id of order.toReversed()) {
    const below = children[id]!;
    size.set(
      id,
      below.reduce((sum, child) => sum + size.get(child)!, 1),
    );
    x.set(id, below.length === 0 ? --leaves : (x.get(below[0]!)! + x.get(below.at(-1)!)!) / 2);
  }
  return order.map((id) => ({
    id,
    parent: id === root ? undefined : parents[id]!,
    x: x.get(id)!,
    depth: depth.get(id)!,
    size: size.get(id)!,
  }));
}

function childLists(parents: readonly number[]): number[][] {
  const children: number[][] = parents.map(() => []);
  parents.forEach((parent, id) => {
    if (parent === -1) return;
    const siblings = children[parent];
    if (!siblings) throw new DomainError("parent", parent, `from -1 to ${parents.length - 1}`);
    siblings.push(id);
  });
  return children;
}

function depthFirst(root: number, children: readonly (readonly number[])[]): number[] {
  const order: number[] = [];
  const stack = [root];
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    order.push(id);
    stack.push(...children[id]!.toReversed());
  }
  return order;
}
