import { type Digraph, linkCount } from "./digraph.ts";

/**
 * A graph as an edge list that {@link readGraph} reads back: a comment that says how, then a line `tail head` for
 * each link, by ids, in increasing order.
 *
 * @param title - one line that says what the graph is
 * @returns a text of about 14 bytes a link
 */
export function edgeListText(graph: Digraph, title: string): string {
  const { vertexCount, offsets, targets } = graph;
  const lines = [
    `# ${title}`,
    `# ${vertexCount} entities, ${linkCount(graph)} links: tail head; entities without links are not named`,
  ];
  for (let x = 0; x < vertexCount; x++) {
    for (let link = offsets[x]!; link < offsets[x + 1]!; link++) lines.push(`${x} ${targets[link]!}`);
  }
  return `${lines.join("\n")}\n`;
}
