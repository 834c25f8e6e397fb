import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, extname, join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  DATASETS,
  exactSpectrum,
  explorationLimitFinite,
  type GrowthCurve,
  graphRateSpectrum,
  linkDensity,
  meanGraphSpectrum,
  paperFormula,
  regimes,
  sampleErdosRenyi,
  stream,
} from "../../src/index.ts";

/**
 * The built site in a real browser with the network cut: run by `vitest run --dir notebooks`, apart from the other
 * tests, as it needs Chromium. The environment variable CHROMIUM says where it is, if not at Debian's place.
 */
const EXECUTABLE = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
const REPOSITORY = join(import.meta.dirname, "../..");
const SITE = join(REPOSITORY, "notebooks/dist");

/** Bundling takes about ten seconds on an idle machine. */
const BUILD_TIMEOUT = 120_000;

/** For what a worker computes: seconds on an idle machine. */
const SLOW = { timeout: 60_000 };

const NOTEBOOKS = [
  "five-minutes",
  "graph-to-mixture",
  "regimes",
  "training-results",
  "paper-formula",
  "own-graph",
];

let server: Server;
let browser: Browser;
let origin: string;

beforeAll(async () => {
  execFileSync(process.execPath, [join(REPOSITORY, "notebooks/site.js"), "build"], { stdio: "pipe" });
  server = serveFiles(SITE);
  origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  browser = await chromium.launch({ executablePath: EXECUTABLE, args: ["--no-sandbox"] });
}, BUILD_TIMEOUT);

afterAll(async () => {
  await browser?.close();
  server?.close();
});

function serveFiles(folder: string): Server {
  const types: Record<string, string> = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".woff2": "font/woff2",
  };
  return createServer((request, response) => {
    const file = join(folder, new URL(request.url!, "http://localhost").pathname);
    if (!existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream" });
    response.end(readFileSync(file));
  }).listen(0);
}

/** What inputs and buttons have in a browser. */
interface Labelled {
  hasAttribute(name: string): boolean;
  readonly labels: { readonly length: number };
}

interface Visit {
  readonly page: Page;
  /** Requests to anywhere but the site itself: refused, and counted. */
  readonly outside: string[];
  /** Errors and warnings of the console, errors of the page, failed requests. */
  readonly problems: string[];
}

async function visit(notebook: string, width: number, colorScheme: "light" | "dark"): Promise<Visit> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
  const outside: string[] = [];
  const problems: string[] = [];
  await page.route("**/*", (route) => {
    const url = new URL(route.request().url());
    if (url.origin === origin || url.protocol === "data:" || url.protocol === "blob:")
      return route.continue();
    outside.push(url.href);
    return route.abort();
  });
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("response", (response) => {
    if (response.status() >= 400) problems.push(`${response.status()} ${response.url()}`);
  });
  await page.goto(`${origin}/${notebook}.html`, { waitUntil: "networkidle" });
  return { page, outside, problems };
}

/** The descriptions of all charts, and what they draw. */
async function charts(page: Page): Promise<{ label: string; paths: string }[]> {
  await page.locator("svg[aria-label]").first().waitFor();
  return page.locator("svg[aria-label]").evaluateAll((svgs) =>
    svgs.map((svg) => ({
      label: svg.getAttribute("aria-label")!,
      paths: [...svg.querySelectorAll("path")].map((path) => path.getAttribute("d")).join(" "),
    })),
  );
}

/** The charts when no worker fills them any more: the same twice, a second apart. */
async function settledCharts(page: Page): Promise<{ label: string; paths: string }[]> {
  let before = await charts(page);
  const unchanged = async () => {
    const now = await charts(page);
    const same = JSON.stringify(now) === JSON.stringify(before);
    before = now;
    return same;
  };
  await expect.poll(unchanged, { ...SLOW, interval: 1000 }).toBe(true);
  return before;
}

function run(...words: string[]): string {
  return execFileSync(process.execPath, [join(REPOSITORY, "dist/cli/bin.js"), ...words], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
}

/** The first line of a chart, in the units of its axes, by the scales that the chart itself has. */
async function drawnCurve(page: Page, label: RegExp): Promise<{ x: number; y: number }[]> {
  return page
    .getByLabel(label)
    .first()
    .evaluate((svg) => {
      type Scale = (name: string) => { invert(value: number): number };
      const { scale } = (svg.closest("figure") ?? svg) as unknown as { scale: Scale };
      const path = svg.querySelector("g[aria-label=line] path")!.getAttribute("d")!;
      const pixels = path.slice(1).split("L") as string[];
      return pixels.map((pixel) => {
        const [x, y] = pixel.split(",").map(Number) as [number, number];
        return { x: scale("x").invert(x), y: scale("y").invert(y) };
      });
    });
}

describe.each(NOTEBOOKS)("%s", (notebook) => {
  it.each([
    [1280, "light"],
    [1280, "dark"],
    [400, "light"],
    [400, "dark"],
  ] as const)(
    "renders at %d px, %s, without an error and without a request to outside",
    async (width, scheme) => {
      const { page, outside, problems } = await visit(notebook, width, scheme);
      expect((await charts(page)).length).toBeGreaterThanOrEqual(1);
      expect(await page.locator(".katex").count()).toBeGreaterThan(5);
      expect(await page.locator(".observablehq--error").count()).toBe(0);
      expect({ outside, problems }).toEqual({ outside: [], problems: [] });
      const overflow = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
      expect(overflow).toBeLessThanOrEqual(0);
      await page.close();
    },
  );

  it("redraws its charts from the keyboard alone", async () => {
    const { page, problems } = await visit(notebook, 1280, "light");
    const before = await settledCharts(page);
    const control = page.locator("input[type=range], textarea").first();
    await control.focus();
    // A slider moves on; a list of links begins with another link.
    const isSlider = (await control.getAttribute("type")) === "range";
    await (isSlider ? page.keyboard.press("ArrowRight") : page.keyboard.type("A, B\n"));
    await expect
      .poll(async () => (await charts(page)).map(({ paths }) => paths))
      .not.toEqual(before.map(({ paths }) => paths));
    expect(problems).toEqual([]);
    await page.close();
  });

  it("has a name for every control", async () => {
    const { page } = await visit(notebook, 1280, "light");
    await charts(page);
    for (const control of await page.locator("input, button, select, textarea").all()) {
      // By a label of its own, or by its text.
      const labelled = await control.evaluate((element) => {
        const { labels } = element as unknown as Labelled;
        return (element as unknown as Labelled).hasAttribute("aria-label") || labels.length > 0;
      });
      const named = labelled || (await control.innerText()).trim() !== "";
      expect(named, await control.evaluate("element => element.outerHTML")).toBe(true);
    }
    await page.close();
  });
});

describe("the model in five minutes", () => {
  it("knows the same links as the command line with the same seed", async () => {
    const { page } = await visit("five-minutes", 1280, "light");
    await page.getByRole("button", { name: "Ten steps" }).click();
    await page.getByRole("button", { name: "One step" }).click();
    const status = page.locator("p", { hasText: "Step 11 drew" });
    await status.waitFor();
    const shown = [...(await status.innerText()).matchAll(/([\d.]+)\s%/g)].map((match) => Number(match[1]));
    const said = ["--entities", "16", "--lambda", "1.6", "--seed", "7", "--replicates", "1", "--at", "11"];
    const { curve } = JSON.parse(
      execFileSync(process.execPath, [join(REPOSITORY, "dist/cli/bin.js"), "simulate", ...said, "--json"], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      }),
    ) as { curve: { step: number; density: number; exact: number }[] };
    const [point] = curve.filter(({ step }) => step === 11);
    expect(shown).toEqual([point!.density, point!.exact].map((share) => Number((100 * share).toFixed(2))));
    await page.close();
  });
});

describe("from graph to mixture", () => {
  it("draws the curve that the command line prints for the same seed", async () => {
    const { page } = await visit("graph-to-mixture", 1280, "light");
    const drawn = await drawnCurve(page, /^Link density against steps/);
    const file = join(mkdtempSync(join(tmpdir(), "entigraph-")), "graph.txt");
    const model = ["--entities", "100", "--lambda", "3", "--seed", "1"];
    run("graph", "sample", "erdos-renyi", ...model, "--out", file);
    const at = drawn.map(({ x }) => x.toFixed(6)).join(",");
    const { curve } = JSON.parse(run("spectrum", file, "--entities", "100", "--at", at, "--json")) as {
      curve: { density: number }[];
    };
    rmSync(dirname(file), { recursive: true });
    expect(drawn.length).toBe(121);
    // Paths are rounded to a thousandth of a pixel. Half of it is 2e-6 in height (over 250 pixels for densities to 1)
    // and 6e-6 in log t (over 1000 pixels for log t to 11), times a slope of at most 1/3: 4e-6 in all.
    const deviations = drawn.map(({ y }, i) => Math.abs(y - curve[i]!.density));
    expect(Math.max(...deviations)).toBeLessThan(1e-5);
    await page.close();
  });
});

describe.each(["graph-to-mixture", "regimes"])("%s at V = 500", (notebook) => {
  it("keeps the page busy for less than 100 ms a move of a slider", async () => {
    const { page } = await visit(notebook, 1280, "light");
    await settledCharts(page);
    // Time of the processor, not of the clock: what else the machine does is not the page's doing.
    const session = await page.context().newCDPSession(page);
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    const busy = async () => {
      const { metrics } = await session.send("Performance.getMetrics");
      return 1000 * metrics.find(({ name }) => name === "TaskDuration")!.value;
    };
    const slider = page.locator("input[type=range]").first();
    const took: number[] = [];
    for (let entities = 500; entities > 410; entities -= 10) {
      const before = await busy();
      await slider.fill(String(entities));
      await page.waitForTimeout(500);
      took.push((await busy()) - before);
    }
    const median = took.sort((a, b) => a - b)[4];
    expect(median, `of ${took.map(Math.round)} ms`).toBeLessThan(100);
    await page.close();
  });
});

describe("three regimes", () => {
  it("finds the borders that the package finds in the same graph", async () => {
    const { page } = await visit("regimes", 1280, "light");
    const said = await page.getByRole("status").innerText();
    const [first, second] = [...said.matchAll(/= ([\d,.]+)/g)].map((match) =>
      Number(match[1]!.replaceAll(",", "")),
    );
    const graph = sampleErdosRenyi(stream(1, "graph", 0), 100, 0.03);
    const { linearUntil, plateauFrom } = regimes(graphRateSpectrum(exactSpectrum(graph, "first")))!;
    expect([first, second]).toEqual([linearUntil, plateauFrom].map((step) => Number(step.toPrecision(3))));
    await page.close();
  });
});

describe("fitting real training results", () => {
  const command = (...words: string[]) =>
    JSON.parse(
      execFileSync(process.execPath, [join(REPOSITORY, "dist/cli/bin.js"), ...words, "--json"], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      }),
    );

  it("finds the plateau and the plan that the command line finds", async () => {
    const { page, problems } = await visit("training-results", 1280, "light");
    const fit = command("fit", "quality-entigraph", "--terms", "3") as { plateau: number };
    await page.getByText(`Plateau ${fit.plateau.toFixed(2)} with 3 exponentials`).waitFor();
    const known = ["--target", "60", "--ceiling", "100", "--level", "0.9"];
    const plan = command("plan", "quality-entigraph", ...known) as { verdict: string };
    await page.getByText(plan.verdict).waitFor(SLOW);
    await page.getByText(/^Not rejected: plateaus from [\d.]+\s+upwards/).waitFor(SLOW);
    expect(problems).toEqual([]);
    await page.close();
  });

  it("draws every published result", async () => {
    const { page, problems } = await visit("training-results", 400, "dark");
    const select = page.getByLabel("Published results");
    const names = await select.locator("option").allInnerTexts();
    expect(names.length).toBeGreaterThanOrEqual(DATASETS.length);
    for (const name of names) {
      await select.selectOption({ label: name });
      await page.getByText(/^Plateau -?[\d.]+ with [0-3] exponentials/).waitFor();
      expect(await page.locator(".observablehq--error").count(), name).toBe(0);
      expect(await page.getByRole("alert").count(), name).toBe(0);
    }
    expect(problems).toEqual([]);
    await page.close();
  });

  it("fits pasted results, and names the line that cannot be read", async () => {
    const { page, problems } = await visit("training-results", 1280, "light");
    const paste = page.getByLabel("Or your own");
    const halves = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((x) => `${x},${10 - 8 * 2 ** -x}`);
    await paste.fill(["text,accuracy", ...halves].join("\n"));
    await page.getByText("Plateau 10.00 with").waitFor();
    await paste.fill("text,accuracy\n1,2\n2,three\n");
    await page.getByText('your results:3: column "accuracy" holds "three", not a number').waitFor();
    expect(problems).toEqual([]);
    await page.close();
  });
});

describe("is the paper’s formula exact?", () => {
  it("finds the deviations that the package finds over the same graphs", async () => {
    const { page, problems } = await visit("paper-formula", 1280, "light");
    const status = page.getByText(/^Over 200 graphs/);
    await status.waitFor();
    const said = [...(await status.innerText()).matchAll(/\+([\d.]+)\s%/g)].map((match) => Number(match[1]));
    const model = { entities: 100, lambda: 3 };
    const exact = meanGraphSpectrum(
      Array.from({ length: 200 }, (_, index) =>
        exactSpectrum(sampleErdosRenyi(stream(1, "graph", index), 100, 0.03), "first"),
      ),
    );
    const times = Array.from({ length: 41 }, (_, i) => 9.9 * 10 ** (i / 10));
    const largest = (theory: GrowthCurve) =>
      Math.max(...times.map((time) => 100 * (theory.density(time) / linkDensity(exact, time) - 1)));
    expect(said).toEqual(
      [paperFormula(model), explorationLimitFinite(model)].map((theory) =>
        Number(largest(theory).toFixed(1)),
      ),
    );
    expect(problems).toEqual([]);
    await page.close();
  });

  it("fills its charts with every theory and every size", async () => {
    const { page } = await visit("paper-formula", 400, "dark");
    const marks = async (label: RegExp, mark: string) => await page.getByLabel(label).locator(mark).count();
    // Five curves and the band; a point of two theories for each of six sizes.
    await expect.poll(() => marks(/^Deviation of each theory/, "g[aria-label=line] path"), SLOW).toBe(5);
    await expect.poll(() => marks(/^Deviation from the mean/, "g[aria-label=dot] path"), SLOW).toBe(12);
    await page.close();
  });
});

describe("your own knowledge graph", () => {
  it("draws the curve that the command line prints for the same file", async () => {
    const { page } = await visit("own-graph", 1280, "light");
    await charts(page);
    const corpus = join(REPOSITORY, "simulations/small-corpus.csv");
    await page.locator("input[type=file]").setInputFiles(corpus);
    await page.getByText("9 entities, 9 links stated, 13 more within reach.").waitFor();
    const drawn = await drawnCurve(page, /^Link density against/);
    const at = drawn.map(({ x }) => x.toFixed(6)).join(",");
    const { curve } = JSON.parse(run("spectrum", corpus, "--at", at, "--json")) as {
      curve: { density: number }[];
    };
    expect(drawn.length).toBeGreaterThan(50);
    // Half a thousandth of a pixel, as above: 250 pixels stand for densities to at most 1, 1000 for log t to at most 11.
    const deviations = drawn.map(({ y }, i) => Math.abs(y - curve[i]!.density));
    expect(Math.max(...deviations)).toBeLessThan(1e-5);
    await page.close();
  });

  it("takes a dropped file, and names the line that cannot be read", async () => {
    const { page, problems } = await visit("own-graph", 1280, "light");
    await charts(page);
    const give = (name: string, text: string) =>
      page
        .locator("input[type=file]")
        .setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
    await give("path.csv", "from,to\na,b\nb,c\nc,d\n");
    // A path of four: 3 links stated, and the pairs at distance 2 and 3 within reach.
    await page.getByText("4 entities, 3 links stated, 3 more within reach.").waitFor();
    await give("ragged.csv", "a,b\nb,c,d\n");
    await page.getByText(/^ragged\.csv:2: expected 2 columns/).waitFor();
    expect(problems).toEqual([]);
    await page.close();
  });
});
