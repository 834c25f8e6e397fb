import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainLabel, textRuns, verbatim } from "../../src/figure/mathText.ts";
import { typesetSvg } from "../../src/figure/typeset.ts";

/** Runs in a short notation: /italic/, ^raised^, _lowered_; thin and medium spaces as ` and ~. */
function shown(label: string): string {
  return textRuns(label)
    .map(({ text, isItalic, rise }) => {
      const styled = isItalic ? `/${text}/` : text;
      return rise > 0 ? `^${styled}^` : rise < 0 ? `_${styled}_` : styled;
    })
    .join("")
    .replaceAll("\u2009", "`")
    .replaceAll("\u2005", "~");
}

describe("textRuns", () => {
  it.each([
    ["no mathematics", "no mathematics"],
    ["Step $t$", "Step /t/"],
    ["$V = 100$ entities", "/V/~=~100 entities"],
    ["$10^{-3}$", "10^−3^"],
    ["$1 - \\rho$", "1~−~/ρ/"],
    ["$(-1)$", "(−1)"],
    ["$C_\\lambda$", "/C/_/λ/_"],
    ["$r_i^t$", "/r/_/i/_^/t/^"],
    ["$s \\log(1/s)$", "/s/`log(1//s/)"],
    ["$\\log V$", "log/`V/"],
    ["$\\sum_i b_i$", "∑_/i/_/`b/_/i/_"],
    ["$x_\\text{max}$ and $\\Delta$", "/x/_max_ and Δ"],
    ["$p = 0.03$", "/p/~=~0.03"],
    ["costs \\$5 or 5$", "costs $5 or 5$"],
    ["$a \\text{ or } b$", "/a/ or /b/"],
  ])("sets %s", (label, expected) => {
    expect(shown(label)).toBe(expected);
  });

  it("sets scripts of scripts smaller and further off", () => {
    const [, first, second] = textRuns("$x^{y^z}$");
    expect(first!.scale).toBeCloseTo(0.7, 12);
    expect(second!.scale).toBeCloseTo(0.49, 12);
    expect(second!.rise).toBeGreaterThan(first!.rise);
  });

  it.each([
    ["$\\frac12$", /\\frac, which labels do not know/],
    ["$x^$", /nothing after \^/],
    ["${x$", /a \{ that nothing closes/],
    ["$x}$", /a \} that nothing opens/],
  ])("refuses %s", (label, problem) => {
    expect(() => textRuns(label)).toThrow(problem);
  });

  it("shows any name as it is, if it is said to be verbatim", () => {
    fc.assert(
      fc.property(
        fc.string().filter((name) => !name.includes("\\")),
        (name) =>
          textRuns(verbatim(name))
            .map(({ text }) => text)
            .join("") === name,
      ),
      { seed: 1 },
    );
  });
});

describe("plainLabel", () => {
  it.each([
    ["Step $t$", "Step t"],
    ["$C_\\lambda (1 - r^t)$", "C_λ(1\u2005−\u2005r^t)"],
  ])("reads %s as %s", (label, expected) => {
    expect(plainLabel(label)).toBe(expected);
  });
});

describe("typesetSvg", () => {
  const text = (content: string) =>
    `<text font-family="Serif" font-size="20px" fill="#000">${content}</text>`;

  it("leaves text without mathematics as it is", () => {
    expect(typesetSvg(text("a &lt; b"))).toBe(text("a &lt; b"));
    const empty = '<text font-size="11px"/><text font-size="11px">b</text>';
    expect(typesetSvg(empty)).toBe(empty);
  });

  it("sets italics and scripts, and comes back to the baseline", () => {
    expect(typesetSvg(text("$C_1$ &amp; on"))).toContain(
      '<tspan font-style="italic">C</tspan><tspan font-size="14px" dy="3.2">1</tspan><tspan dy="-3.2"> &amp; on</tspan>',
    );
  });

  it("sets each line of a text of several lines", () => {
    const set = typesetSvg(text('<tspan>$t$</tspan><tspan x="0" dy="13">plain</tspan>'));
    expect(set).toContain(
      '<tspan><tspan font-style="italic">t</tspan></tspan><tspan x="0" dy="13"><tspan>plain</tspan></tspan>',
    );
  });

  it("sets a line after one that ends in a script where it belongs", () => {
    const set = typesetSvg(text('<tspan>$V^2$</tspan><tspan x="0" dy="24">plain</tspan>'));
    // Down by 24 from the baseline, and by 0.36 · 20 from the superscript to it.
    expect(set).toContain('<tspan x="0" dy="31.2"><tspan>plain</tspan></tspan>');
  });

  it("describes labels to screen readers without markup", () => {
    expect(typesetSvg("<g aria-label=\"axis titled 'Step $t$'\"></g>")).toBe(
      "<g aria-label=\"axis titled 'Step t'\"></g>",
    );
  });
});
