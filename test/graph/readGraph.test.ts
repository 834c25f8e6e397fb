import { describe, expect, it } from "vitest";
import { type GraphReading, readGraph } from "../../src/graph/readGraph.ts";
import { linksOf } from "../support/graphs.ts";

const read = (
  text: string,
  format: GraphReading["format"] = "auto",
  vertexCount?: number,
  header?: GraphReading["header"],
) => readGraph(text, "links.csv", { format, vertexCount, header });

describe("readGraph", () => {
  it("takes integer labels for ids", () => {
    const { graph, format } = read("3,1\n0 ,3\n");
    expect(graph.vertexCount).toBe(4);
    expect(graph.labels).toBeUndefined();
    expect(format).toBe("edges");
    expect(linksOf(graph)).toEqual([
      [0, 3],
      [3, 1],
    ]);
  });

  it("names entities by first appearance, tail before head", () => {
    const { graph } = read("b a\na c\n7 b\n");
    expect(graph.labels).toEqual(["b", "a", "c", "7"]);
    expect(linksOf(graph)).toEqual([
      [0, 1],
      [1, 2],
      [3, 0],
    ]);
  });

  it("reads triples, of which a repeated pair with another relation is the same link", () => {
    const { graph, format, dropped } = read(
      "head\trelation\ttail\nParis\tcapital of\tFrance\nParis\tin\tFrance\nFrance\tis\tFrance\n",
    );
    expect(format).toBe("triples");
    expect(graph.labels).toEqual(["Paris", "France"]);
    expect(linksOf(graph)).toEqual([[0, 1]]);
    expect(dropped).toEqual({ selfLoops: 1, repeated: 1 });
  });

  it.each([
    ["source,target\n0,1\n", ["source", "target"]],
    ["Source_ID,Target_ID\na,b\n", ["Source_ID", "Target_ID"]],
    ["left,right\n0,1\n", ["left", "right"]],
    ["alice,bob\nbob,carol\n", undefined],
    ["0,1\n1,2\n", undefined],
    // Words that name entities further down are a link.
    ["x y\ny z\nz x\n", undefined],
    ["u v\nv w\n", undefined],
    ["head,relation,tail\na,is,head\n", undefined],
    ["x y\na b\n", ["x", "y"]],
    ["head,relation,tail\na,relation,b\n", ["head", "relation", "tail"]],
    // Numbers of any kind head no column.
    ["007 008\n1 2\n", undefined],
    ["-1 1.5\n1 2\n", undefined],
  ])("finds the header of %j", (text, header) => {
    expect(read(text).header).toEqual(header);
  });

  it("keeps every link of a cycle over x, y and z", () => {
    expect(linksOf(read("x y\ny z\nz x\n").graph)).toHaveLength(3);
  });

  it("takes the first row for what it is told to", () => {
    const names = read("source,target\na,b\n", "auto", undefined, "no");
    expect(names.header).toBeUndefined();
    expect(names.graph.labels).toEqual(["source", "target", "a", "b"]);
    const ids = read("0,1\n1,2\n", "auto", undefined, "yes");
    expect(ids.header).toEqual(["0", "1"]);
    expect(linksOf(ids.graph)).toEqual([[1, 2]]);
    expect(read("", "auto", 2, "yes").header).toBeUndefined();
  });

  it("does not take 007 for 7", () => {
    const { graph } = read("007,7\n7,8\n");
    expect(graph.labels).toEqual(["007", "7", "8"]);
    expect(linksOf(graph)).toHaveLength(2);
  });

  it.each([
    ["from,to,weight\n0,1,0.5\n1,2,0.7\n", 'links.csv: column 3 is called "weight", which is no entity; '],
    ["from,to,weight\n0,1,5\n1,2,7\n", 'links.csv: column 3 is called "weight"'],
    ["a,b,Count\n0,1,5\n1,2,7\n", 'links.csv: column 3 is called "Count"'],
    ["one,other,weight\na,b,5\n", 'links.csv: column 3 is called "weight"'],
    ["source target type\na b knows\n", 'links.csv: column 3 is called "type"'],
    ["head,tail,relation\na,b,knows\n", 'links.csv: column 3 is called "relation"'],
    ["0,1,1\n1,2,0.7\n", "links.csv:2: column 3 holds numbers such as 0.7, which are no entities; "],
    ["one,other,how much\na,b,0.5\nb,c,1\n", "links.csv:2: column 3 holds numbers such as 0.5"],
  ])("does not read the weighted or typed edges %j as triples", (text, message) => {
    expect(() => read(text)).toThrow(message);
    expect(() => read(text)).toThrow("or give --format triples if it does name the tail entity");
    expect(read(text, "triples").format).toBe("triples");
  });

  it("reads triples of ids, and of names of which some are numbers", () => {
    expect(linksOf(read("0,4,1\n1,5,2\n").graph)).toEqual([
      [0, 1],
      [1, 2],
    ]);
    expect(read("pi,is near,3.14\npi,is,number\n").graph.labels).toEqual(["pi", "3.14", "number"]);
  });

  it("adds isolated entities when told, and no fewer than there are", () => {
    expect(read("0,1\n", "auto", 5).graph.vertexCount).toBe(5);
    expect(read("a,b\n", "auto", 4).graph.labels).toEqual(["a", "b", "isolated 1", "isolated 2"]);
    expect(read("", "auto", 3).graph.vertexCount).toBe(3);
    expect(() => read("0,7\n", "auto", 5)).toThrow("links.csv: holds entity id 7, too many for 5 entities");
    expect(() => read("a,b\nc,a\n", "auto", 2)).toThrow(
      "links.csv: holds 3 entities, too many for 2 entities",
    );
    for (const text of ["0,1", "a,b"])
      expect(() => read(text, "auto", 1e9)).toThrow("vertexCount must be an integer from 1 to 94906266");
  });

  it("says what is wrong and where", () => {
    expect(() => read("# nothing\n")).toThrow("links.csv: holds no links");
    expect(() => read("source,target\n")).toThrow("links.csv: holds no links");
    expect(() => read("0,1\n1,2,3\n")).toThrow("links.csv:2: expected 2 columns as in the first row");
    expect(() => read("0,1,2,3\n")).toThrow("links.csv:1: expected 2 columns (tail, head) or 3");
    expect(() => read("0,1,2\n", "edges")).toThrow(
      "links.csv:1: expected 2 columns (tail, head), found 3 columns",
    );
    expect(() => read("0,1\n", "triples")).toThrow("links.csv:1: expected 3 columns (head, relation, tail)");
    expect(() => read("0,1\n2,\n")).toThrow("links.csv:2: column 2 is empty");
    expect(() => read("0,1\n0,99999999\n")).toThrow(
      "links.csv:2: entity id 99999999 is above 94906265; use names",
    );
  });
});

describe("what a row can be", () => {
  const read = (text: string, reading = {}) => readGraph(text, "g", reading);

  it("has as many entities as the largest id asks for, wherever it stands", () => {
    expect(read("0 5\n1 2").graph.vertexCount).toBe(6);
    expect(read("0 0").graph.vertexCount).toBe(1);
    expect(read("0 1", { vertexCount: 2 }).graph.vertexCount).toBe(2);
    expect(() => read("0 1", { vertexCount: 1 })).toThrow("holds entity id 1, too many for 1 entities");
  });

  it("is read in the format that is asked for, and JSON or XML in none", () => {
    expect(read("a b\nb c", { format: "edges" })).toMatchObject({
      format: "edges",
      graph: { vertexCount: 3 },
    });
    expect(() => read('{"nodes": []}')).toThrow("g: looks like JSON or XML");
    expect(read("{ b", { format: "edges" }).graph.labels).toEqual(["{", "b"]);
    expect(read("", { vertexCount: 3 }).format).toBe("edges");
    expect(read("", { vertexCount: 3, format: "triples" }).format).toBe("triples");
  });

  it("is a header only if all of it can be one", () => {
    expect(read("source__id,target_\na,b").header).toEqual(["source__id", "target_"]);
    expect(read("alpha beta\n1 2").header).toEqual(["alpha", "beta"]);
    for (const text of ["source 3\n1 2", "alpha beta\n1 2\na b", "alpha beta\n1 b\n2 c", "source beta\na b"])
      expect(read(text).header).toBeUndefined();
  });

  it("has no number where a cell is empty", () => {
    expect(() => read("a,b,\nc,d,")).toThrow("g:1: column 3 is empty");
  });
});
