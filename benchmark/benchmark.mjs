// `npm run benchmark [-- section …] [-- --report]`: the engine beside what others offer, on the same graphs in the same
// run. Every answer is checked before a time is printed. Times are CPU seconds, medians of runs that alternate, unless
// said. With --report, what is printed replaces the sections of README.md that were run.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { DirectedGraph } from "graphology";

const dist = (path) => import(new URL(`../dist/${path}`, import.meta.url));
const { sampleErdosRenyi } = await dist("graph/erdosRenyi.js");
const { samplePreferentialAttachment } = await dist("graph/randomFamilies.js");
const { stream } = await dist("random/stream.js");
const { exactSpectrum } = await dist("spectrum/exactSpectrum.js");
const { sampledCurveBySource } = await dist("spectrum/sourceSampling.js");
const { sampleTrajectory } = await dist("process/trajectory.js");
const { sampleAnnealedRow } = await dist("process/annealedSpectrum.js");
const { literalProcess } = await dist("process/literalProcess.js");
const { parallelSpectrum } = await dist("run/workers/parallelSpectrum.js");

const folder = mkdtempSync(join(tmpdir(), "entigraph-benchmark-"));
process.on("exit", () => rmSync(folder, { recursive: true }));
const README = new URL("README.md", import.meta.url);

let printed = "";
const say = (line) => {
  process.stdout.write(`${line}\n`);
  printed += `${line}\n`;
};

function cpuSeconds(work) {
  const start = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(start);
  return { seconds: (user + system) / 1e6, result };
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const erdosRenyi = (size, lambda) => sampleErdosRenyi(stream(1, "benchmark"), size, lambda / size);
const links = (graph) => graph.targets.length;

/** Sum of squared sizes: one number that no wrong spectrum has. */
const squares = ({ sizes, counts }) => sizes.reduce((sum, size, i) => sum + counts[i] * size * size, 0);

function check(name, found, expected, tolerance = 0) {
  if (Math.abs(found - expected) <= tolerance * Math.abs(expected)) return;
  throw new Error(`${name}: ${found} where ${expected} was expected`);
}

/** Links traversed a second by searches from all sources that took `seconds`. */
function millionLinks(graph, seconds) {
  const { reachablePairs } = exactSpectrum(graph, "first");
  return `${((reachablePairs * links(graph)) / graph.vertexCount / seconds / 1e6).toFixed(0)} M`;
}

function writeGraph(graph) {
  const file = join(folder, "graph.bin");
  const words = [Uint32Array.of(graph.vertexCount, links(graph)), graph.offsets, graph.targets];
  writeFileSync(file, Buffer.concat(words.map((part) => Buffer.from(part.slice().buffer))));
  return file;
}

/** Run an outside program, or say in a line why not. */
function outside(command, args) {
  try {
    return execFileSync(command, args, { stdio: ["ignore", "pipe", "ignore"] })
      .toString()
      .trim()
      .split(/\s+/)
      .map(Number);
  } catch {
    return undefined;
  }
}

function compileTextbook() {
  const binary = join(folder, "textbook");
  const source = new URL("textbook.c", import.meta.url).pathname;
  try {
    execFileSync("cc", ["-O3", "-march=native", "-o", binary, source], { stdio: "ignore" });
    return binary;
  } catch {
    say("No C compiler here: the textbook program is left out.\n");
    return undefined;
  }
}

const sections = {
  textbook() {
    const binary = compileTextbook();
    if (!binary) return;
    say("| V | λ | rule | textbook C, s | entigraph, s | ratio | aim | links/s |");
    say("| ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: |");
    for (const [size, rounds, repeats] of [
      [1000, 9, 10],
      [10_000, 3, 1],
    ]) {
      for (const lambda of [1.5, 3, 10]) {
        const graph = erdosRenyi(size, lambda);
        const file = writeGraph(graph);
        for (const rule of ["first", "uniform"]) {
          const theirs = [];
          const ours = [];
          // Once before, for the compiler in the engine to have seen the kernel.
          for (let i = 0; i < repeats * 2; i++) exactSpectrum(graph, rule, "binned");
          for (let round = 0; round < rounds; round++) {
            const [seconds, reachable, distances, square] = outside(binary, [file, rule]);
            const own = cpuSeconds(() => {
              for (let i = 1; i < repeats; i++) exactSpectrum(graph, rule, "binned");
              return exactSpectrum(graph, rule, "binned");
            });
            check("reachable pairs", own.result.reachablePairs, reachable);
            check("distances", own.result.distanceSum, distances);
            check("squares", squares(own.result), square, rule === "first" ? 0 : 1e-6);
            theirs.push(seconds);
            ours.push(own.seconds / repeats);
          }
          const [c, mine] = [median(theirs), median(ours)];
          const aim = rule === "first" ? "0.5" : "1";
          say(
            `| ${size} | ${lambda} | ${rule} | ${c.toPrecision(3)} | ${mine.toPrecision(3)} | ${(mine / c).toFixed(2)} | ${aim} | ${millionLinks(graph, mine)} |`,
          );
        }
      }
    }
  },

  peers() {
    const [size, sources] = [10_000, 100];
    const graph = erdosRenyi(size, 3);
    const file = writeGraph(graph);
    const part = exactPart(graph, sources);
    const own = (rule) => cpuSeconds(() => exactSpectrum(graph, rule));
    const python = (name, count) =>
      outside("/usr/bin/python3", [new URL("peers.py", import.meta.url).pathname, file, name, String(count)]);
    const rounds = { first: [], networkx: [], igraph: [], graphology: [], uniform: [], betweenness: [] };
    // Once before, for the compiler in the engine to have seen the kernel.
    for (const rule of ["first", "uniform"]) own(rule);
    for (let round = 0; round < 3; round++) {
      rounds.first.push(own("first").seconds);
      for (const name of ["networkx", "igraph"]) {
        const out = python(name, sources);
        if (!out) continue;
        check("reachable pairs", out[1], part.reachable);
        if (name === "networkx") check("squares", out[2], part.squares);
        rounds[name].push((out[0] * size) / sources);
      }
      rounds.graphology.push(graphologySeconds(graph, sources, part) * (size / sources));
      const { seconds, result } = own("uniform");
      rounds.uniform.push(seconds);
      const out = python("betweenness", 0);
      if (!out) continue;
      // The sum of betweenness is the sum of (distance − 1) over reachable pairs.
      check("betweenness", out[1], result.distanceSum - result.reachablePairs, 1e-9);
      rounds.betweenness.push(out[0]);
    }
    say(
      `V = ${size}, λ = 3; Python and graphology from ${sources} sources, scaled to all. Medians of three rounds, of times and of ratios.\n`,
    );
    say("| program | CPU s | times entigraph | aim |\n| --- | ---: | ---: | ---: |");
    const row = (program, theirs, ours, aim, digits) => {
      if (theirs.length === 0) return say(`| ${program} | not installed | | |`);
      const ratio = median(theirs.map((seconds, round) => seconds / ours[round]));
      say(`| ${program} | ${median(theirs).toFixed(digits)} | ${ratio.toFixed(digits)} | ${aim} |`);
    };
    const { first, uniform } = rounds;
    say(`| entigraph, first | ${median(first).toFixed(2)} | 1 | |`);
    row("python networkx, tree walk in Python", rounds.networkx, first, 250, 0);
    row("python igraph, tree walk in Python", rounds.igraph, first, 35, 0);
    row("graphology, tree walk in JavaScript", rounds.graphology, first, 250, 0);
    say(`| entigraph, uniform | ${median(uniform).toFixed(2)} | 1 | |`);
    row("igraph betweenness, compiled", rounds.betweenness, uniform, 3.5, 1);
  },

  trajectory() {
    const graph = erdosRenyi(10_000, 3);
    const times = [0, ...Array.from({ length: 40 }, (_, i) => Math.round(100 * 10 ** (i / 6)))];
    const rounds = [0, 1, 2].map((round) => ({
      exact: cpuSeconds(() => exactSpectrum(graph, "first")).seconds,
      whole: cpuSeconds(() => sampleTrajectory(stream(round, "t"), graph, times)).seconds,
    }));
    const ratio = median(rounds.map(({ exact, whole }) => whole / exact));
    say(
      `Trajectory at 41 times, V = 10 000, λ = 3: ${median(rounds.map(({ whole }) => whole)).toFixed(2)} s, ${ratio.toFixed(2)} exact spectra (aim: 2).`,
    );
    const small = erdosRenyi(1000, 3);
    const pairs = 1000 * 999;
    const whole = () => sampleTrajectory(stream(1, "t"), small, [0, pairs, 10 * pairs]);
    for (let i = 0; i < 10; i++) whole();
    const fast = cpuSeconds(whole);
    const slow = cpuSeconds(() => {
      const process = literalProcess(small, "first");
      const rng = stream(1, "process");
      while (process.steps < 10 * pairs) process.step(rng);
      return process.knownLinks;
    });
    say(
      `Literal simulation to t = 10 N at V = 1000: ${slow.seconds.toFixed(1)} s, ${(slow.seconds / fast.seconds).toFixed(0)} times the trajectory (aim: 100).`,
    );
  },

  growth() {
    const head = "| V | λ | CPU s | ns a reached pair | links/s |\n| ---: | ---: | ---: | ---: | ---: |";
    const measure = (size, lambda) => {
      const graph = erdosRenyi(size, lambda);
      const { reachablePairs } = exactSpectrum(graph, "first");
      // Small graphs often enough for the clock, and for the compiler in the engine.
      const repeats = Math.ceil(2e7 / reachablePairs);
      const all = cpuSeconds(() => {
        for (let i = 0; i < repeats; i++) exactSpectrum(graph, "first");
      });
      const seconds = all.seconds / repeats;
      const perPair = ((seconds / reachablePairs) * 1e9).toFixed(2);
      say(
        `| ${size} | ${lambda} | ${seconds.toPrecision(3)} | ${perPair} | ${millionLinks(graph, seconds)} |`,
      );
      return [Math.log(size * (size + links(graph))), Math.log(seconds)];
    };
    say(head);
    const points = [1000, 3000, 10_000, 30_000].map((size) => measure(size, 3));
    const mean = (values) => values.reduce((a, b) => a + b, 0) / values.length;
    const [x, y] = [0, 1].map((i) => mean(points.map((point) => point[i])));
    const slope = mean(points.map((p) => (p[0] - x) * (p[1] - y))) / mean(points.map((p) => (p[0] - x) ** 2));
    say(`\nSlope of log time against log V(V + E): ${slope.toFixed(3)} (aim: 0.95 to 1.05).\n`);
    say(head);
    for (const lambda of [1.5, 2, 3, 5, 10, 30]) measure(5000, lambda);
  },

  hubs() {
    const size = 40_000;
    const graphs = {
      "Erdős–Rényi": erdosRenyi(size, 3),
      "preferential attachment": samplePreferentialAttachment(stream(1, "benchmark"), size, 2, 0.5).graph,
    };
    say("| graph | V | E | CPU s | ns a link |\n| --- | ---: | ---: | ---: | ---: |");
    for (const [name, graph] of Object.entries(graphs)) {
      const { seconds, result } = cpuSeconds(() => exactSpectrum(graph, "first"));
      const perLink = (seconds / ((result.reachablePairs * links(graph)) / size)) * 1e9;
      say(`| ${name} | ${size} | ${links(graph)} | ${seconds.toFixed(1)} | ${perLink.toFixed(2)} |`);
    }
  },

  async workers() {
    say("Wall time, medians of three runs; starting a thread takes a tenth of a second.\n");
    say(
      "| V | λ | one worker, s | two, s | times faster | aim |\n| ---: | ---: | ---: | ---: | ---: | ---: |",
    );
    for (const size of [10_000, 40_000]) {
      const graph = erdosRenyi(size, 3);
      const times = { 1: [], 2: [] };
      for (let round = 0; round < 3; round++) {
        for (const workers of [1, 2]) {
          const start = performance.now();
          await parallelSpectrum(graph, "first", { workers });
          times[workers].push((performance.now() - start) / 1000);
        }
      }
      const [one, two] = [median(times[1]), median(times[2])];
      say(
        `| ${size} | 3 | ${one.toFixed(2)} | ${two.toFixed(2)} | ${(one / two).toFixed(2)} | ${size > 10_000 ? 1.85 : ""} |`,
      );
    }
  },

  large() {
    const annealed = cpuSeconds(() =>
      [1, 2, 3].map((i) => sampleAnnealedRow(stream(i, "row"), 10_000_000, 3e-7)),
    );
    say(
      `Annealed row at V = 10⁷, λ = 3: ${(annealed.seconds / 3).toFixed(2)} s a source (aim: 20 in a minute).\n`,
    );
    const graph = cpuSeconds(() => erdosRenyi(1_000_000, 3));
    const sampled = cpuSeconds(() => {
      const work = sampledCurveBySource(
        stream(1, "sources"),
        graph.result,
        "first",
        200,
        Float64Array.of(1e6, 1e9, 1e12),
      );
      for (;;) {
        const next = work.next();
        if (next.done) return next.value;
      }
    });
    const { density, standardErrors } = sampled.result;
    say(
      `Graph of 10⁶ entities drawn in ${graph.seconds.toFixed(1)} s; 200 sources of each kind in ${sampled.seconds.toFixed(1)} s (aim: a minute in all); relative standard error at t = N ${((standardErrors[2] / density[2]) * 100).toFixed(3)} %.`,
    );
  },
};

/** Put what a section printed into README.md, between its marks. */
function replaceSection(name, text) {
  const page = readFileSync(README, "utf8");
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const from = page.indexOf(start);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error(`benchmark/README.md has no marks ${start} … ${end}`);
  writeFileSync(README, `${page.slice(0, from + start.length)}\n\n${text.trim()}\n\n${page.slice(to)}`);
}

/** Reachable pairs and squared sizes of the first sources, by the search of graphology's user. */
function exactPart(graph, sources) {
  let reachable = 0;
  let square = 0;
  for (let source = 0; source < sources; source++) {
    const { order, parent, depth } = search(source, (u, visit) => {
      for (let link = graph.offsets[u]; link < graph.offsets[u + 1]; link++) visit(graph.targets[link]);
    });
    reachable += order.length - 1;
    square += squaredSizes(order, parent, depth);
  }
  return { reachable, squares: square };
}

function graphologySeconds(graph, sources, expected) {
  const other = new DirectedGraph();
  for (let x = 0; x < graph.vertexCount; x++) other.addNode(x);
  for (let x = 0; x < graph.vertexCount; x++) {
    for (let link = graph.offsets[x]; link < graph.offsets[x + 1]; link++)
      other.addEdge(x, graph.targets[link]);
  }
  const { seconds, result } = cpuSeconds(() => {
    let reachable = 0;
    let square = 0;
    for (let source = 0; source < sources; source++) {
      const { order, parent, depth } = search(String(source), (u, visit) =>
        other.forEachOutNeighbor(u, visit),
      );
      reachable += order.length - 1;
      square += squaredSizes(order, parent, depth);
    }
    return { reachable, square };
  });
  check("reachable pairs", result.reachable, expected.reachable);
  check("squares", result.square, expected.squares);
  return seconds;
}

function search(source, forEachOut) {
  const order = [source];
  const parent = new Map([[source, undefined]]);
  const depth = new Map([[source, 0]]);
  for (const u of order) {
    forEachOut(u, (v) => {
      if (parent.has(v)) return;
      parent.set(v, u);
      depth.set(v, depth.get(u) + 1);
      order.push(v);
    });
  }
  return { order, parent, depth };
}

function squaredSizes(order, parent, depth) {
  const size = new Map(order.map((v) => [v, 1]));
  let sum = 0;
  for (const v of order.slice(1).reverse()) {
    size.set(parent.get(v), size.get(parent.get(v)) + size.get(v));
    if (depth.get(v) > 1) sum += size.get(v) ** 2;
  }
  return sum;
}

const options = process.argv.slice(2);
const asked = options.filter((option) => option !== "--report");
const unknown = asked.find((name) => !Object.hasOwn(sections, name));
if (unknown) {
  process.stderr.write(
    `${unknown}: no section of the benchmark; sections: ${Object.keys(sections).join(", ")}\n`,
  );
  process.exit(2);
}
say(`${availableParallelism()} cores, Node ${process.version}`);
for (const [name, run] of Object.entries(sections)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  process.stdout.write(`\n## ${name}\n\n`);
  printed = "";
  await run();
  if (options.includes("--report")) replaceSection(name, printed);
}
