import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { GRAPH_FORMATS, isRowFormat, textKind } from "../../src/graph/graphFormat.ts";
import { readAnyGraph } from "../../src/graph/readAnyGraph.ts";
import { readGraph } from "../../src/graph/readGraph.ts";
import { readXmlGraph, type XmlFormat } from "../../src/graph/readXmlGraph.ts";
import { namedLinks } from "../support/graphs.ts";

const xml = (text: string, format?: XmlFormat, vertexCount?: number) =>
  readXmlGraph(text, "file.xml", format, vertexCount);
const json = (value: unknown, vertexCount?: number) =>
  readAnyGraph(JSON.stringify(value), "file.json", { vertexCount });

describe("a graph written by networkx or igraph (fixtures/make.py)", () => {
  const fixture = (name: string) => readFileSync(join(import.meta.dirname, "fixtures", name), "utf8");
  const read = (name: string) => readAnyGraph(fixture(name), name);
  const expected = namedLinks(read("links.csv").graph);
  const reverse = (link: string) => link.split(" → ").reverse().join(" → ");
  const symmetric = [...new Set([...expected, ...expected.map(reverse)])].sort();

  it.each(["networkx.graphml", "networkx.gexf", "networkx.json", "igraph.graphml"])(
    "%s is the graph of the edge list",
    (name) => {
      const { graph, format, remarks } = read(name);
      expect(format).toBe(name.split(".")[1]);
      expect(namedLinks(graph)).toEqual(expected);
      expect(graph.labels).toEqual(read("links.csv").graph.labels);
      expect(remarks).toEqual([]);
    },
  );

  it.each(["networkx-undirected.graphml", "networkx-undirected.gexf", "networkx-undirected.json"])(
    "%s has every link both ways",
    (name) => {
      const { graph, remarks, dropped } = read(name);
      expect(namedLinks(graph)).toEqual(symmetric);
      expect(remarks).toEqual(["took all 6 edges, which have no direction, for links both ways"]);
      expect(dropped).toEqual({ selfLoops: 0, repeated: 0 });
    },
  );
});

describe("textKind", () => {
  it.each([
    ["\uFEFF  \n<?xml version='1.0'?>", "xml"],
    ["<!-- c --><graphml/>", "xml"],
    ["<!DOCTYPE gexf>", "xml"],
    ["<gexf version='1.3'>", "xml"],
    ["<graph:graphml xmlns:graph='x'>", "xml"],
    ['{ "nodes": []', "json"],
    ["{}", "json"],
    ['[{"source": 0}]', "json"],
    ["[[0, 1]]", "json"],
    ['[ [ "a", "b"]]', "json"],
    ["0 1\n", "delimited"],
    ["", "delimited"],
    // Names in brackets of all kinds.
    ["<Ada>\t<knew>\t<Byron>\n", "delimited"],
    ["<graphmls>,a\n", "delimited"],
    ["[1],cites,[2]\n", "delimited"],
    ["[[Paris]],in,[[France]]\n", "delimited"],
    ["{a},{b}\n", "delimited"],
    ["a,<gexf>\n", "delimited"],
  ])("of %j", (text, kind) => {
    expect(textKind(text)).toBe(kind);
  });
});

describe("isRowFormat", () => {
  it("is true of rows of links, false of formats that list entities", () => {
    expect(GRAPH_FORMATS.filter(isRowFormat)).toEqual(["edges", "triples"]);
  });
});

describe("node-link JSON", () => {
  const pair = { nodes: [{ id: "a" }, { id: "b" }], links: [{ source: "a", target: "b" }] };

  it("takes links or edges, ids of both kinds, and names", () => {
    expect(namedLinks(json({ directed: true, ...pair }).graph)).toEqual(["a → b"]);
    const { nodes, links: edges } = pair;
    expect(namedLinks(json({ directed: true, nodes, edges }).graph)).toEqual(["a → b"]);
    const numbers = { nodes: [{ id: 1 }, { id: 0 }, { id: 2 }], links: [{ source: 1, target: 2 }] };
    expect(json(numbers).graph.labels).toBeUndefined();
    expect(namedLinks(json(numbers).graph)).toEqual(["1 → 2"]);
    const titled = {
      ...pair,
      nodes: [
        { id: "a", name: "Ada" },
        { id: "b", name: "x", label: "Byron" },
      ],
    };
    expect(namedLinks(json(titled).graph)).toEqual(["Ada → Byron"]);
  });

  it("says that it took edges for directed where nothing is said, and lets an edge differ", () => {
    expect(json(pair).remarks).toEqual([
      'took edges for links from source to target: "directed" is not given',
    ]);
    const mixed = {
      directed: false,
      nodes: [{ id: "a" }, { id: "b" }, { id: "c" }],
      links: [
        { source: "a", target: "b" },
        { source: "b", target: "c", directed: true },
      ],
    };
    const { graph, remarks } = json(mixed);
    expect(namedLinks(graph)).toEqual(["a → b", "b → a", "b → c"]);
    expect(remarks).toEqual(["took 1 of 2 edges, which have no direction, for links both ways"]);
  });

  it("keeps entities without links, adds some, and counts what it drops", () => {
    const loops = {
      directed: false,
      nodes: [{ id: 5 }, { id: 7 }, { id: 9 }],
      edges: [
        { source: 5, target: 5 },
        { source: 5, target: 7 },
        { source: 7, target: 5 },
      ],
    };
    const { graph, dropped } = json(loops);
    expect(graph.labels).toEqual(["5", "7", "9"]);
    expect(dropped).toEqual({ selfLoops: 1, repeated: 2 });
    expect(json(loops, 4).graph.labels).toEqual(["5", "7", "9", "isolated 1"]);
    expect(() => json(loops, 2)).toThrow("file.json: holds 3 entities, too many for 2 entities");
    const ids = { nodes: [{ id: 0 }, { id: 1 }], links: [] };
    expect(json(ids, 4).graph.vertexCount).toBe(4);
    expect(json(ids, 2).graph.vertexCount).toBe(2);
    expect(json({ nodes: [], links: [] }, 2).graph.vertexCount).toBe(2);
  });

  it.each([
    [{ edges: [] }, "file.json: expected node-link JSON"],
    [{ nodes: [] }, "file.json: expected node-link JSON"],
    [[{ source: 0, target: 1 }], "file.json: expected node-link JSON"],
    [{ nodes: [null], links: [] }, "file.json: nodes[0]: expected node-link JSON"],
    [{ nodes: [{ id: "a" }, ["b"]], links: [] }, "file.json: nodes[1]: expected node-link JSON"],
    [{ nodes: [{ id: "a" }], edges: [3] }, "file.json: edges[0]: expected node-link JSON"],
    [{ ...pair, directed: "no" }, 'file.json: "directed" must be true or false'],
    [{ nodes: [], links: [] }, "file.json: holds no nodes"],
    [{ nodes: [{ id: 0.5 }], links: [] }, "file.json: nodes[0]: a node needs an id"],
    [{ nodes: [{ id: "" }], links: [] }, "file.json: nodes[0]: a node needs an id"],
    [{ nodes: [{ id: 1 }, { id: "1" }], links: [] }, 'file.json: nodes[1]: two nodes have the id "1"'],
    [{ ...pair, links: [{ source: "a" }] }, "file.json: links[0]: an edge needs a source and a target"],
    [{ ...pair, links: [{ target: "a" }] }, "file.json: links[0]: an edge needs a source and a target"],
    [
      { nodes: pair.nodes, edges: [...pair.links, { source: "a", target: "c" }] },
      'file.json: edges[1]: no node has the id "c"',
    ],
  ])("refuses %j", (value, message) => {
    expect(() => json(value)).toThrow(message);
  });

  it("names the line of what is no JSON", () => {
    const read = (text: string) => () => readAnyGraph(text, "file.json");
    expect(read('{"nodes": [\n\n\n\n\n\n1 2\n\n]}')).toThrow("file.json:7: is not JSON: ");
    // Not the last line, where the message says only what it stumbled over.
    expect(read('{"nodes": [,\n\n]}')).toThrow("file.json: is not JSON: Unexpected token ','");
    expect(read('{"nodes": [\n')).toThrow("file.json:2: is not JSON: ");
    expect(() => readAnyGraph("0 1", "file.json", { format: "json" })).toThrow("file.json:1: is not JSON");
    expect(namedLinks(readAnyGraph(`\uFEFF${JSON.stringify(pair)}`, "file.json").graph)).toEqual(["a → b"]);
    // Within a name it is part of it.
    const marked = {
      ...pair,
      nodes: [
        { id: "a", label: "\uFEFFA" },
        { id: "b", label: "B" },
      ],
    };
    expect(json(marked).graph.labels).toEqual(["\uFEFFA", "B"]);
  });
});

describe("names", () => {
  const nodes = (...labels: (string | undefined)[]) =>
    json({ directed: true, nodes: labels.map((label, i) => ({ id: `n${i}`, label })), links: [] });

  it("are the labels, if every node has one of its own", () => {
    expect(nodes("Ada", "Byron").graph.labels).toEqual(["Ada", "Byron"]);
    const remarks = ["named entities by their ids: not every node has a label of its own"];
    for (const labels of [
      ["Ada", "Ada"],
      ["Ada", undefined],
      ["Ada", ""],
    ]) {
      const read = nodes(...labels);
      expect(read.graph.labels).toEqual(["n0", "n1"]);
      if (labels.some(Boolean)) expect(read.remarks).toEqual(remarks);
    }
    expect(nodes(undefined, undefined).remarks).toEqual([]);
    const numbers = {
      directed: true,
      nodes: [
        { id: "a", label: 7 },
        { id: "b", label: 8 },
      ],
      links: [],
    };
    expect(json(numbers).graph.labels).toEqual(["a", "b"]);
  });

  it("are ids only if they are the numbers below V as one writes them", () => {
    expect(nodes("1", "0").graph.labels).toBeUndefined();
    for (const labels of [
      ["0", "2"],
      ["1", "2"],
      ["00", "1"],
      ["0", "-1"],
      ["0", "0.5"],
      ["0", " 1"],
    ]) {
      expect(nodes(...labels).graph.labels).toEqual(labels);
    }
  });
});

describe("GraphML", () => {
  const graphml = (inside: string) => `<?xml version="1.0"?>\n<graphml>\n${inside}\n</graphml>`;
  const graph = (inside: string, edgedefault = "directed") =>
    graphml(`<graph edgedefault="${edgedefault}">\n${inside}\n</graph>`);
  const AB = '<node id="a"/>\n<node id="b"/>';

  it("honours the direction of the graph and of each edge, which may come before its nodes", () => {
    const edges = (own: string) => `<edge source="a" target="b" ${own}/>\n${AB}`;
    const links = (text: string) => namedLinks(xml(text).graph);
    expect(links(graph(edges("")))).toEqual(["a → b"]);
    expect(links(graph(edges('directed="false"')))).toEqual(["a → b", "b → a"]);
    expect(links(graph(edges(""), "undirected"))).toEqual(["a → b", "b → a"]);
    expect(links(graph(edges('directed="true"'), "undirected"))).toEqual(["a → b"]);
  });

  it("takes the label before the name, with entities and CDATA, and reads over the rest", () => {
    const text = graphml(
      '<key id="k" for="edge" attr.name="label"/><key id="w" for="node" attr.name="weight"/>' +
        '<key id="n" attr.name="name"/><key id="l" for="node" attr.name="label"/>' +
        '<graph edgedefault="directed"><data key="l">of the graph</data>' +
        '<node id="a" xmlns:y="urn:y"><data key="n">no</data><data key="w">3</data><y:node/>' +
        '<data key="l">A &amp; <![CDATA[<B>]]>&#10;</data></node>' +
        '<node id="b"><data key="n">C</data></node>' +
        '<edge source="a" target="b"><data key="k">knows</data></edge></graph>',
    );
    expect(namedLinks(xml(text).graph)).toEqual(["A & <B>\n → C"]);
  });

  it("names nodes by data of keys for nodes that are called label or name, and by no other", () => {
    const labels = (keys: string, data: string, before = "") => {
      const node = (id: string) => `<node id="${id}">${data.replaceAll("#", id)}</node>`;
      return xml(graphml(`${keys}<graph edgedefault="directed">${before}${node("a")}${node("b")}</graph>`))
        .graph.labels;
    };
    const own = ["a", "b"];
    const taken = ["A a", "A b"];
    const datum = '<data key="k">A #</data>';
    expect(labels('<key id="k" for="node" attr.name="label"/>', datum)).toEqual(taken);
    expect(labels('<key id="k" for="all" attr.name="name"/>', datum)).toEqual(taken);
    expect(labels('<key id="k" attr.name="name"/>', datum)).toEqual(taken);
    expect(labels('<key id="k" for="edge" attr.name="name"/>', datum)).toEqual(own);
    expect(labels('<key id="k" for="node" attr.name="title"/>', datum)).toEqual(own);
    expect(labels('<key id="l" for="node" attr.name="label"/>', datum)).toEqual(own);
    // Data without a key are none of the name, whether there is a key for it or not.
    for (const keys of ["", '<key id="l" for="node" attr.name="label"/>']) {
      expect(labels(keys, "<data>A #</data>")).toEqual(own);
    }
    // What the graph is called is no text of a node.
    const both = '<key id="n" attr.name="name"/><key id="k" attr.name="label"/>';
    expect(labels(both, datum, '<data key="k">of the graph</data>')).toEqual(taken);
    expect(labels(both, `<data key="n">B</data>${datum}`)).toEqual(taken);
    expect(labels(both, `${datum}<data key="n">B</data>`)).toEqual(taken);
    expect(labels(both, '<data key="n"><desc>#</desc> B</data>')).toEqual(["a B", "b B"]);
  });

  it("reads elements with a prefix, and adds isolated entities", () => {
    const text =
      '<g:graphml xmlns:g="urn:g"><g:graph edgedefault="directed"><g:node id="a"/><node id="b"/></g:graph></g:graphml>';
    expect(xml(text).graph.labels).toEqual(["a"]);
    expect(xml(text, "graphml", 2).graph.labels).toEqual(["a", "isolated 1"]);
  });

  it.each([
    [graphml("<graph/>"), "file.xml:3: edgedefault must be directed or undirected, got none"],
    [graph("", "both"), "file.xml:3: edgedefault must be directed or undirected, got both"],
    [graph("<node/>"), "file.xml:4: a node needs an id"],
    [graph(`${AB}\n<node id="a"/>`), 'file.xml:6: two nodes have the id "a"'],
    [graph(`${AB}\n<edge source="a"/>`), "file.xml:6: an edge needs a source and a target"],
    [graph(`<edge source="c" target="a"/>\n${AB}`), 'file.xml:4: no node has the id "c"'],
    [
      graph(`${AB}\n<edge source="a" target="b" directed="yes"/>`),
      "file.xml:6: directed must be true or false",
    ],
    [graph("<hyperedge/>"), "file.xml:4: a hyperedge is no link between two entities"],
    [
      graph('<node id="a"><graph edgedefault="directed"/></node>'),
      "file.xml:4: holds a second graph, or one",
    ],
    [graph(""), "file.xml: holds no nodes"],
    [graph(AB).replace("</graph>", ""), "file.xml:7: is not XML: unexpected close tag"],
    [graph("<node id='&uuml;'/>"), "file.xml:4: is not XML: undefined entity"],
    [graph("\n\n\n\n\n\n\n<node id='&uuml;'/>"), "file.xml:11: is not XML: undefined entity"],
    ["<?xml version='1.0'?>\n<svg/>", "file.xml:2: expected the element <graphml> or <gexf>, found <svg>"],
    ["<graphml>\n", "file.xml:2: is not XML: unclosed tag: graphml"],
    ["", "file.xml:1: is not XML: document must contain a root element"],
    ['<graphml xmlns:xsi="a" xsi:b="c"><x:y/></graphml>', "file.xml:1: is not XML: unbound namespace prefix"],
  ])("refuses %j", (text, message) => {
    expect(() => xml(text)).toThrow(message);
  });

  it("is the format it was said to be", () => {
    expect(() => xml("<gexf/>", "graphml")).toThrow(
      "file.xml:1: expected the element <graphml>, found <gexf>",
    );
    expect(xml(graph(AB), "graphml").format).toBe("graphml");
  });

  it("is not read as rows, unless told to", () => {
    for (const text of [graph(AB), "{}"]) {
      expect(() => readGraph(text, "file")).toThrow(
        "file: looks like JSON or XML, which the command line reads;",
      );
    }
    expect(readAnyGraph("<?xml,a\n", "links.csv", { format: "edges" }).graph.labels).toEqual(["<?xml", "a"]);
    expect(readAnyGraph("{} b\n", "links.csv", { format: "edges" }).remarks).toEqual([]);
    for (const format of ["graphml", "gexf"] as const) {
      expect(() => readAnyGraph("0 1", "links.txt", { format })).toThrow("links.txt:1: is not XML: ");
    }
  });
});

describe("GEXF", () => {
  const gexf = (type: string, own = "") =>
    `<gexf><graph ${type}><nodes><node id="0" label="A"/><node id="1"  label="B"/></nodes>` +
    `<edges><edge id="0" source="0" target="1" ${own}/></edges></graph></gexf>`;

  it.each([
    ["", "", 2],
    ['defaultedgetype="directed"', "", 1],
    ['defaultedgetype="undirected"', "", 2],
    ['defaultedgetype="mutual"', "", 2],
    ['defaultedgetype="directed"', 'type="undirected"', 2],
    ['defaultedgetype="directed"', 'type="mutual"', 2],
    ["", 'type="directed"', 1],
  ])("of %j with the edge %j has links both ways or one", (type, own, count) => {
    expect(namedLinks(xml(gexf(type, own)).graph)).toEqual(["A → B", "B → A"].slice(0, count));
  });

  it("refuses what it does not know", () => {
    expect(() => xml(gexf('defaultedgetype="x"'))).toThrow(
      "defaultedgetype must be directed or undirected or",
    );
    expect(() => xml(gexf("", 'type="x"'))).toThrow(
      "file.xml:1: type must be directed or undirected or mutual",
    );
    const twice = gexf("").replace("</gexf>", "<graph/></gexf>");
    expect(() => xml(twice)).toThrow("file.xml:1: holds a second graph");
    expect(() => xml(gexf(""), "graphml")).toThrow("expected the element <graphml>, found <gexf>");
  });

  it("names entities by ids where there are no labels", () => {
    const text = '<gexf><graph><nodes><node id="a"/><node id="b"/></nodes></graph></gexf>';
    expect(xml(text, "gexf").graph.labels).toEqual(["a", "b"]);
  });
});
