import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Digraph, digraphFromLinks, linkCount } from "../../src/graph/digraph.ts";
import { readAnyGraph } from "../../src/graph/readAnyGraph.ts";
import {
  entitiesLost,
  formatOfName,
  graphText,
  WRITTEN_FORMATS,
  type WrittenFormat,
} from "../../src/graph/writeGraph.ts";
import { anyDigraph, graphOf, linksOf, namedLinks } from "../support/graphs.ts";

const text = (graph: Digraph, format: WrittenFormat, title = "title") =>
  [...graphText(graph, title, format)].join("");
const readBack = (graph: Digraph, format: WrittenFormat) => {
  const read = readAnyGraph(text(graph, format), "file", { vertexCount: graph.vertexCount });
  expect(read.format).toBe(format);
  expect(read.dropped).toEqual({ selfLoops: 0, repeated: 0 });
  return read.graph;
};
const named = (...labels: string[]) =>
  digraphFromLinks(
    labels.length,
    labels.slice(1).map((_, i) => i),
    labels.slice(1).map((_, i) => i + 1),
    labels,
  ).graph;

/** Names that formats stumble over: all that they give a meaning, and what their readers take for something else. */
const part = fc.oneof(
  fc.constantFrom(
    "&",
    "<",
    ">",
    '"',
    "'",
    ",",
    "#",
    "\n",
    "\t",
    " ",
    "]]>",
    "--",
    "&amp;",
    "é",
    "東京",
    "𝄞",
    "{",
    "[1]",
  ),
  fc.constantFrom(
    "source",
    "target",
    "tail",
    "head",
    "x",
    "y",
    "0",
    "7",
    "007",
    "-1",
    "null",
    "\u0085",
    "\u2028",
    "\u00a0",
  ),
  fc.string({ unit: "grapheme", maxLength: 4 }),
);
const name = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(""));
const names = (ofName: fc.Arbitrary<string>) => fc.uniqueArray(ofName, { minLength: 2, maxLength: 7 });
/** A graph in which every entity has a link, with links forth and back beside. */
const namedGraph = (ofName: fc.Arbitrary<string>) =>
  names(ofName).chain((labels) =>
    fc.array(fc.tuple(fc.nat(labels.length - 1), fc.nat(labels.length - 1))).map((more) => {
      const all = [...labels.slice(1).map((_, i) => [i, i + 1] as const), ...more];
      return digraphFromLinks(
        labels.length,
        all.map(([tail]) => tail),
        all.map(([, head]) => head),
        labels,
      ).graph;
    }),
  );

describe("graphText", () => {
  it.each(WRITTEN_FORMATS)("writes ids as %s that are read back", (format) => {
    fc.assert(
      fc.property(anyDigraph(), (graph) => {
        expect(readBack(graph, format)).toEqual(graph);
      }),
    );
  });

  it.each(["json", "graphml", "gexf"] as const)("writes hostile names as %s that are read back", (format) => {
    // What XML cannot hold at all is refused, and tested below.
    const holdable =
      format === "json"
        ? name
        : name.filter((each) => !/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(each));
    fc.assert(
      fc.property(namedGraph(holdable.filter((each) => each !== "")), (graph) => {
        expect(namedLinks(readBack(graph, format))).toEqual(namedLinks(graph));
      }),
    );
  });

  it("writes hostile names as an edge list that is read back, but for spaces around them and numbers alone", () => {
    const holdable = name.filter((each) => each.trim() === each && each !== "" && !/[\r\0]/.test(each));
    const graphs = namedGraph(holdable).filter(
      ({ labels }) => !labels!.every((each) => /^(0|[1-9]\d*)$/.test(each)),
    );
    fc.assert(
      fc.property(graphs, (graph) => {
        expect(namedLinks(readBack(graph, "edges"))).toEqual(namedLinks(graph));
      }),
    );
  });

  it("writes what it says", () => {
    const graph = named("A&B", 'say "x", y', "#1");
    expect(text(graph, "edges")).toBe(
      "# title\n# 3 entities, 2 links: tail,head; entities without links are not named\ntail,head\n" +
        'A&B,"say ""x"", y"\n"say ""x"", y","#1"\n',
    );
    expect(
      text(
        graphOf(3, [
          [2, 0],
          [0, 1],
        ]),
        "edges",
      ),
    ).toBe("# title\n# 3 entities, 2 links: tail head; entities without links are not named\n0 1\n2 0\n");
    expect(JSON.parse(text(graph, "json", 'a "title"'))).toEqual({
      directed: true,
      multigraph: false,
      graph: { title: 'a "title"' },
      nodes: [{ id: "A&B" }, { id: 'say "x", y' }, { id: "#1" }],
      links: [
        { source: "A&B", target: 'say "x", y' },
        { source: 'say "x", y', target: "#1" },
      ],
    });
    expect(JSON.parse(text(graphOf(2, []), "json"))).toMatchObject({
      nodes: [{ id: 0 }, { id: 1 }],
      links: [],
    });
    const xml = text(graph, "graphml", "<t>");
    expect(xml).toContain("<desc>&#60;t&#62;</desc>");
    expect(xml).toContain('<node id="0"><data key="name">A&#38;B</data></node>');
    expect(text(graphOf(2, []), "graphml")).not.toContain("<key");
    const gexf = text(graph, "gexf", "<t>");
    expect(gexf).toContain("<creator>entigraph</creator><description>&#60;t&#62;</description>");
    expect(gexf).toContain('<edge id="1" source="1" target="2"/>');
  });

  it("heads the columns with words that name no entity", () => {
    expect(text(named("tail", "head", "tail_"), "edges")).toContain("\ntail__,head_\ntail,head\n");
  });

  it("gives large graphs in pieces", () => {
    const size = 20_000;
    const graph = graphOf(
      size,
      Array.from({ length: size - 1 }, (_, i) => [i, i + 1] as const),
    );
    const pieces = [...graphText(graph, "t", "edges")];
    expect(pieces.length).toBeGreaterThan(1);
    for (const piece of pieces) expect(piece.length).toBeLessThan(66_000);
    // None but the last is small, nor empty.
    for (const piece of pieces.slice(0, -1)) expect(piece.length).toBeGreaterThanOrEqual(1 << 16);
    expect(pieces).not.toContain("");
    expect(linksOf(readAnyGraph(pieces.join(""), "file").graph)).toEqual(linksOf(graph));
  });

  it.each([
    ["edges", ["a", " b"], '" b": cannot be a name in an edge list'],
    ["edges", ["a", "b\rc"], '"b\\rc": cannot be a name in an edge list'],
    ["edges", ["a", "b\0c"], '"b\\u0000c": cannot be a name in an edge list'],
    ["edges", ["a", "\uD800"], '"\\ud800": cannot be a name in an edge list'],
    ["edges", ["5", "7"], '"5": would be read back as an id, as all names are whole numbers; write json,'],
    ["edges", ["a", ""], '"": is no name that a file can hold'],
    ["json", ["a", ""], '"": is no name that a file can hold'],
    ["json", ["a", "a"], '"a": is the name of two entities'],
    ["graphml", ["a", "b\u0001"], '"b\\u0001": holds a character that graphml cannot; write json'],
    ["gexf", ["a", "b\uFFFE"], "holds a character that gexf cannot; write json"],
    ["gexf", ["a", "\uDC00"], '"\\udc00": holds a character that gexf cannot; write json'],
  ] as const)("refuses in %s the names %j", (format, labels, message) => {
    expect(() => graphText(named(...labels), "title", format)).toThrow(message);
  });
});

describe("names that only some formats hold", () => {
  it.each([
    ["json", ["5", "7"]],
    ["graphml", ["5", "7"]],
    ["gexf", ["5", "7"]],
    ["json", ["a", "b\u0001", " c\r"]],
  ] as const)("are written in %s: %j", (format, labels) => {
    expect(readBack(named(...labels), format).labels).toEqual(labels);
  });
});

describe("formatOfName", () => {
  it.each([
    ["g.json", "json"],
    ["a/g.GraphML.gz", "graphml"],
    ["g.gexf.gz", "gexf"],
    ["g.txt.gz", "edges"],
    ["graphml", "edges"],
    ["g.json.txt", "edges"],
    ["", "edges"],
  ])("of %s is %s", (file, format) => {
    expect(formatOfName(file)).toBe(format);
  });
});

describe("entitiesLost", () => {
  it("is how many fewer entities are read back when nobody says how many there are", () => {
    fc.assert(
      fc.property(
        anyDigraph(8),
        fc.boolean(),
        fc.constantFrom(...WRITTEN_FORMATS),
        (plain, isNamed, format) => {
          // An edge list without a link is not read at all.
          fc.pre(linkCount(plain) > 0);
          const labels = Array.from({ length: plain.vertexCount }, (_, i) => `entity ${i}`);
          const graph = isNamed ? { ...plain, labels } : plain;
          const read = readAnyGraph(text(graph, format), "file").graph;
          expect(entitiesLost(graph, format)).toBe(graph.vertexCount - read.vertexCount);
        },
      ),
    );
  });

  it("counts all entities of a graph without links", () => {
    expect(entitiesLost(graphOf(3, []), "edges")).toBe(3);
    expect(entitiesLost(graphOf(3, []), "json")).toBe(0);
  });
});
