import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bootstrapBand, bootstrapFits, bootstrapRun } from "../../src/fit/bootstrap.ts";
import { fitMixture } from "../../src/fit/fitMixture.ts";
import { forecast } from "../../src/fit/forecast.ts";
import { mixturePosterior, predictRun } from "../../src/fit/posterior.ts";
import { profilePlateau } from "../../src/fit/profilePlateau.ts";
import { entigraph, entigraphJson, temporaryFolder } from "../support/terminal.ts";

const X = [1, 2, 4, 8, 16, 32, 64];
const Y = X.map((x, i) => 60 - 25 * Math.exp(-x / 8) + (i % 2 ? 0.05 : -0.05));
const CSV = `tokens,accuracy\n${X.map((x, i) => `${x},${Y[i]}`).join("\n")}\n`;
const file = () => join(temporaryFolder({ "runs.csv": CSV }), "runs.csv");
const FEW_DRAWS = ["--draws", "200", "--ceiling", "100"];

describe("fit", () => {
  it("prints the interval of the plateau that the points do not reject", async () => {
    const result = await entigraphJson("fit", file(), "--terms", "1", "--level", "0.9", "--ceiling", "99");
    expect(result.plateauInterval).toEqual(profilePlateau({ x: X, y: Y }, 1, 0.9, 99));
    expect(result.provenance.input).toMatchObject({ level: 0.9, ceiling: 99 });
    const { stdout } = await entigraph(["fit", file(), "--terms", "1"]);
    expect(stdout).toMatch(
      /\nPlateau: [\d.]+ to [\d.]+ \(95 %, profile likelihood\)\. The further digits of [\d.]+ are not/,
    );
  });

  it("says that a plateau is not identified", async () => {
    const { stdout } = await entigraph(["fit", "quality-entigraph"]);
    expect(stdout).toContain(
      "Plateau: at least 58.1, no upper limit below 100 (95 %, profile likelihood; not identified).",
    );
  });

  it("keeps a fit to its ceiling and floor, and says where they hold it", async () => {
    const bounds = ["--ceiling", "57", "--floor", "39.5"];
    const { stdout } = await entigraph(["fit", "quality-entigraph", ...bounds]);
    expect(stdout).toContain("The plateau stands on the ceiling, 57:");
    expect(stdout).toContain("The curve starts on the floor, 39.5:");
    expect(stdout).not.toContain("profile likelihood");
    expect(stdout).not.toContain("do not know of the floor");
    const above = await entigraph(["fit", "quality-entigraph", "--floor", "25"]);
    expect(above.stdout).toContain(
      "The intervals do not know of the floor, 25: with it they could only be narrower.",
    );
    const held = await entigraphJson("fit", "quality-entigraph", "--floor", "39.5", "--at", "0");
    expect(held).toMatchObject({ held: ["floor"], plateauInterval: null });
    expect(held.predictions[0].mean).toBeCloseTo(39.5, 9);
    expect(held.provenance.input).toMatchObject({ ceiling: 100, floor: 39.5 });
    const free = await entigraphJson("fit", "quality-entigraph", "--floor", "25");
    expect(free).toMatchObject({ held: [], plateauInterval: { upper: null } });
    const wrong = await entigraph(["fit", "quality-entigraph", "--floor", "60", "--ceiling", "57"]);
    expect(wrong).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("--floor: floor must be below the ceiling"),
    });
  });

  it("prints the library's bands where the curve is asked for, or none", async () => {
    const asked = ["--terms", "1", "--at", "0,100", "--bootstrap", "30", "--seed", "4", "--level", "0.8"];
    const result = await entigraphJson("fit", file(), ...asked);
    const fits = bootstrapFits({ x: X, y: Y }, { terms: 1, ceiling: 100, replicates: 30, seed: 4 });
    expect(result.bootstrap).toEqual({ replicates: 30, seed: 4, level: 0.8, sigma: fits.sigma });
    expect(
      result.predictions.map(({ lower, upper }: { lower: number; upper: number }) => ({ lower, upper })),
    ).toEqual([0, 100].map((x) => bootstrapBand(fits, x, 0.8)));
    expect(result.runs).toEqual([0, 100].map((x) => ({ x, ...bootstrapRun(fits, x, 0.8) })));
    expect(result.provenance.input).toMatchObject({ replicates: 30, seed: 4 });
    const { stdout } = await entigraph(["fit", file(), ...asked]);
    expect(stdout).toContain(
      "Pointwise band of 80 %: 30 series drawn about the curve and fitted likewise (seed 4).",
    );
    const none = await entigraphJson("fit", file(), "--terms", "1", "--at", "100", "--bootstrap", "0");
    expect(none).toMatchObject({
      bootstrap: null,
      runs: null,
      predictions: [{ x: 100, lower: null, upper: null }],
    });
    const wrong = await entigraph(["fit", file(), "--bootstrap", "19"]);
    expect(wrong).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("--bootstrap: must be 0 or at least 20"),
    });
    // Seven points and seven parameters leave none for the noise.
    expect((await entigraphJson("fit", file(), "--terms", "3", "--at", "100")).bootstrap).toBeNull();
  });

  it("has no interval where there is no number of parameters, or no point left for the noise", async () => {
    expect((await entigraphJson("fit", file(), "--terms", "spectrum")).plateauInterval).toBeNull();
    expect((await entigraphJson("fit", file(), "--terms", "3")).plateauInterval).toBeNull();
  });
});

describe("forecast", () => {
  it("prints the library's forecast, an interval of the plateau and what the prior does", async () => {
    const result = await entigraphJson(
      "forecast",
      file(),
      "--at",
      "100,1000",
      ...FEW_DRAWS,
      "--level",
      "0.8",
    );
    const options = { at: [100, 1000], level: 0.8, ceiling: 100, draws: 200 };
    expect(result.predictions).toEqual(forecast({ x: X, y: Y }, options));
    expect(result.plateauInterval).toMatchObject({ level: 0.8, identified: true });
    // A further run is less sure than the curve, and its noise is that of the data.
    const posterior = mixturePosterior({ x: X, y: Y }, options);
    expect(result.runs).toEqual(options.at.map((x) => ({ x, ...predictRun(posterior, x, 0.8) })));
    expect(result.runStandardError).toBeNull();
    expect(result.sensitivity.map((each: { gainScale: number }) => each.gainScale)).toEqual([0.75, 3]);
    expect(result.adequacy).toEqual({ adequate: true, reasons: [] });
    expect(result.provenance.input).toMatchObject({ at: [100, 1000], seed: 1, draws: 200, ceiling: 100 });
    expect(result.termProbabilities).toHaveLength(4);
  });

  it("says that a plateau is not identified, and whose word it is without a ceiling", async () => {
    const { stdout } = await entigraph([
      "forecast",
      "quality-entigraph",
      "--at",
      "1000",
      "--draws",
      "100",
      "--ceiling",
      "none",
    ]);
    expect(stdout).toMatch(
      /Plateau not identified: at least \d+\.\d, no upper limit; how far it reaches is the prior/,
    );
    const ceiling = await entigraph(["forecast", "quality-entigraph", "--at", "1000", ...FEW_DRAWS]);
    expect(ceiling.stdout).toMatch(/Plateau not identified: at least \d+\.\d, no upper limit below 100\n/);
  });

  it("warns of a sigmoid before it says anything else, and so does plan", async () => {
    for (const [command, ...asked] of [
      ["forecast", "--at", "30"],
      ["plan", "--target", "99"],
    ]) {
      const { stdout } = await entigraph([command!, "new-facts-epochs-gpt2", ...asked, ...FEW_DRAWS]);
      expect(stdout).toMatch(
        /^.*41 points.*\n\nBeware: no mixture of exponentials fits these points: .*sigmoid.*\nWhat follows holds for such a mixture only\.\n\n/,
      );
    }
  });

  it("tells what is known for the questions asked from what is known for all of their kind", async () => {
    const ask = (...options: string[]) =>
      entigraphJson("forecast", "quality-entigraph", "--at", "450,1000", ...FEW_DRAWS, ...options);
    const [plain, split] = [await ask(), await ask("--questions", "4609")];
    // For the questions asked nothing changes.
    expect(split.predictions).toEqual(plain.predictions);
    expect(split.plateauInterval).toEqual(plain.plateauInterval);
    expect(plain).toMatchObject({ noise: null, allQuestions: null, plateauAllQuestions: null });
    expect(split.noise).toMatchObject({ questions: 4609 });
    expect(split.noise.own).toBeCloseTo(0.289, 3);
    expect(split.noise.shared).toBeCloseTo(0.673, 3);
    split.allQuestions.forEach(({ lower, upper }: { lower: number; upper: number }, i: number) => {
      const asked = plain.predictions[i];
      // Twice 1.645 shared errors alone are 2.2. At the last point the curve is about normal, and variances add; further
      // out it is not, and its interval still becomes wider.
      const [width, own] = [upper - lower, asked.upper - asked.lower];
      const shared = 2 * 1.645 * split.noise.shared;
      expect(width).toBeGreaterThan(Math.max(own, shared));
      if (i === 0) expect(width / Math.hypot(own, shared)).toBeCloseTo(1, 1);
    });
    const given = await ask("--shared-error", "2");
    expect(given.noise).toEqual({ shared: 2, own: null, questions: null });
    expect(given.plateauAllQuestions.lower).toBeLessThan(split.plateauAllQuestions.lower);
    const fit = await entigraph(["fit", "quality-entigraph", "--questions", "4609"]);
    expect(fit.stdout).toContain(
      "Noise: own scatter 0.289, shared 0.673 (4609 questions, the same at every x). All else here is for these questions\n" +
        "Plateau for all questions of their kind: at least 58.0, no upper limit\n",
    );
  });

  it("leaves no plateau above the ceiling", async () => {
    const rows = [70, 74.5, 78.2, 84.1, 90, 94.6, 96.9, 97.6, 97.5].map((y, i) => `${2 ** (i / 2)},${y}`);
    const path = join(temporaryFolder({ "runs.csv": `tokens,accuracy\n${rows.join("\n")}\n` }), "runs.csv");
    const near = await entigraphJson("fit", path, "--terms", "1", "--shared-error", "20");
    expect(near.plateauInterval.upper).toBeLessThan(100 + 1e-9);
    expect(near.plateauAllQuestions.upper).toBe(100);
  });
});

describe("assumptions about a table", () => {
  const percent = "tokens,accuracy\n1,40\n2,NA\n3,45\n9,49\n27,51\n";

  it("are said on stderr, and a percentage cannot exceed 100 nor a fraction 1", async () => {
    const path = join(temporaryFolder({ "runs.csv": percent }), "runs.csv");
    const { stderr, stdout } = await entigraph(["forecast", path, "--at", "99", "--draws", "100"]);
    expect(stderr.replaceAll(path, "runs").split("\n")).toEqual([
      "runs: x = tokens, y = accuracy (percent)",
      "runs: left out 1 row with a missing value: line 3 (accuracy)",
      "runs: accuracy is a percentage, so nothing exceeds 100 (--ceiling none: no limit)",
      "",
    ]);
    expect(stdout).toContain("no upper limit below 100");
    const fraction = join(
      temporaryFolder({ "runs.csv": "x,acc\n1,0.4\n3,0.45\n9,0.5\n27,0.52\n" }),
      "runs.csv",
    );
    const result = await entigraphJson("forecast", fraction, "--at", "99", "--draws", "100");
    expect(result.provenance.input.ceiling).toBe(1);
    expect(result.predictions[0].upper).toBeLessThanOrEqual(1);
    const refused = await entigraph(["forecast", fraction, "--at", "9", "--ceiling", "100"]);
    expect(refused.stderr).toMatch(
      /--ceiling: is 100, but y in \S+ is a fraction from 0 to 1; give --ceiling 1\n$/,
    );
  });

  it("hold for fit and compare too, standard errors with them", async () => {
    const path = join(
      temporaryFolder({ "runs.csv": "x,y,se\n1,40,1\n2,44,2\n3,45,1\n4,45,1\n" }),
      "runs.csv",
    );
    const { stderr } = await entigraph(["compare", path]);
    expect(stderr).toContain("x = x, y = y, standard errors: se");
    const result = await entigraphJson("fit", path, "--terms", "1");
    expect(result.provenance.input.standardErrors).toBe("se");
    const { sse } = fitMixture(
      { x: [1, 2, 3, 4], y: [40, 44, 45, 45], standardErrors: [1, 2, 1, 1] },
      { terms: 1 },
    );
    expect(result.sse).toBe(sse);
  });
});

describe("the equation that fit prints", () => {
  it.each([1, 1e6, 1e-6])("gives the values of its table, x in units of %d", async (unit) => {
    const x = [1, 2, 5, 10, 20, 50, 100, 200];
    const rows = x.map(
      (value, i) => `${value * unit},${60 - 20 * Math.exp(-value / 30) + (i % 2 ? 0.1 : -0.1)}`,
    );
    const folder = temporaryFolder({ "r.csv": `steps,score\n${rows.join("\n")}\n` });
    const asked = 40 * unit;
    const args = ["fit", join(folder, "r.csv"), "--terms", "1", "--bootstrap", "0", "--at", String(asked)];
    const { stdout } = await entigraph(args);
    const [, plateau, amplitude, ratio] = /y = (\S+) − (.+?)·(?:e\^\(−)?(\S+?)(?:·x\)|\^x)\n/
      .exec(stdout)!
      .map(Number);
    const decay = stdout.includes("e^(") ? Math.exp(-ratio! * asked) : ratio! ** asked;
    const [, shownValue] = /\| +(\S+) \|\s*$/.exec(stdout)!;
    // Six digits of plateau and amplitude, and three of the rate at least: xe^{−x} is at most 1/e.
    expect(Math.abs(plateau! - amplitude! * decay - Number(shownValue))).toBeLessThan(
      2e-4 + 20 * 5e-4 * 0.37,
    );
    expect(/ ratio \|/.test(stdout)).toBe(!stdout.includes("e^("));
  });
});

describe("fit", () => {
  it("chooses the number of terms by AICc, or takes as many as help", async () => {
    const auto = await entigraphJson("fit", "quality-entigraph", "--terms", "auto");
    expect(auto.terms).toHaveLength(3);
    expect(auto.model).toBe("mixture of exponentials, 3 terms");
    const spectrum = await entigraphJson("fit", "quality-entigraph", "--terms", "spectrum");
    expect(spectrum.sse).toBeLessThan(auto.sse);
    expect(spectrum.gap).toBeLessThan(1e-9);
  });

  it("proves the optimum", async () => {
    const result = await entigraphJson("fit", "quality-rephrase", "--terms", "1", "--certify");
    expect(result.gap).toBeLessThan(1e-5);
    expect(result.nodes).toBeGreaterThan(1);
    const { stdout } = await entigraph(["fit", "quality-rephrase", "--terms", "1", "--certify"]);
    expect(stdout).toMatch(/Proven: no such mixture has an SSE below 3\.1044/);
  });

  it.each([
    [1000, "Proven: no such mixture"],
    [
      1001,
      "Proven for the points to which more than 1000 different steps are merged, not for the rows: no such",
    ],
  ])("proves nothing about the rows where they are merged, of %i", async (count, words) => {
    const rows = Array.from(
      { length: count },
      (_, i) => `${i + 1},${50 - 20 * Math.exp(-i / 100) + (i % 2)}`,
    );
    const folder = temporaryFolder({ "long.csv": `steps,score\n${rows.join("\n")}\n` });
    const args = ["--terms", "1", "--certify", "--bootstrap", "0"];
    const { stdout } = await entigraph(["fit", join(folder, "long.csv"), ...args]);
    expect(stdout).toContain(words);
  });
});

describe("plan", () => {
  it("tells how much is needed and what it costs", async () => {
    const args = ["--target", "50", "--price-per-million", "10", "--tokens-per-x", "500k"];
    const result = await entigraphJson("plan", file(), ...args, ...FEW_DRAWS);
    expect(result.target.reachable).toBeGreaterThan(0.99);
    // 50 is passed at x = 7.3 of 64: nothing more to pay.
    expect(result.cost).toEqual({ median: 0, lower: 0, upper: 0 });
    expect(result.nextRun.x).toBeGreaterThan(0);
  });

  it("says that more data will not get there", async () => {
    const { stdout } = await entigraph(["plan", file(), "--target", "80", ...FEW_DRAWS]);
    expect(stdout).toMatch(/More data of this kind will not get you to 80/);
    expect(stdout).toMatch(/To reach 80: most likely no amount will do/);
    const { stdout: slow } = await entigraph(["plan", file(), "--least-gain", "50", ...FEW_DRAWS]);
    expect(slow).toContain(" From now on a doubling is expected to give less than 50.");
    expect(slow).toContain("A doubling gives less than 50 from now on\n");
  });

  it("turns a budget into x", async () => {
    const args = ["--budget", "320", "--price-per-million", "10", "--tokens-per-x", "0.5M"];
    const result = await entigraphJson("plan", file(), ...args, ...FEW_DRAWS);
    expect(result.afforded.x).toBe(64 + 320 / 5);
  });
});

describe("plan in tokens and multiples of the source", () => {
  const money = ["--price-per-million", "10", "--budget", "320"];
  /** Seven runs against a column of the given name. */
  const against = (name: string) => {
    const csv = CSV.replace("tokens", name);
    return join(temporaryFolder({ "runs.csv": csv }), "runs.csv");
  };

  it("takes the unit of x from its name, from an option, or from the source", async () => {
    // 320 at 10 a million are 32 million tokens.
    const cases: [string, string[], number][] = [
      ["tokens", [], 64 + 32e6],
      ["Tokens (millions)", [], 64 + 32],
      ["tokens_B", ["--source-tokens", "2B"], 64 + 0.032],
      ["copies", ["--source-tokens", "2M"], 64 + 16],
      ["tokens", ["--tokens-per-x", "4M", "--source-tokens", "2M"], 64 + 8],
    ];
    for (const [name, options, x] of cases) {
      const { afforded } = await entigraphJson("plan", against(name), ...money, ...options, ...FEW_DRAWS);
      expect(afforded.x).toBeCloseTo(x, 9);
    }
  });

  it.each([
    [
      "tokens",
      "1M",
      'runs.csv: Beware: --tokens-per-x says 1000000 tokens in a unit of x, where "tokens" as read has 1\n',
    ],
    ["tokens_millions", "1M", undefined],
    ["copies", "1M", undefined],
  ])("says where an option overrules %s, --tokens-per-x %s", async (name, unit, note) => {
    const { stderr } = await entigraph(["plan", against(name), "--tokens-per-x", unit, ...FEW_DRAWS]);
    if (note === undefined) expect(stderr).not.toContain("Beware");
    else expect(stderr).toContain(note);
  });

  it("gives every amount in tokens and in multiples, and says the same to people", async () => {
    const args = [
      "plan",
      against("tokens_millions"),
      "--target",
      "55",
      "--source-tokens",
      "1.6M",
      ...FEW_DRAWS,
    ];
    const { amounts, now, target, nextRun } = await entigraphJson(...args);
    expect(amounts.now).toEqual({ x: 64, tokens: 64e6, timesSource: 40 });
    expect(amounts.target.median).toEqual({
      x: target.median,
      tokens: target.median * 1e6,
      timesSource: (target.median * 1e6) / 1.6e6,
    });
    expect(amounts.nextRun.x).toBe(nextRun.x);
    expect(amounts.afforded).toBeNull();
    expect(now.x).toBe(64);
    const { stdout } = await entigraph(args);
    expect(stdout).toContain("Now, at x = 64 (64M tokens, 40 × the source): ");
    expect(stdout).toMatch(
      /To reach 55: x = 1\d\.\d \(1\d\.\dM tokens, .* × the source\); at least x = .*, at most x = /,
    );
    expect(stdout).toContain(`of the curve at x = ${Number(nextRun.horizon.toPrecision(3))} by`);
  });

  it("counts gains of fractions in hundredths, and refuses a target in percent", async () => {
    const csv = `tokens,accuracy\n${X.map((x, i) => `${x},${Y[i]! / 100}`).join("\n")}\n`;
    const path = join(temporaryFolder({ "runs.csv": csv }), "runs.csv");
    const plan = await entigraphJson("plan", path, "--draws", "100");
    expect(plan.diminishing.leastGain).toBe(0.01);
    const { code, stderr } = await entigraph(["plan", path, "--target", "55"]);
    expect(code).toBe(2);
    expect(stderr).toBe("entigraph: --target: is 55, but y is a fraction from 0 to 1; give 0.55\n");
  });

  it("names a price that cannot be turned into x", async () => {
    const { code, stderr } = await entigraph(["plan", against("copies"), ...money]);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^entigraph: --price-per-million: needs tokens, and "copies" does not say .*--tokens-per-x/,
    );
  });
});

describe("compare", () => {
  it("ranks laws and explains", async () => {
    const result = await entigraphJson("compare", file(), "--at", "100");
    expect(result.laws[0].rollingOrigin).toBeLessThanOrEqual(result.laws[1].rollingOrigin);
    expect(result.laws[0]).toHaveProperty("predictions");
    expect(result.stacked[0].x).toBe(100);
    expect(result.verdict).toContain("best");
    const { stdout } = await entigraph(["compare", file()]);
    expect(stdout).toContain(result.verdict);
    expect(stdout).not.toContain("weighted");
  });

  it("gives no value at 0 for the laws that have none there, and one for all others", async () => {
    const { laws } = await entigraphJson("compare", file(), "--at", "0");
    for (const { law, predictions } of laws) {
      const none = law === "log-linear" || law === "power";
      expect([law, predictions[0].mean === null]).toEqual([law, none]);
    }
    const { code, stdout } = await entigraph(["compare", file(), "--at", "0"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/log-linear .*–\s*\|\n/);
  });

  it("says that errors are weighted where there are standard errors", async () => {
    const folder = temporaryFolder({ "runs.csv": "x,y,se\n1,40,1\n2,44,2\n3,45,1\n4,45,1\n5,46,1\n" });
    const { stdout } = await entigraph(["compare", join(folder, "runs.csv")]);
    expect(stdout).toContain("left out are weighted by 1/(standard error)²");
  });
});

describe("wrong input to the outlook", () => {
  it.each([
    [["plan", "@", "--tokens-per-x", "0"], "--tokens-per-x: must be a number above 0"],
    [["forecast", "@"], "required option '--at <x1,x2,…>' not specified"],
    [["forecast", "@", "--at", "1", "--level", "1"], "--level: must be a number between 0 and 1, got 1"],
    [["forecast", "@", "--at", "1", "--ceiling", "10"], "--ceiling: ceiling must be above most y"],
    [["forecast", "@", "--at", "1", "--floor", "55"], "--floor: floor must be below most y"],
    [["forecast", "@", "--at", "1", "--draws", "3"], "--draws: must be a whole number >= 100, got 3"],
    [["plan", "@", "--budget", "5"], "--budget: needs a price"],
    [["plan", "@", "--source-tokens", "1X"], "--source-tokens: must be a number above 0"],
    [["compare", "nofile.csv"], "nofile.csv: no such file"],
    [["fit", "@", "--shared-error", "0"], "--shared-error: must be a number above 0, got 0"],
    [["compare", "@", "--questions", "0"], "--questions: must be a whole number >= 1, got 0"],
  ])("%j", async (args, message) => {
    const path = file();
    const { code, stderr, stdout } = await entigraph(args.map((arg) => (arg === "@" ? path : arg)));
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(message);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });

  it("names a constant series and two points", async () => {
    const folder = temporaryFolder({ "flat.csv": "x,y\n1,5\n2,5\n3,5\n", "two.csv": "x,y\n1,5\n2,6\n" });
    const flat = await entigraph(["forecast", join(folder, "flat.csv"), "--at", "4"]);
    expect(flat).toMatchObject({ code: 2, stdout: "" });
    expect(flat.stderr).toContain("flat.csv: y must be different in at least two rows, got 5");
    const two = await entigraph(["forecast", join(folder, "two.csv"), "--at", "4"]);
    expect(two).toMatchObject({ code: 2, stdout: "" });
    expect(two.stderr).toContain("two.csv: x must be at least 3 different values, got 2");
  });
});

it.each([
  ["new-facts-epochs-gpt2", "a sigmoid"],
  ["news-variations --where method=IPT --where generator=instruction-synthesizer", "a mixture never falls"],
])("fit, forecast, compare and plan say that no mixture fits %s, and why", async (data, why) => {
  const commands = [
    "fit %s --terms 1",
    "forecast %s --at 100 --draws 100",
    "compare %s",
    "plan %s --draws 100",
  ];
  for (const command of commands) {
    const { code, stdout } = await entigraph(command.replace("%s", data).split(" "));
    expect(code).toBe(0);
    expect(stdout).toContain("Beware: no mixture of exponentials fits these points");
    expect(stdout).toContain(why);
  }
});
