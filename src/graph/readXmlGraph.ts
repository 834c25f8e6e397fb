import { SaxesParser, type SaxesTagNS } from "saxes";
import { InputError } from "../errors.ts";
import { type NodeLinkGraph, NodeLinks } from "./nodeLinkGraph.ts";

/** The formats in XML. */
export type XmlFormat = "graphml" | "gexf";

/**
 * Read a graph from GraphML or GEXF. Each node is an entity; its label is the attribute `label` in GEXF, and in GraphML
 * the datum called `label`, else the one called `name`, as Gephi and igraph write it. Edges follow `edgedefault` or
 * `defaultedgetype` (without which GEXF has no directions), unless they say `directed` or `type` themselves. What
 * other namespaces say, and further data, is read over. Documents with entities of their own are refused.
 *
 * @param text - the whole file
 * @param place - name of the file, for messages
 * @param format - the format that the root element must have; default: what it has
 * @param vertexCount - V, to add isolated entities
 * @throws {InputError} on text that is not well-formed XML or no such graph, naming the line
 */
export function readXmlGraph(
  text: string,
  place: string,
  format: XmlFormat | undefined,
  vertexCount?: number,
): NodeLinkGraph & { format: XmlFormat } {
  const parser = new SaxesParser({ xmlns: true, position: false });
  const placeOf = (line: number) => `${place}:${line}`;
  const refuse = (problem: string): never => {
    throw new InputError(placeOf(parser.line), problem);
  };
  const stated = new NodeLinks({ node: placeOf, edge: placeOf });
  let root: { readonly format: XmlFormat; readonly uri: string } | undefined;
  let handlers: Handlers | undefined;
  parser.on("error", ({ message }) => refuse(`is not XML: ${message.replace(/\.$/, "")}`));
  parser.on("opentag", (tag) => {
    if (root === undefined) {
      const expected = format ? [format] : (["graphml", "gexf"] as const);
      const found = expected.find((each) => each === tag.local);
      if (found === undefined) {
        return refuse(`expected the element <${expected.join("> or <")}>, found <${tag.name}>`);
      }
      root = { format: found, uri: tag.uri };
      handlers = { graphml: graphmlHandlers, gexf: gexfHandlers }[found](stated, () => parser.line, refuse);
    } else if (tag.uri === root.uri) {
      handlers!.open(tag);
    }
  });
  parser.on("text", (part) => handlers?.text(part));
  parser.on("cdata", (part) => handlers?.text(part));
  parser.on("closetag", (tag) => tag.uri === root?.uri && handlers?.close(tag));
  parser.write(text).close();
  return { ...stated.graph(place, vertexCount), format: root!.format };
}

/** What is to be done with the elements and the text of a format. */
interface Handlers {
  open(tag: SaxesTagNS): void;
  text(part: string): void;
  close(tag: SaxesTagNS): void;
}

type Refuse = (problem: string) => never;

function graphmlHandlers(stated: NodeLinks, line: () => number, refuse: Refuse): Handlers {
  /** Keys of the data that name a node, the better one first. */
  const labelKeys: Record<"label" | "name", string | undefined> = { label: undefined, name: undefined };
  let edgeDefault: string | undefined;
  let node: { name?: string; label?: string } | undefined;
  let datum: { readonly field: "label" | "name"; text: string } | undefined;
  return {
    open(tag) {
      const value = (attribute: string) => tag.attributes[attribute]?.value;
      switch (tag.local) {
        case "key": {
          const title = value("attr.name");
          const isOfNodes = ["node", "all", undefined].includes(value("for"));
          if (isOfNodes && (title === "label" || title === "name")) labelKeys[title] = value("id");
          return;
        }
        case "graph":
          if (edgeDefault !== undefined)
            refuse("holds a second graph, or one within another; give one graph");
          edgeDefault = oneOf(value("edgedefault"), ["directed", "undirected"], "edgedefault", refuse);
          return;
        case "node":
          stated.addNode(value("id"), line());
          node = {};
          return;
        case "data": {
          const key = value("key");
          const field = (["label", "name"] as const).find((each) => labelKeys[each] === key);
          if (node && key !== undefined && field) datum = { field, text: "" };
          return;
        }
        case "edge": {
          const own = value("directed");
          if (own !== undefined) oneOf(own, ["true", "false"], "directed", refuse);
          const isDirected = own === undefined ? edgeDefault === "directed" : own === "true";
          stated.addEdge(value("source"), value("target"), isDirected, line());
          return;
        }
        case "hyperedge":
          refuse("a hyperedge is no link between two entities");
      }
    },
    text(part) {
      if (datum) datum.text += part;
    },
    close({ local }) {
      if (local === "data" && datum && node) {
        node[datum.field] = datum.text;
        datum = undefined;
      } else if (local === "node") {
        const label = node?.label ?? node?.name;
        if (label !== undefined) stated.labelNode(label);
        node = undefined;
      }
    },
  };
}

const GEXF_TYPES = ["directed", "undirected", "mutual"] as const;

function gexfHandlers(stated: NodeLinks, line: () => number, refuse: Refuse): Handlers {
  let edgeDefault: string | undefined;
  return {
    open(tag) {
      const value = (attribute: string) => tag.attributes[attribute]?.value;
      switch (tag.local) {
        case "graph":
          if (edgeDefault !== undefined) refuse("holds a second graph; give one graph");
          edgeDefault = oneOf(
            value("defaultedgetype") ?? "undirected",
            GEXF_TYPES,
            "defaultedgetype",
            refuse,
          );
          return;
        case "node": {
          stated.addNode(value("id"), line());
          const label = value("label");
          if (label !== undefined) stated.labelNode(label);
          return;
        }
        case "edge": {
          const type = oneOf(value("type") ?? edgeDefault, GEXF_TYPES, "type", refuse);
          stated.addEdge(value("source"), value("target"), type === "directed", line());
        }
      }
    },
    text() {},
    close() {},
  };
}

function oneOf<Choice extends string>(
  value: string | undefined,
  choices: readonly Choice[],
  attribute: string,
  refuse: Refuse,
): Choice {
  const found = choices.find((each) => each === value);
  return found ?? refuse(`${attribute} must be ${choices.join(" or ")}, got ${value ?? "none"}`);
}
